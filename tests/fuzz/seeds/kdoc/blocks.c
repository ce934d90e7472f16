#include <linux/fs.h>

/**
 * sys_thing - Do a thing
 *             to a file
 * @fd: the file
 * @buf: where to
 *       put it
 * @flags: how
 *
 * Free text here.
 *
 * long-desc: Does a thing.
 *   More of it.
 *
 *   Second paragraph.
 *
 * contexts: process, sleepable
 *
 * param: fd
 *   type: fd, input
 *   constraint-type: range(0, INT_MAX)
 *
 * param: buf
 *   type: user_ptr, output
 *   constraint-type: buffer(2)
 *   cdesc: must be writable
 *     for count bytes
 *
 * param: flags
 *   type: uint, input
 *   constraint-type: mask(S_IRWXU |
 *     S_IRWXG)
 *
 * return:
 *   type: int
 *   check-type: range
 *   success: >= 0
 *   desc: Bytes done
 *     or an error
 *
 * error: EINVAL, bad flag
 *   desc: The flag is bad.
 *
 * error: EPERM
 *
 * error: EBADF, bad, or closed
 *
 * lock: files->lock
 *   type: spinlock
 *   acquired: true
 *   released: true
 *   desc: taken for: a while
 *     and more
 *
 * lock: notype
 *
 * signal: Any signal
 *   direction: receive | send
 *   action: return
 *   errno: -EINTR
 *   timing: during
 *   restartable: yes
 *
 * side-effect: modify_state | file_position
 *   target: the file
 *   desc: moves it
 *   reversible: yes
 *
 * state-trans: file
 *   from: a
 *   to: b
 *   condition: always
 *   desc: it moves
 *
 * capability: CAP_SYS_ADMIN
 *   type: bypass_check
 *   allows: all
 *   without: nothing
 *   condition: when asked
 *   priority: 1
 *
 * constraint: alignment
 *   desc: must be aligned
 *   expr: (x & 7) == 0
 *
 * examples: thing(1);
 *   thing(2);
 *
 * notes: None at all.
 */
SYSCALL_DEFINE3(thing, int, fd, char __user *, buf, unsigned int, flags)
{
	return 0;
}

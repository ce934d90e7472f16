/**
 * sys_thing - Do a thing
 * @fd: the file
 *
 * long-desc: First line
 *   second line
 * context-flags: KAPI_CTX_PROCESS | KAPI_CTX_SLEEPABLE
 * param-type: fd, KAPI_TYPE_INT
 * param-range: fd, 0, INT_MAX
 * return-type: KAPI_TYPE_INT
 * return-check-type: KAPI_RETURN_EXACT
 * error-code: -ENOMEM, ENOMEM, No memory, There was
 *   not enough.
 * capability: CAP_IPC_LOCK, KAPI_CAP_BYPASS_CHECK, words
 * capability-allows: Any amount
 * signal: FATAL
 * signal-direction: KAPI_SIGNAL_RECEIVE
 * lock: mmap_lock, KAPI_LOCK_RWLOCK
 * lock-acquired: true
 * constraint: aligned, Rounded down
 * constraint-expr: aligned, !(start & 7)
 * side-effect: KAPI_EFFECT_MODIFY_STATE, memory, Locks, condition=x, reversible=yes
 * state-trans: pages, swappable, locked, They stay
 * struct-type: arg, iovec
 * struct-field: len, __u32, How long
 * struct-field-range: len, 1, 9
 * struct-field-enum: len, A, B
 * error-count: 1
 * notes: None.
 */
SYSCALL_DEFINE1(thing, int, fd)
{

// SPDX-License-Identifier: GPL-2.0-only
#include "code/calls.h"

#include <algorithm>
#include <array>

namespace kapi::code {
namespace {

struct Row {
  std::string_view name;  // with a * at its end: a prefix
  Callee callee;
  unsigned bytes = 0;
};

constexpr std::array kRows = {
    Row{"__fentry__", Callee::nothing},
    Row{"mcount", Callee::nothing},
    Row{"preempt_schedule_thunk", Callee::nothing},
    Row{"preempt_schedule_notrace_thunk", Callee::nothing},
    Row{"__x86_return_thunk", Callee::returns},
    Row{"__x86_indirect_*", Callee::indirect},
    Row{"__SCT__*", Callee::indirect},  // patched at run time
    Row{"panic", Callee::never_returns},
    Row{"__stack_chk_fail", Callee::never_returns},
    Row{"do_exit", Callee::ends_program},
    Row{"do_group_exit", Callee::ends_program},
    Row{"make_task_dead", Callee::never_returns},
    Row{"fortify_panic", Callee::never_returns},
    Row{"__fortify_panic", Callee::never_returns},
    Row{"usercopy_abort", Callee::never_returns},
    Row{"__reiserfs_panic", Callee::never_returns},
    Row{"_copy_from_user", Callee::copy_from_user},
    Row{"__copy_from_user", Callee::copy_from_user},
    Row{"copy_from_user", Callee::copy_from_user},
    Row{"raw_copy_from_user", Callee::copy_from_user},
    Row{"rep_movs_alternative", Callee::copy_inline},
    Row{"copy_user_generic_unrolled", Callee::copy_from_user},
    Row{"copy_user_generic_string", Callee::copy_from_user},
    Row{"copy_user_enhanced_fast_string", Callee::copy_from_user},
    Row{"copy_user_fast_string", Callee::copy_from_user},
    Row{"__get_user_1", Callee::get_user, 1},
    Row{"__get_user_2", Callee::get_user, 2},
    Row{"__get_user_4", Callee::get_user, 4},
    Row{"__get_user_8", Callee::get_user, 8},
    Row{"__get_user_nocheck_1", Callee::get_user, 1},
    Row{"__get_user_nocheck_2", Callee::get_user, 2},
    Row{"__get_user_nocheck_4", Callee::get_user, 4},
    Row{"__get_user_nocheck_8", Callee::get_user, 8},
    Row{"__put_user_*", Callee::put_user},
    Row{"memset", Callee::fill},
    Row{"__memset", Callee::fill},
    Row{"memcpy", Callee::copy},
    Row{"__memcpy", Callee::copy},
    Row{"memmove", Callee::copy},
    Row{"__memmove", Callee::copy},
    Row{"__check_object_size", Callee::reads},
    Row{"_copy_to_user", Callee::reads},
    Row{"__copy_to_user", Callee::reads},
    Row{"copy_to_user", Callee::reads},
    Row{"raw_copy_to_user", Callee::reads},
    Row{"__sw_hweight32", Callee::population},
    Row{"__sw_hweight64", Callee::population},
    // The hooks of security modules that are documented to return 0 or an error code. Which modules
    // there are is not known: they are called through patched calls or lists.
    Row{"security_bpf", Callee::zero_or_error},
    Row{"security_bpf_map", Callee::zero_or_error},
    Row{"security_bpf_prog", Callee::zero_or_error},
    Row{"security_capget", Callee::zero_or_error},
    Row{"security_capset", Callee::zero_or_error},
    Row{"security_create_user_ns", Callee::zero_or_error},
    Row{"security_file_fcntl", Callee::zero_or_error},
    Row{"security_file_ioctl", Callee::zero_or_error},
    Row{"security_file_lock", Callee::zero_or_error},
    Row{"security_file_mprotect", Callee::zero_or_error},
    Row{"security_file_open", Callee::zero_or_error},
    Row{"security_file_permission", Callee::zero_or_error},
    Row{"security_file_receive", Callee::zero_or_error},
    Row{"security_file_truncate", Callee::zero_or_error},
    Row{"security_inode_create", Callee::zero_or_error},
    Row{"security_inode_getattr", Callee::zero_or_error},
    Row{"security_inode_link", Callee::zero_or_error},
    Row{"security_inode_mkdir", Callee::zero_or_error},
    Row{"security_inode_mknod", Callee::zero_or_error},
    Row{"security_inode_permission", Callee::zero_or_error},
    Row{"security_inode_readlink", Callee::zero_or_error},
    Row{"security_inode_rename", Callee::zero_or_error},
    Row{"security_inode_rmdir", Callee::zero_or_error},
    Row{"security_inode_setattr", Callee::zero_or_error},
    Row{"security_inode_symlink", Callee::zero_or_error},
    Row{"security_inode_unlink", Callee::zero_or_error},
    Row{"security_ipc_permission", Callee::zero_or_error},
    Row{"security_kernel_load_data", Callee::zero_or_error},
    Row{"security_kernel_read_file", Callee::zero_or_error},
    Row{"security_locked_down", Callee::zero_or_error},
    Row{"security_mmap_addr", Callee::zero_or_error},
    Row{"security_mmap_file", Callee::zero_or_error},
    Row{"security_move_mount", Callee::zero_or_error},
    Row{"security_msg_queue_associate", Callee::zero_or_error},
    Row{"security_msg_queue_msgctl", Callee::zero_or_error},
    Row{"security_msg_queue_msgrcv", Callee::zero_or_error},
    Row{"security_msg_queue_msgsnd", Callee::zero_or_error},
    Row{"security_path_chmod", Callee::zero_or_error},
    Row{"security_path_chown", Callee::zero_or_error},
    Row{"security_path_chroot", Callee::zero_or_error},
    Row{"security_path_link", Callee::zero_or_error},
    Row{"security_path_mkdir", Callee::zero_or_error},
    Row{"security_path_mknod", Callee::zero_or_error},
    Row{"security_path_notify", Callee::zero_or_error},
    Row{"security_path_rename", Callee::zero_or_error},
    Row{"security_path_rmdir", Callee::zero_or_error},
    Row{"security_path_symlink", Callee::zero_or_error},
    Row{"security_path_truncate", Callee::zero_or_error},
    Row{"security_path_unlink", Callee::zero_or_error},
    Row{"security_perf_event_open", Callee::zero_or_error},
    Row{"security_perf_event_read", Callee::zero_or_error},
    Row{"security_ptrace_access_check", Callee::zero_or_error},
    Row{"security_ptrace_traceme", Callee::zero_or_error},
    Row{"security_quota_on", Callee::zero_or_error},
    Row{"security_quotactl", Callee::zero_or_error},
    Row{"security_sb_mount", Callee::zero_or_error},
    Row{"security_sb_pivotroot", Callee::zero_or_error},
    Row{"security_sb_remount", Callee::zero_or_error},
    Row{"security_sb_statfs", Callee::zero_or_error},
    Row{"security_sb_umount", Callee::zero_or_error},
    Row{"security_sem_associate", Callee::zero_or_error},
    Row{"security_sem_semctl", Callee::zero_or_error},
    Row{"security_sem_semop", Callee::zero_or_error},
    Row{"security_settime64", Callee::zero_or_error},
    Row{"security_shm_associate", Callee::zero_or_error},
    Row{"security_shm_shmat", Callee::zero_or_error},
    Row{"security_shm_shmctl", Callee::zero_or_error},
    Row{"security_socket_accept", Callee::zero_or_error},
    Row{"security_socket_bind", Callee::zero_or_error},
    Row{"security_socket_connect", Callee::zero_or_error},
    Row{"security_socket_create", Callee::zero_or_error},
    Row{"security_socket_getpeername", Callee::zero_or_error},
    Row{"security_socket_getsockname", Callee::zero_or_error},
    Row{"security_socket_getsockopt", Callee::zero_or_error},
    Row{"security_socket_listen", Callee::zero_or_error},
    Row{"security_socket_post_create", Callee::zero_or_error},
    Row{"security_socket_recvmsg", Callee::zero_or_error},
    Row{"security_socket_sendmsg", Callee::zero_or_error},
    Row{"security_socket_setsockopt", Callee::zero_or_error},
    Row{"security_socket_shutdown", Callee::zero_or_error},
    Row{"security_socket_socketpair", Callee::zero_or_error},
    Row{"security_syslog", Callee::zero_or_error},
    Row{"security_task_getioprio", Callee::zero_or_error},
    Row{"security_task_getpgid", Callee::zero_or_error},
    Row{"security_task_getscheduler", Callee::zero_or_error},
    Row{"security_task_getsid", Callee::zero_or_error},
    Row{"security_task_kill", Callee::zero_or_error},
    Row{"security_task_movememory", Callee::zero_or_error},
    Row{"security_task_prlimit", Callee::zero_or_error},
    Row{"security_task_setioprio", Callee::zero_or_error},
    Row{"security_task_setnice", Callee::zero_or_error},
    Row{"security_task_setpgid", Callee::zero_or_error},
    Row{"security_task_setrlimit", Callee::zero_or_error},
    Row{"security_task_setscheduler", Callee::zero_or_error},
};

}  // namespace

KnownCallee known_callee(const std::vector<std::string_view>& names) {
  for (const Row& row : kRows) {
    const bool prefix = row.name.ends_with('*');
    const std::string_view text = row.name.substr(0, row.name.size() - (prefix ? 1 : 0));
    if (std::any_of(names.begin(), names.end(), [&](std::string_view name) {
          return prefix ? name.starts_with(text) : name == text;
        })) {
      return {row.callee, row.bytes};
    }
  }
  return {};
}

}  // namespace kapi::code

// SPDX-License-Identifier: GPL-2.0-only
// RFC v2 (2025-06-25): ioctls and sysfs attributes in the section, capabilities, and, in a kernel
// with CONFIG_NET, sockets. kapi_network is our name for what CONFIG_NET adds, and
// kapi_signal_state for bits that the kernel has macros for.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v1;
extern const SpecLayoutTable layout_rfc_v2;
const SpecLayoutTable layout_rfc_v2 = {.revision = "RFC v2",
                                       .posted = "2025-06-25",
                                       .base = &layout_rfc_v1,
                                       .meanings = {},
                                       .text = R"(
enum kapi_param_type size 4 {
  KAPI_TYPE_VOID 0
  KAPI_TYPE_INT 1
  KAPI_TYPE_UINT 2
  KAPI_TYPE_PTR 3
  KAPI_TYPE_STRUCT 4
  KAPI_TYPE_UNION 5
  KAPI_TYPE_ENUM 6
  KAPI_TYPE_FUNC_PTR 7
  KAPI_TYPE_ARRAY 8
  KAPI_TYPE_FD 9
  KAPI_TYPE_USER_PTR 10
  KAPI_TYPE_PATH 11
  KAPI_TYPE_STRING 12
  KAPI_TYPE_BOOL 13
  KAPI_TYPE_HEX 14
  KAPI_TYPE_BINARY 15
  KAPI_TYPE_BITMAP 16
  KAPI_TYPE_CUSTOM 17
}
enum kapi_param_flags size 4 {
  KAPI_PARAM_IN 1
  KAPI_PARAM_OUT 2
  KAPI_PARAM_INOUT 4
  KAPI_PARAM_OPTIONAL 8
  KAPI_PARAM_CONST 16
  KAPI_PARAM_VOLATILE 32
  KAPI_PARAM_USER 64
  KAPI_PARAM_DMA 128
  KAPI_PARAM_ALIGNED 256
  KAPI_PARAM_SYSFS_READONLY 512
  KAPI_PARAM_SYSFS_WRITEONLY 1024
  KAPI_PARAM_SYSFS_RW 2048
  KAPI_PARAM_SYSFS_BINARY 4096
}
enum kapi_signal_action size 4 {
  KAPI_SIGNAL_ACTION_DEFAULT 0
  KAPI_SIGNAL_ACTION_TERMINATE 1
  KAPI_SIGNAL_ACTION_COREDUMP 2
  KAPI_SIGNAL_ACTION_STOP 3
  KAPI_SIGNAL_ACTION_CONTINUE 4
  KAPI_SIGNAL_ACTION_CUSTOM 5
  KAPI_SIGNAL_ACTION_RETURN 6
  KAPI_SIGNAL_ACTION_RESTART 7
  KAPI_SIGNAL_ACTION_QUEUE 8
  KAPI_SIGNAL_ACTION_DISCARD 9
  KAPI_SIGNAL_ACTION_TRANSFORM 10
}
enum kapi_capability_action size 4 {
  KAPI_CAP_BYPASS_CHECK 0
  KAPI_CAP_INCREASE_LIMIT 1
  KAPI_CAP_OVERRIDE_RESTRICTION 2
  KAPI_CAP_GRANT_PERMISSION 3
  KAPI_CAP_MODIFY_BEHAVIOR 4
  KAPI_CAP_ACCESS_RESOURCE 5
  KAPI_CAP_PERFORM_OPERATION 6
}
enum kapi_socket_state size 4 {
  KAPI_SOCK_STATE_UNSPEC 0
  KAPI_SOCK_STATE_CLOSED 1
  KAPI_SOCK_STATE_OPEN 2
  KAPI_SOCK_STATE_BOUND 3
  KAPI_SOCK_STATE_LISTEN 4
  KAPI_SOCK_STATE_SYN_SENT 5
  KAPI_SOCK_STATE_SYN_RECV 6
  KAPI_SOCK_STATE_ESTABLISHED 7
  KAPI_SOCK_STATE_FIN_WAIT1 8
  KAPI_SOCK_STATE_FIN_WAIT2 9
  KAPI_SOCK_STATE_CLOSE_WAIT 10
  KAPI_SOCK_STATE_CLOSING 11
  KAPI_SOCK_STATE_LAST_ACK 12
  KAPI_SOCK_STATE_TIME_WAIT 13
  KAPI_SOCK_STATE_CONNECTED 14
  KAPI_SOCK_STATE_DISCONNECTED 15
}
enum kapi_socket_protocol size 4 {
  KAPI_PROTO_TCP 1
  KAPI_PROTO_UDP 2
  KAPI_PROTO_UNIX 4
  KAPI_PROTO_RAW 8
  KAPI_PROTO_PACKET 16
  KAPI_PROTO_NETLINK 32
  KAPI_PROTO_SCTP 64
  KAPI_PROTO_DCCP 128
  KAPI_PROTO_ALL 4294967295
}
enum kapi_buffer_behavior size 4 {
  KAPI_BUF_PEEK 1
  KAPI_BUF_TRUNCATE 2
  KAPI_BUF_SCATTER 4
  KAPI_BUF_ZERO_COPY 8
  KAPI_BUF_KERNEL_ALLOC 16
  KAPI_BUF_DMA_CAPABLE 32
  KAPI_BUF_FRAGMENT 64
}
enum kapi_async_behavior size 4 {
  KAPI_ASYNC_BLOCK 0
  KAPI_ASYNC_NONBLOCK 1
  KAPI_ASYNC_POLL_READY 2
  KAPI_ASYNC_SIGNAL_DRIVEN 4
  KAPI_ASYNC_AIO 8
  KAPI_ASYNC_IO_URING 16
  KAPI_ASYNC_EPOLL 32
}
enum kapi_api_type size 4 {
  KAPI_API_FUNCTION 0
  KAPI_API_IOCTL 1
  KAPI_API_SYSFS 2
}
enum kapi_signal_state size 4 {
  KAPI_SIGNAL_STATE_RUNNING 1
  KAPI_SIGNAL_STATE_SLEEPING 2
  KAPI_SIGNAL_STATE_STOPPED 4
  KAPI_SIGNAL_STATE_TRACED 8
  KAPI_SIGNAL_STATE_ZOMBIE 16
  KAPI_SIGNAL_STATE_DEAD 32
}
struct kapi_ioctl_spec
struct kapi_param_spec packed {
  name [128]char
  type_name [128]char
  type enum kapi_param_type
  flags u32
  size size_t
  alignment size_t
  min_value s64
  max_value s64
  valid_mask u64
  enum_values *const s64
  enum_count u32
  constraint_type enum kapi_constraint_type
  validate *func(s64) bool
  description [512]char
  constraints [512]char
  size_param_idx int
  size_multiplier size_t
  sysfs_path [128]char
  sysfs_permissions u16
  default_value [128]char
  units [32]char
  step s64
  allowed_strings **const char
  allowed_string_count u32
}
struct kapi_signal_spec packed {
  signal_num int
  signal_name [32]char
  direction u32
  action enum kapi_signal_action
  target [512]char
  condition [512]char
  description [512]char
  restartable bool
  sa_flags_required u32
  sa_flags_forbidden u32
  error_on_signal int
  transform_to int
  timing [32]char
  priority u8
  interruptible bool
  queue_behavior [128]char
  state_required u32
  state_forbidden u32
}
struct kapi_capability_spec packed {
  capability int
  cap_name [128]char
  action enum kapi_capability_action
  allows [512]char
  without_cap [512]char
  check_condition [512]char
  priority u8
  alternative [8]int
  alternative_count u32
}
struct kapi_socket_state_spec packed {
  required_states [16]enum kapi_socket_state
  required_state_count u32
  forbidden_states [16]enum kapi_socket_state
  forbidden_state_count u32
  resulting_state enum kapi_socket_state
  state_condition [512]char
  applicable_protocols u32
}
struct kapi_protocol_behavior packed {
  applicable_protocols u32
  behavior [512]char
  protocol_flags s64
  flag_description [512]char
}
struct kapi_buffer_spec packed {
  buffer_behaviors u32
  min_buffer_size size_t
  max_buffer_size size_t
  optimal_buffer_size size_t
  fragmentation_rules [512]char
  can_partial_transfer bool
  partial_transfer_rules [512]char
}
struct kapi_async_spec packed {
  supported_modes enum kapi_async_behavior
  nonblock_errno int
  poll_events_in u32
  poll_events_out u32
  completion_condition [512]char
  supports_timeout bool
  timeout_behavior [512]char
}
struct kapi_addr_family_spec packed {
  family int
  family_name [32]char
  addr_struct_size size_t
  min_addr_len size_t
  max_addr_len size_t
  addr_format [512]char
  supports_wildcard bool
  supports_multicast bool
  supports_broadcast bool
  special_addresses [512]char
  port_range_min u32
  port_range_max u32
}
struct kapi_network packed {
  socket_state struct kapi_socket_state_spec
  protocol_behaviors [8]struct kapi_protocol_behavior
  protocol_behavior_count u32
  buffer_spec struct kapi_buffer_spec
  async_spec struct kapi_async_spec
  addr_families [8]struct kapi_addr_family_spec
  addr_family_count u32
  is_connection_oriented bool
  is_message_oriented bool
  supports_oob_data bool
  supports_peek bool
  supports_select_poll bool
  is_reentrant bool
  connection_establishment [512]char
  connection_termination [512]char
  data_transfer_semantics [512]char
}
struct kernel_api_spec packed {
  name [128]char
  api_type enum kapi_api_type
  version u32
  description [512]char
  long_description [2048]char
  context_flags u32
  param_count u32
  params [16]struct kapi_param_spec
  return_spec struct kapi_return_spec
  error_count u32
  errors [32]struct kapi_error_spec
  lock_count u32
  locks [16]struct kapi_lock_spec
  constraint_count u32
  constraints [16]struct kapi_constraint_spec
  examples [1024]char
  notes [1024]char
  since_version [32]char
  deprecated bool
  replacement [128]char
  signal_count u32
  signals [32]struct kapi_signal_spec
  signal_mask_count u32
  signal_masks [32]struct kapi_signal_mask_spec
  struct_spec_count u32
  struct_specs [8]struct kapi_struct_spec
  side_effect_count u32
  side_effects [16]struct kapi_side_effect
  state_trans_count u32
  state_transitions [8]struct kapi_state_transition
  capability_count u32
  capabilities [8]struct kapi_capability_spec
  - struct kapi_network
  cmd unsigned int
  cmd_name [128]char
  input_size size_t
  output_size size_t
  file_ops_name [128]char
  subsystem [128]char
  device_type [128]char
}
)"};

}  // namespace kapi

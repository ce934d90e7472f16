// SPDX-License-Identifier: GPL-2.0-only
// RFC v1 (2025-06-15): packed structs in the section, with their strings inside. An ioctl's spec is
// a struct of its own around them, which drivers register at run time: it is not in the section.
// What later revisions keep stands here only.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v1;
const SpecLayoutTable layout_rfc_v1 = {
    .revision = "RFC v1", .posted = "2025-06-15", .base = nullptr, .meanings = {}, .text = R"(
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
  KAPI_TYPE_CUSTOM 12
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
}
enum kapi_context_flags size 4 {
  KAPI_CTX_PROCESS 1
  KAPI_CTX_SOFTIRQ 2
  KAPI_CTX_HARDIRQ 4
  KAPI_CTX_NMI 8
  KAPI_CTX_ATOMIC 16
  KAPI_CTX_SLEEPABLE 32
  KAPI_CTX_PREEMPT_DISABLED 64
  KAPI_CTX_IRQ_DISABLED 128
}
enum kapi_lock_type size 4 {
  KAPI_LOCK_NONE 0
  KAPI_LOCK_MUTEX 1
  KAPI_LOCK_SPINLOCK 2
  KAPI_LOCK_RWLOCK 3
  KAPI_LOCK_SEQLOCK 4
  KAPI_LOCK_RCU 5
  KAPI_LOCK_SEMAPHORE 6
  KAPI_LOCK_CUSTOM 7
}
enum kapi_constraint_type size 4 {
  KAPI_CONSTRAINT_NONE 0
  KAPI_CONSTRAINT_RANGE 1
  KAPI_CONSTRAINT_MASK 2
  KAPI_CONSTRAINT_ENUM 3
  KAPI_CONSTRAINT_CUSTOM 4
}
enum kapi_return_check_type size 4 {
  KAPI_RETURN_EXACT 0
  KAPI_RETURN_RANGE 1
  KAPI_RETURN_ERROR_CHECK 2
  KAPI_RETURN_FD 3
  KAPI_RETURN_CUSTOM 4
}
enum kapi_signal_direction size 4 {
  KAPI_SIGNAL_RECEIVE 1
  KAPI_SIGNAL_SEND 2
  KAPI_SIGNAL_HANDLE 4
  KAPI_SIGNAL_BLOCK 8
  KAPI_SIGNAL_IGNORE 16
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
}
enum kapi_side_effect_type size 4 {
  KAPI_EFFECT_NONE 0
  KAPI_EFFECT_ALLOC_MEMORY 1
  KAPI_EFFECT_FREE_MEMORY 2
  KAPI_EFFECT_MODIFY_STATE 4
  KAPI_EFFECT_SIGNAL_SEND 8
  KAPI_EFFECT_FILE_POSITION 16
  KAPI_EFFECT_LOCK_ACQUIRE 32
  KAPI_EFFECT_LOCK_RELEASE 64
  KAPI_EFFECT_RESOURCE_CREATE 128
  KAPI_EFFECT_RESOURCE_DESTROY 256
  KAPI_EFFECT_SCHEDULE 512
  KAPI_EFFECT_HARDWARE 1024
  KAPI_EFFECT_NETWORK 2048
  KAPI_EFFECT_FILESYSTEM 4096
  KAPI_EFFECT_PROCESS_STATE 8192
}
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
}
struct kapi_error_spec packed {
  error_code int
  name [128]char
  condition [512]char
  description [512]char
}
struct kapi_return_spec packed {
  type_name [128]char
  type enum kapi_param_type
  check_type enum kapi_return_check_type
  success_value s64
  success_min s64
  success_max s64
  error_values *const s64
  error_count u32
  is_success *func(s64) bool
  description [512]char
}
struct kapi_lock_spec packed {
  lock_name [128]char
  lock_type enum kapi_lock_type
  acquired bool
  released bool
  held_on_entry bool
  held_on_exit bool
  description [512]char
}
struct kapi_constraint_spec packed {
  name [128]char
  description [512]char
  expression [512]char
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
}
struct kapi_signal_mask_spec packed {
  mask_name [128]char
  signals [32]int
  signal_count u32
  description [512]char
}
struct kapi_struct_field packed {
  name [128]char
  type enum kapi_param_type
  type_name [128]char
  offset size_t
  size size_t
  flags u32
  constraint_type enum kapi_constraint_type
  min_value s64
  max_value s64
  valid_mask u64
  description [512]char
}
struct kapi_struct_spec packed {
  name [128]char
  size size_t
  alignment size_t
  field_count u32
  fields [16]struct kapi_struct_field
  description [512]char
}
struct kapi_side_effect packed {
  type u32
  target [128]char
  condition [512]char
  description [512]char
  reversible bool
}
struct kapi_state_transition packed {
  from_state [128]char
  to_state [128]char
  condition [512]char
  object [128]char
  description [512]char
}
struct kernel_api_spec packed {
  name [128]char
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
  notes [512]char
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
}
struct kapi_ioctl_spec {
  api_spec struct kernel_api_spec
  cmd unsigned int
  cmd_name *const char
  input_size size_t
  output_size size_t
  file_ops_name *const char
}
)"};

}  // namespace kapi

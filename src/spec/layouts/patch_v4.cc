// SPDX-License-Identifier: GPL-2.0-only
// PATCH v3 (2026-04-25) and v4 (2026-05-30): pointers in the section, strings behind pointers,
// natural alignment. A spec is 26,400 bytes on 64-bit machines, 18,408 on i386 and 18,968 on other
// 32-bit ones. kapi_signal_state names bits for which the kernel has macros only.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_patch_v4;
const SpecLayoutTable layout_patch_v4 = {"PATCH v3/v4", R"(
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
  KAPI_PARAM_INOUT 3
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
enum kapi_constraint_type size 4 {
  KAPI_CONSTRAINT_NONE 0
  KAPI_CONSTRAINT_RANGE 1
  KAPI_CONSTRAINT_MASK 2
  KAPI_CONSTRAINT_ENUM 3
  KAPI_CONSTRAINT_ALIGNMENT 4
  KAPI_CONSTRAINT_POWER_OF_TWO 5
  KAPI_CONSTRAINT_PAGE_ALIGNED 6
  KAPI_CONSTRAINT_NONZERO 7
  KAPI_CONSTRAINT_USER_STRING 8
  KAPI_CONSTRAINT_USER_PATH 9
  KAPI_CONSTRAINT_USER_PTR 10
  KAPI_CONSTRAINT_BUFFER 11
  KAPI_CONSTRAINT_CUSTOM 12
}
enum kapi_return_check_type size 4 {
  KAPI_RETURN_EXACT 0
  KAPI_RETURN_RANGE 1
  KAPI_RETURN_ERROR_CHECK 2
  KAPI_RETURN_FD 3
  KAPI_RETURN_CUSTOM 4
  KAPI_RETURN_NO_RETURN 5
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
enum kapi_lock_scope size 4 {
  KAPI_LOCK_INTERNAL 0
  KAPI_LOCK_ACQUIRES 1
  KAPI_LOCK_RELEASES 2
  KAPI_LOCK_CALLER_HELD 3
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
  KAPI_EFFECT_IRREVERSIBLE 16384
}
enum kapi_signal_state size 4 {
  KAPI_SIGNAL_STATE_RUNNING 1
  KAPI_SIGNAL_STATE_SLEEPING 2
  KAPI_SIGNAL_STATE_STOPPED 4
  KAPI_SIGNAL_STATE_TRACED 8
  KAPI_SIGNAL_STATE_ZOMBIE 16
  KAPI_SIGNAL_STATE_DEAD 32
}
struct kapi_param_spec {
  name *const char
  type_name *const char
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
  description *const char
  constraints *const char
  size_param_idx int
  size_multiplier size_t
}
struct kapi_return_spec {
  type_name *const char
  type enum kapi_param_type
  check_type enum kapi_return_check_type
  success_value s64
  success_min s64
  success_max s64
  error_values *const s64
  error_count u32
  is_success *func(s64) bool
  description *const char
}
struct kapi_error_spec {
  error_code int
  name *const char
  condition *const char
  description *const char
}
struct kapi_lock_spec {
  lock_name *const char
  lock_type enum kapi_lock_type
  scope enum kapi_lock_scope
  description *const char
}
struct kapi_constraint_spec {
  name *const char
  description *const char
  expression *const char
}
struct kapi_signal_spec {
  signal_num int
  signal_name *const char
  direction u32
  action enum kapi_signal_action
  target *const char
  condition *const char
  description *const char
  restartable bool
  sa_flags_required u32
  sa_flags_forbidden u32
  error_on_signal int
  transform_to int
  timing *const char
  priority u8
  interruptible bool
  queue_behavior *const char
  state_required u32
  state_forbidden u32
}
struct kapi_signal_mask_spec {
  mask_name *const char
  signals [32]int
  signal_count u32
  description *const char
}
struct kapi_struct_field {
  name *const char
  type enum kapi_param_type
  type_name *const char
  offset size_t
  size size_t
  flags u32
  constraint_type enum kapi_constraint_type
  min_value s64
  max_value s64
  valid_mask u64
  enum_values *const char
  description *const char
}
struct kapi_struct_spec {
  name *const char
  size size_t
  alignment size_t
  field_count u32
  fields [16]struct kapi_struct_field
  description *const char
}
struct kapi_side_effect {
  type u32
  target *const char
  condition *const char
  description *const char
  reversible bool
}
struct kapi_state_transition {
  from_state *const char
  to_state *const char
  condition *const char
  object *const char
  description *const char
}
struct kapi_capability_spec {
  capability int
  cap_name *const char
  action enum kapi_capability_action
  allows *const char
  without_cap *const char
  check_condition *const char
  priority u8
  alternative [8]int
  alternative_count u32
}
struct kernel_api_spec {
  name *const char
  version u32
  description *const char
  long_description *const char
  context_flags u32
  param_magic u32
  param_count u32
  params [16]struct kapi_param_spec
  return_magic u32
  return_spec struct kapi_return_spec
  error_magic u32
  error_count u32
  errors [32]struct kapi_error_spec
  lock_magic u32
  lock_count u32
  locks [16]struct kapi_lock_spec
  constraint_magic u32
  constraint_count u32
  constraints [32]struct kapi_constraint_spec
  info_magic u32
  examples *const char
  notes *const char
  signal_magic u32
  signal_count u32
  signals [32]struct kapi_signal_spec
  sigmask_magic u32
  signal_mask_count u32
  signal_masks [32]struct kapi_signal_mask_spec
  struct_magic u32
  struct_spec_count u32
  struct_specs [8]struct kapi_struct_spec
  effect_magic u32
  side_effect_count u32
  side_effects [32]struct kapi_side_effect
  trans_magic u32
  state_trans_count u32
  state_transitions [8]struct kapi_state_transition
  cap_magic u32
  capability_count u32
  capabilities [8]struct kapi_capability_spec
}
)"};

}  // namespace kapi

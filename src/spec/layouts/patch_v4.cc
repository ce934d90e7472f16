// SPDX-License-Identifier: GPL-2.0-only
// PATCH v3 (2026-04-25) and v4 (2026-05-30): pointers in the section, strings behind pointers,
// natural alignment. A spec is 26,400 bytes on 64-bit machines, 18,408 on i386 and 18,968 on other
// 32-bit ones.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_patch_v2;
extern const SpecLayoutTable layout_patch_v4;
const SpecLayoutTable layout_patch_v4 = {.revision = "PATCH v3/v4",
                                         .posted = "2026-05-30",
                                         .base = &layout_patch_v2,
                                         .meanings = {.negative_max_is_open = true,
                                                      .writes_return_magic = true,
                                                      .size_param_from_one = true},
                                         .text = R"(
enum kapi_async_behavior
enum kapi_buffer_behavior
enum kapi_socket_protocol
enum kapi_socket_state
struct kapi_addr_family_spec
struct kapi_async_spec
struct kapi_buffer_spec
struct kapi_network
struct kapi_protocol_behavior
struct kapi_socket_state_spec
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
struct kapi_error_spec {
  error_code int
  name *const char
  condition *const char
  description *const char
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

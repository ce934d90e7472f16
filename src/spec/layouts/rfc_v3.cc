// SPDX-License-Identifier: GPL-2.0-only
// RFC v3 (2025-07-12): ioctls and sysfs are gone, fields list their values in words. The macro that
// counts the error values of a return stands outside it and sets the spec's own count of errors.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v2;
extern const SpecLayoutTable layout_rfc_v3;
const SpecLayoutTable layout_rfc_v3 = {.revision = "RFC v3",
                                       .posted = "2025-07-12",
                                       .base = &layout_rfc_v2,
                                       .meanings = {.return_sets_error_count = true},
                                       .text = R"(
enum kapi_api_type
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
  enum_values [512]char
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
}
)"};

}  // namespace kapi

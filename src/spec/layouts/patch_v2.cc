// SPDX-License-Identifier: GPL-2.0-only
// PATCH v2 (2026-03-23): since_version is gone.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_patch_v1;
extern const SpecLayoutTable layout_patch_v2;
const SpecLayoutTable layout_patch_v2 = {
    .revision = "PATCH v2",
    .posted = "2026-03-23",
    .base = &layout_patch_v1,
    .meanings = {.negative_max_is_open = true, .writes_return_magic = true},
    .text = R"(
struct kernel_api_spec packed {
  name [128]char
  version u32
  description [512]char
  long_description [2048]char
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
  locks [32]struct kapi_lock_spec
  constraint_magic u32
  constraint_count u32
  constraints [32]struct kapi_constraint_spec
  info_magic u32
  examples [1024]char
  notes [1024]char
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
  - struct kapi_network
}
)"};

}  // namespace kapi

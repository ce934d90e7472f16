// SPDX-License-Identifier: GPL-2.0-only
// RFC v4 (2025-08-26): magics, longer lists, sockets in every kernel.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v3;
extern const SpecLayoutTable layout_rfc_v4;
const SpecLayoutTable layout_rfc_v4 = {.revision = "RFC v4",
                                       .posted = "2025-08-26",
                                       .base = &layout_rfc_v3,
                                       .meanings = {},
                                       .text = R"(
enum kapi_constraint_type size 4 {
  KAPI_CONSTRAINT_NONE 0
  KAPI_CONSTRAINT_RANGE 1
  KAPI_CONSTRAINT_MASK 2
  KAPI_CONSTRAINT_ENUM 3
  KAPI_CONSTRAINT_ALIGNMENT 4
  KAPI_CONSTRAINT_POWER_OF_TWO 5
  KAPI_CONSTRAINT_PAGE_ALIGNED 6
  KAPI_CONSTRAINT_NONZERO 7
  KAPI_CONSTRAINT_CUSTOM 8
}
enum kapi_return_check_type size 4 {
  KAPI_RETURN_EXACT 0
  KAPI_RETURN_RANGE 1
  KAPI_RETURN_ERROR_CHECK 2
  KAPI_RETURN_FD 3
  KAPI_RETURN_CUSTOM 4
  KAPI_RETURN_NO_RETURN 5
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
  since_version [32]char
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

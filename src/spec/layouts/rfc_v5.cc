// SPDX-License-Identifier: GPL-2.0-only
// RFC v5 (2025-12-19): a lock has a scope where it had four flags, in the same place, and
// KAPI_PARAM_INOUT is a bit of its own. Until RFC v4 a macro of that name hid the enumerator.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v4;
extern const SpecLayoutTable layout_rfc_v5;
const SpecLayoutTable layout_rfc_v5 = {.revision = "RFC v5",
                                       .posted = "2025-12-19",
                                       .base = &layout_rfc_v4,
                                       .meanings = {.inout_is_a_bit = true},
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
  KAPI_CONSTRAINT_USER_STRING 8
  KAPI_CONSTRAINT_USER_PATH 9
  KAPI_CONSTRAINT_USER_PTR 10
  KAPI_CONSTRAINT_CUSTOM 11
}
enum kapi_lock_scope size 4 {
  KAPI_LOCK_INTERNAL 0
  KAPI_LOCK_ACQUIRES 1
  KAPI_LOCK_RELEASES 2
  KAPI_LOCK_CALLER_HELD 3
}
struct kapi_lock_spec packed {
  lock_name [128]char
  lock_type enum kapi_lock_type
  scope enum kapi_lock_scope
  description [512]char
}
)"};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// PATCH v1 (2026-03-14): other numbers in the same places.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v5;
extern const SpecLayoutTable layout_patch_v1;
const SpecLayoutTable layout_patch_v1 = {
    .revision = "PATCH v1",
    .posted = "2026-03-14",
    .base = &layout_rfc_v5,
    .meanings = {.negative_max_is_open = true, .writes_return_magic = true},
    .text = R"(
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
)"};

}  // namespace kapi

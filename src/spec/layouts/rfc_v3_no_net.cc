// SPDX-License-Identifier: GPL-2.0-only
// RFC v3 (2025-07-12) in a kernel without CONFIG_NET.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v3;
extern const SpecLayoutTable layout_rfc_v3_no_net;
const SpecLayoutTable layout_rfc_v3_no_net = {.revision = "RFC v3 without CONFIG_NET",
                                              .posted = "2025-07-12",
                                              .base = &layout_rfc_v3,
                                              .meanings = {.return_sets_error_count = true},
                                              .text = R"(
struct kapi_network packed {
}
)"};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// RFC v2 (2025-06-25) in a kernel without CONFIG_NET.
#include "spec/layout.h"

namespace kapi {

extern const SpecLayoutTable layout_rfc_v2;
extern const SpecLayoutTable layout_rfc_v2_no_net;
const SpecLayoutTable layout_rfc_v2_no_net = {.revision = "RFC v2 without CONFIG_NET",
                                              .posted = "2025-06-25",
                                              .base = &layout_rfc_v2,
                                              .meanings = {},
                                              .text = R"(
struct kapi_network packed {
}
)"};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Text in XML, whatever it holds.
#pragma once

#include <string>
#include <string_view>

namespace kapi::junit {

// For attributes and content: control characters, bytes that are no UTF-8 and the two code points
// that XML 1.0 has no way to write are made visible. Line breaks stay.
std::string xml_text(std::string_view text);

}  // namespace kapi::junit

// SPDX-License-Identifier: GPL-2.0-only
#include "image/banner.h"

#include <cctype>

#include "image/data_areas.h"

namespace kapi {
namespace {

constexpr size_t kMaxBanner = 4096;
constexpr std::string_view kBanner = "Linux version ";

bool is_digit(std::string_view text, size_t at) {
  return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
}

// The end of the group whose opening parenthesis stands at `open`, or npos.
size_t closing(std::string_view text, size_t open) {
  size_t depth = 0;
  for (size_t at = open; at < text.size(); at++) {
    depth += text[at] == '(' ? 1 : 0;
    if (text[at] == ')' && --depth == 0) {
      return at;
    }
  }
  return text.npos;
}

}  // namespace

std::string banner_text(Cursor bytes) {
  std::string_view text = bytes.cstring(kMaxBanner);
  while (text.ends_with('\n')) {
    text.remove_suffix(1);
  }
  return to_utf8(text);
}

std::string find_banner(const ElfFile& elf) {
  std::string unnumbered;
  for (const DataArea& area : data_areas(elf)) {
    const Cursor& bytes = area.bytes;
    const std::string_view text(reinterpret_cast<const char*>(bytes.span().data()), bytes.size());
    for (size_t at = text.find(kBanner); at != text.npos; at = text.find(kBanner, at + 1)) {
      const std::string_view rest = text.substr(at, kMaxBanner);
      const std::string_view line = rest.substr(0, rest.find('\0'));
      if (line.size() == rest.size() || !is_digit(line, kBanner.size())) {
        continue;
      }
      const size_t build = line.find(") #");
      if (build != line.npos && is_digit(line, build + 3)) {
        return banner_text(bytes.window(at));
      }
      if (unnumbered.empty()) {
        unnumbered = banner_text(bytes.window(at));
      }
    }
  }
  return unnumbered;
}

std::string compiler_of_banner(std::string_view banner) {
  const size_t builder = banner.find(" (");
  const size_t built = builder == banner.npos ? banner.npos : closing(banner, builder + 1);
  if (built == banner.npos || !banner.substr(built).starts_with(") (")) {
    return {};
  }
  const size_t open = built + 2;
  const size_t end = closing(banner, open);
  if (end == banner.npos) {
    return {};
  }
  const std::string_view tools = banner.substr(open + 1, end - open - 1);
  size_t depth = 0;
  for (size_t at = 0; at < tools.size(); at++) {
    depth += tools[at] == '(' ? 1 : 0;
    depth -= tools[at] == ')' ? 1 : 0;
    if (depth == 0 && tools[at] == ',') {
      return std::string(tools.substr(0, at));  // the linker follows
    }
  }
  return std::string(tools);
}

}  // namespace kapi

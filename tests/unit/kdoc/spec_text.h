// SPDX-License-Identifier: GPL-2.0-only
// Specs in comments for tests: the lines without their " * ", and what was read from them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/kdoc.h"

namespace kapi::test {

inline constexpr std::string_view kFunction =
    "SYSCALL_DEFINE2(thing, int, fd, unsigned int, flags)\n{\n\treturn 0;\n}\n";

// A comment of these lines with a function behind it. Line 1 of `lines` is line 2 of the file.
inline std::string source_of(std::string_view lines, std::string_view function = kFunction) {
  std::string out = "/**\n";
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    out += end == 0 ? " *" : " * ";
    out += lines.substr(0, end);
    out += '\n';
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  out += " */\n";
  return out += function;
}

// A spec in blocks that says nothing but what follows; its own lines are 2 to 5.
inline std::string block_source(std::string_view lines) {
  return source_of("sys_thing - Do a thing\n\nlong-desc: Long.\ncontexts: process\n" +
                   std::string(lines));
}

inline SpecTexts read(std::string_view text, const Constants& constants = Constants()) {
  SpecTexts out;
  read_source_text(text, "fs/thing.c", constants, out);
  return out;
}

inline Api only_api(const SpecTexts& texts) {
  return texts.apis.size() == 1 ? texts.apis[0] : Api{};
}

// "code:line", sorted, of all diagnostics.
inline std::vector<std::string> losses(const SpecTexts& texts) {
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : texts.diagnostics) {
    out.push_back(diagnostic.code + diagnostic.section.substr(diagnostic.section.rfind(':')));
  }
  std::sort(out.begin(), out.end());
  return out;
}

using Losses = std::vector<std::string>;

}  // namespace kapi::test

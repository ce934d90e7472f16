// SPDX-License-Identifier: GPL-2.0-only
// CONFIG_IKCONFIG: kernel/configs.c puts the .config, packed by gzip, into .rodata between the
// marks IKCFG_ST and IKCFG_ED. The symbols kernel_config_data and kernel_config_data_end stand just
// within them; in an image without these symbols the first mark is looked for.
#include <elf.h>

#include <algorithm>
#include <string_view>

#include "kapi/image.h"
#include "kapi/unpack.h"

namespace kapi {
namespace {

constexpr size_t kMaxConfig = size_t{8} << 20;  // a kernel's takes some 300 KB
constexpr std::string_view kStart = "IKCFG_ST";
constexpr std::string_view kEnd = "IKCFG_ED";
constexpr std::string_view kGzip = "\x1f\x8b";

std::string_view text_of(const Cursor& bytes) {
  return {reinterpret_cast<const char*>(bytes.span().data()), bytes.size()};
}

// Up to the end mark, or as far as the bytes go where there is none: gzip knows its own end.
Cursor up_to_mark(const Cursor& bytes) {
  return bytes.window(0, std::min(text_of(bytes).find(kEnd), bytes.size()));
}

std::optional<Cursor> by_mark(const Image& image) {
  for (const Section& section : image.sections()) {
    if (!section.allocated || !section.has_bytes || (section.flags & SHF_EXECINSTR) != 0) {
      continue;
    }
    const Cursor bytes = image.contents(section);
    const std::string_view text = text_of(bytes);
    for (size_t at = text.find(kStart); at != text.npos; at = text.find(kStart, at + 1)) {
      const size_t data = at + kStart.size();
      if (text.substr(data).starts_with(kGzip)) {  // the words alone may stand in any table
        return up_to_mark(bytes.window(data));
      }
    }
  }
  return std::nullopt;
}

std::optional<Cursor> packed_config(const Image& image) {
  const auto start = image.symbol("kernel_config_data");
  const auto end = image.symbol("kernel_config_data_end");
  if (!start) {
    // kallsyms may hold functions only.
    return image.symbols_from() == ".symtab" ? std::nullopt : by_mark(image);
  }
  if (end && end->address >= start->address &&
      image.covers(start->address, end->address - start->address)) {
    return image.at(start->address).window(0, end->address - start->address);
  }
  return up_to_mark(image.at(start->address));  // kernels before 5.1 have the first symbol only
}

}  // namespace

std::optional<std::string> embedded_config(const Image& image) {
  const auto packed = packed_config(image);
  return packed ? std::optional(gunzip(*packed, kMaxConfig)) : std::nullopt;
}

}  // namespace kapi

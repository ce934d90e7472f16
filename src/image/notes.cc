// SPDX-License-Identifier: GPL-2.0-only
#include "image/notes.h"

#include <elf.h>
#include <fmt/format.h>

namespace kapi {
namespace {

constexpr size_t kMaxBuildId = 64;  // bytes; SHA-1 has 20, SHA-256 32
constexpr size_t kMaxComment = 64 * 1024;

// Moves past the padding that follows what was read; false at the end.
bool align(Cursor& bytes, size_t alignment) {
  const size_t padding = -bytes.position() & (alignment - 1);
  if (padding > bytes.remaining()) {
    return false;
  }
  bytes.skip(padding);
  return true;
}

std::string build_id_among(Cursor notes, uint64_t alignment) {
  // gABI says 8 for 64-bit files; everybody writes 4, except where the section says 8.
  const size_t padded = alignment == 8 ? 8 : 4;
  constexpr size_t kHeader = 3 * sizeof(uint32_t);
  while (notes.remaining() >= kHeader) {
    const uint32_t name_size = notes.u32();
    const uint32_t size = notes.u32();
    const uint32_t type = notes.u32();
    if (name_size > notes.remaining()) {
      break;
    }
    const auto name = notes.take(name_size);
    if (!align(notes, padded) || size > notes.remaining()) {
      break;
    }
    const auto description = notes.take(size);
    const std::string_view owner(reinterpret_cast<const char*>(name.data()), name.size());
    if (type == NT_GNU_BUILD_ID && owner == std::string_view(ELF_NOTE_GNU, sizeof ELF_NOTE_GNU)) {
      std::string text;
      for (const std::byte byte : description.first(std::min(description.size(), kMaxBuildId))) {
        text += fmt::format("{:02x}", static_cast<unsigned>(byte));
      }
      return text;
    }
    if (!align(notes, padded)) {
      break;
    }
  }
  return {};
}

}  // namespace

std::string read_build_id(const ElfFile& elf) {
  for (const Section& section : elf.sections()) {
    if (section.type == SHT_NOTE && elf.in_file(section.offset, section.size)) {
      std::string id = build_id_among(elf.contents(section), elf.shape(section).alignment);
      if (!id.empty()) {
        return id;
      }
    }
  }
  for (const Segment& segment : elf.segments()) {
    if (segment.type == PT_NOTE && elf.in_file(segment.offset, segment.file_size)) {
      std::string id = build_id_among(elf.slice(segment.offset, segment.file_size, "PT_NOTE"),
                                      segment.alignment);
      if (!id.empty()) {
        return id;
      }
    }
  }
  return {};
}

std::string read_compiler(const ElfFile& elf) {
  for (const Section& section : elf.sections()) {
    if (section.name != ".comment" || !section.has_bytes ||
        !elf.in_file(section.offset, section.size)) {
      continue;
    }
    Cursor lines = elf.contents(section);
    lines = lines.window(0, std::min(lines.size(), kMaxComment));
    while (!lines.at_end()) {
      const auto* text = reinterpret_cast<const char*>(lines.span().data()) + lines.position();
      const std::string_view rest(text, lines.remaining());
      const std::string_view line = rest.substr(0, rest.find('\0'));
      if (!line.empty() && !line.starts_with("Linker: ")) {
        return to_utf8(line);
      }
      lines.skip(std::min(line.size() + 1, lines.remaining()));
    }
  }
  return {};
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "image/flat_parts.h"

#include <elf.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace kapi {
namespace {

using namespace std::string_view_literals;

constexpr size_t kEntry = sizeof(Elf64_Rela);
constexpr size_t kFewest = 32;  // entries of a run; a kernel has 100,000
constexpr size_t kPage = 4096;

std::optional<uint32_t> relative_type(Arch arch) {
  switch (arch) {
    case Arch::arm64:
      return R_AARCH64_RELATIVE;
    case Arch::riscv64:
      return R_RISCV_RELATIVE;
    case Arch::s390x:
      return R_390_RELATIVE;
    default:
      return std::nullopt;
  }
}

uint64_t word_at(const Cursor& bytes, size_t offset) { return bytes.window(offset, 8).u64(); }

std::string_view text_of(const Cursor& bytes) {
  return {reinterpret_cast<const char*>(bytes.span().data()), bytes.size()};
}

// The offsets of all places where the pattern stands.
std::vector<size_t> places_of(const Cursor& bytes, std::string_view pattern) {
  std::vector<size_t> places;
  const std::string_view text = text_of(bytes);
  for (size_t from = 0; text.size() - from >= pattern.size();) {
    const void* hit =
        memmem(text.data() + from, text.size() - from, pattern.data(), pattern.size());
    if (hit == nullptr) {
      break;
    }
    places.push_back(static_cast<size_t>(static_cast<const char*>(hit) - text.data()));
    from = places.back() + 1;
  }
  return places;
}

// Whether the place lies in an ELF file within the image: it begins a page and says its own end by
// its section headers.
bool is_in_elf(const Cursor& bytes, size_t place) {
  constexpr size_t kMaxPages = 16;
  const std::string_view text = text_of(bytes);
  for (size_t page = place / kPage, i = 0; i < kMaxPages; i++, page--) {
    const size_t start = page * kPage;
    if (text.substr(start).starts_with(ELFMAG) && text.size() - start >= sizeof(Elf64_Ehdr)) {
      const bool is_64 = text[start + EI_CLASS] == ELFCLASS64;
      const uint64_t headers = bytes
                                   .window(start + (is_64 ? offsetof(Elf64_Ehdr, e_shoff)
                                                          : offsetof(Elf32_Ehdr, e_shoff)))
                                   .unsigned_of(is_64 ? 8 : 4);
      return place - start < headers;
    }
    if (page == 0) {
      break;
    }
  }
  return false;
}

}  // namespace

std::vector<RelativeRun> find_relative_runs(const Cursor& bytes, Arch arch) {
  std::vector<RelativeRun> runs;
  const auto type = relative_type(arch);
  if (!type) {
    return runs;
  }
  const auto is_entry = [&](size_t at) {
    return at + kEntry <= bytes.size() &&
           word_at(bytes, at + offsetof(Elf64_Rela, r_info)) == *type;
  };
  // One look in the length of the shortest run meets every run, at one of three phases.
  constexpr size_t kStride = (kFewest - 1) * kEntry;
  size_t done = 0;
  for (size_t probe = 0; probe + 2 * kEntry <= bytes.size(); probe += kStride) {
    for (size_t at = probe; at < probe + kEntry; at += 8) {
      if (at < done || !is_entry(at) || !is_entry(at + kEntry)) {
        continue;
      }
      size_t first = at;
      while (first >= done + kEntry && is_entry(first - kEntry)) {
        first -= kEntry;
      }
      size_t end = at;
      while (is_entry(end)) {
        end += kEntry;
      }
      if ((end - first) / kEntry >= kFewest) {
        runs.push_back({first, (end - first) / kEntry});
        done = end;
      }
      break;
    }
  }
  return runs;
}

std::optional<Extent> find_btf(const Cursor& bytes) {
  constexpr size_t kHeader = 24;
  // Magic, version 1, no flags, the size of the header, types right after it.
  constexpr auto kLittle = "\x9f\xeb\x01\0\x18\0\0\0\0\0\0\0"sv;
  constexpr auto kBig = "\xeb\x9f\x01\0\0\0\0\x18\0\0\0\0"sv;
  std::optional<Extent> largest;
  for (const size_t place : places_of(bytes, bytes.endian() == Endian::little ? kLittle : kBig)) {
    if (bytes.size() - place < kHeader) {
      break;
    }
    Cursor header = bytes.window(place + kLittle.size());
    const uint64_t types = header.u32();
    const uint64_t strings = header.u32();
    const uint64_t size = kHeader + strings + header.u32();
    if (types <= strings && size <= bytes.size() - place && (!largest || size > largest->size)) {
      largest = {place, static_cast<size_t>(size)};
    }
  }
  return largest;
}

std::optional<Extent> find_build_id_note(const Cursor& bytes) {
  constexpr size_t kHeader = 12;
  constexpr size_t kMaxId = 64;
  constexpr auto kLittle = "\x03\0\0\0GNU\0"sv;  // NT_GNU_BUILD_ID, and the owner
  constexpr auto kBig = "\0\0\0\x03GNU\0"sv;
  std::optional<Extent> found;
  for (const size_t place : places_of(bytes, bytes.endian() == Endian::little ? kLittle : kBig)) {
    if (place < 8 || place % 4 != 0) {
      continue;
    }
    Cursor note = bytes.window(place - 8);
    const uint32_t name_size = note.u32();
    const uint32_t size = note.u32();
    if (name_size != sizeof ELF_NOTE_GNU || size == 0 || size > kMaxId ||
        note.size() < kHeader + name_size + size || is_in_elf(bytes, place)) {
      continue;
    }
    if (found) {
      return std::nullopt;
    }
    found = {place - 8, kHeader + name_size + size};
  }
  return found;
}

}  // namespace kapi

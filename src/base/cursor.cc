// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "kapi/base.h"

namespace kapi {

Cursor::Cursor(std::span<const std::byte> bytes, std::string_view file, std::string_view section,
               uint64_t file_offset, Endian endian)
    : bytes_(bytes), file_(file), section_(section), file_offset_(file_offset), endian_(endian) {}

Place Cursor::place() const {
  return {std::string(file_), std::string(section_), file_offset_ + position_};
}

void Cursor::fail(std::string reason, std::string hint) const {
  throw InputError(place(), std::move(reason), std::move(hint));
}

void Cursor::fail_short(size_t size, const char* what) const {
  fail(fmt::format("{} needs {} byte{}, {} left", what, size, size == 1 ? "" : "s", remaining()));
}

uint64_t Cursor::unsigned_of(size_t size) {
  switch (size) {
    case 1:
      return u8();
    case 2:
      return u16();
    case 4:
      return u32();
    case 8:
      return u64();
  }
  fail(fmt::format("an integer of {} bytes is not supported", size));
}

int64_t Cursor::signed_of(size_t size) {
  const uint64_t value = unsigned_of(size);
  const auto shift = static_cast<unsigned>(64 - 8 * size);
  return static_cast<int64_t>(value << shift) >> shift;
}

std::string_view Cursor::cstring(size_t limit) {
  const size_t reach = std::min(limit, remaining());
  const auto* begin = reinterpret_cast<const char*>(bytes_.data() + position_);
  const void* nul = reach == 0 ? nullptr : std::memchr(begin, 0, reach);
  if (nul == nullptr) {
    fail(reach == limit ? fmt::format("a string of more than {} bytes", limit)
                        : "a string without an end");
  }
  const auto length = static_cast<size_t>(static_cast<const char*>(nul) - begin);
  position_ += length + 1;
  return {begin, length};
}

std::span<const std::byte> Cursor::take(size_t size) {
  require(size, "a block");
  const auto block = bytes_.subspan(position_, size);
  position_ += size;
  return block;
}

void Cursor::skip(size_t size) {
  require(size, "skipping");
  position_ += size;
}

void Cursor::seek(size_t offset) {
  if (offset > bytes_.size()) {
    fail(fmt::format("offset {:#x} lies past the end at {:#x}", offset, bytes_.size()));
  }
  position_ = offset;
}

Cursor Cursor::window(size_t offset, size_t size) const {
  Cursor inner = window(offset);
  if (size > inner.size()) {
    inner.fail(fmt::format("a block of {} bytes, {} left", size, inner.size()));
  }
  inner.bytes_ = inner.bytes_.first(size);
  return inner;
}

Cursor Cursor::window(size_t offset) const {
  Cursor at = *this;
  at.position_ = 0;
  at.seek(offset);
  return {bytes_.subspan(offset), file_, section_, file_offset_ + offset, endian_};
}

Cursor Cursor::with_endian(Endian endian) const {
  Cursor other = *this;
  other.endian_ = endian;
  return other;
}

}  // namespace kapi

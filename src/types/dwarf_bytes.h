// SPDX-License-Identifier: GPL-2.0-only
// Numbers and texts out of a DWARF section. A kernel has fifty million attributes: this is a Cursor
// without what that does for each of its reads.
#pragma once

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "kapi/base.h"

namespace kapi {

class DwarfBytes {
 public:
  DwarfBytes(std::string_view file, std::string_view section_name, std::string_view bytes,
             uint64_t at, uint64_t end, Endian endian)
      : file_(file),
        section_(section_name),
        bytes_(bytes.substr(0, end)),
        at_(at),
        swap_((endian == Endian::little) != (std::endian::native == std::endian::little)) {
    if (at_ > bytes_.size()) {
      at_ = bytes_.size();
      fail("a place past the end of the unit");
    }
  }

  uint64_t at() const { return at_; }
  bool at_end() const { return at_ == bytes_.size(); }
  [[noreturn]] void fail(std::string reason) const {
    throw InputError({std::string(file_), std::string(section_), std::nullopt},
                     fmt::format("at {:#x}: {}", at_, reason));
  }

  void skip(uint64_t size) {
    need(size);
    at_ += size;
  }
  uint64_t u8() { return fixed<uint8_t>(); }
  uint64_t u16() { return fixed<uint16_t>(); }
  uint64_t u24() {
    need(3);
    const auto byte = [this](size_t i) { return uint64_t{static_cast<uint8_t>(bytes_[at_ + i])}; };
    const bool little = swap_ == (std::endian::native != std::endian::little);
    const uint64_t value =
        little ? byte(0) | byte(1) << 8 | byte(2) << 16 : byte(2) | byte(1) << 8 | byte(0) << 16;
    at_ += 3;
    return value;
  }
  uint64_t u32() { return fixed<uint32_t>(); }
  uint64_t u64() { return fixed<uint64_t>(); }
  uint64_t word(unsigned size) {
    switch (size) {
      case 1:
        return u8();
      case 2:
        return u16();
      case 4:
        return u32();
      case 8:
        return u64();
      default:
        fail(fmt::format("a number of {} bytes", size));
    }
  }
  uint64_t uleb() {
    need(1);
    uint64_t value = static_cast<uint8_t>(bytes_[at_++]);
    if (value < 0x80) {
      return value;
    }
    value &= 0x7f;
    for (unsigned shift = 7;; shift += 7) {
      need(1);
      const auto byte = static_cast<uint8_t>(bytes_[at_++]);
      if (shift < 64) {
        value |= uint64_t{byte & 0x7fu} << shift;
      }
      if (byte < 0x80) {
        return value;
      }
    }
  }
  int64_t sleb() {
    uint64_t value = 0;
    for (unsigned shift = 0;;) {
      need(1);
      const auto byte = static_cast<uint8_t>(bytes_[at_++]);
      if (shift < 64) {
        value |= uint64_t{byte & 0x7fu} << shift;
        shift += 7;
      }
      if (byte < 0x80) {
        if ((byte & 0x40) != 0 && shift < 64) {
          value |= ~uint64_t{0} << shift;
        }
        return static_cast<int64_t>(value);
      }
    }
  }
  std::string_view text() {
    const size_t end = bytes_.find('\0', at_);
    if (end == std::string_view::npos) {
      fail("a text without an end");
    }
    const std::string_view text = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return text;
  }
  // The length of what follows, and the size of the offsets in it: 4, or 8 in the 64-bit format.
  std::pair<uint64_t, uint8_t> length() {
    const uint64_t length = u32();
    if (length < 0xfffffff0) {
      return {length, uint8_t{4}};
    }
    if (length != 0xffffffff) {
      fail("a length that is reserved");
    }
    return {u64(), uint8_t{8}};
  }
  void need(uint64_t size) const {
    if (size > bytes_.size() - at_) {
      fail(fmt::format("needs {} bytes, {} left", size, bytes_.size() - at_));
    }
  }

 private:
  template <class T>
  uint64_t fixed() {
    need(sizeof(T));
    T value = 0;
    std::memcpy(&value, bytes_.data() + at_, sizeof(T));
    at_ += sizeof(T);
    if (swap_) {
      if constexpr (sizeof(T) == 2) {
        value = __builtin_bswap16(value);
      } else if constexpr (sizeof(T) == 4) {
        value = __builtin_bswap32(value);
      } else if constexpr (sizeof(T) == 8) {
        value = __builtin_bswap64(value);
      }
    }
    return value;
  }

  std::string_view file_;
  std::string_view section_;
  std::string_view bytes_;  // from the start of the section
  uint64_t at_;
  bool swap_;
};

}  // namespace kapi

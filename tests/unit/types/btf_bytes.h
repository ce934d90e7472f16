// SPDX-License-Identifier: GPL-2.0-only
// BTF written word by word, of either endianness.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "kapi/base.h"

namespace kapi {

class BtfBytes {
 public:
  BtfBytes(Endian endian, std::string strings) : endian_(endian), strings_(std::move(strings)) {}

  void word(uint32_t value) { types_ += encoded(value); }
  void type(uint32_t name, uint32_t info, uint32_t size_or_type,
            const std::vector<uint32_t>& extra = {}) {
    word(name);
    word(info);
    word(size_or_type);
    for (const uint32_t value : extra) {
      word(value);
    }
  }

  std::string text() const {
    std::string text = endian_ == Endian::little ? "\x9f\xeb\x01" : "\xeb\x9f\x01";
    text += '\0';
    const auto size = static_cast<uint32_t>(types_.size());
    for (const uint32_t value : {24U, 0U, size, size, static_cast<uint32_t>(strings_.size())}) {
      text += encoded(value);
    }
    return text + types_ + strings_;
  }
  std::string with_word(size_t offset, uint32_t value) const {
    return text().replace(offset, 4, encoded(value));
  }
  std::string with_byte(size_t offset, char value) const {
    return text().replace(offset, 1, 1, value);
  }

 private:
  std::string encoded(uint32_t value) const {
    std::string bytes;
    for (unsigned i = 0; i < 4; i++) {
      const unsigned shift = 8 * (endian_ == Endian::little ? i : 3 - i);
      bytes += static_cast<char>(value >> shift & 0xff);
    }
    return bytes;
  }

  Endian endian_;
  std::string strings_;
  std::string types_;
};

}  // namespace kapi

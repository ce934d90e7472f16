// SPDX-License-Identifier: GPL-2.0-only
// The files of fixtures/image, and a way to damage them.
#pragma once

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "kapi/image.h"

namespace kapi {

inline std::string fixture_path(const std::string& name) {
  return std::string(KAPI_FIXTURES) + "/image/" + name;
}

class Bytes {
 public:
  explicit Bytes(std::string text) : text_(std::move(text)) {}
  static Bytes of(const std::string& fixture) {
    std::ifstream file(fixture_path(fixture), std::ios::binary);
    Bytes bytes(std::string(std::istreambuf_iterator<char>(file), {}));
    if (bytes.text_.empty()) {
      throw std::runtime_error("no fixture " + fixture);
    }
    return bytes;
  }

  size_t size() const { return text_.size(); }
  std::span<const std::byte> span() const { return std::as_bytes(std::span(text_)); }
  void resize(size_t size) { text_.resize(size); }

  template <typename T>
  T get(size_t offset) const {
    T value;
    std::memcpy(&value, text_.data() + offset, sizeof value);
    return value;
  }
  template <typename T>
  void put(size_t offset, const T& value) {
    text_.replace(offset, sizeof value, reinterpret_cast<const char*>(&value), sizeof value);
  }
  // Where the header of a section lies (64 bits, little-endian).
  size_t header(const std::string& section) const {
    const auto elf = get<Elf64_Ehdr>(0);
    const auto names = get<Elf64_Shdr>(elf.e_shoff + elf.e_shstrndx * sizeof(Elf64_Shdr));
    for (size_t i = 0; i < elf.e_shnum; i++) {
      const size_t at = elf.e_shoff + i * sizeof(Elf64_Shdr);
      if (section == text_.c_str() + names.sh_offset + get<Elf64_Shdr>(at).sh_name) {
        return at;
      }
    }
    throw std::runtime_error("no section " + section);
  }
  // Changes the header of a section, or the header of the file.
  template <typename Change>
  Bytes& change(const std::string& section, Change change) {
    const size_t at = header(section);
    auto value = get<Elf64_Shdr>(at);
    change(value);
    put(at, value);
    return *this;
  }
  template <typename Change>
  Bytes& change_elf(Change change) {
    auto value = get<Elf64_Ehdr>(0);
    change(value);
    put(0, value);
    return *this;
  }

  std::shared_ptr<const Image> image() const { return Image::from_memory(span(), "test.elf"); }

 private:
  std::string text_;
};

// The address of element `index` of pointer_table.
inline uint64_t table_slot(const Image& image, unsigned index) {
  return image.symbol("pointer_table")->address + index * (image.bits() / 8);
}

// The message of the InputError that a call throws; empty if it throws none.
template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline std::string codes(const Image& image) {
  std::string text;
  for (const Diagnostic& diagnostic : image.diagnostics()) {
    text += (text.empty() ? "" : " ") + diagnostic.code;
  }
  return text;
}

}  // namespace kapi

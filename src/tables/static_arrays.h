// SPDX-License-Identifier: GPL-2.0-only
// Arrays of one struct among the data symbols of an image, by nothing but what they hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/image.h"
#include "kapi/types.h"

namespace kapi {

// A symbol that may be an array of elements of some size.
struct ArrayPlace {
  std::string_view symbol;
  uint64_t address = 0;  // of the first element
  uint64_t count = 0;
  bool is_bound =
      false;  // the image does not say how long symbols are: count is the most it can be
};

// All symbols of an image, listed once: a kernel has 180,000.
class SymbolList {
 public:
  explicit SymbolList(const Image& image) : image_(image) {}
  const std::vector<Symbol>& all() {
    if (!all_) {
      all_ = image_.symbols_with_prefix("");
    }
    return *all_;
  }

 private:
  const Image& image_;
  std::optional<std::vector<Symbol>> all_;
};

// Every data symbol whose size a whole number of elements takes. Some arrays stand at the end of a
// struct, behind pointers that are set when it is registered and are null until then
// (devinet_sysctl of net/ipv4): these are offered from their first element on.
std::vector<ArrayPlace> array_places(const Image& image, SymbolList& symbols,
                                     uint64_t element_size);

// Questions about one image whose answers are "no" for what cannot be read.
class Evidence {
 public:
  explicit Evidence(const Image& image) : image_(image) {}

  // The relocated pointer at an address; nothing if there is none.
  std::optional<uint64_t> pointer(uint64_t address) const;
  // The text at an address if it can be the name of a file: printable ASCII without spaces and
  // slashes, not empty, of at most kMaxName characters.
  std::optional<std::string> file_name(uint64_t address) const;
  static bool is_file_name(std::string_view text);
  // The function that begins at an address; nothing if none does.
  std::optional<std::string> function(uint64_t address) const;
  // Whether the bytes of [address, address + size) are there and all zero.
  bool zero(uint64_t address, uint64_t size) const;

 private:
  static constexpr size_t kMaxName = 64;

  const Image& image_;
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Lower-case tokens for the numbers of the kernel's enumerations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/layout.h"

namespace kapi {

std::string lower_case(std::string_view text);  // ASCII

// The enumerations of the framework. One that only names flag bits is no member's type, so it comes
// into a graph only when it is asked for by name.
std::vector<std::string_view> token_enumerations();

// From the image where it carries the enumeration ("kapi_lock_scope"), else from the table of its
// revision.
class Tokens {
 public:
  explicit Tokens(const SpecLayout& layout);
  // "caller_held", or "unknown_17".
  std::string of(std::string_view enumeration, int64_t value) const;
  // One token per set bit, sorted; bits without a name together as "unknown_0x600". A value that
  // has a name of its own which its bits do not explain ("all") is that name.
  std::vector<std::string> of_bits(std::string_view enumeration, uint64_t bits) const;
  bool has(std::string_view enumeration, int64_t value) const;

 private:
  struct Vocabulary {
    std::string_view enumeration;
    std::string_view prefix;
    std::vector<Enumerator> enumerators;
  };
  const Vocabulary& find(std::string_view enumeration) const;

  std::vector<Vocabulary> vocabularies_;
};

}  // namespace kapi

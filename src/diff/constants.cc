// SPDX-License-Identifier: GPL-2.0-only
#include "diff/constants.h"

#include <algorithm>
#include <string>
#include <vector>

namespace kapi {
namespace {

// The words of "__IFLA_MAX", without empty ones.
std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const size_t end = std::min(name.find('_'), name.size());
    if (end > 0) {
      words.push_back(name.substr(0, end));
    }
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

template <size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

bool is_sentinel(std::string_view name) {
  constexpr std::string_view kFirst[] = {"MAX", "NR", "NUM"};
  constexpr std::string_view kLast[] = {
      "MAX", "LAST",  "NR",    "COUNT",   "CNT",     "NUM",
      "END", "MAXNR", "MAXID", "VERSION", "HIGHEST", "TOP",
  };
  constexpr std::string_view kAnywhere[] = {"NR", "VERSION", "SUBLEVEL", "PATCHLEVEL"};
  const auto words = words_of(name);
  if (words.empty()) {
    return false;
  }
  return is_one_of(words.back(), kLast) || is_one_of(words.front(), kFirst) ||
         std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_one_of(word, kAnywhere); });
}

bool is_whole_mask(std::string_view name) {
  constexpr std::string_view kWords[] = {"ALL",       "MASK",  "VALID", "KNOWN",
                                         "SUPPORTED", "FLAGS", "SUPP",  "BITS"};
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_one_of(word, kWords); });
}

}  // namespace kapi

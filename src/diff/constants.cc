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
  constexpr std::string_view kLast[] = {"LAST", "COUNT", "CNT",   "END",   "HIGHEST",
                                        "TOP",  "NBITS", "PATCH", "MAXNR", "MAXID"};
  constexpr std::string_view kAnywhere[] = {
      "MAX", "NR", "NUM", "VERSION", "SUBVERSION", "SUBLEVEL", "PATCHLEVEL", "RESERVED", "SIZEOF"};
  const auto words = words_of(name);
  if (words.empty()) {
    return false;
  }
  return name.starts_with("__") || is_one_of(words.back(), kLast) ||
         words.front().starts_with("NSIG") ||
         std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_one_of(word, kAnywhere); });
}

std::string_view family_of(std::string_view name) {
  const size_t start = std::min(name.find_first_not_of('_'), name.size());
  const size_t first = name.find('_', start);
  const size_t second = first == name.npos ? first : name.find('_', first + 1);
  return name.substr(0, second == name.npos ? first : second);
}

bool is_whole_mask(std::string_view name) {
  constexpr std::string_view kWords[] = {"ALL",   "MASK",     "VALID",  "KNOWN", "SUPPORTED",
                                         "FLAGS", "FEATURES", "IOCTLS", "SUPP",  "BITS"};
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_one_of(word, kWords); });
}

}  // namespace kapi

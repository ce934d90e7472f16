// SPDX-License-Identifier: GPL-2.0-only
// A kernel tree is 1.4 GB, and hardly any of it is read further. A colon is found by the fastest
// search there is, and the letter before it sends nearly all of them away.
#include "kdoc/spec_words.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "kapi/kdoc.h"
#include "kdoc/doc_text.h"

namespace kapi {
namespace {

// What the build rules of the revisions look for, all together.
constexpr std::string_view kKeys[] = {"contexts", "context-flags", "context",     "long-desc",
                                      "api-type", "param-type",    "error-code",  "capability",
                                      "signal",   "side-effect",   "state-trans", "lock"};

// Whether nothing but blanks and one star stand before the end of `line`.
bool starts_comment_line(std::string_view line) {
  while (!line.empty() && is_space(line.back()) && line.back() != '\n') {
    line.remove_suffix(1);
  }
  if (!line.ends_with('*')) {
    return false;
  }
  line.remove_suffix(1);
  while (!line.empty() && is_space(line.back())) {
    if (line.back() == '\n') {
      return true;
    }
    line.remove_suffix(1);
  }
  return line.empty();
}

bool ends_in_key_line(std::string_view text) {
  return std::any_of(std::begin(kKeys), std::end(kKeys), [&](std::string_view key) {
    return text.ends_with(key) && starts_comment_line(text.substr(0, text.size() - key.size()));
  });
}

const char* find_byte(const char* from, const char* end, char byte) {
  return static_cast<const char*>(std::memchr(from, byte, static_cast<size_t>(end - from)));
}

// An empty text may have no address, which memmem must not be given.
const char* find_text(const char* from, const char* end, std::string_view word) {
  return from == end ? nullptr
                     : static_cast<const char*>(::memmem(from, static_cast<size_t>(end - from),
                                                         word.data(), word.size()));
}

bool is_last_letter(char c) {
  return c == 's' || c == 't' || c == 'c' || c == 'e' || c == 'y' || c == 'l' || c == 'k';
}

}  // namespace

bool has_doc_words(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* at = begin; at < end; at++) {
    at = find_byte(at, end, ':');
    if (at == nullptr) {
      return false;
    }
    if (at != begin && is_last_letter(at[-1]) &&
        ends_in_key_line({begin, static_cast<size_t>(at - begin)})) {
      return true;
    }
  }
  return false;
}

bool has_macro_words(std::string_view text) {
  // DEFINE_KERNEL_API_SPEC, DEFINE_KAPI_IOCTL_SPEC, KAPI_IOCTL_SPEC_DRIVER and the like.
  constexpr std::string_view kWord = "_SPEC";
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); (at = find_text(at, end, kWord)) != nullptr; at++) {
    const std::string_view before(text.data(), static_cast<size_t>(at - text.data()));
    if (before.ends_with("_API") || before.ends_with("_IOCTL")) {
      return true;
    }
  }
  return find_text(text.data(), end, "kapi_ioctl_spec") != nullptr;
}

bool may_hold_specs(std::string_view text) { return has_doc_words(text) || has_macro_words(text); }

}  // namespace kapi

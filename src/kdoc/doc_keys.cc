// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/doc_keys.h"

#include <algorithm>
#include <iterator>

#include "kdoc/doc_text.h"

namespace kapi {
namespace {

constexpr std::string_view kCommonKeys[] = {"description", "context", "return",  "returns",
                                            "note",        "notes",   "example", "examples"};

constexpr std::string_view kBlockKeys[] = {"api-type",
                                           "api-version",
                                           "param",
                                           "param-count",
                                           "struct",
                                           "struct-count",
                                           "struct-type",
                                           "struct-field",
                                           "validation-group",
                                           "validation-policy",
                                           "validation-flag",
                                           "validation-rule",
                                           "error",
                                           "error-count",
                                           "error-code",
                                           "error-condition",
                                           "capability",
                                           "capability-count",
                                           "signal",
                                           "signal-count",
                                           "lock",
                                           "lock-count",
                                           "context-flags",
                                           "contexts",
                                           "return-count",
                                           "return-type",
                                           "return-check",
                                           "return-check-type",
                                           "return-success",
                                           "return-desc",
                                           "long-desc",
                                           "constraint",
                                           "constraint-count",
                                           "side-effect",
                                           "side-effect-count",
                                           "state-trans",
                                           "state-trans-count"};

constexpr std::string_view kFlatKeys[] = {"api-type",
                                          "api-version",
                                          "param-type",
                                          "param-flags",
                                          "param-constraint",
                                          "param-range",
                                          "param-mask",
                                          "param-constraint-type",
                                          "param-size",
                                          "param-alignment",
                                          "param-enum",
                                          "param-validate",
                                          "param-size-param",
                                          "param-size-multiplier",
                                          "param-count",
                                          "struct-type",
                                          "struct-field",
                                          "validation-group",
                                          "validation-policy",
                                          "validation-flag",
                                          "validation-rule",
                                          "error-code",
                                          "error-condition",
                                          "error-count",
                                          "capability",
                                          "capability-allows",
                                          "capability-without",
                                          "capability-condition",
                                          "capability-priority",
                                          "capability-count",
                                          "signal",
                                          "signal-direction",
                                          "signal-action",
                                          "signal-condition",
                                          "signal-desc",
                                          "signal-error",
                                          "signal-timing",
                                          "signal-priority",
                                          "signal-interruptible",
                                          "signal-state-req",
                                          "signal-count",
                                          "lock",
                                          "lock-type",
                                          "lock-acquired",
                                          "lock-released",
                                          "lock-desc",
                                          "lock-count",
                                          "since",
                                          "since-version",
                                          "context-flags",
                                          "return-type",
                                          "return-check",
                                          "return-check-type",
                                          "return-success",
                                          "long-desc",
                                          "constraint",
                                          "constraint-expr",
                                          "constraint-count",
                                          "side-effect",
                                          "side-effect-type",
                                          "side-effect-desc",
                                          "side-effect-condition",
                                          "side-effect-reversible",
                                          "side-effect-count",
                                          "state-trans",
                                          "state-trans-desc",
                                          "state-trans-count"};

template <size_t n>
bool contains(const std::string_view (&words)[n], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_known(std::string_view word, DocForm form) {
  return contains(kCommonKeys, word) || word.starts_with("kapi-") ||
         (word.starts_with("struct-field-") && word.size() > 13) ||
         (form == DocForm::flat ? contains(kFlatKeys, word) : contains(kBlockKeys, word));
}

bool is_key_char(char c) { return is_word_char(c) || c == '.' || c == '-'; }

// A key at the very start of the text.
std::optional<DocKey> key_at(std::string_view text, DocForm form) {
  const size_t at = text.starts_with('@') ? 1 : 0;
  size_t end = at;
  while (end < text.size() && is_key_char(text[end])) {
    end++;
  }
  if (end == at) {
    return std::nullopt;
  }
  const std::string_view rest = trim_left(text.substr(end));
  if (!rest.starts_with(':') || rest.substr(1).starts_with(':')) {
    return std::nullopt;
  }
  const std::string_view name = text.substr(0, end);
  if (at == 0 && !is_known(lower(name), form)) {
    return std::nullopt;
  }
  return DocKey{std::string(name), trim_left(rest.substr(1))};
}

}  // namespace

// The star may stand anywhere in the line.
std::optional<DocKey> section_key(std::string_view line, DocForm form) {
  for (size_t at = line.find('*'); at != line.npos; at = line.find('*', at + 1)) {
    const size_t start = line.find_first_not_of(" \t\f\v", at + 1);
    if (start == line.npos) {
      break;
    }
    if (auto key = key_at(line.substr(start), form)) {
      return key;
    }
    at = start - 1;
  }
  return std::nullopt;
}

bool is_key_of_any_form(std::string_view word) {
  return contains(kFlatKeys, word) || contains(kBlockKeys, word);
}

bool is_spec_section(std::string_view name) {
  constexpr std::string_view kSections[] = {
      "param",       "error",      "signal", "lock",      "constraint", "side-effect",
      "state-trans", "capability", "return", "long-desc", "notes",      "examples"};
  return contains(kSections, lower(name));
}

bool is_parameter_key(std::string_view name, DocForm form) {
  if (!name.starts_with('@')) {
    return false;
  }
  const std::string word = lower(name.substr(1));
  return form == DocForm::blocks || word == "description" || word == "context" ||
         !(is_known(word, form) || contains(kCommonKeys, word));
}

}  // namespace kapi

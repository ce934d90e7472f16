// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/spec_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "kdoc/doc_text.h"
#include "kdoc/macro_names.h"

namespace kapi {

const TokenFamily kContextFamily = {
    "kapi_context_flags", "KAPI_CTX_",
    " process softirq hardirq nmi atomic sleepable preempt_disabled irq_disabled "};
const TokenFamily kTypeFamily = {
    "kapi_param_type", "KAPI_TYPE_",
    " int uint ptr struct union enum func_ptr array fd user_ptr path custom "};
const TokenFamily kFlagFamily = {"kapi_param_flags", "KAPI_PARAM_",
                                 " in out inout optional const volatile user dma aligned "};
const TokenFamily kLockTypeFamily = {"kapi_lock_type", "KAPI_LOCK_",
                                     " none mutex spinlock rwlock seqlock rcu semaphore custom "};
const TokenFamily kDirectionFamily = {"kapi_signal_direction", "KAPI_SIGNAL_",
                                      " receive send handle block ignore "};
const TokenFamily kActionFamily = {
    "kapi_signal_action", "KAPI_SIGNAL_ACTION_",
    " default terminate coredump stop continue custom return restart queue discard transform "};
const TokenFamily kStateFamily = {"kapi_signal_state", "KAPI_SIGNAL_STATE_", " "};
const TokenFamily kCheckFamily = {"kapi_return_check_type", "KAPI_RETURN_",
                                  " exact range error_check fd custom no_return "};
const TokenFamily kEffectFamily = {
    "kapi_side_effect_type", "KAPI_EFFECT_",
    " none alloc_memory free_memory modify_state signal_send file_position lock_acquire "
    "lock_release resource_create resource_destroy schedule hardware network filesystem "
    "process_state irreversible "};
const TokenFamily kConstraintFamily = {
    "kapi_constraint_type", "KAPI_CONSTRAINT_",
    " range mask enum alignment power_of_two page_aligned nonzero user_string user_path user_ptr "
    "buffer custom "};
const TokenFamily kCapabilityFamily = {"kapi_capability_action", "KAPI_CAP_", " "};

std::string canonical(std::string_view word, const TokenFamily& family) {
  word = trim(word);
  std::string key = lower(word);
  if (&family == &kTypeFamily && key == "uptr") {
    key = "user_ptr";
  } else if (&family == &kFlagFamily && (key == "input" || key == "output")) {
    key.erase(key.size() - 3);
  }
  const bool is_word = !key.empty() && key.find(' ') == key.npos &&
                       family.words.find(' ' + key + ' ') != family.words.npos;
  return is_word ? std::string(family.prefix) + upper(key) : std::string(word);
}

std::string canonical_list(std::string_view words, const TokenFamily& family) {
  const bool commas = words.find(',') != words.npos && words.find('|') == words.npos;
  std::vector<std::string> list;
  for (const std::string& word : split(words, commas ? ',' : '|')) {
    if (!word.empty()) {
      list.push_back(canonical(word, family));
    }
  }
  return fmt::format("{}", fmt::join(list, " | "));
}

void SpecValues::note(Level level, std::string code, std::string message, size_t line) const {
  notes_->add(level, std::move(code), api_->name, std::move(message), line);
}

void SpecValues::warn(std::string code, std::string message, size_t line) const {
  note(Level::warning, std::move(code), std::move(message), line);
}

// The generator counts the characters of the C literal, so a quote is two.
std::string SpecValues::text(std::string_view value, size_t limit, std::string_view what,
                             size_t line) const {
  std::string out;
  out.reserve(value.size());
  size_t length = 0;  // of the literal
  size_t cut = 0;     // the bytes of `out` that stay if it is too long
  for (const char c : value) {
    if (c == '\r' || c == '\0') {
      continue;
    }
    const bool starts = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    length += !starts ? 0 : c == '"' || c == '\\' ? 2 : 1;
    cut = limit != 0 && length <= limit - 3 ? out.size() + 1 : cut;
    out += c == '\n' || c == '\t' ? ' ' : c;
  }
  if (limit != 0 && length > limit) {
    warn("text-cut",
         fmt::format("{} is cut to {} characters, {} are written: {}", what, limit, length,
                     excerpt(value)),
         line);
    out.resize(cut);
    out += "...";
  }
  return out;
}

std::string SpecValues::prose(std::string_view value, size_t limit, std::string_view what,
                              size_t line) const {
  std::string out = text(value, limit, what, line);
  out.erase(out.find_last_not_of(" \t\r\n") + 1);
  return out;
}

void SpecValues::unresolved(const std::string& path, std::string_view expression) const {
  api_->unresolved.push_back({path, single_spaced(expression)});
}

std::optional<int64_t> SpecValues::value_of(std::string_view expression) const {
  expression = trim(expression);
  while (expression.starts_with('(') && expression.ends_with(')') &&
         expression.find_first_of("()", 1) == expression.size() - 1) {
    expression = trim(expression.substr(1, expression.size() - 2));
  }
  const auto named = macro_number(expression);
  return named ? named : constants_->evaluate(expression);
}

std::optional<int64_t> SpecValues::number(std::string_view expression,
                                          const std::string& path) const {
  const auto value = value_of(expression);
  if (!value) {
    unresolved(path, expression);
  }
  return value;
}

std::string SpecValues::token(std::string_view enumerator, const TokenFamily& family,
                              const std::string& path, size_t line) const {
  if (const auto value = value_of(enumerator)) {
    return macro_token(family.enumeration, *value);
  }
  warn("token-unknown",
       fmt::format("\"{}\" is no {}…, and the generator copies it into the C it writes",
                   excerpt(enumerator), family.prefix),
       line);
  unresolved(path, enumerator);
  return {};
}

std::vector<std::string> SpecValues::tokens(std::string_view enumerators, const TokenFamily& family,
                                            const std::string& path, size_t line) const {
  uint64_t bits = 0;
  for (const std::string& part : split(enumerators, '|')) {
    const auto value = value_of(part);
    if (!value) {
      warn("token-unknown",
           fmt::format("\"{}\" is no {}…, and the generator copies it into the C it writes",
                       excerpt(part), family.prefix),
           line);
      unresolved(path, enumerators);
      return {};
    }
    bits |= static_cast<uint64_t>(*value);
  }
  return macro_tokens(family.enumeration, bits & 0xffffffff);
}

}  // namespace kapi

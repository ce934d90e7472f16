// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "kdoc/macro_names.h"

namespace kapi {
namespace {

constexpr size_t kMaxShown = 1000;  // tokens of an expression

uint64_t last_element(const MacroValue& array) {
  return array.elements.empty() ? 0 : array.elements.rbegin()->first + 1;
}

uint64_t narrowed(int64_t value, unsigned width) {
  const auto bits = static_cast<uint64_t>(value);
  return width >= 64 ? bits : bits & ((uint64_t{1} << width) - 1);
}

}  // namespace

MacroTokens MacroRecord::expression(std::string_view member) const {
  const MacroValue* value = value_ != nullptr ? value_->member(member) : nullptr;
  return value != nullptr ? value->expression : MacroTokens();
}

size_t MacroRecord::line_of(std::string_view member) const {
  const MacroTokens tokens = expression(member);
  return tokens.empty() ? context_->line : tokens.front().line;
}

void MacroRecord::unresolved(std::string_view where, MacroTokens value) const {
  const MacroTokens shown = value.first(std::min(value.size(), kMaxShown));
  context_->unresolved.push_back(
      {path_ + std::string(where),
       to_utf8(MacroEvaluator::source(shown)) + (shown.size() < value.size() ? " ..." : "")});
}

bool MacroRecord::has(std::string_view member) const {
  return value_ != nullptr && value_->member(member) != nullptr;
}

bool MacroRecord::blank() const {
  if (value_ == nullptr) {
    return true;
  }
  return std::all_of(value_->members.begin(), value_->members.end(), [&](const auto& entry) {
    const MacroMember* member = record_->find(entry.first);
    const MacroValue& value = *entry.second;
    if (!value.members.empty() || !value.elements.empty()) {
      return false;
    }
    if (value.expression.empty()) {
      return true;
    }
    return member->kind == MacroMember::Kind::text
               ? context_->evaluator.text(value.expression) == std::string()
               : context_->evaluator.number(value.expression) == 0;
  });
}

std::string MacroRecord::text(std::string_view member, std::string_view where) const {
  const MacroTokens tokens = expression(member);
  if (tokens.empty()) {
    return {};
  }
  const auto found = context_->evaluator.text(tokens);
  if (!found) {
    unresolved(where, tokens);
    return {};
  }
  const size_t capacity = record_->find(member)->capacity;
  if (capacity != 0 && found->size() > capacity) {
    context_->report.add(Level::warning, "text-too-long",
                         fmt::format("{} has {} bytes; until PATCH v2 a spec keeps {}", member,
                                     found->size(), capacity),
                         tokens.front().line);
  }
  if (!is_utf8(*found)) {
    context_->report.add(Level::note, "not-utf8",
                         fmt::format("{} is not UTF-8; its other bytes are shown as \\xNN", member),
                         tokens.front().line);
  }
  return to_utf8(*found);
}

std::string MacroRecord::prose(std::string_view member, std::string_view where) const {
  std::string words = text(member, where);
  words.erase(words.find_last_not_of(" \t\r\n") + 1);
  return words;
}

std::optional<int64_t> MacroRecord::known(std::string_view member, std::string_view where) const {
  const MacroTokens tokens = expression(member);
  if (tokens.empty()) {
    return 0;
  }
  const auto found = context_->evaluator.number(tokens);
  if (!found) {
    unresolved(where, tokens);
  }
  return found;
}

int64_t MacroRecord::number(std::string_view member, std::string_view where) const {
  return known(member, where).value_or(0);
}

std::optional<int64_t> MacroRecord::nonzero(std::string_view member, std::string_view where) const {
  const auto value = known(member, where);
  return value == 0 ? std::nullopt : value;
}

std::optional<uint64_t> MacroRecord::bits(std::string_view member, std::string_view where,
                                          unsigned width) const {
  const auto value = known(member, where);
  return value ? std::optional(narrowed(*value, width)) : std::nullopt;
}

std::optional<uint64_t> MacroRecord::nonzero_bits(std::string_view member, std::string_view where,
                                                  unsigned width) const {
  const auto value = bits(member, where, width);
  return value == uint64_t{0} ? std::nullopt : value;
}

std::string MacroRecord::token(std::string_view member, std::string_view enumeration,
                               std::string_view where) const {
  const auto value = known(member, where);
  return value ? macro_token(enumeration, *value) : "";
}

std::vector<std::string> MacroRecord::tokens(std::string_view member, std::string_view enumeration,
                                             std::string_view where) const {
  return macro_tokens(enumeration, bits(member, where, 32).value_or(0));
}

MacroRecord MacroRecord::record(std::string_view member, std::string path) const {
  return {*context_, value_ != nullptr ? value_->member(member) : nullptr,
          *record_->find(member)->record, std::move(path)};
}

std::vector<MacroRecord> MacroRecord::records(std::string_view array, std::string_view count,
                                              Blanks blanks) const {
  const MacroValue* list = value_ != nullptr ? value_->member(array) : nullptr;
  const MacroMember& member = *record_->find(array);
  const uint64_t filled = list != nullptr ? last_element(*list) : 0;
  const auto say = [&](Level level, const char* code, std::string message) {
    context_->report.add(level, code, std::move(message), line_of(count));
  };
  const auto claimed = context_->evaluator.number(expression(count));
  uint64_t size = filled;
  if (expression(count).empty()) {
    size = 0;
  } else if (!claimed) {
    say(Level::warning, "count-unresolved",
        fmt::format("{} is {}, which is not known; all elements were read", count,
                    MacroEvaluator::source(expression(count))));
  } else {
    size = narrowed(*claimed, 32);
  }
  if (size > member.capacity) {
    say(Level::error, "count-too-large",
        fmt::format("{} is {}, and there is room for {}", count, size, member.capacity));
    size = member.capacity;
  }
  if (size < filled) {
    say(Level::warning, "element-uncounted",
        fmt::format("{} has {} elements and {} is {}: a binary does not keep the others", array,
                    filled, count, size));
  }
  std::vector<MacroRecord> records;
  uint64_t blank_ones = 0;
  for (uint64_t i = 0; i < size; i++) {
    const MacroRecord record(*context_, list != nullptr ? list->element(i) : nullptr,
                             *member.record, path_);
    const bool is_blank = record.blank();
    blank_ones += is_blank ? 1 : 0;
    if (!is_blank || blanks == Blanks::keep) {
      records.push_back(record);
    }
  }
  if (blank_ones != 0) {
    say(Level::warning, "element-blank",
        fmt::format("{} of the {} elements of {} are blank", blank_ones, size, array));
  }
  return records;
}

std::optional<std::vector<MacroTokens>> MacroRecord::counted(std::string_view array,
                                                             std::string_view count,
                                                             std::string_view where) const {
  const MacroValue* list = value_ != nullptr ? value_->member(array) : nullptr;
  std::vector<MacroTokens> elements;
  if (list == nullptr) {
    return elements;
  }
  if (!list->expression.empty()) {
    auto named = context_->evaluator.list(list->expression);
    if (!named) {
      unresolved(where, list->expression);
      return std::nullopt;
    }
    elements = std::move(*named);
  }
  if (!list->elements.empty()) {
    elements.resize(last_element(*list));
    for (const auto& [index, element] : list->elements) {
      elements[index] = element->expression;
    }
  }
  const auto size = known(count, where);
  if (!size) {
    return std::nullopt;
  }
  const uint64_t wanted = narrowed(*size, 32);
  if (wanted != elements.size()) {
    context_->report.add(
        Level::warning, wanted < elements.size() ? "element-uncounted" : "count-too-large",
        fmt::format("{} has {} elements and {} is {}", array, elements.size(), count, wanted),
        line_of(count));
  }
  elements.resize(std::min<uint64_t>(elements.size(), wanted));
  return elements;
}

std::vector<int64_t> MacroRecord::integers(std::string_view array, std::string_view count,
                                           std::string_view where) const {
  std::vector<int64_t> values;
  const auto elements = counted(array, count, where);
  for (const MacroTokens& element : elements.value_or(std::vector<MacroTokens>())) {
    const auto value = element.empty() ? 0 : context_->evaluator.number(element);
    if (!value) {
      unresolved(where, element);
      return {};  // half a list is another list
    }
    values.push_back(*value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<std::string> MacroRecord::token_list(std::string_view array, std::string_view count,
                                                 std::string_view enumeration,
                                                 std::string_view where) const {
  std::vector<std::string> tokens;
  for (const int64_t value : integers(array, count, where)) {
    tokens.push_back(macro_token(enumeration, value));
  }
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

std::vector<std::string> MacroRecord::texts(std::string_view list, std::string_view count,
                                            std::string_view where) const {
  std::vector<std::string> texts;
  const auto elements = counted(list, count, where);
  for (const MacroTokens& element : elements.value_or(std::vector<MacroTokens>())) {
    const auto text = context_->evaluator.text(element);
    if (!text) {
      unresolved(where, element);
      return {};
    }
    texts.push_back(to_utf8(*text));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "spec/record.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

// No kernel list comes near this; a count past it is a lie about a pointer without bounds.
constexpr uint64_t kMaxPointedList = 4096;

}  // namespace

void Record::report(Level level, std::string code, std::string message, uint64_t address) const {
  const auto location = context_->reader.image().locate(address);
  context_->diagnostics.push_back(
      {level, std::move(code), context_->api, std::move(message), location ? location->section : "",
       location ? std::optional<uint64_t>(location->file_offset) : std::nullopt});
}

std::string Record::text(std::string_view member) const {
  const auto object = object_.member(member);
  const auto raw = object ? object->string() : std::nullopt;
  if (!raw) {
    return {};
  }
  if (!is_utf8(*raw)) {
    report(Level::note, "not-utf8",
           fmt::format("{} is not UTF-8; its other bytes are shown as \\xNN", member),
           object->address());
  }
  return to_utf8(*raw);
}

std::string Record::prose(std::string_view member) const {
  std::string words = text(member);
  words.erase(words.find_last_not_of(" \t\r\n") + 1);
  return words;
}

int64_t Record::number(std::string_view member) const {
  const auto object = object_.member(member);
  return object ? object->integer().value_or(0) : 0;
}

uint64_t Record::bits(std::string_view member) const {
  const auto object = object_.member(member);
  return object ? object->bits().value_or(0) : 0;
}

std::optional<int64_t> Record::nonzero(std::string_view member) const {
  const int64_t value = number(member);
  return value == 0 ? std::nullopt : std::optional(value);
}

std::optional<uint64_t> Record::nonzero_bits(std::string_view member) const {
  const uint64_t value = bits(member);
  return value == 0 ? std::nullopt : std::optional(value);
}

std::string Record::token(std::string_view member, std::string_view enumeration) const {
  const auto object = object_.member(member);
  const auto value = object ? object->integer() : std::nullopt;
  return value ? context_->tokens.of(enumeration, *value) : "";
}

std::vector<std::string> Record::tokens(std::string_view member,
                                        std::string_view enumeration) const {
  return context_->tokens.of_bits(enumeration, bits(member));
}

std::optional<Record> Record::record(std::string_view member) const {
  const auto object = object_.member(member);
  return object ? std::optional(Record(*context_, *object)) : std::nullopt;
}

uint64_t Record::clamped(std::string_view count, uint64_t capacity) const {
  const uint64_t claimed = bits(count);
  if (claimed > capacity) {
    const auto object = object_.member(count);
    report(Level::error, "count-too-large",
           fmt::format("{} is {}, and there is room for {}", count, claimed, capacity),
           object ? object->address() : address());
  }
  return std::min(claimed, capacity);
}

std::vector<Record> Record::records(std::string_view array, std::string_view count) const {
  std::vector<Record> records;
  if (const auto object = object_.member(array)) {
    const uint64_t size = clamped(count, object->count());
    for (uint64_t i = 0; i < size; i++) {
      records.emplace_back(*context_, *object->element(i));
    }
  }
  return records;
}

std::vector<int64_t> Record::integers(std::string_view array, std::string_view count) const {
  std::vector<int64_t> values;
  const auto object = object_.member(array);
  if (!object) {
    return values;
  }
  const TypeGraph& graph = context_->layout.graph;
  const bool pointer = std::holds_alternative<PointerType>(graph[graph.strip(object->type())]);
  if (pointer && object->is_null()) {
    if (bits(count) != 0) {
      report(Level::error, "list-missing", fmt::format("{} is null and {} is not 0", array, count),
             object->address());
    }
    return values;
  }
  const uint64_t size = clamped(count, pointer ? kMaxPointedList : object->count());
  for (uint64_t i = 0; i < size; i++) {
    const auto element = pointer ? object->pointee(i) : object->element(i);
    const auto value = element ? element->integer() : std::nullopt;
    if (!value) {
      break;  // the reader has said why
    }
    values.push_back(*value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace kapi

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

bool Record::blank() const {
  const TypeGraph& graph = context_->layout.graph;
  const auto* type = std::get_if<RecordType>(&graph[graph.strip(object_.type())]);
  if (type == nullptr) {
    return false;
  }
  const Image& image = context_->reader.image();
  try {
    for (const auto& member : type->members) {
      const uint64_t place = address() + member.bit_offset / 8;
      // In a position-independent image a pointer's bytes may be zero.
      if (std::holds_alternative<PointerType>(graph[graph.strip(member.type)])) {
        if (image.pointer_at(place) != 0) {
          return false;
        }
        continue;
      }
      const auto bytes = image.at(place).take(graph.size_of(member.type));
      if (std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b != std::byte{}; })) {
        return false;
      }
    }
  } catch (const InputError&) {
    return false;  // whoever reads it says why it cannot be read
  }
  return true;
}

std::vector<Record> Record::records(std::string_view array, std::string_view count,
                                    Blanks blanks) const {
  std::vector<Record> records;
  const auto object = object_.member(array);
  if (!object) {
    return records;
  }
  const uint64_t capacity = object->count();
  const uint64_t size = clamped(count, capacity);
  uint64_t blank_ones = 0;
  for (uint64_t i = 0; i < size; i++) {
    const Record record(*context_, *object->element(i));
    const bool is_blank = record.blank();
    blank_ones += is_blank ? 1 : 0;
    if (!is_blank || blanks == Blanks::keep) {
      records.push_back(record);
    }
  }
  if (blank_ones != 0) {
    report(Level::warning, "element-blank",
           fmt::format("{} of the {} elements of {} are blank", blank_ones, size, array),
           object->address());
  }
  if (size < capacity) {
    const Record next(*context_, *object->element(size));
    if (!next.blank()) {
      report(Level::warning, "element-uncounted",
             fmt::format("{} has an element behind the {} that {} counts; it was not read, as the "
                         "kernel does not",
                         array, size, count),
             next.address());
    }
  }
  return records;
}

std::vector<Record> Record::filled_records(std::string_view array) const {
  std::vector<Record> records;
  const auto object = object_.member(array);
  for (uint64_t i = 0; object && i < object->count(); i++) {
    const Record record(*context_, *object->element(i));
    if (record.blank()) {
      break;
    }
    records.push_back(record);
  }
  return records;
}

uint64_t Record::list_size(const Object& list, std::string_view array,
                           std::string_view count) const {
  const TypeGraph& graph = context_->layout.graph;
  if (!std::holds_alternative<PointerType>(graph[graph.strip(list.type())])) {
    return clamped(count, list.count());
  }
  if (!list.is_null()) {
    return clamped(count, kMaxPointedList);
  }
  if (bits(count) != 0) {
    report(Level::error, "list-missing", fmt::format("{} is null and {} is not 0", array, count),
           list.address());
  }
  return 0;
}

std::optional<Object> Record::list_element(const Object& list, uint64_t index) const {
  const TypeGraph& graph = context_->layout.graph;
  const bool pointer = std::holds_alternative<PointerType>(graph[graph.strip(list.type())]);
  return pointer ? list.pointee(index) : list.element(index);
}

std::vector<int64_t> Record::integers(std::string_view array, std::string_view count) const {
  std::vector<int64_t> values;
  const auto list = object_.member(array);
  const uint64_t size = list ? list_size(*list, array, count) : 0;
  for (uint64_t i = 0; i < size; i++) {
    const auto element = list_element(*list, i);
    const auto value = element ? element->integer() : std::nullopt;
    if (!value) {
      break;  // the reader has said why
    }
    values.push_back(*value);
  }
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<std::string> Record::token_list(std::string_view array, std::string_view count,
                                            std::string_view enumeration) const {
  std::vector<std::string> tokens;
  for (const int64_t value : integers(array, count)) {
    tokens.push_back(context_->tokens.of(enumeration, value));
  }
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

std::vector<std::string> Record::texts(std::string_view pointers, std::string_view count) const {
  std::vector<std::string> texts;
  const auto list = object_.member(pointers);
  const uint64_t size = list ? list_size(*list, pointers, count) : 0;
  for (uint64_t i = 0; i < size; i++) {
    const auto element = list_element(*list, i);
    const auto text = element ? element->string() : std::nullopt;
    if (!text) {
      break;
    }
    texts.push_back(to_utf8(*text));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace kapi

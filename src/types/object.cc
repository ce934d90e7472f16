// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "kapi/types.h"
#include "types/member_lookup.h"

namespace kapi {
namespace {

// Characters of any signedness: a u8 is an `unsigned char` to C, so an array of them can be text.
bool is_text(const TypeGraph& graph, TypeId element) {
  const auto* integer = std::get_if<IntegerType>(&graph[graph.strip(element)]);
  return integer != nullptr && integer->is_char && integer->size == 1;
}

int64_t sign_extended(uint64_t value, uint64_t bits) {
  if (bits == 0 || bits >= 64) {
    return static_cast<int64_t>(value);
  }
  const auto shift = static_cast<unsigned>(64 - bits);
  return static_cast<int64_t>(value << shift) >> shift;
}

}  // namespace

std::vector<Diagnostic> ObjectReader::take_diagnostics() {
  std::vector<Diagnostic> taken;
  taken.swap(diagnostics_);
  return taken;
}

void ObjectReader::report(std::string code, uint64_t address, std::string message) {
  if (diagnostics_.size() >= kMaxDiagnostics) {
    return;
  }
  if (diagnostics_.size() + 1 == kMaxDiagnostics) {
    code = "diagnostics-cut";
    message = "further errors of reading are not listed";
  }
  Diagnostic diagnostic{Level::error, std::move(code), subject_, std::move(message), "", {}};
  if (const auto location = image_->locate(address)) {
    diagnostic.section = location->section;
    diagnostic.offset = location->file_offset;
  }
  if (diagnostics_.empty() || !(diagnostics_.back() == diagnostic)) {
    diagnostics_.push_back(std::move(diagnostic));
  }
}

std::optional<Object> Object::member(std::string_view name) const {
  const TypeGraph& graph = reader_->graph();
  const auto found = locate_member(graph, type_, name);
  if (!found) {
    return std::nullopt;
  }
  const uint64_t bits = found->bit_size;
  return Object(reader_, found->type, address_ + found->bit_offset / 8,
                bits == 0 ? 0 : found->bit_offset % 8, bits);
}

uint64_t Object::count() const {
  const TypeGraph& graph = reader_->graph();
  const auto* array = std::get_if<ArrayType>(&graph[graph.strip(type_)]);
  if (array == nullptr || array->count == 0) {
    return 0;
  }
  const uint64_t size = graph.size_of(array->element);
  const uint64_t whole = graph.size_of(type_);
  if (size == 0 || reader_->image().covers(address_, whole)) {
    return array->count;
  }
  uint64_t available = 0;
  try {
    available = reader_->image().at(address_).remaining() / size;
  } catch (const InputError&) {
    // Nothing is there: the report below says so.
  }
  reader_->report("array-cut", address_,
                  fmt::format("an array of {} elements at {:#x}, of which {} are in the file",
                              array->count, address_, available));
  return std::min(available, array->count);
}

std::optional<Object> Object::element(uint64_t index) const {
  const TypeGraph& graph = reader_->graph();
  const auto* array = std::get_if<ArrayType>(&graph[graph.strip(type_)]);
  if (array == nullptr || index >= array->count) {
    return std::nullopt;
  }
  uint64_t offset = 0;
  if (__builtin_mul_overflow(graph.size_of(array->element), index, &offset)) {
    return std::nullopt;
  }
  return Object(reader_, array->element, address_ + offset, 0, 0);
}

std::optional<uint64_t> Object::bits() const {
  const TypeGraph& graph = reader_->graph();
  const TypeNode& node = graph[graph.strip(type_)];
  const bool is_pointer = std::holds_alternative<PointerType>(node);
  if (!is_pointer && !std::holds_alternative<IntegerType>(node) &&
      !std::holds_alternative<EnumType>(node)) {
    return std::nullopt;
  }
  const uint64_t size = graph.size_of(type_);
  if (bit_size_ != 0) {
    return bit_field(size);
  }
  const Image& image = reader_->image();
  if (size != 1 && size != 2 && size != 4 && size != 8) {
    reader_->report("integer-size", address_, fmt::format("an integer of {} bytes", size));
    return std::nullopt;
  }
  try {
    if (is_pointer && size == image.bits() / 8) {
      return image.pointer_at(address_);
    }
    return image.word_at(address_, size);
  } catch (const InputError& error) {
    reader_->report("bytes-missing", address_,
                    fmt::format("{} bytes at {:#x}: {}", size, address_, error.reason()));
    return std::nullopt;
  }
}

// Little-endian counts bits from the least significant one of the first byte, big-endian from the
// most significant: in both the field is one run of the bytes read as one number.
std::optional<uint64_t> Object::bit_field(uint64_t size) const {
  const uint64_t bytes = (bit_offset_ + bit_size_ + 7) / 8;  // 9 for a field that straddles
  if (bit_size_ > 64 || bit_size_ > size * 8) {
    reader_->report("bit-field-size", address_,
                    fmt::format("a bit-field of {} bits in {} bytes", bit_size_, size));
    return std::nullopt;
  }
  try {
    Cursor cursor = reader_->image().at(address_);
    const auto block = cursor.take(bytes);
    const bool big = cursor.endian() == Endian::big;
    const auto bit = [&](uint64_t position) {
      const auto byte = static_cast<uint8_t>(block[position / 8]);
      const uint64_t within = position % 8;
      return uint64_t{static_cast<uint8_t>(byte >> (big ? 7 - within : within))} & 1;
    };
    uint64_t value = 0;
    for (uint64_t i = 0; i < bit_size_; i++) {
      const uint64_t position = bit_offset_ + (big ? i : bit_size_ - 1 - i);
      value = value << 1 | bit(position);
    }
    return value;
  } catch (const InputError& error) {
    reader_->report("bytes-missing", address_,
                    fmt::format("a bit-field at {:#x}: {}", address_, error.reason()));
    return std::nullopt;
  }
}

std::optional<int64_t> Object::integer() const {
  const auto value = bits();
  if (!value) {
    return std::nullopt;
  }
  const TypeGraph& graph = reader_->graph();
  const TypeNode& node = graph[graph.strip(type_)];
  const auto* integer = std::get_if<IntegerType>(&node);
  const auto* enumeration = std::get_if<EnumType>(&node);
  const bool is_signed = (integer != nullptr && integer->is_signed) ||
                         (enumeration != nullptr && enumeration->is_signed);
  const uint64_t width = bit_size_ != 0 ? bit_size_ : graph.size_of(type_) * 8;
  return is_signed ? sign_extended(*value, width) : static_cast<int64_t>(*value);
}

// The value of a pointer; nothing for other types, for null, and with a diagnostic if it cannot be
// read.
std::optional<uint64_t> Object::pointer() const {
  const TypeGraph& graph = reader_->graph();
  if (!std::holds_alternative<PointerType>(graph[graph.strip(type_)])) {
    return std::nullopt;
  }
  const auto value = bits();
  return value && *value != 0 ? value : std::nullopt;
}

bool Object::is_null() const {
  const TypeGraph& graph = reader_->graph();
  return std::holds_alternative<PointerType>(graph[graph.strip(type_)]) && bits() == 0U;
}

std::optional<Object> Object::target() const { return pointee(0); }

std::optional<Object> Object::pointee(uint64_t index) const {
  const auto value = pointer();
  if (!value) {
    return std::nullopt;
  }
  const TypeGraph& graph = reader_->graph();
  const TypeId type = std::get<PointerType>(graph[graph.strip(type_)]).target;
  uint64_t offset = 0;
  uint64_t address = 0;
  const bool wraps = __builtin_mul_overflow(graph.size_of(type), index, &offset) ||
                     __builtin_add_overflow(*value, offset, &address);
  if (wraps || !reader_->image().covers(address, 1)) {
    reader_->report("pointer-to-nowhere", address_,
                    fmt::format("the pointer at {:#x} leads to {:#x}, where the file has no bytes",
                                address_, wraps ? *value : address));
    return std::nullopt;
  }
  return Object(reader_, type, address, 0, 0);
}

std::optional<std::string> Object::string() const {
  const TypeGraph& graph = reader_->graph();
  const TypeNode& node = graph[graph.strip(type_)];
  if (const auto* array = std::get_if<ArrayType>(&node)) {
    if (!is_text(graph, array->element)) {
      return std::nullopt;
    }
    return text_at(address_, array->count == 0 ? std::nullopt : std::optional(array->count));
  }
  const auto* type = std::get_if<PointerType>(&node);
  if (type == nullptr || !is_text(graph, type->target)) {
    return std::nullopt;
  }
  const auto target = this->target();
  return target ? text_at(target->address(), std::nullopt) : std::nullopt;
}

// An array may be filled to its bound without a NUL; behind a pointer there must be one.
std::optional<std::string> Object::text_at(uint64_t address, std::optional<uint64_t> bound) const {
  try {
    Cursor cursor = reader_->image().at(address);
    if (!bound) {
      return std::string(cursor.cstring(ObjectReader::kMaxString));
    }
    const auto block = cursor.take(std::min<uint64_t>(*bound, ObjectReader::kMaxString));
    const std::string_view text(reinterpret_cast<const char*>(block.data()), block.size());
    return std::string(text.substr(0, text.find('\0')));
  } catch (const InputError& error) {
    reader_->report("text-unreadable", address_,
                    fmt::format("text at {:#x}: {}", address, error.reason()));
    return std::nullopt;
  }
}

}  // namespace kapi

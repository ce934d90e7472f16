// SPDX-License-Identifier: GPL-2.0-only
#include "tables/trace_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi {
namespace {

constexpr uint64_t kMaxFields = 256;  // of one event; Linux 6.12 has up to 30
constexpr uint64_t kMaxAlignment = 1 << 12;
constexpr uint64_t kMaxSize = 1 << 20;
constexpr size_t kMaxText = 256;

// TRACE_FUNCTION_TYPE: the element holds a function.
bool is_function_mark(uint64_t pointer, unsigned bits) {
  return pointer == (bits == 64 ? UINT64_MAX : UINT32_MAX);
}

std::string kind_of(std::string_view type, uint64_t size, bool is_signed) {
  if (type.find('[') != type.npos || type.starts_with("__data_loc ") ||
      type.starts_with("__rel_loc ")) {
    return "array";
  }
  if (type.ends_with('*')) {
    return "ptr";
  }
  if (type == "bool") {
    return "bool";
  }
  if (type.starts_with("struct ") || type.starts_with("union ") ||
      (size != 1 && size != 2 && size != 4 && size != 8)) {
    return "struct";
  }
  return is_signed ? "int" : "uint";
}

// An array's length is what the source calls it ("char[TASK_COMM_LEN]"); its number is beside it.
std::string with_length(const std::string& type, std::optional<uint64_t> length) {
  const size_t open = type.find('[');
  if (!length || *length == 0 || open == type.npos || type.starts_with("__data_loc ") ||
      type.starts_with("__rel_loc ")) {
    return type;
  }
  return fmt::format("{}[{}]", type.substr(0, open), *length);
}

}  // namespace

std::optional<TraceFields> trace_fields(const std::shared_ptr<const Image>& image,
                                        const TypeGraph& graph, TypeId type, uint64_t address,
                                        uint64_t header) {
  TraceFields result;
  const uint64_t stride = graph.size_of(type);
  ObjectReader reader(image, graph);
  uint64_t offset = header;
  for (uint64_t i = 0; address != 0 && i <= kMaxFields; i++) {
    const uint64_t place = address + i * stride;
    if (i == kMaxFields || !image->covers(place, stride)) {
      return std::nullopt;
    }
    const Object element = reader.object(type, place);
    const auto word = [&](const char* name) {
      const auto member = element.member(name);
      return member ? member->bits() : std::nullopt;
    };
    const auto text = [&](const char* name) {
      const auto member = element.member(name);
      auto found = member ? member->string() : std::nullopt;
      return found && !found->empty() && found->size() <= kMaxText ? found : std::nullopt;
    };
    const auto pointer = word("type");
    if (!pointer) {
      return std::nullopt;
    }
    if (*pointer == 0) {
      break;
    }
    if (is_function_mark(*pointer, image->bits())) {
      result.coded = true;
      break;
    }
    const auto type_name = text("type");
    const auto name = text("name");
    const auto size = word("size");
    const auto alignment = word("align");
    if (!type_name || !name || !size || !alignment || *size > kMaxSize || *alignment == 0 ||
        *alignment > kMaxAlignment || (*alignment & (*alignment - 1)) != 0) {
      return std::nullopt;
    }
    offset = (offset + *alignment - 1) & ~(*alignment - 1);
    Field field;
    field.name = to_utf8(*name);
    field.type_name = to_utf8(with_length(*type_name, word("len")));
    field.type = kind_of(*type_name, *size, word("is_signed").value_or(0) != 0);
    field.offset = offset;
    field.size = *size;
    result.fields.push_back(std::move(field));
    offset += *size;
  }
  return result;
}

}  // namespace kapi

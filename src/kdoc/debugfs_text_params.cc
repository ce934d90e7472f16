// SPDX-License-Identifier: GPL-2.0-only
// A parameter in the text form. It prints whatever is set; what counts is what type, constraint and
// flags select, as in an image.
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/debugfs_text.h"
#include "kdoc/debugfs_words.h"

namespace kapi {
namespace {

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void unresolved(TextParam& out, std::string path, std::string_view expression) {
  out.unresolved.push_back({std::move(path), to_utf8(expression)});
}

void read_constraint(const OutlineItem& item, const std::string& path, bool early, TextParam& out) {
  Param& param = out.param;
  const auto number = [&](std::string_view label) { return parse<int64_t>(item.value(label)); };
  const auto positive = [&](std::string_view label) {
    const auto value = number(label);
    return value && *value > 0 ? value : std::nullopt;
  };
  Constraint constraint;
  constraint.type = to_utf8(item.value("      type: "));
  if (constraint.type.empty()) {
    if (early) {  // many types had no line then
      unresolved(out, path + "/constraint", "a type that the text does not name");
      return;
    }
    constraint.type = "buffer";
  } else if (constraint.type == "range") {
    constraint.min = number("      min: ");
    constraint.max = number("      max: ");
    if (constraint.max && *constraint.max < 0) {  // since PATCH v1: no bound
      if (early) {
        unresolved(out, path + "/constraint/max", item.value("      max: "));
      }
      constraint.max.reset();
    }
  } else if (constraint.type == "mask") {
    const auto mask = parse<uint64_t>(without(item.value("      valid_bits: "), "0x", ""), 16);
    constraint.mask = mask ? std::optional(Bits{*mask}) : std::nullopt;
  } else if (constraint.type == "user_string") {
    constraint.min = number("      min_len: ");
    constraint.min = constraint.min == 0 ? std::nullopt : constraint.min;
    constraint.max = positive("      max_len: ");
  } else if (constraint.type == "user_ptr") {
    constraint.size = parse<uint64_t>(without(item.value("      size: "), "", " bytes"));
    constraint.size = constraint.size == 0 ? std::nullopt : constraint.size;
  } else if (constraint.type == "alignment") {
    constraint.alignment = parse<uint64_t>(item.value("      alignment: "));
  } else if (constraint.type == "custom") {
    param.constraint_text = debugfs_prose(item.value("      description: "));
  }
  param.constraint = std::move(constraint);
}

}  // namespace

TextParam read_text_param(const OutlineItem& item, size_t index, bool early) {
  TextParam out;
  Param& param = out.param;
  const std::string_view head = item.head.value;  // "[0] name:"
  param.name =
      debugfs_text(without(head.substr(std::min(head.size(), head.find("] ") + 2)), "", ":"));
  if (param.name.empty()) {
    param.name = fmt::format("unnamed_{}", index);
  }
  const std::string path = "params/" + param.name;
  const auto [word, type_name] = cut(item.value("    type: "), " (");
  param.type = param_type_word(word);
  if (param.type.empty()) {
    unresolved(out, path + "/type", word);
  }
  param.type_name = debugfs_text(without(type_name, "", ")"));
  param.flags = word_list(item.value("    flags: "));
  out.any_bit_flags =
      has(param.flags, "inout") && (has(param.flags, "in") || has(param.flags, "out"));
  param.flags = settle_direction(std::move(param.flags));
  param.description = debugfs_prose(item.value("    description: "));
  const auto size = parse<uint64_t>(item.value("    size: "));
  const auto alignment = parse<uint64_t>(item.value("    alignment: "));
  if (item.find("    constraints:") != nullptr) {
    read_constraint(item, path, early || out.any_bit_flags, out);
  }
  if (param.type == "user_ptr" || (param.constraint && param.constraint->type == "buffer")) {
    param.size = size;
  }
  if (has(param.flags, "aligned")) {
    param.alignment = alignment;
  }
  return out;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Parameters, their constraints, and the return value. A spec may hold stale values in members that
// its constraint type or check type does not select; only the selected ones are read.
#include <fmt/format.h>

#include <algorithm>

#include "spec/decode.h"

namespace kapi {
namespace {

// Since PATCH v1 a negative maximum is how "no upper bound" (SIZE_MAX and its like) is written;
// before, it was a bound like any other.
std::optional<int64_t> upper_bound(const Record& holder, bool open) {
  const int64_t max = holder.number("max_value");
  return open && max < 0 ? std::nullopt : std::optional(max);
}

bool has(const std::vector<std::string>& tokens, std::string_view token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

}  // namespace

// "in" and "out" together are what the kernel calls inout, which has a bit of its own in RFC v5.
std::vector<std::string> decode_flags(const Record& holder) {
  auto flags = holder.tokens("flags", "kapi_param_flags");
  if ((has(flags, "in") && has(flags, "out")) || has(flags, "inout")) {
    flags.erase(
        std::remove_if(flags.begin(), flags.end(),
                       [](const auto& f) { return f == "in" || f == "out" || f == "inout"; }),
        flags.end());
    flags.emplace_back("inout");
    std::sort(flags.begin(), flags.end());
  }
  return flags;
}

std::optional<Constraint> decode_constraint(const Record& holder, std::string_view enum_values) {
  Constraint constraint;
  constraint.type = holder.token("constraint_type", "kapi_constraint_type");
  const std::string& type = constraint.type;
  if (type.empty() || type == "none") {
    return std::nullopt;
  }
  if (type == "range") {
    constraint.min = holder.number("min_value");
    constraint.max = upper_bound(holder, holder.meanings().negative_max_is_open);
  } else if (type == "mask") {
    constraint.mask = Bits{holder.bits("valid_mask")};
  } else if (type == "enum") {
    if (!enum_values.empty()) {
      constraint.values = holder.integers(enum_values, "enum_count");
    }
  } else if (type == "alignment") {
    constraint.alignment = holder.bits("alignment");
  } else if (type == "user_string") {
    // Lengths without the NUL; the kernel checks neither bound when it is 0.
    constraint.min = holder.nonzero("min_value");
    const auto max = holder.nonzero("max_value");
    constraint.max = max && *max > 0 ? max : std::nullopt;
  } else if (type == "user_ptr") {
    constraint.size = holder.nonzero_bits("size");
  }
  return constraint;
}

namespace {

// An attribute of sysfs has no constraint type: its bounds and its mask are set or they are zero.
std::optional<Constraint> decode_attribute_constraint(const Record& param) {
  Constraint constraint;
  if (param.number("min_value") != 0 || param.number("max_value") != 0) {
    constraint.type = "range";
    constraint.min = param.number("min_value");
    constraint.max = upper_bound(param, true);  // of a u64, -1
  } else if (const auto mask = param.nonzero_bits("valid_mask")) {
    constraint.type = "mask";
    constraint.mask = Bits{*mask};
  } else {
    return std::nullopt;
  }
  return constraint;
}

void decode_attribute(const Record& param, Param& out) {
  out.sysfs_path = param.text("sysfs_path");
  if (const uint64_t mode = param.bits("sysfs_permissions"); mode != 0) {
    out.sysfs_permissions = fmt::format("{:04o}", mode);
  }
  out.default_value = param.text("default_value");
  out.units = param.text("units");
  out.step = param.nonzero("step");
  out.allowed_strings = param.texts("allowed_strings", "allowed_string_count");
}

// 0-based, however it is stored.
std::optional<int64_t> decode_size_param(const Record& param) {
  if (!param.has("size_param_idx")) {
    return std::nullopt;
  }
  const int64_t index =
      param.number("size_param_idx") - (param.meanings().size_param_from_one ? 1 : 0);
  return index < 0 ? std::nullopt : std::optional(index);
}

}  // namespace

Param decode_param(const Record& param, std::string_view kind) {
  Param out;
  out.name = param.text("name");
  out.type_name = param.text("type_name");
  out.type = param.token("type", "kapi_param_type");
  out.flags = decode_flags(param);
  out.constraint = decode_constraint(param, "enum_values");
  if (kind == "sysfs" && !out.constraint) {
    out.constraint = decode_attribute_constraint(param);
  }
  const bool buffer = out.constraint && out.constraint->type == "buffer";
  if (out.type == "user_ptr" || buffer) {
    out.size = param.nonzero_bits("size");
    out.size_param = decode_size_param(param);
    out.size_multiplier = param.nonzero_bits("size_multiplier");
  } else if (out.type == "string" || out.type == "binary") {
    out.size = param.nonzero_bits("size");  // the most an attribute takes
  }
  if (has(out.flags, "aligned")) {
    out.alignment = param.nonzero_bits("alignment");
  }
  out.description = param.prose("description");
  out.constraint_text = param.prose("constraints");
  decode_attribute(param, out);
  return out;
}

std::optional<Return> decode_return(const Record& spec) {
  const auto record = spec.record("return_spec");
  if (!record) {
    return std::nullopt;
  }
  Return out;
  out.type_name = record->text("type_name");
  out.description = record->prose("description");
  const bool written = spec.bits("return_magic") != 0 || !out.type_name.empty() ||
                       !out.description.empty() || record->bits("type") != 0 ||
                       record->bits("check_type") != 0;
  if (!written) {
    return std::nullopt;
  }
  out.type = record->token("type", "kapi_param_type");
  out.check = record->token("check_type", "kapi_return_check_type");
  if (out.check == "exact") {
    out.success_value = record->number("success_value");
  } else if (out.check == "range") {
    out.success_min = record->number("success_min");
    out.success_max = record->number("success_max");
  } else if (out.check == "error_check") {
    out.error_values = record->integers("error_values", "error_count");
  }
  return out;
}

}  // namespace kapi

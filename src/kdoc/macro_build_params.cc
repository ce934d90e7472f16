// SPDX-License-Identifier: GPL-2.0-only
// Parameters, their constraints, and the return value. Only the members that the constraint type or
// check type selects are read.
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/macro_build.h"
#include "kdoc/macro_names.h"

namespace kapi {
namespace {

bool has(const std::vector<std::string>& tokens, std::string_view token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

// A constraint that lacks a number which is not known.
std::optional<Bits> mask_of(const MacroRecord& holder) {
  const auto mask = holder.bits("valid_mask", "constraint/mask");
  return mask ? std::optional(Bits{*mask}) : std::nullopt;
}

// A sysfs attribute has no constraint type: its bounds and its mask are set or they are zero. Of a
// u64 the largest value is -1: no bound.
std::optional<Constraint> attribute_constraint(const MacroRecord& param) {
  Constraint constraint;
  const auto min = param.known("min_value", "constraint/min");
  const auto max = param.known("max_value", "constraint/max");
  if (min != 0 || max != 0) {
    constraint.type = "range";
    constraint.min = min;
    constraint.max = max && *max < 0 ? std::nullopt : max;
    return constraint;
  }
  const auto mask = mask_of(param);
  if (mask && mask->value == 0) {
    return std::nullopt;
  }
  constraint.type = "mask";
  constraint.mask = mask;
  return constraint;
}

void build_attribute(const MacroRecord& param, Param& out) {
  out.sysfs_path = param.text("sysfs_path", "sysfs_path");
  if (const auto mode = param.nonzero_bits("sysfs_permissions", "sysfs_permissions", 16)) {
    out.sysfs_permissions = fmt::format("{:04o}", *mode);
  }
  out.default_value = param.text("default_value", "default_value");
  out.units = param.text("units", "units");
  out.step = param.nonzero("step", "step");
  out.allowed_strings = param.texts("allowed_strings", "allowed_string_count", "allowed_strings");
}

}  // namespace

// "in" and "out" together are what the kernel calls inout.
std::vector<std::string> build_macro_flags(const MacroRecord& holder) {
  auto flags = holder.tokens("flags", "kapi_param_flags", "flags");
  if (has(flags, "in") && has(flags, "out")) {
    flags.erase(std::remove(flags.begin(), flags.end(), "out"), flags.end());
    *std::find(flags.begin(), flags.end(), "in") = "inout";
    std::sort(flags.begin(), flags.end());
  }
  return flags;
}

std::optional<Constraint> build_macro_constraint(const MacroRecord& holder,
                                                 std::string_view enum_values) {
  Constraint constraint;
  constraint.type = holder.token("constraint_type", "kapi_constraint_type", "constraint/type");
  const std::string& type = constraint.type;
  if (type.empty() || type == "none") {
    return std::nullopt;
  }
  if (type == "range") {
    constraint.min = holder.known("min_value", "constraint/min");
    constraint.max = holder.known("max_value", "constraint/max");
  } else if (type == "mask") {
    constraint.mask = mask_of(holder);
  } else if (type == "enum") {
    if (!enum_values.empty()) {
      constraint.values = holder.integers(enum_values, "enum_count", "constraint/values");
    }
  } else if (type == "alignment") {
    constraint.alignment = holder.bits("alignment", "constraint/alignment");
  } else if (type == "user_string") {
    // Lengths without the NUL; the kernel checks neither bound when it is 0.
    constraint.min = holder.nonzero("min_value", "constraint/min");
    const auto max = holder.nonzero("max_value", "constraint/max");
    constraint.max = max && *max > 0 ? max : std::nullopt;
  } else if (type == "user_ptr") {
    constraint.size = holder.nonzero_bits("size", "constraint/size");
  }
  return constraint;
}

Param build_macro_param(const MacroRecord& param, std::string_view kind) {
  Param out;
  out.type_name = param.text("type_name", "type_name");
  out.type = param.token("type", "kapi_param_type", "type");
  out.flags = build_macro_flags(param);
  out.constraint = build_macro_constraint(param, "enum_values");
  if (kind == "sysfs" && !out.constraint) {
    out.constraint = attribute_constraint(param);
  }
  const bool buffer = out.constraint && out.constraint->type == "buffer";
  if (out.type == "user_ptr" || buffer) {
    out.size = param.nonzero_bits("size", "size");
    const auto index = param.known("size_param_idx", "size_param");
    out.size_param = index && *index < 0 ? std::nullopt : index;
    out.size_multiplier = param.nonzero_bits("size_multiplier", "size_multiplier");
  } else if (out.type == "string" || out.type == "binary") {
    out.size = param.nonzero_bits("size", "size");  // the most an attribute takes
  }
  if (has(out.flags, "aligned")) {
    out.alignment = param.nonzero_bits("alignment", "alignment");
  }
  out.description = param.prose("description", "description");
  out.constraint_text = param.prose("constraints", "constraint_text");
  build_attribute(param, out);
  return out;
}

std::optional<Return> build_macro_return(const MacroRecord& spec) {
  const MacroRecord record = spec.record("return_spec", "return/");
  Return out;
  out.type_name = record.text("type_name", "type_name");
  out.description = record.prose("description", "description");
  const auto type = record.known("type", "type");
  const auto check = record.known("check_type", "check");
  if (out.type_name.empty() && out.description.empty() && type == 0 && check == 0) {
    return std::nullopt;
  }
  out.type = type ? macro_token("kapi_param_type", *type) : "";
  out.check = check ? macro_token("kapi_return_check_type", *check) : "";
  if (out.check == "exact") {
    out.success_value = record.known("success_value", "success_value");
  } else if (out.check == "range") {
    out.success_min = record.known("success_min", "success_min");
    out.success_max = record.known("success_max", "success_max");
  } else if (out.check == "error_check") {
    out.error_values = record.integers("error_values", "error_count", "error_values");
  }
  return out;
}

}  // namespace kapi

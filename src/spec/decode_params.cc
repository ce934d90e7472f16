// SPDX-License-Identifier: GPL-2.0-only
// Parameters, their constraints, and the return value. A spec may hold stale values in members that
// its constraint type or check type does not select; only the selected ones are read.
#include <algorithm>

#include "spec/decode.h"

namespace kapi {
namespace {

// The kernel writes "no upper bound" (SIZE_MAX and its like) as a negative maximum.
std::optional<int64_t> upper_bound(const Record& holder) {
  const int64_t max = holder.number("max_value");
  return max < 0 ? std::nullopt : std::optional(max);
}

bool has(const std::vector<std::string>& tokens, std::string_view token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

}  // namespace

// "in" and "out" together are what the kernel calls inout.
std::vector<std::string> decode_flags(const Record& holder) {
  auto flags = holder.tokens("flags", "kapi_param_flags");
  const auto in = std::find(flags.begin(), flags.end(), "in");
  const auto out = std::find(flags.begin(), flags.end(), "out");
  if (in != flags.end() && out != flags.end()) {
    *in = "inout";
    flags.erase(out);
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
    constraint.max = upper_bound(holder);
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

Param decode_param(const Record& param) {
  Param out;
  out.name = param.text("name");
  out.type_name = param.text("type_name");
  out.type = param.token("type", "kapi_param_type");
  out.flags = decode_flags(param);
  out.constraint = decode_constraint(param, "enum_values");
  const bool buffer = out.constraint && out.constraint->type == "buffer";
  if (out.type == "user_ptr" || buffer) {
    out.size = param.nonzero_bits("size");
    // Stored 1-based, so that 0 means none.
    if (const int64_t index = param.number("size_param_idx"); index > 0) {
      out.size_param = index - 1;
    }
    out.size_multiplier = param.nonzero_bits("size_multiplier");
  }
  if (has(out.flags, "aligned")) {
    out.alignment = param.nonzero_bits("alignment");
  }
  out.description = param.prose("description");
  out.constraint_text = param.prose("constraints");
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

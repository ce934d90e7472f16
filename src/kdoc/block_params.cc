// SPDX-License-Identifier: GPL-2.0-only
// Parameters and the return value. As when an image is read, only those members count that the
// type of the constraint selects.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

#include "kdoc/block_spec.h"
#include "kdoc/param_block.h"
#include "kdoc/spec_items.h"

namespace kapi {
namespace {

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<uint64_t> nonzero_bits(std::optional<int64_t> value) {
  return value && *value != 0 ? std::optional(static_cast<uint64_t>(*value)) : std::nullopt;
}

bool is_arch(std::string_view name) {
  constexpr std::string_view kArchs[] = {
      "alpha", "arc",        "arm",  "arm64", "csky",     "hexagon", "loongarch",
      "m68k",  "microblaze", "mips", "nios2", "openrisc", "parisc",  "powerpc",
      "riscv", "s390",       "sh",   "sparc", "um",       "x86",     "xtensa"};
  return std::find(std::begin(kArchs), std::end(kArchs), lower(name)) != std::end(kArchs);
}

class ParamBuilder {
 public:
  ParamBuilder(const ParamBlock& block, const std::string& name, const SpecValues& values)
      : block_(block), values_(values), path_("params/" + name + '/') {
    param_.name = name;
  }

  Param build(std::string_view type_name, std::string_view description, size_t line) {
    param_.type_name =
        values_.text(type_name, SpecValues::kDescription, "the type of a parameter", line);
    param_.description =
        values_.prose(description, SpecValues::kDescription, "the text of a parameter", line);
    param_.type = "void";  // 0
    if (const ParamValue* type = block_.find("type")) {
      param_.type = values_.token(type->text, kTypeFamily, path_ + "type", type->line);
    }
    if (const ParamValue* flags = block_.find("flags")) {
      set_flags(*flags);
    }
    if (const ParamValue* text = block_.find("constraint")) {
      param_.constraint_text = values_.prose(text->text, SpecValues::kDescription,
                                             "the text of a constraint", text->line);
    }
    set_constraint();
    set_sizes();
    return std::move(param_);
  }

 private:
  std::optional<int64_t> number(std::string_view member, const std::string& path) const {
    const ParamValue* value = block_.find(member);
    return value == nullptr ? std::optional<int64_t>(0) : values_.number(value->text, path_ + path);
  }

  void set_flags(const ParamValue& value) {
    std::vector<std::string> flags =
        values_.tokens(value.text, kFlagFamily, path_ + "flags", value.line);
    const auto is_direction = [](const std::string& flag) {
      return flag == "in" || flag == "out" || flag == "inout";
    };
    if ((has(flags, "in") && has(flags, "out")) || has(flags, "inout")) {
      flags.erase(std::remove_if(flags.begin(), flags.end(), is_direction), flags.end());
      flags.emplace_back("inout");
      std::sort(flags.begin(), flags.end());
    }
    param_.flags = std::move(flags);
  }

  void set_constraint() {
    const ParamValue* type = block_.find("constraint-type");
    if (type != nullptr) {
      const std::string name =
          type->text == "KAPI_CONSTRAINT_BITMASK" ? "KAPI_CONSTRAINT_MASK" : type->text;
      Constraint constraint;
      constraint.type = values_.token(name, kConstraintFamily, path_ + "constraint", type->line);
      if (!constraint.type.empty() && constraint.type != "none") {
        param_.constraint = std::move(constraint);
        set_selected(*param_.constraint);
      }
    }
    note_unselected();
  }

  void set_selected(Constraint& constraint) {
    if (constraint.type == "range") {
      const auto [min, max] = range();
      constraint.min = min;
      constraint.max = max && *max < 0 ? std::nullopt : max;  // no upper bound
    } else if (constraint.type == "mask") {
      constraint.mask = mask();
    } else if (constraint.type == "enum") {
      constraint.values = enum_values();
    } else if (constraint.type == "alignment") {
      if (const auto value = number("alignment", "constraint/alignment")) {
        constraint.alignment = static_cast<uint64_t>(*value);
      }
    } else if (constraint.type == "user_string") {
      const auto [min, max] = range();
      constraint.min = min && *min != 0 ? min : std::nullopt;
      constraint.max = max && *max > 0 ? max : std::nullopt;
    } else if (constraint.type == "user_ptr") {
      constraint.size = nonzero_bits(number("size", "constraint/size"));
    }
  }

  using Range = std::pair<std::optional<int64_t>, std::optional<int64_t>>;
  Range range() const {
    const ParamValue* value = block_.find("range");
    if (value == nullptr) {
      return {0, 0};
    }
    const std::vector<std::string> parts = split(value->text, ',', 2);
    if (parts.size() != 2) {
      values_.warn("text-lost",
                   fmt::format("a range has two bounds with a comma between; lost: {}",
                               excerpt(value->text)),
                   value->line);
      return {0, 0};
    }
    return {values_.number(parts[0], path_ + "constraint/min"),
            values_.number(parts[1], path_ + "constraint/max")};
  }

  std::optional<Bits> mask() const {
    const ParamValue* value = block_.find("mask");
    const std::string by_arch = arch_bits();
    if (value == nullptr) {
      if (!by_arch.empty()) {
        values_.warn("text-lost", "\"arch-mask:\" without a mask is lost",
                     block_.arch_masks.front().line);
      }
      return Bits{0};
    }
    if (!by_arch.empty()) {
      values_.note(
          Level::note, "arch-mask",
          fmt::format("the mask of \"{}\" depends on the architecture: {}", param_.name, by_arch),
          block_.arch_masks.front().line);
      values_.unresolved(path_ + "constraint/mask", fmt::format("{} ({})", value->text, by_arch));
      return std::nullopt;
    }
    const auto bits = values_.number(value->text, path_ + "constraint/mask");
    return bits ? std::optional(Bits{static_cast<uint64_t>(*bits)}) : std::nullopt;
  }

  // "arch x86: MAP_32BIT; arch arm64: PROT_BTI", or nothing.
  std::string arch_bits() const {
    std::string out;
    for (const ParamValue& line : block_.arch_masks) {
      const std::vector<std::string> parts = split(line.text, '=', 2);
      if (parts.size() != 2 || !is_arch(parts[0])) {
        values_.warn(
            "token-unknown",
            fmt::format("\"arch-mask:\" is written \"ARCH = BITS\" with a folder of arch/; "
                        "dropped: {}",
                        excerpt(line.text)),
            line.line);
        continue;
      }
      out += fmt::format("{}arch {}: {}", out.empty() ? "" : "; ", lower(parts[0]), parts[1]);
    }
    return out;
  }

  std::vector<int64_t> enum_values() const {
    const ParamValue* value = block_.find("enum-values");
    if (value == nullptr) {
      return {};
    }
    values_.warn("does-not-compile",
                 fmt::format("the framework takes the name of an array here, and not a list: {}",
                             excerpt(value->text)),
                 value->line);
    std::vector<int64_t> out;
    for (const std::string& part : split(value->text, ',')) {
      const auto number = values_.number(part, path_ + "constraint/values");
      if (!number) {
        return {};
      }
      out.push_back(*number);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  void set_sizes() {
    const bool is_buffer = param_.constraint && param_.constraint->type == "buffer";
    if (param_.type == "user_ptr" || is_buffer) {
      param_.size = nonzero_bits(number("size", "size"));
      if (block_.find("size-param") != nullptr) {
        const auto index = number("size-param", "size_param");
        param_.size_param = index && *index >= 0 ? index : std::nullopt;
      }
    }
    if (has(param_.flags, "aligned")) {
      param_.alignment = nonzero_bits(number("alignment", "alignment"));
    }
  }

  // Values that no check of the kernel looks at.
  void note_unselected() const {
    const std::string type = param_.constraint ? param_.constraint->type : "none";
    const auto check = [&](std::string_view member, std::initializer_list<std::string_view> types) {
      const ParamValue* value = block_.find(member);
      if (value != nullptr && std::find(types.begin(), types.end(), type) == types.end()) {
        values_.warn("value-unused",
                     fmt::format("the constraint of \"{}\" is {}, so its {} has no effect: {}",
                                 param_.name, type, member, excerpt(value->text)),
                     value->line);
      }
    };
    check("range", {"range", "user_string"});
    check("mask", {"mask"});
    check("enum-values", {"enum"});
  }

  Param param_;
  const ParamBlock& block_;
  const SpecValues& values_;
  std::string path_;
};

// The generator writes 0, or 0 and everything above, whatever "success:" says.
void note_success(std::string_view check, std::string_view success, size_t line,
                  const SpecValues& values) {
  const bool is_kept =
      success.empty() ||
      (check == "exact" && (success == "0" || success == "= 0" || success == "== 0")) ||
      (check == "range" && single_spaced(success) == ">= 0") || check == "fd" ||
      check == "error_check";
  if (!is_kept) {
    values.warn("text-lost",
                fmt::format("the check is {}, and its success is not taken from the text; lost: {}",
                            check.empty() ? "not known" : check, excerpt(success)),
                line);
  }
}

std::string text_of(const DocSection& section) {
  std::string out;
  for (const DocLine& line : section.lines) {
    out += line.text;
    out += '\n';
  }
  return out;
}

}  // namespace

void read_block_params(const DocComment& comment, const FunctionPrototype& prototype,
                       const SpecValues& values) {
  static const ParamBlock kNothing;
  const auto blocks = read_param_blocks(comment.find("param"), values);
  std::vector<std::string_view> names;
  for (const ProtoParam& param : prototype.params) {
    names.push_back(param.name);
    const auto block = blocks.find(param.name);
    const auto words = comment.params.find(param.name);
    std::string text = "-- undescribed --";
    if (words != comment.params.end()) {
      text = text_of(words->second);
    } else if (param.name == "void") {
      text = "no arguments";
    } else if (param.text.ends_with("...")) {
      text = "variable arguments";
    }
    const size_t line = words != comment.params.end() ? words->second.line : comment.line;
    values.api().params.push_back(
        ParamBuilder(block == blocks.end() ? kNothing : block->second, param.name, values)
            .build(param.text, text, line));
  }
  const auto is_named = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const auto& [name, block] : blocks) {
    if (!is_named(name)) {
      values.warn(
          "param-unknown",
          fmt::format("the function has no parameter \"{}\"; its block is lost", excerpt(name)),
          block.line);
    }
  }
  for (const auto& [name, section] : comment.params) {
    if (!is_named(name) && blocks.find(name) == blocks.end() && section.name == '@' + name) {
      values.warn(
          "param-unknown",
          fmt::format("the function has no parameter \"{}\"; its text is lost", excerpt(name)),
          section.line);
    }
  }
  check_room(values.api().params.size(), 16, "parameters", comment.find("param"), values);
}

void read_block_return(const DocComment& comment, const SpecValues& values) {
  const DocSection* section = comment.find("return");
  if (section == nullptr) {
    return;
  }
  std::map<std::string, std::string, std::less<>> fields;
  std::string* current = nullptr;
  for (const DocLine& line : trim_lines(section->lines)) {
    const std::string_view text = trim(line.text);
    const size_t colon = text.find(':');
    if (colon != text.npos && !line.is_indented()) {
      const std::string key(trim(text.substr(0, colon)));
      if (key != "type" && key != "check-type" && key != "desc" && key != "success") {
        values.warn(key.find(' ') == key.npos ? "key-unknown" : "line-cut",
                    fmt::format("\"{}:\" is no key of the return value; lost: {}", excerpt(key),
                                excerpt(text)),
                    line.number);
      }
      current = &fields[key];
      *current = trim(text.substr(colon + 1));
    } else if (current != nullptr && !text.empty()) {
      *current += ' ';
      *current += text;
    } else if (!text.empty()) {
      values.warn(
          "text-lost",
          fmt::format("the return value has keys \"type:\", \"desc:\", …; lost: {}", excerpt(text)),
          line.number);
    }
  }
  const std::string& type = fields["type"];
  const std::string& text = fields["desc"];
  const std::string& success = fields["success"];
  if (type.empty() && text.empty()) {
    if (!fields["check-type"].empty() || !success.empty()) {
      values.warn("item-dropped", "a return value with neither type nor text is dropped",
                  section->line);
    }
    return;
  }
  Return out;
  out.type_name = values.text(canonical(type, kTypeFamily), SpecValues::kDescription,
                              "the type of the return value", section->line);
  out.type = type.empty() ? "void"
                          : values.token(canonical(type, kTypeFamily), kTypeFamily, "return/type",
                                         section->line);
  const std::string& check = fields["check-type"];
  out.check = check.empty() ? "exact"
                            : values.token(canonical(check, kCheckFamily), kCheckFamily,
                                           "return/check", section->line);
  out.description =
      values.prose(text, SpecValues::kDescription, "the text of the return value", section->line);
  note_success(out.check, success, section->line, values);
  if (out.check == "exact") {
    out.success_value = 0;
  } else if (out.check == "range") {
    // Whatever the text says.
    out.success_min = 0;
    out.success_max = success.empty() ? 0 : std::numeric_limits<int64_t>::max();
  }
  values.api().return_ = std::move(out);
}

}  // namespace kapi

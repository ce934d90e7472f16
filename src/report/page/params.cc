// SPDX-License-Identifier: GPL-2.0-only
// What goes in and what comes out: parameters, structures, the return value.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "report/layout.h"
#include "report/page/words.h"
#include "report/text.h"

namespace kapi::page {
namespace {

bool has_word(std::string_view text, std::string_view word) {
  const auto in_word = [&](size_t at) {
    return at < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !in_word(at - 1)) && !in_word(at + word.size())) {
      return true;
    }
  }
  return false;
}

// Whether C text says already what the type's token means.
bool says_type(std::string_view c_type, std::string_view type) {
  const auto any = [&](std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return has_word(c_type, name); });
  };
  const bool is_unsigned =
      any({"unsigned", "size_t", "u8", "u16", "u32", "u64", "__u8", "__u16", "__u32", "__u64"});
  return type == "int"    ? any({"int", "long", "short", "char", "__s32", "__s64"}) && !is_unsigned
         : type == "uint" ? is_unsigned
         : type == "ptr"  ? c_type.find('*') != c_type.npos
         : type == "func_ptr"                                    ? c_type.find("(*") != c_type.npos
         : type == "array"                                       ? c_type.find('[') != c_type.npos
         : type == "void"                                        ? has_word(c_type, "void")
         : type == "user_ptr"                                    ? has_word(c_type, "__user")
         : type == "struct" || type == "union" || type == "enum" ? has_word(c_type, type)
                                                                 : false;
}

std::string type_words(std::string_view type) {
  return type == "int"        ? "integer"
         : type == "uint"     ? "unsigned integer"
         : type == "ptr"      ? "pointer"
         : type == "func_ptr" ? "function pointer"
         : type == "user_ptr" ? "user pointer"
         : type == "fd"       ? "file descriptor"
                              : words(type);
}

std::string gloss_of(const std::string& c_type, const std::string& type,
                     const std::vector<std::string>& flags) {
  std::vector<std::string> parts;
  if (!says_type(c_type, type)) {
    parts.push_back(type_words(type));
  }
  for (const std::string& flag : flags) {
    if (flag == "inout") {
      parts.emplace_back("in and out");
    } else if (!(flag == "const" && has_word(c_type, "const")) &&
               !(flag == "user" && has_word(c_type, "__user"))) {
      parts.push_back(words(flag));
    }
  }
  return joined(parts);
}

// Which parameter holds the count.
std::string count_text(const Api& api, int64_t index) {
  if (index >= 0 && static_cast<uint64_t>(index) < api.params.size()) {
    return "in the parameter " + one_line(api.params[static_cast<size_t>(index)].name);
  }
  return fmt::format("in a parameter that there is not (index {})", index);
}

template <class Value>
bool same(const std::optional<Value>& a, const std::optional<Value>& b) {
  return a && a == b;
}

// "struct open_how"; what only a typedef names has no tag.
std::string type_title(const Struct& record) {
  return record.kind == "typedef"
             ? record.name
             : (record.kind.empty() ? "struct" : record.kind) + " " + record.name;
}

// The members of a structure with what they lie at, as pahole(1) writes them.
std::string layout_code(const Struct& record) {
  std::vector<std::string> declarations;
  std::vector<size_t> lengths;
  for (const Field& field : record.fields) {
    declarations.push_back(
        declaration_text(field.type_name.empty() ? field.type : field.type_name, field.name) +
        (field.bits ? fmt::format(" : {};", *field.bits) : ";"));
    lengths.push_back(declarations.back().size());
  }
  const size_t width = column_width(lengths);
  std::string out = one_line(type_title(record)) + " {\n";
  for (size_t i = 0; i < record.fields.size(); i++) {
    const Field& field = record.fields[i];
    const std::string offset = field.bit_offset
                                   ? fmt::format("{}:{}", field.offset, *field.bit_offset)
                                   : fmt::format("{}", field.offset);
    out += fmt::format("        {:<{}}  /* {:>4} {:>4} */\n", declarations[i], width, offset,
                       field.size ? fmt::format("{}", *field.size) : "?");
  }
  return out + "};\n";
}

}  // namespace

Item param_item(const Api& api, const Param& param) {
  const std::string path = "params/" + param.name + "/constraint";
  Facts facts;
  Item item = {.term = declared(param),
               .name = param.name,
               .gloss = gloss_of(param.type_name, param.type, param.flags),
               .code = true,
               .prose = prose_of({param.description}),
               .facts = {}};
  const Constraint none;
  const Constraint& constraint = param.constraint ? *param.constraint : none;
  if (param.constraint) {
    facts.add("Accepts", accepted_text(constraint, api, path));
  }
  facts.add("Constraint", param.constraint_text);
  if (!same(param.size, constraint.size)) {
    facts.add_bytes("Size", param.size);
  }
  if (!same(param.alignment, constraint.alignment)) {
    facts.add_bytes("Alignment", param.alignment);
  }
  facts.add("Count", param.size_param ? count_text(api, *param.size_param) : "");
  facts.add_bytes("Size of an element", param.size_multiplier);
  facts.add("Path", param.sysfs_path).add("Permissions", param.sysfs_permissions);
  facts.add("Default", param.default_value).add("Units", param.units).add("Step", param.step);
  item.facts = facts.add("Allowed", joined(param.allowed_strings)).take();
  return item;
}

Section return_section(const Api& api) {
  const Return& value = *api.return_;
  Section section{.title = "Return value", .prose = prose_of({value.description})};
  // "KAPI_TYPE_INT" is the token of the type once more.
  std::string token = value.type;
  std::transform(token.begin(), token.end(), token.begin(),
                 [](char c) { return static_cast<char>(std::toupper(c)); });
  const bool twice = value.type_name == "KAPI_TYPE_" + token;
  const std::string c_type = twice ? "" : value.type_name;
  const std::string gloss = says_type(c_type, value.type) ? "" : type_words(value.type);
  Facts facts;
  const bool said_by_check = c_type.empty() && value.type == "fd" && value.check == "fd";
  facts.add("Type", said_by_check                     ? ""
                    : c_type.empty() || gloss.empty() ? c_type + gloss
                                                      : fmt::format("{} ({})", c_type, gloss));
  std::vector<std::string> errors;
  for (const int64_t code : value.error_values) {
    errors.push_back(error_text(api, code));
  }
  const std::string& check = value.check;
  const bool exact = check == "exact" && value.success_value;
  const bool range = check == "range" && (value.success_min || value.success_max);
  const std::string in_range = range_text(value.success_min, value.success_max);
  facts.add("Success", exact                  ? number(*value.success_value)
                       : range                ? in_range == "any" ? "any value" : in_range
                       : check == "fd"        ? "a file descriptor, 0 or more"
                       : check == "custom"    ? "what a check of its own says"
                       : check == "no_return" ? "it does not return"
                                              : "");
  if (check == "error_check") {
    facts.add("Failure", errors.empty() ? "an error number" : "one of " + joined(errors));
  } else {
    facts.add("Errors", joined(errors));
  }
  const bool said = exact || range || check == "fd" || check == "custom" || check == "no_return" ||
                    check == "error_check";
  facts.add("Check", said ? "" : words(check));
  facts.add("Value of success", exact ? std::nullopt : value.success_value);
  facts.add("Least success", range ? std::nullopt : value.success_min);
  section.facts = facts.add("Greatest success", range ? std::nullopt : value.success_max).take();
  return section;
}

Section struct_section(const Api& api, const Struct& record) {
  Section section{.title = type_title(record),
                  .nested = true,
                  .prose = prose_of({record.description}),
                  .code = record.fields.empty() ? "" : layout_code(record)};
  Facts facts;
  facts.add_bytes("Size", record.size);
  facts.add_bytes("Alignment", record.alignment);
  section.facts = facts.add("Used by", joined(record.users)).add("Header", record.header).take();
  for (const Field& field : record.fields) {
    const std::string path =
        fmt::format("structs/{}/fields/{}/constraint", record.name, field.name);
    // The names of an enumeration stand in for its values.
    const bool named = field.constraint && field.constraint->type == "enum" &&
                       field.constraint->values.empty() && !field.enum_values.empty();
    Facts more;
    more.add("Accepts", field.constraint && !named ? accepted_text(*field.constraint, api, path)
                        : named                    ? "one of " + field.enum_values
                                                   : "");
    Item item{.term = field.name,
              .name = field.name,
              .gloss = gloss_of(field.type_name, field.type, field.flags),
              .code = true,
              .prose = prose_of({field.description}),
              .facts = more.add("Values", named ? "" : field.enum_values).take()};
    section.items.push_back(std::move(item));
  }
  return section;
}

}  // namespace kapi::page

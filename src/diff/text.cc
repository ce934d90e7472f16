// SPDX-License-Identifier: GPL-2.0-only
#include "diff/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "kapi/names.h"

namespace kapi {
namespace {

constexpr size_t kLongest = 160;  // bytes of an excerpt
constexpr size_t kLead = 40;      // of which stand before the first difference
constexpr const char* kEllipsis = "…";

bool continues(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

size_t character_start(const std::string& text, size_t at) {
  while (at > 0 && at < text.size() && continues(text[at])) {
    at--;
  }
  return at;
}

std::string cut(const std::string& text, size_t begin) {
  begin = character_start(text, std::min(begin, text.size()));
  const size_t end = character_start(text, std::min(text.size(), begin + kLongest));
  return (begin == 0 ? "" : kEllipsis) + text.substr(begin, end - begin) +
         (end == text.size() ? "" : kEllipsis);
}

std::string bytes(const std::optional<uint64_t>& size) {
  return size ? fmt::format("{} byte{}", *size, *size == 1 ? "" : "s") : std::string();
}

std::string in_parentheses(const std::vector<std::string>& parts) {
  const std::string inner = join(parts, ", ");
  return inner.empty() ? inner : "(" + inner + ")";
}

std::string or_else(const std::string& text, const char* otherwise) {
  return text.empty() ? otherwise : excerpt(text);
}

std::string labelled(const char* label, const std::string& text) {
  return text.empty() ? text : label + text;
}

// A type as it is written, and what it is to the kernel.
std::string type_text_of(const std::string& type_name, const std::string& type,
                         const std::optional<uint64_t>& size) {
  if (type_name.empty()) {
    return join({type, in_parentheses({bytes(size)})}, " ");
  }
  return join({type_name, in_parentheses({type, bytes(size)})}, " ");
}

}  // namespace

std::string join(const std::vector<std::string>& parts, const char* separator) {
  std::string joined;
  for (const auto& part : parts) {
    if (!part.empty()) {
      joined += joined.empty() ? part : separator + part;
    }
  }
  return joined;
}

std::string to_text(uint64_t value) { return fmt::format("{}", value); }
std::string to_text(int64_t value) { return fmt::format("{}", value); }
std::string to_text(bool value) { return value ? "true" : "false"; }
std::string to_text(const Bits& value) { return hex(value.value); }

std::string to_text(const std::vector<std::string>& values) {
  return fmt::format("{}", fmt::join(values, ", "));
}
std::string to_text(const std::vector<int64_t>& values) {
  return fmt::format("{}", fmt::join(values, ", "));
}

std::string to_text(const std::vector<int64_t>& values, Numbers numbers,
                    std::string_view architecture) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const int64_t value : values) {
    const std::string name = numbers == Numbers::errors         ? errno_name(value, architecture)
                             : numbers == Numbers::signals      ? signal_name(value, architecture)
                             : numbers == Numbers::capabilities ? capability_name(value)
                                                                : std::string();
    texts.push_back(name.empty() ? to_text(value) : fmt::format("{} ({})", name, value));
  }
  return join(texts, ", ");
}

// "range 0..4096", "mask 0x7", "enum 0, 1", "alignment 8", "user_string 1..255", "user_ptr, size
// 16": what the type selects first, then any other member that is set.
namespace {

// "name: value" of every member that says something, nested records in braces.
template <class T>
std::string record_text(const T& record) {
  std::string text;
  T::members(record, [&](std::string_view name, const auto& member) {
    std::string value;
    if constexpr (requires { member->members(*member, [](auto&&...) {}); }) {
      value = member ? "(" + record_text(*member) + ")" : "";
    } else if constexpr (requires { to_text(member); }) {
      value = to_text(member);
    } else {
      for (const auto& element : member) {
        value += (value.empty() ? "" : ", ") + ("(" + record_text(element) + ")");
      }
    }
    if (!value.empty()) {
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", name, value);
    }
  });
  return text;
}

}  // namespace

std::string to_text(const Network& network) { return record_text(network); }
std::string to_text(const Accepts& accepts) {
  return accepts.mask             ? "mask " + to_text(*accepts.mask)
         : accepts.values.empty() ? accepts.kind
                                  : "values " + to_text(accepts.values);
}

std::string to_text(const std::vector<AcceptedField>& fields) {
  std::vector<std::string> texts;
  texts.reserve(fields.size());
  for (const auto& field : fields) {
    texts.push_back(field.field + ": " + to_text(field.accepts));
  }
  return join(texts, "; ");
}

std::string to_text(const std::vector<Unresolved>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const auto& value : values) {
    texts.push_back(value.path + " = " + value.expression);
  }
  return join(texts, "; ");
}

std::string to_text(const Constraint& constraint) {
  Constraint rest = constraint;
  std::string text = constraint.type;
  const bool bounded = rest.type == "range" || rest.type == "user_string";
  if (bounded && (rest.min || rest.max)) {
    text += fmt::format(" {}..{}", to_text(rest.min), to_text(rest.max));
    rest.min.reset();
    rest.max.reset();
  } else if (rest.type == "mask" && rest.mask) {
    text += " " + to_text(rest.mask);
    rest.mask.reset();
  } else if (rest.type == "enum") {
    text += labelled(" ", to_text(rest.values));
    rest.values.clear();
  } else if (rest.type == "alignment" && rest.alignment) {
    text += " " + to_text(rest.alignment);
    rest.alignment.reset();
  }
  Constraint::members(rest, [&](std::string_view member, const auto& value) {
    const std::string other = member == "type" ? std::string() : to_text(value);
    if (!other.empty()) {
      text += fmt::format(", {} {}", member, other);
    }
  });
  return text;
}

std::string type_text(const Param& param) {
  return type_text_of(param.type_name, param.type, std::nullopt);
}
std::string type_text(const Field& field) {
  return type_text_of(field.type_name, field.type, std::nullopt);
}
std::string type_text(const Return& value) {
  return type_text_of(value.type_name, value.type, std::nullopt);
}

std::string signature_text(const Syscall& syscall) {
  std::vector<std::string> params;
  for (const Param& param : syscall.params) {
    params.push_back(
        join({param.type_name.empty() ? param.type : param.type_name, param.name}, " "));
  }
  return params.empty() ? "(void)" : "(" + join(params, ", ") + ")";
}

std::string summary(const Api& api) { return or_else(api.kind, "API"); }
std::string summary(const Param& param) {
  return or_else(type_text_of(param.type_name, param.type, param.size), "parameter");
}
std::string summary(const Return& value) {
  return or_else(join({type_text(value), labelled("check ", value.check)}, ", "), "return value");
}
std::string summary(const Error& error) { return fmt::format("{} ({})", error.name, error.code); }
std::string summary(const Lock& lock) {
  return or_else(join({lock.type, lock.scope}, ", "), "lock");
}
std::string summary(const ApiConstraint& constraint) {
  return or_else(constraint.expression.empty() ? constraint.name : constraint.expression,
                 "constraint");
}
std::string summary(const Signal& signal) {
  return or_else(join({to_text(signal.direction), signal.action, signal.target}, ", "), "signal");
}
std::string summary(const SignalMask& mask) { return or_else(to_text(mask.signals), "no signals"); }
std::string summary(const Struct& structure) {
  if (!structure.size && structure.fields.empty()) {
    return "its layout is not known";
  }
  return join({bytes(structure.size), fmt::format("{} field{}", structure.fields.size(),
                                                  structure.fields.size() == 1 ? "" : "s")},
              ", ");
}
std::string summary(const Field& field) {
  if (field.bits) {
    return excerpt(fmt::format("{} ({} bit{}) at offset {} bit {}", type_text(field), *field.bits,
                               *field.bits == 1 ? "" : "s", field.offset,
                               field.bit_offset.value_or(0)));
  }
  return excerpt(join({type_text_of(field.type_name, field.type, field.size),
                       fmt::format("at offset {}", field.offset)},
                      " "));
}
std::string summary(const SideEffect& effect) {
  return or_else(
      join({to_text(effect.types), effect.target, effect.reversible ? "reversible" : ""}, ", "),
      "side effect");
}
std::string summary(const StateTransition& transition) {
  return excerpt(fmt::format("{} -> {}", transition.from, transition.to));
}
std::string summary(const Capability& capability) {
  return excerpt(
      join({fmt::format("{} ({})", capability.name, capability.number), capability.action}, ", "));
}
std::string summary(const Syscall& syscall) { return fmt::format("number {}", syscall.number); }
std::string summary(const Constant& constant) {
  return constant.value ? number_text(*constant.value) : "a value that is not known";
}

std::string number_text(int64_t value) {
  constexpr int64_t kPlain = 10;  // below that decimal and hexadecimal are the same
  constexpr int64_t kNegative = -65536;
  return value < kPlain && value >= kNegative
             ? to_text(value)
             : fmt::format("{} ({:#x})", value, static_cast<uint64_t>(value));
}

std::string excerpt(const std::string& text) { return cut(text, 0); }

std::pair<std::string, std::string> excerpts(const std::string& before, const std::string& after) {
  if (before.size() <= kLongest && after.size() <= kLongest) {
    return {before, after};
  }
  const size_t common = static_cast<size_t>(
      std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first -
      before.begin());
  const size_t begin = common < kLead ? 0 : common - kLead;
  return {cut(before, begin), cut(after, begin)};
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/ioctl_number.h"

#include <algorithm>
#include <string>
#include <vector>

#include "kdoc/header_text.h"

namespace kapi {
namespace {

constexpr std::string_view kOtherLayout[] = {"mips", "ppc", "ppc64"};

// What stands between the outer parentheses, split at the commas in no others.
std::vector<std::string_view> arguments_of(std::string_view text) {
  std::vector<std::string_view> arguments;
  if (!text.starts_with('(') || !text.ends_with(')')) {
    return arguments;
  }
  text = text.substr(1, text.size() - 2);
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); i++) {
    depth += text[i] == '(' || text[i] == '[' ? 1 : text[i] == ')' || text[i] == ']' ? -1 : 0;
    if (depth < 0) {
      return {};
    }
    if (text[i] == ',' && depth == 0) {
      arguments.push_back(trim_blanks(text.substr(start, i - start)));
      start = i + 1;
    }
  }
  arguments.push_back(trim_blanks(text.substr(start)));
  return arguments;
}

// "struct  foo" with one blank.
std::string squeezed(std::string_view text) {
  std::string out;
  for (auto word = take_word(text); !word.empty(); word = take_word(text)) {
    out.append(out.empty() ? "" : " ").append(word);
  }
  return out + std::string(trim_blanks(text));
}

std::optional<uint64_t> size_of(std::string_view type, const Target& target,
                                const Evaluate& evaluate) {
  uint64_t count = 1;
  if (const size_t bracket = type.find('['); bracket != type.npos && type.ends_with(']')) {
    const auto elements = evaluate(type.substr(bracket + 1, type.size() - bracket - 2));
    if (!elements || *elements <= 0) {
      return std::nullopt;
    }
    count = static_cast<uint64_t>(*elements);
    type = trim_blanks(type.substr(0, bracket));
  }
  std::optional<uint64_t> size = target.size_of ? target.size_of(squeezed(type)) : std::nullopt;
  if (!size) {
    const auto basic = evaluate("sizeof(" + std::string(type) + ")");
    size = basic ? std::optional(static_cast<uint64_t>(*basic)) : std::nullopt;
  }
  constexpr uint64_t kMax = 1 << 14;
  return size && *size <= kMax && count <= kMax ? std::optional(*size * count) : std::nullopt;
}

}  // namespace

std::optional<int64_t> ioctl_number(std::string_view body, const Target& target,
                                    const Evaluate& evaluate) {
  struct Command {
    std::string_view name;
    int64_t direction;
    int64_t other_direction;
  };
  constexpr Command kCommands[] = {{"_IO", 0, 1}, {"_IOW", 1, 4}, {"_IOR", 2, 2}, {"_IOWR", 3, 6}};
  body = trim_blanks(body);
  while (body.starts_with('(') && body.ends_with(')')) {
    body = trim_blanks(body.substr(1, body.size() - 2));
  }
  const std::string_view name = take_word(body);
  const auto command = std::find_if(std::begin(kCommands), std::end(kCommands),
                                    [&](const Command& one) { return one.name == name; });
  const auto arguments = arguments_of(trim_blanks(body));
  if (command == std::end(kCommands) || arguments.size() != (command->direction == 0 ? 2U : 3U)) {
    return std::nullopt;
  }
  const bool other = std::find(std::begin(kOtherLayout), std::end(kOtherLayout),
                               target.architecture) != std::end(kOtherLayout);
  const uint64_t max_size = (uint64_t{1} << (other ? 13 : 14)) - 1;
  const auto type = evaluate(arguments[0]);
  const auto number = evaluate(arguments[1]);
  const auto size =
      arguments.size() == 2 ? std::optional<uint64_t>(0) : size_of(arguments[2], target, evaluate);
  if (!type || !number || !size || *type < 0 || *type > 255 || *number < 0 || *number > 255 ||
      *size > max_size) {
    return std::nullopt;
  }
  const int64_t direction = other ? command->other_direction << 29 : command->direction << 30;
  return direction | static_cast<int64_t>(*size) << 16 | *type << 8 | *number;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_evaluator.h"

#include <fmt/format.h>

#include <algorithm>

#include "kdoc/macro_names.h"
#include "kdoc/macro_string.h"

namespace kapi {
namespace {

using Kind = MacroToken::Kind;

constexpr int kMaxDepth = 8;             // of macros within macros' arguments
constexpr size_t kMaxExpression = 4096;  // tokens of one number
constexpr size_t kMaxElements = 4096;    // of a list, as for one in an image

bool opens(const MacroToken& token) { return token.is('(') || token.is('[') || token.is('{'); }
bool closes(const MacroToken& token) { return token.is(')') || token.is(']') || token.is('}'); }

// The index of the bracket that closes the first one; the size if there is none.
size_t closing(MacroTokens tokens) {
  size_t depth = 0;
  for (size_t i = 0; i < tokens.size(); i++) {
    depth += opens(tokens[i]) ? 1 : 0;
    if (closes(tokens[i]) && --depth == 0) {
      return i;
    }
  }
  return tokens.size();
}

// Without brackets around the whole; of an absurd number of them, without some.
MacroTokens stripped(MacroTokens tokens, char open) {
  for (int i = 0; i < kMaxDepth && !tokens.empty() && tokens.front().is(open) &&
                  closing(tokens) == tokens.size() - 1;
       i++) {
    tokens = tokens.subspan(1, tokens.size() - 2);
  }
  return tokens;
}

std::string joined(MacroTokens tokens) {
  std::string text;
  for (const MacroToken& token : tokens) {
    text += token.blank_before && !text.empty() ? " " : "";
    text += token.text;
  }
  return text;
}

}  // namespace

std::vector<MacroTokens> split_at_commas(MacroTokens tokens) {
  std::vector<MacroTokens> parts;
  size_t begin = 0;
  size_t depth = 0;
  for (size_t i = 0; i < tokens.size(); i++) {
    depth += opens(tokens[i]) ? 1 : 0;
    depth -= closes(tokens[i]) && depth != 0 ? 1 : 0;
    if (depth == 0 && tokens[i].is(',')) {
      parts.push_back(tokens.subspan(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(tokens.subspan(begin));
  return parts;
}

std::string MacroEvaluator::source(MacroTokens value) { return joined(value); }

std::optional<std::string> MacroEvaluator::text(MacroTokens value) const {
  std::string text;
  value = stripped(stripped(value, '{'), '(');
  for (size_t i = 0; i < value.size(); i++) {
    const MacroToken& token = value[i];
    if (token.kind == Kind::string) {
      text += unescaped(token.text);
    } else if (token.kind == Kind::stringified) {
      text += with_single_blanks(token.text);
    } else if (token.is_name("__stringify") && i + 1 < value.size() && value[i + 1].is('(')) {
      const size_t size = closing(value.subspan(i + 1));
      if (i + 1 + size == value.size()) {
        return std::nullopt;
      }
      text += joined(value.subspan(i + 2, size - 1));
      i += 1 + size;
    } else if (const auto known = macro_text(token.text); known && token.kind == Kind::name) {
      text += *known;
    } else if (value.size() == 1 && (token.is_name("NULL") || token.text == "0")) {
      return "";
    } else {
      return std::nullopt;
    }
  }
  return text.substr(0, text.find('\0'));
}

std::optional<std::vector<MacroTokens>> MacroEvaluator::list(MacroTokens value) const {
  value = stripped(value, '(');
  if (value.size() == 1 && (value[0].is_name("NULL") || value[0].text == "0")) {
    return std::vector<MacroTokens>();
  }
  if (value.size() == 1 && value[0].kind == Kind::name) {
    const auto array = arrays_.find(value[0].text);
    if (array == arrays_.end()) {
      return std::nullopt;
    }
    auto [tokens, is_new] = array_tokens_.try_emplace(value[0].text);
    if (is_new) {
      MacroLexer lexer(source_, array->second.offset, array->second.line);
      size_t depth = 0;
      do {
        const MacroToken token = lexer.next();
        if (token.kind == Kind::end || token.is(';')) {
          break;
        }
        depth += token.is('{') ? 1 : 0;
        depth -= token.is('}') ? 1 : 0;
        tokens->second.push_back(token);
      } while (depth != 0 && tokens->second.size() < 4 * kMaxElements);
    }
    value = tokens->second;
  } else if (!value.empty() && value[0].is('(')) {
    value = value.subspan(std::min(closing(value) + 1, value.size()));  // the type
  }
  if (value.empty() || !value[0].is('{') || closing(value) != value.size() - 1) {
    return std::nullopt;
  }
  auto elements = split_at_commas(value.subspan(1, value.size() - 2));
  if (elements.back().empty()) {
    elements.pop_back();
  }
  for (MacroTokens& element : elements) {
    const bool designated = !element.empty() && element[0].is('[');
    const auto equals = std::find_if(element.begin(), element.end(),
                                     [](const MacroToken& token) { return token.is('='); });
    if (designated && equals != element.end()) {
      element = element.subspan(static_cast<size_t>(equals - element.begin()) + 1);
    }
  }
  elements.resize(std::min(elements.size(), kMaxElements));
  return elements;
}

// What only this file gives a meaning to.
std::optional<int64_t> MacroEvaluator::own_name(std::string_view name) const {
  if (!own_) {
    own_.emplace();
    own_->add_header(source_);
  }
  return own_->evaluate(name);
}

std::optional<int64_t> MacroEvaluator::number(MacroTokens value, int depth) const {
  if (depth > kMaxDepth || value.size() > kMaxExpression) {
    return std::nullopt;
  }
  // What the framework and this file name stands as a number in the expression to evaluate.
  std::string expression;
  value = stripped(value, '{');
  for (size_t i = 0; i < value.size(); i++) {
    const MacroToken& token = value[i];
    expression += token.blank_before ? " " : "";
    std::optional<int64_t> known;
    if (token.kind == Kind::name) {
      known = macro_number(token.text);
      if (!known && (token.text == "true" || token.text == "false" || token.text == "NULL")) {
        known = token.text == "true" ? 1 : 0;
      }
      if (!known && i + 1 < value.size() && value[i + 1].is('(')) {
        const size_t size = closing(value.subspan(i + 1));
        if (i + 1 + size < value.size()) {
          known = call(token.text, split_at_commas(value.subspan(i + 2, size - 1)), depth + 1);
          i += known ? size + 1 : 0;
        }
      } else if (!known && !constants_.evaluate(token.text)) {
        known = own_name(token.text);
      }
    } else if (token.kind == Kind::string || token.kind == Kind::stringified) {
      return std::nullopt;
    }
    if (known) {
      fmt::format_to(std::back_inserter(expression), "({})", *known);
    } else {
      expression += token.text;
    }
  }
  return constants_.evaluate(expression);
}

std::optional<int64_t> MacroEvaluator::call(std::string_view function,
                                            const std::vector<MacroTokens>& arguments,
                                            int depth) const {
  if (function == "ARRAY_SIZE" && !arguments.empty()) {
    // Split at its commas, a compound literal without brackets around it is several arguments.
    const MacroTokens whole(arguments.front().data(),
                            arguments.back().data() + arguments.back().size());
    const auto elements = list(whole);
    return elements ? std::optional(static_cast<int64_t>(elements->size())) : std::nullopt;
  }
  return ioctl_command(function, arguments, depth);
}

// include/uapi/asm-generic/ioctl.h: direction, size of the argument, type, number.
std::optional<int64_t> MacroEvaluator::ioctl_command(std::string_view function,
                                                     const std::vector<MacroTokens>& arguments,
                                                     int depth) const {
  struct Command {
    std::string_view name;
    int64_t direction;
  };
  constexpr Command kCommands[] = {{"_IO", 0}, {"_IOW", 1}, {"_IOR", 2}, {"_IOWR", 3}};
  constexpr int64_t kMaxSize = (1 << 14) - 1;
  for (const Command& command : kCommands) {
    const bool sized = command.direction != 0;
    if (command.name != function || arguments.size() != (sized ? 3U : 2U)) {
      continue;
    }
    const auto type = number(arguments[0], depth);
    const auto nr = number(arguments[1], depth);
    const auto size = sized ? constants_.evaluate("sizeof(" + joined(arguments[2]) + ")")
                            : std::optional<int64_t>(0);
    if (!type || !nr || !size || *type < 0 || *type > 255 || *nr < 0 || *nr > 255 ||
        *size > kMaxSize) {
      return std::nullopt;
    }
    return command.direction << 30 | *size << 16 | *type << 8 | *nr;
  }
  return std::nullopt;
}

}  // namespace kapi

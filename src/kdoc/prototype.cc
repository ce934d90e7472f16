// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/prototype.h"

#include <algorithm>

#include "kdoc/doc_text.h"

namespace kapi {
namespace {

constexpr size_t kMaxText = 1 << 16;
constexpr size_t kMaxParams = 64;

// The text of the prototype, its lines joined with blanks, without comments and directives.
std::optional<std::string> collect(std::string_view text) {
  std::string out;
  while (!text.empty() && out.size() < kMaxText) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with("/**") && trim(line) == "/**") {
      return std::nullopt;
    }
    line = line.substr(0, line.find("//"));
    const std::string_view first = trim_left(line);
    if (first.starts_with('#')) {
      if (trim_left(first.substr(1)).starts_with("define")) {
        return std::string(first);
      }
      continue;
    }
    const size_t stop = line.find_first_of("{;");
    out += line.substr(0, std::min(line.find('{'), line.size()));
    out += ' ';
    if (stop != line.npos) {
      return out;
    }
  }
  return std::nullopt;
}

std::string without_comments(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t start = text.find("/*");
    out += text.substr(0, start);
    const size_t end = start == text.npos ? text.npos : text.find("*/", start + 2);
    text = end == text.npos ? std::string_view() : text.substr(end + 2);
  }
  return out;
}

// The text between the parenthesis that opens at `open` and the one that closes it, or all.
std::string_view in_parentheses(std::string_view text, size_t open) {
  int depth = 0;
  for (size_t i = open; i < text.size(); i++) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) {
      return text.substr(open + 1, i - open - 1);
    }
  }
  return text.substr(open + 1);
}

std::vector<std::string> arguments_of(std::string_view text) {
  std::vector<std::string> out;
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i <= text.size() && out.size() < 2 * kMaxParams; i++) {
    if (i == text.size() || (text[i] == ',' && depth == 0)) {
      out.emplace_back(trim(text.substr(start, i - start)));
      start = i + 1;
    } else {
      depth += text[i] == '(' || text[i] == '[' ? 1 : text[i] == ')' || text[i] == ']' ? -1 : 0;
    }
  }
  return out;
}

// "void (*done)(int)": done.
std::string pointer_name(std::string_view text) {
  size_t at = text.find('(') + 1;
  while (at < text.size() && (text[at] == '*' || text[at] == ' ')) {
    at++;
  }
  size_t end = at;
  while (end < text.size() && is_word_char(text[end])) {
    end++;
  }
  return std::string(text.substr(at, end - at));
}

std::optional<ProtoParam> parameter(std::string_view argument) {
  // Blanks before "[" go, runs of others become one.
  std::string text = single_spaced(argument);
  for (size_t at = text.find(" ["); at != text.npos; at = text.find(" [")) {
    text.erase(at, 1);
  }
  if (text.empty()) {
    return std::nullopt;
  }
  const size_t open = text.find('(');
  if (open != text.npos && text.find_first_of("([", open + 1) != text.npos) {
    return ProtoParam{pointer_name(text), text};
  }
  if (text.ends_with("...")) {
    return ProtoParam{text.size() > 3 ? text.substr(0, text.size() - 3) : text, text};
  }
  const std::string_view declarator = std::string_view(text).substr(0, text.find_first_of("[:"));
  const size_t start = declarator.find_last_of(" *");
  const std::string_view name =
      start == declarator.npos ? declarator : declarator.substr(start + 1);
  return ProtoParam{std::string(name.substr(0, name.find(')'))), text};
}

void add_parameters(const std::vector<std::string>& arguments, FunctionPrototype& out) {
  for (const std::string& argument : arguments) {
    if (auto param = parameter(argument); param && out.params.size() < kMaxParams) {
      out.params.push_back(std::move(*param));
    }
  }
}

// SYSCALL_DEFINE2(name, type, argument, type, argument): types and names are arguments of their
// own.
FunctionPrototype system_call(std::string_view text, size_t at) {
  const size_t open = text.find('(', at);
  const std::vector<std::string> words =
      arguments_of(open == text.npos ? std::string_view() : in_parentheses(text, open));
  FunctionPrototype out;
  out.name = "sys_" + (words.empty() ? std::string() : words[0]);
  std::vector<std::string> arguments;
  for (size_t i = 1; i < words.size(); i += 2) {
    arguments.push_back(i + 1 < words.size() ? words[i] + ' ' + words[i + 1] : words[i]);
  }
  if (arguments.empty()) {
    arguments.emplace_back("void");
  }
  add_parameters(arguments, out);
  return out;
}

// The first name with a parenthesis behind it that is no attribute.
std::optional<FunctionPrototype> function(std::string_view text) {
  size_t open = text.find('(');
  while (open != text.npos) {
    size_t end = open;
    while (end > 0 && is_space(text[end - 1])) {
      end--;
    }
    size_t start = end;
    while (start > 0 && is_word_char(text[start - 1])) {
      start--;
    }
    const std::string_view name = text.substr(start, end - start);
    const std::string_view inside = in_parentheses(text, open);
    const bool is_attribute = name.starts_with("__attribute") || name == "__printf" ||
                              name == "__alloc_size" || name == "__realloc_size" ||
                              name == "__diagnose_as";
    // "int (*get)(struct foo *)" declares a pointer; it is taken for a function.
    if (name.empty() || is_attribute || trim_left(inside).starts_with('*')) {
      const size_t next = open + inside.size() + 2;
      if (!is_attribute && trim_left(inside).starts_with('*')) {
        const size_t arguments = next < text.size() ? text.find('(', next) : text.npos;
        if (arguments == text.npos) {
          return std::nullopt;
        }
        FunctionPrototype out{pointer_name(text.substr(open)), {}};
        add_parameters(arguments_of(in_parentheses(text, arguments)), out);
        return out;
      }
      open = next < text.size() ? text.find('(', next) : text.npos;
      continue;
    }
    FunctionPrototype out{
        std::string(name.ends_with("_noprof") ? name.substr(0, name.size() - 7) : name), {}};
    add_parameters(arguments_of(inside), out);
    if (out.params.empty()) {
      out.params.push_back({"void", ""});
    }
    return out;
  }
  return std::nullopt;
}

std::optional<FunctionPrototype> macro(std::string_view text) {
  text = trim_left(text.substr(1));
  text = trim_left(text.substr(std::string_view("define").size()));
  size_t end = 0;
  while (end < text.size() && is_word_char(text[end])) {
    end++;
  }
  if (end == 0) {
    return std::nullopt;
  }
  return text.substr(end).starts_with('(')
             ? function(text)
             : FunctionPrototype{std::string(text.substr(0, end)), {}};
}

}  // namespace

std::optional<FunctionPrototype> parse_prototype(std::string_view source) {
  const auto collected = collect(source);
  if (!collected) {
    return std::nullopt;
  }
  const std::string text = without_comments(*collected);
  if (text.starts_with('#')) {
    return macro(text);
  }
  const size_t at = text.find("SYSCALL_DEFINE");
  return at != text.npos ? system_call(text, at) : function(text);
}

}  // namespace kapi

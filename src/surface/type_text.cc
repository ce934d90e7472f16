// SPDX-License-Identifier: GPL-2.0-only
#include "surface/type_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace kapi {
namespace {

constexpr auto kIgnored = std::to_array<std::string_view>(
    {"__user", "__kernel", "__iomem", "__percpu", "__rcu", "__force", "__nocast", "__private",
     "__restrict", "restrict", "register", "__extension__"});
constexpr auto kBaseWords =
    std::to_array<std::string_view>({"void", "char", "short", "int", "long", "signed", "unsigned",
                                     "float", "double", "_Bool", "__int128"});

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Past "((…))", or to the end.
size_t skip_parentheses(std::string_view text, size_t at) {
  int depth = 0;
  for (at = std::min(text.find('(', at), text.size()); at < text.size(); at++) {
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    if (depth == 0) {
      return at + 1;
    }
  }
  return at;
}

// Words and single characters, without what a compiler does not see.
std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  for (size_t at = 0; at < text.size();) {
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      at++;
      continue;
    }
    size_t end = at + 1;
    while (in_word(text[at]) && end < text.size() && in_word(text[end])) {
      end++;
    }
    const std::string_view token = text.substr(at, end - at);
    at = end;
    if (token == "__attribute__") {
      at = skip_parentheses(text, at);
    } else if (!holds(kIgnored, token)) {
      tokens.push_back(token);
    }
  }
  return tokens;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const auto word : words) {
    text += text.empty() ? "" : " ";
    text += word;
  }
  return text;
}

struct Qualifiers {
  bool is_const = false;
  bool is_volatile = false;

  // Whether the word is one.
  bool take(std::string_view word) {
    is_const = is_const || word == "const" || word == "__const";
    is_volatile = is_volatile || word == "volatile";
    return word == "const" || word == "__const" || word == "volatile";
  }
  std::string text() const {
    return is_const ? (is_volatile ? "const volatile" : "const") : is_volatile ? "volatile" : "";
  }
};

std::optional<TypeName> name_in(const std::vector<std::string_view>& words) {
  if (words.size() == 2 && words[0] == "struct") {
    return TypeName{TypeTag::structure, std::string(words[1])};
  }
  if (words.size() == 2 && words[0] == "union") {
    return TypeName{TypeTag::union_, std::string(words[1])};
  }
  if (words.size() == 2 && words[0] == "enum") {
    return TypeName{TypeTag::enumeration, std::string(words[1])};
  }
  if (words.size() == 1 && !holds(kBaseWords, words[0])) {
    return TypeName{TypeTag::typedef_, std::string(words[0])};
  }
  return std::nullopt;
}

}  // namespace

TypeText read_type_text(std::string_view text) {
  const auto tokens = tokens_of(text);
  std::vector<std::string_view> base;
  std::vector<Qualifiers> levels(1);  // of the type itself, then of each pointer
  for (const auto token : tokens) {
    if (token == "*") {
      levels.emplace_back();
    } else if (!in_word(token[0]) || (levels.size() > 1 && !levels.back().take(token))) {
      return {joined(tokens), std::nullopt};
    } else if (levels.size() == 1 && !levels.back().take(token)) {
      base.push_back(token);
    }
  }
  const auto named = name_in(base);
  std::string spelling = named ? joined(base) : canonical_base_name(joined(base));
  if (levels.size() > 1) {
    const std::string qualifiers = levels[0].text();
    spelling = qualifiers + (qualifiers.empty() ? "" : " ") + spelling + " ";
  }
  for (size_t i = 1; i < levels.size(); i++) {
    spelling += "*";
    const std::string qualifiers = levels[i].text();
    if (i + 1 < levels.size() && !qualifiers.empty()) {
      spelling += qualifiers + " ";
    }
  }
  return {std::move(spelling), named};
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/expression_tokens.h"

#include <algorithm>

namespace kapi {
namespace {

constexpr size_t kMaxTokens = 16384;  // of the whole expansion
constexpr size_t kMaxNesting = 128;   // macros within macros

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Expander {
 public:
  explicit Expander(const Lookup& lookup) : lookup_(lookup) {}

  bool expand(std::string_view text) {
    while (true) {
      text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f\v\\"), text.size()));
      if (text.empty()) {
        return true;
      }
      const ExpressionToken token = next(text);
      if (token.text.empty() || ++seen_ > kMaxTokens || !append(token)) {
        return false;
      }
    }
  }
  std::vector<ExpressionToken> take() { return std::move(tokens_); }

 private:
  // Empty if there is none.
  static ExpressionToken next(std::string_view& text) {
    ExpressionToken token;
    size_t length = 1;
    if (is_word(text[0])) {
      token.kind = is_digit(text[0]) ? ExpressionToken::Kind::number : ExpressionToken::Kind::name;
      while (length < text.size() && (is_word(text[length]) || text[length] == '.')) {
        length++;
      }
    } else if (text[0] == '\'') {
      token.kind = ExpressionToken::Kind::character;
      while (length < text.size() && text[length] != '\'') {
        length += text[length] == '\\' ? 2 : 1;
      }
      length = length < text.size() ? length + 1 : 0;
    } else {
      constexpr std::string_view kTwo[] = {"<<", ">>", "<=", ">=", "==", "!=", "&&", "||"};
      constexpr std::string_view kOne = "()|&^~<>+-*/%!?:,";
      const bool two =
          std::find(std::begin(kTwo), std::end(kTwo), text.substr(0, 2)) != std::end(kTwo);
      length = two ? 2 : kOne.find(text[0]) == kOne.npos ? 0 : 1;
    }
    token.text = text.substr(0, length);
    text.remove_prefix(length);
    return token;
  }

  bool append(ExpressionToken token) {
    if (token.kind == ExpressionToken::Kind::name) {
      token.painted = std::find(active_.begin(), active_.end(), token.text) != active_.end();
      const auto meaning = token.painted ? std::nullopt : lookup_(token.text);
      const auto* macro = meaning ? std::get_if<std::string_view>(&*meaning) : nullptr;
      if (macro != nullptr) {
        if (active_.size() == kMaxNesting) {
          return false;
        }
        active_.push_back(token.text);
        const bool done = expand(*macro);
        active_.pop_back();
        return done;
      }
    }
    tokens_.push_back(token);
    return true;
  }

  const Lookup& lookup_;
  std::vector<ExpressionToken> tokens_;
  std::vector<std::string_view> active_;
  size_t seen_ = 0;
};

}  // namespace

std::optional<std::vector<ExpressionToken>> expand_expression(std::string_view text,
                                                              const Lookup& lookup) {
  Expander expander(lookup);
  return expander.expand(text) ? std::optional(expander.take()) : std::nullopt;
}

}  // namespace kapi

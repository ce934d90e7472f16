// SPDX-License-Identifier: GPL-2.0-only
#include "types/graph_lexer.h"

#include <charconv>

#include "kapi/base.h"
#include "types/graph_text.h"
#include "types/layout.h"

namespace kapi {
namespace {

class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_(text) {}

  std::vector<Token> run() {
    while (!rest_.empty()) {
      step();
    }
    push(Token::Kind::line_end, "");
    push(Token::Kind::end, "");
    return std::move(tokens_);
  }

 private:
  [[noreturn]] void fail(std::string reason) const {
    throw InputError(text_place(line_), std::move(reason));
  }

  void push(Token::Kind kind, std::string text) {
    Token token;
    token.kind = kind;
    token.text = std::move(text);
    token.line = line_;
    tokens_.push_back(std::move(token));
  }

  void step() {
    const char c = rest_.front();
    if (c == '\n') {
      push(Token::Kind::line_end, "");
      line_++;
      rest_.remove_prefix(1);
    } else if (c == ' ' || c == '\t' || c == '\r') {
      rest_.remove_prefix(1);
    } else if (c == '#') {
      rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    } else if (is_word_start(c)) {
      size_t length = 1;
      while (length < rest_.size() && is_word(rest_[length])) {
        length++;
      }
      push(Token::Kind::word, std::string(rest_.substr(0, length)));
      rest_.remove_prefix(length);
      ordinal();
    } else if (c == '"') {
      quoted();
      ordinal();
    } else if ((c >= '0' && c <= '9') ||
               (c == '-' && rest_.size() > 1 && rest_[1] >= '0' && rest_[1] <= '9')) {
      push(Token::Kind::number, "");
      tokens_.back().number = number();
    } else if (rest_.starts_with("...")) {
      push(Token::Kind::mark, "...");
      rest_.remove_prefix(3);
    } else if (std::string_view("{}()[]*,:@-").find(c) != std::string_view::npos) {
      push(Token::Kind::mark, std::string(1, c));
      rest_.remove_prefix(1);
    } else {
      fail("unexpected character '" + printable(to_utf8(rest_.substr(0, 1))) + "'");
    }
  }

  int64_t number() {
    const bool negative = rest_.front() == '-';
    rest_.remove_prefix(negative ? 1 : 0);
    const int base = rest_.starts_with("0x") ? 16 : 10;
    rest_.remove_prefix(base == 16 ? 2 : 0);
    uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), value, base);
    const auto length = static_cast<size_t>(end - rest_.data());
    if (error != std::errc() || (length < rest_.size() && is_word(rest_[length]))) {
      fail("not a number of 64 bits");
    }
    rest_.remove_prefix(length);
    return static_cast<int64_t>(negative ? 0 - value : value);
  }

  void ordinal() {
    if (rest_.size() > 1 && rest_[0] == '#' && rest_[1] >= '0' && rest_[1] <= '9') {
      rest_.remove_prefix(1);
      tokens_.back().ordinal = static_cast<uint64_t>(number());
    }
  }

  void quoted() {
    std::string text;
    rest_.remove_prefix(1);
    for (;;) {
      if (rest_.empty() || rest_.front() == '\n') {
        fail("a quoted name without an end");
      }
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') {
        break;
      }
      text += c == '\\' ? escaped() : c;
    }
    push(Token::Kind::quoted, std::move(text));
  }

  char escaped() {
    if (rest_.starts_with("\"") || rest_.starts_with("\\")) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      return c;
    }
    uint8_t value = 0;
    if (rest_.size() >= 3 && rest_.front() == 'x') {
      const auto [end, error] = std::from_chars(rest_.data() + 1, rest_.data() + 3, value, 16);
      if (error == std::errc() && end == rest_.data() + 3) {
        rest_.remove_prefix(3);
        return static_cast<char>(value);
      }
    }
    fail("an escape is \\\", \\\\ or \\xNN");
  }

  std::string_view rest_;
  size_t line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> lex_graph(std::string_view text) { return Lexer(text).run(); }

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_lexer.h"

namespace kapi {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// `$` begins a parameter in the table of macros.
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

// "#  if  0 " begins with the words "if" and "0".
bool starts_with_words(std::string_view directive, std::string_view first,
                       std::string_view second) {
  const auto word = [&directive] {
    size_t begin = directive.find_first_not_of("# \t");
    begin = begin == directive.npos ? directive.size() : begin;
    const size_t end = std::min(directive.find_first_of(" \t", begin), directive.size());
    const std::string_view found = directive.substr(begin, end - begin);
    directive.remove_prefix(end);
    return found;
  };
  return word() == first && (second.empty() || word() == second);
}

}  // namespace

MacroToken MacroLexer::next() {
  MacroToken token = read();
  if (token.kind == MacroToken::Kind::directive && starts_with_words(token.text, "if", "0")) {
    skip_disabled();
  }
  return token;
}

void MacroLexer::skip_disabled() {
  for (size_t depth = 1; depth != 0;) {
    const MacroToken token = read();
    if (token.kind == MacroToken::Kind::end) {
      return;
    }
    if (token.kind != MacroToken::Kind::directive) {
      continue;
    }
    const std::string_view text = token.text;
    if (starts_with_words(text, "if", "") || starts_with_words(text, "ifdef", "") ||
        starts_with_words(text, "ifndef", "")) {
      depth++;
    } else if (starts_with_words(text, "endif", "") ||
               (depth == 1 &&
                (starts_with_words(text, "else", "") || starts_with_words(text, "elif", "")))) {
      depth--;
    }
  }
}

void MacroLexer::skip_comment() {
  at_ += 2;
  while (at_ < text_.size() && !(text_[at_] == '*' && peek(1) == '/')) {
    line_ += text_[at_] == '\n' ? 1 : 0;
    at_++;
  }
  at_ = std::min(at_ + 2, text_.size());
}

// Whether there were any.
bool MacroLexer::skip_blanks() {
  const size_t begin = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      line_++;
      line_start_ = true;
      at_++;
    } else if (is_blank(c)) {
      at_++;
    } else if (c == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
      line_++;
      at_ += peek(1) == '\n' ? 2 : 3;
    } else if (c == '/' && peek(1) == '*') {
      skip_comment();
    } else if (c == '/' && peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      break;
    }
  }
  return at_ != begin;
}

MacroToken MacroLexer::directive() {
  MacroToken token;
  token.kind = MacroToken::Kind::directive;
  token.line = line_;
  const size_t begin = at_;
  size_t end = text_.npos;  // before a comment
  while (at_ < text_.size() && text_[at_] != '\n') {
    if (text_[at_] == '/' && (peek(1) == '*' || peek(1) == '/')) {
      end = std::min(end, at_);
      if (peek(1) == '*') {
        skip_comment();
        continue;
      }
    } else if (text_[at_] == '\\' && peek(1) == '\n') {
      line_++;
      at_++;
    }
    at_++;
  }
  token.text = text_.substr(begin, std::min(end, at_) - begin);
  return token;
}

void MacroLexer::literal(char quote, MacroToken& token) {
  token.is_cut = true;
  at_++;
  while (at_ < text_.size() && text_[at_] != '\n') {
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
      line_ += peek(1) == '\n' ? 1 : 0;
      at_ += 2;
      continue;
    }
    if (text_[at_++] == quote) {
      token.is_cut = false;
      return;
    }
  }
}

MacroToken MacroLexer::read() {
  MacroToken token;
  token.blank_before = skip_blanks();
  token.line = line_;
  token_offset_ = at_;
  if (at_ >= text_.size()) {
    return token;
  }
  const char c = text_[at_];
  if (c == '#' && line_start_) {
    return directive();
  }
  line_start_ = false;
  if (is_name_start(c)) {
    token.kind = MacroToken::Kind::name;
    while (is_name_part(peek())) {
      at_++;
    }
  } else if (is_digit(c)) {
    token.kind = MacroToken::Kind::number;
    while (is_name_part(peek()) || peek() == '.') {
      at_++;
    }
  } else if (c == '"' || c == '\'') {
    token.kind = c == '"' ? MacroToken::Kind::string : MacroToken::Kind::character;
    literal(c, token);
  } else {
    token.kind = MacroToken::Kind::punctuator;
    at_++;
  }
  token.text = text_.substr(token_offset_, at_ - token_offset_);
  return token;
}

std::vector<MacroToken> lex_macro_text(std::string_view text) {
  std::vector<MacroToken> tokens;
  MacroLexer lexer(text);
  for (MacroToken token = lexer.next(); token.kind != MacroToken::Kind::end; token = lexer.next()) {
    tokens.push_back(token);
  }
  return tokens;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// The tokens of a C source text, as they come.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

struct MacroToken {
  enum class Kind : unsigned char {
    end,
    name,
    number,
    string,       // with its quotes
    character,    // with its quotes
    stringified,  // the source of a macro's argument, to be taken as text
    directive,    // "#ifdef CONFIG_NET"
    punctuator,   // one character
  };
  Kind kind = Kind::end;
  bool blank_before = false;
  bool is_cut = false;  // a literal without its closing quote
  size_t line = 0;      // from 1
  std::string_view text;

  bool is(char c) const { return kind == Kind::punctuator && text.front() == c; }
  bool is_name(std::string_view name) const { return kind == Kind::name && text == name; }
};

// Comments and what stands in `#if 0` are blanks. Views lead into `text`, which must outlive them.
class MacroLexer {
 public:
  explicit MacroLexer(std::string_view text, size_t offset = 0, size_t line = 1)
      : text_(text), at_(offset), line_(line) {}

  MacroToken next();
  // Where the last token begins.
  size_t token_offset() const { return token_offset_; }

 private:
  MacroToken read();
  bool skip_blanks();
  void skip_comment();
  void skip_disabled();
  MacroToken directive();
  void literal(char quote, MacroToken& token);
  char peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  std::string_view text_;
  size_t at_;
  size_t line_;
  size_t token_offset_ = 0;
  bool line_start_ = true;
};

// Tokens of a snippet, all at one line.
std::vector<MacroToken> lex_macro_text(std::string_view text);

}  // namespace kapi

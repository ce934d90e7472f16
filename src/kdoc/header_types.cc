// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/header_types.h"

#include <algorithm>
#include <string>

#include "kdoc/header_text.h"

namespace kapi {
namespace {

bool is_tag_word(std::string_view word) {
  return word == "struct" || word == "union" || word == "enum";
}

// Attributes may stand between the keyword and the tag, and between the body and the name.
bool is_attribute(std::string_view word) {
  return word.starts_with("__attribute") || word == "__packed" || word == "__aligned";
}

class Scanner {
 public:
  std::vector<HeaderType> scan(std::string_view text) {
    bool line_start = true;
    while (!text.empty()) {
      if (line_start && trim_blanks(text.substr(0, text.find('\n'))).starts_with('#')) {
        text.remove_prefix(std::min(text.find('\n'), text.size()));
      } else if (is_word(text[0])) {
        word(take_word(text));
        line_start = false;
        continue;
      } else {
        line_start = text[0] == '\n';
        punctuator(text[0]);
        text.remove_prefix(1);
      }
    }
    return std::move(types_);
  }

 private:
  void word(std::string_view word) {
    if (depth_ == 0 && word == "typedef") {
      typedef_ = true;
    } else if (depth_ == 0 && word == "extern") {
      linkage_ = true;
    } else if (is_tag_word(word)) {
      tag_ = word;
      name_ = {};
    } else if (!is_attribute(word) && parentheses_ == 0) {
      if (after_body_ && depth_ == 0) {
        types_.push_back({"typedef", std::string(word)});
        after_body_ = false;
      }
      name_ = word;
    }
  }

  void punctuator(char c) {
    if (c == '(' || c == ')') {
      parentheses_ = c == '(' ? parentheses_ + 1 : parentheses_ - std::min<size_t>(parentheses_, 1);
    } else if (c == '{') {
      if (!tag_.empty() && !name_.empty()) {
        types_.push_back({std::string(tag_), std::string(name_)});
      }
      untagged_ = depth_ == 0 ? !tag_.empty() && name_.empty() : untagged_;
      tag_ = {};
      depth_ += linkage_ ? 0 : 1;
      linkage_ = false;
    } else if (c == '}') {
      depth_ -= std::min<size_t>(depth_, 1);
      after_body_ = depth_ == 0 && typedef_ && untagged_;
    } else if (c == ';' || c == '*' || c == ',' || c == '=') {
      tag_ = {};
      linkage_ = false;
      after_body_ = after_body_ && c == ',';
      typedef_ = typedef_ && (c != ';' || depth_ != 0);
    }
  }

  std::vector<HeaderType> types_;
  std::string_view
      tag_;  // the keyword that was read last, if its declaration may still have a body
  std::string_view name_;  // the word after it
  size_t depth_ = 0;       // of braces
  size_t parentheses_ = 0;
  bool linkage_ = false;  // after `extern`, whose braces (extern "C") nest nothing
  bool typedef_ = false;
  bool untagged_ = false;    // the outermost body is of a type without a tag
  bool after_body_ = false;  // the next word is what a typedef calls it
};

}  // namespace

std::vector<HeaderType> scan_types(std::string_view text) { return Scanner().scan(text); }

}  // namespace kapi

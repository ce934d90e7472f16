// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/header_types.h"

#include <algorithm>
#include <optional>
#include <set>
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
  // A pair of braces that is open.
  struct Body {
    HeaderType type;
    std::set<std::string> words;
    bool is_type = false;
  };

  void word(std::string_view word) {
    if (!bodies_.empty()) {
      bodies_.back().words.emplace(word);
    }
    open_member_ = {};
    if (parentheses_ != 0) {
      last_in_parentheses_ = word;
    } else if (bodies_.empty() && word == "typedef") {
      typedef_ = true;
    } else if (bodies_.empty() && word == "extern") {
      linkage_ = true;
    } else if (is_tag_word(word)) {
      tag_ = word;
      name_ = {};
    } else if (!is_attribute(word) && brackets_ == 0) {
      if (untagged_ && bodies_.empty()) {
        untagged_->name = word;
        types_.push_back(*untagged_);
        untagged_.reset();
      }
      name_ = word;
    } else if (is_attribute(word)) {
      after_attribute_ = true;
    }
  }

  void punctuator(char c) {
    switch (c) {
      case '(':
        if (parentheses_ == 0 && !after_attribute_ && !name_.empty() && !bodies_.empty()) {
          macro_ = name_;
          name_ = {};
        }
        parentheses_++;
        break;
      case ')':
        parentheses_ -= std::min<size_t>(parentheses_, 1);
        if (parentheses_ == 0) {
          close_parentheses();
        }
        break;
      case '[':
        open_member_ = name_;
        member();
        brackets_++;
        break;
      case ']':
        if (!open_member_.empty() && !bodies_.empty()) {
          bodies_.back().type.open_members.emplace(open_member_);
        }
        open_member_ = {};
        brackets_ -= std::min<size_t>(brackets_, 1);
        break;
      case '{':
        open();
        break;
      case '}':
        close();
        break;
      case ';':
      case ',':
      case ':':
      case '=':
        separator(c);
        break;
      default:
        break;
    }
  }

  // A macro that declares a member by its last argument, an attribute, or what nobody knows.
  void close_parentheses() {
    if (macro_.ends_with("DECLARE_FLEX_ARRAY")) {
      name_ = last_in_parentheses_;
      if (!bodies_.empty()) {
        bodies_.back().type.open_members.emplace(name_);
      }
    } else if (!macro_.empty() && !bodies_.empty()) {
      bodies_.back().type.complete = false;
    }
    macro_ = {};
    after_attribute_ = false;
  }

  void member() {
    if (!name_.empty() && name_[0] > '9' && parentheses_ == 0 && !bodies_.empty()) {
      bodies_.back().type.members.emplace(name_);
    }
    name_ = {};
  }

  void open() {
    Body body;
    body.is_type = !tag_.empty();
    body.type.is_enumeration = tag_ == "enum";
    body.type.tag = name_.empty() ? "typedef" : std::string(tag_);
    body.type.name = name_;
    if (!linkage_) {
      bodies_.push_back(std::move(body));
    }
    linkage_ = false;
    tag_ = {};
    name_ = {};
  }

  void close() {
    name_ = {};
    if (bodies_.empty()) {
      return;
    }
    Body body = std::move(bodies_.back());
    bodies_.pop_back();
    const bool named = !body.type.name.empty();
    if (!bodies_.empty()) {
      Body& outer = bodies_.back();
      outer.words.insert(body.words.begin(), body.words.end());
      if (!named && body.is_type && !body.type.is_enumeration) {
        outer.type.members.insert(body.type.members.begin(), body.type.members.end());
        outer.type.open_members.insert(body.type.open_members.begin(),
                                       body.type.open_members.end());
        outer.type.complete = outer.type.complete && body.type.complete;
      }
    }
    if (body.type.is_enumeration) {
      body.type.members.clear();
      body.type.open_members.clear();
      body.type.complete = true;
    } else if (!body.type.complete) {
      body.type.members = std::move(body.words);
    }
    if (body.is_type && named) {
      types_.push_back(std::move(body.type));
    } else if (body.is_type && bodies_.empty() && typedef_) {
      untagged_ = std::move(body.type);
    }
  }

  void separator(char c) {
    member();
    tag_ = {};
    linkage_ = false;
    after_attribute_ = false;
    if (c == ';') {
      untagged_.reset();
      typedef_ = typedef_ && !bodies_.empty();
    }
  }

  std::vector<HeaderType> types_;
  std::vector<Body> bodies_;
  std::optional<HeaderType> untagged_;  // of a typedef, whose name follows
  std::string_view tag_;                // the keyword of a declaration that may have a body
  std::string_view name_;               // the last word that may be a name
  std::string_view macro_;              // that the open parentheses belong to
  std::string_view last_in_parentheses_;
  std::string_view open_member_;  // before a bracket that has nothing in it so far
  size_t parentheses_ = 0;
  size_t brackets_ = 0;
  bool after_attribute_ = false;
  bool linkage_ = false;  // after `extern`, whose braces (extern "C") nest nothing
  bool typedef_ = false;
};

}  // namespace

std::vector<HeaderType> scan_types(std::string_view text) { return Scanner().scan(text); }

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/header_macros.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "kdoc/header_text.h"

namespace kapi {
namespace {

constexpr size_t kMaxBody = 4096;

class Scanner {
 public:
  std::map<std::string, HeaderMacro, std::less<>> scan(std::string_view text) {
    while (!text.empty()) {
      const size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = trim_blanks(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.starts_with('#')) {
        directive(line.substr(1));
      } else if (!dropped()) {
        code(line);
      }
    }
    return std::move(macros_);
  }

 private:
  struct Condition {
    std::string_view unless;  // the name of an #ifndef
    bool dropped = false;     // #if 0
  };

  bool dropped() const {
    return std::any_of(conditions_.begin(), conditions_.end(),
                       [](const Condition& condition) { return condition.dropped; });
  }

  void directive(std::string_view line) {
    const std::string_view word = take_word(line);
    if (word == "if" || word == "ifdef" || word == "ifndef") {
      std::string_view rest = line;
      conditions_.push_back({word == "ifndef" ? take_word(rest) : std::string_view(),
                             word == "if" && trim_blanks(line) == "0"});
      next_is_known_ = false;
    } else if (word == "else" || word == "elif") {
      if (!conditions_.empty()) {
        conditions_.back() = {};
      }
      next_is_known_ = false;
    } else if (word == "endif") {
      if (!conditions_.empty()) {
        conditions_.pop_back();
      }
    } else if (word == "define" && !dropped()) {
      const std::string_view name = take_word(line);
      const std::string_view body = trim_blanks(line);
      // "NAME(x)" is a macro with arguments, and one that stands for itself announces an
      // enumerator.
      if (!name.empty() && !line.starts_with('(') && !body.empty() && body != name) {
        add(name, {std::string(body), false, "", false});
      }
    }
  }

  void add(std::string_view name, HeaderMacro macro) {
    if (macro.body.size() > kMaxBody) {
      return;
    }
    macro.is_default =
        std::any_of(conditions_.begin(), conditions_.end(),
                    [&](const Condition& condition) { return condition.unless == name; });
    const auto [at, is_new] = macros_.try_emplace(std::string(name), macro);
    HeaderMacro& known = at->second;
    if (!is_new && known.body != macro.body) {
      if (known.is_default && !macro.is_default) {
        known = std::move(macro);
      } else if (known.is_default == macro.is_default) {
        known.body.clear();
      }
    }
  }

  // Follows the text outside of directives for "enum … { NAME = value, … }".
  void code(std::string_view line) {
    while (!line.empty()) {
      if (state_ == State::outside) {
        const std::string_view word = is_word(line[0]) ? take_word(line) : std::string_view();
        if (word.empty()) {
          line.remove_prefix(1);
        } else if (word == "enum") {
          state_ = State::head;
          depth_ = 0;
          tag_.clear();
        }
      } else if (state_ == State::head) {
        if (is_word(line[0])) {
          const std::string_view word = take_word(line);
          if (tag_.empty() && depth_ == 0 && !word.starts_with("__attribute")) {
            tag_ = word;
          }
          continue;
        }
        if (line[0] == '{') {
          state_ = State::body;
          base_ = "0";
          offset_ = 0;
          depth_ = 0;
          next_is_known_ = true;
        } else if (line[0] == '(' || line[0] == ')') {  // of an attribute, or of a prototype
          depth_ += line[0] == '(' ? 1 : -1;
        } else if (line[0] == ';' || line[0] == ',' || line[0] == '}') {
          state_ = State::outside;
        }
        if (depth_ < 0) {
          state_ = State::outside;
        }
        line.remove_prefix(1);
      } else {
        body(line);
      }
    }
    if (state_ == State::body) {
      item_ += ' ';
    }
  }

  void body(std::string_view& line) {
    const char c = line[0];
    depth_ += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == '}' || (c == ',' && depth_ <= 0)) {
      enumerator();
      depth_ = 0;
      state_ = c == '}' ? State::outside : State::body;
    } else if (item_.size() <= kMaxBody) {
      item_ += c;
    }
    line.remove_prefix(1);
  }

  void enumerator() {
    std::string_view item = item_;
    const std::string_view name = take_word(item);
    const size_t at = item.find('=');
    if (trim_blanks(item).starts_with('(')) {  // a macro that makes enumerators, nobody knows which
      next_is_known_ = false;
      item_.clear();
      return;
    }
    if (at != item.npos) {
      base_ = trim_blanks(item.substr(at + 1));
      offset_ = 0;
      next_is_known_ = true;
    }
    if (!name.empty()) {
      // After a condition the count has more than one state; the next value written ends that.
      if (next_is_known_) {
        add(name,
            {offset_ == 0 ? fmt::format("({})", base_) : fmt::format("(({}) + {})", base_, offset_),
             true, tag_, false});
      }
      offset_++;
    }
    item_.clear();
  }

  enum class State { outside, head, body };
  State state_ = State::outside;
  std::vector<Condition> conditions_;
  std::map<std::string, HeaderMacro, std::less<>> macros_;
  std::string tag_;
  std::string item_;
  std::string base_;
  uint64_t offset_ = 0;
  int depth_ = 0;
  bool next_is_known_ = true;
};

}  // namespace

std::map<std::string, HeaderMacro, std::less<>> scan_macros(std::string_view text) {
  return Scanner().scan(text);
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "policy/nesting.h"

#include <algorithm>

namespace kapi {
namespace {

constexpr int kMaxBrackets = 16;
constexpr int kMaxDotsInLine = 16;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  size_t first_deep_line() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        string(c);
        continue;
      }
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      }
      at_++;
      if (c == '\n') {
        line_++;
        dots_ = 0;
      } else if (c == '.') {
        dots_++;
      } else if (c == '[' || c == '{') {
        brackets_++;
      } else if (c == ']' || c == '}') {
        brackets_ = std::max(0, brackets_ - 1);
      }
      if (dots_ > kMaxDotsInLine || brackets_ > kMaxBrackets) {
        return line_;
      }
    }
    return 0;
  }

 private:
  // To behind its end. One that is not ended ends with its line, or with the text.
  void string(char quote) {
    const bool is_long = text_.substr(at_, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        if (!is_long) {
          return;
        }
        line_++;
      } else if (c == '\\' && quote == '"') {
        at_++;
        line_ += at_ < text_.size() && text_[at_] == '\n' ? 1 : 0;
      } else if (c == quote && (!is_long || (text_.substr(at_ + 1, 1) == text_.substr(at_, 1) &&
                                             text_.substr(at_ + 2, 1) == text_.substr(at_, 1)))) {
        at_ += is_long ? 3 : 1;
        return;
      }
      at_++;
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
  int dots_ = 0;
  int brackets_ = 0;
};

}  // namespace

size_t first_deep_line(std::string_view toml) { return Scanner(toml).first_deep_line(); }

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "kdoc/macro_initializer.h"

namespace kapi {
namespace {

using Kind = MacroToken::Kind;

MacroTokens argument(const std::vector<MacroTokens>& arguments, size_t number) {
  return number >= 1 && number <= arguments.size() ? arguments[number - 1] : MacroTokens();
}

// The source from the first token to the last, which stand in one text.
MacroToken stringified(MacroTokens tokens, size_t line) {
  MacroToken token;
  token.kind = Kind::stringified;
  token.line = line;
  token.blank_before = true;
  if (!tokens.empty()) {
    const char* begin = tokens.front().text.data();
    const MacroToken& last = tokens.back();
    token.text = {begin, static_cast<size_t>(last.text.data() + last.text.size() - begin)};
  }
  return token;
}

// As many as an array of the framework holds.
std::string_view count_text(size_t count) {
  constexpr std::string_view kDigits =
      "00010203040506070809101112131415161718192021222324252627282930313233";
  const std::string_view text = kDigits.substr(2 * std::min<size_t>(count, 33), 2);
  return text.front() == '0' ? text.substr(1) : text;
}

class Expander {
 public:
  Expander(MacroReport& report, std::vector<MacroToken>& out) : report_(report), out_(out) {}

  void body(MacroTokens body, const std::vector<MacroTokens>& arguments, size_t line);
  void items(MacroTokens tokens);

 private:
  size_t call(MacroTokens rest, const MacroDefinition& macro);
  size_t arguments_end(MacroTokens rest) const;

  MacroReport& report_;
  std::vector<MacroToken>& out_;
};

void Expander::body(MacroTokens body, const std::vector<MacroTokens>& arguments, size_t line) {
  for (MacroToken token : body) {
    token.line = line;
    if (token.kind != Kind::name || !token.text.starts_with('$')) {
      out_.push_back(token);
    } else if (token.text == "$all") {
      for (const MacroTokens& each : arguments) {
        out_.insert(out_.end(), each.begin(), each.end());
        out_.push_back({Kind::punctuator, false, false, line, ","});
      }
    } else if (token.text == "$count") {
      out_.push_back({Kind::number, true, false, line, count_text(arguments.size())});
    } else {
      const auto value = argument(arguments, static_cast<size_t>(token.text.back() - '0'));
      if (token.text.starts_with("$s")) {
        out_.push_back(stringified(value, line));
      } else {
        out_.insert(out_.end(), value.begin(), value.end());
      }
    }
  }
}

// The index of the parenthesis that closes the one at 1. No item stands among arguments: where one
// does, the parenthesis is missing.
size_t Expander::arguments_end(MacroTokens rest) const {
  size_t depth = 0;
  for (size_t i = 1; i < rest.size(); i++) {
    depth += rest[i].is('(') ? 1 : 0;
    if (rest[i].is(')') && --depth == 0) {
      return i;
    }
    if (rest[i].kind == Kind::name && find_macro(rest[i].text) != nullptr) {
      return i;
    }
  }
  return rest.size();
}

// How many tokens the macro at the front takes.
size_t Expander::call(MacroTokens rest, const MacroDefinition& macro) {
  const size_t line = rest.front().line;
  const bool has_arguments = rest.size() > 1 && rest[1].is('(');
  if (macro.row->arguments == 0 || !has_arguments) {
    if (macro.row->arguments != 0) {
      report_.add(Level::error, "macro-arguments",
                  fmt::format("{} has no arguments; it was not read", macro.row->name), line);
      return 1;
    }
    body(macro.body, {}, line);
    return 1;
  }
  const size_t end = arguments_end(rest);
  const bool closed = end < rest.size() && rest[end].is(')');
  if (!closed) {
    report_.add(Level::error, "unbalanced-brackets",
                fmt::format("the arguments of {} have no end", macro.row->name), line);
  }
  const auto arguments = split_at_commas(rest.subspan(2, end - 2));
  if (arguments.size() < macro.row->arguments) {
    report_.add(Level::error, "macro-arguments",
                fmt::format("{} has {} arguments and needs {}", macro.row->name, arguments.size(),
                            macro.row->arguments),
                line);
  }
  body(macro.body, arguments, line);
  return end + (closed ? 1 : 0);
}

void Expander::items(MacroTokens tokens) {
  for (size_t i = 0; i < tokens.size();) {
    const MacroToken& token = tokens[i];
    const auto* macro = token.kind == Kind::name ? find_macro(token.text) : nullptr;
    if (macro != nullptr) {
      i += call(tokens.subspan(i), *macro);
    } else {
      out_.push_back(token);
      i++;
    }
  }
}

}  // namespace

std::vector<MacroToken> expand_macros(const MacroBlock& block, MacroReport& report) {
  std::vector<MacroToken> out;
  Expander expander(report, out);
  if (block.opener == nullptr) {
    expander.items(block.items);
    return out;
  }
  const auto arguments = split_at_commas(block.arguments);
  const MacroRow& macro = block.opener->macro;
  if (arguments.size() < macro.arguments) {
    report.add(Level::error, "macro-arguments",
               fmt::format("{} has {} arguments and needs {}", macro.name, arguments.size(),
                           macro.arguments),
               block.line);
  }
  if (block.opener->holds_items) {
    std::vector<MacroToken> raw;
    Expander(report, raw).body(lex_macro_text(macro.body), arguments, block.line);
    expander.items(raw);
    return out;
  }
  expander.body(lex_macro_text(macro.body), arguments, block.line);
  expander.items(block.items);
  return out;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace kapi {
namespace {

using Kind = MacroToken::Kind;

// The longest shipped spec has about 3,000.
constexpr size_t kMaxTokens = size_t{1} << 20;
constexpr size_t kMaxReports = 20;

const MacroStruct* declared_struct(std::string_view name) {
  for (const MacroStruct* record : {&kSpecStruct, &kIoctlStruct, &kHandlerStruct}) {
    if (record->name == name) {
      return record;
    }
  }
  return nullptr;
}

class Scanner {
 public:
  Scanner(std::string_view text, const TextNotes& notes, MacroArrays& arrays,
          const std::function<void(const MacroBlock&)>& found)
      : lexer_(text), notes_(notes), arrays_(arrays), found_(found) {}

  void run();

 private:
  MacroToken next();
  void unread(const MacroToken& token) { unread_ = token; }
  void declaration();
  void array(std::string_view name);
  void opened(const MacroToken& name, const MacroOpener& opener);
  bool read_arguments(MacroBlock& block);
  void read_items(MacroBlock& block, bool in_braces);
  void keep(MacroBlock& block, std::vector<MacroToken>& tokens, const MacroToken& token);
  MacroLexer lexer_;
  const TextNotes& notes_;
  MacroArrays& arrays_;
  const std::function<void(const MacroBlock&)>& found_;
  std::optional<MacroToken> unread_;
  bool is_conditional_ = false;  // the block at hand
  bool is_too_long_ = false;
  size_t cut_ = 0;  // literals without an end, in the whole file
};

MacroToken Scanner::next() {
  if (unread_) {
    const MacroToken token = *unread_;
    unread_.reset();
    return token;
  }
  return lexer_.next();
}

void Scanner::run() {
  std::string_view last_name;
  for (MacroToken token = next(); token.kind != Kind::end; token = next()) {
    if (token.kind == Kind::name) {
      last_name = token.text;
      if (token.text == "struct") {
        declaration();
        last_name = {};
      } else if (const MacroOpener* opener = find_macro_opener(token.text)) {
        opened(token, *opener);
      }
    } else if (token.is('[') && !last_name.empty()) {
      array(last_name);
    } else {
      last_name = {};
    }
  }
}

// Behind "struct": a spec without a macro, "kapi_ioctl_spec name attributes = {".
void Scanner::declaration() {
  const MacroToken type = next();
  const MacroStruct* record = type.kind == Kind::name ? declared_struct(type.text) : nullptr;
  const MacroToken name = record != nullptr ? next() : type;
  if (record == nullptr || name.kind != Kind::name) {
    unread(name);
    return;
  }
  for (MacroToken token = next(); token.kind != Kind::end; token = next()) {
    if (token.is('=')) {
      break;
    }
    const bool attribute = token.kind == Kind::name || token.kind == Kind::string ||
                           token.kind == Kind::number || token.is('(') || token.is(')');
    if (!attribute) {
      unread(token);  // a declaration, or an array of pointers to specs
      return;
    }
  }
  const MacroToken brace = next();
  if (!brace.is('{')) {
    unread(brace);
    return;
  }
  MacroBlock block;
  block.record = record;
  block.variable = name.text;
  block.line = name.line;
  read_items(block, true);
  const bool names_members =
      std::any_of(block.items.begin(), block.items.end(), [](const MacroToken& token) {
        return token.is('.') || (token.kind == Kind::name && find_macro(token.text) != nullptr);
      });
  if (names_members) {  // not just cleared, to be filled at run time
    found_(block);
  }
}

// Behind "name [": an array of values, if "] = {" follows.
void Scanner::array(std::string_view name) {
  MacroToken token = next();
  while (token.kind == Kind::name || token.kind == Kind::number || token.is('+')) {
    token = next();
  }
  if (token.is(']')) {
    token = next();
    while (token.kind == Kind::name) {  // __initconst
      token = next();
    }
    if (token.is('=')) {
      token = next();
      if (token.is('{')) {
        arrays_[name] = {lexer_.token_offset(), token.line};
        return;
      }
    }
  }
  unread(token);
}

void Scanner::opened(const MacroToken& name, const MacroOpener& opener) {
  MacroBlock block;
  block.opener = &opener;
  block.record = opener.record;
  block.line = name.line;
  const MacroToken paren = next();
  if (!paren.is('(')) {
    unread(paren);
    return;
  }
  if (!read_arguments(block) || block.arguments.empty()) {
    notes_.add(Level::error, "unterminated-spec", std::string(name.text),
               fmt::format("the arguments of {} have no end; the spec was not read", name.text),
               name.line);
    return;
  }
  block.variable = block.arguments.front().text;
  if (opener.holds_items) {
    found_(block);
    return;
  }
  read_items(block, false);
  found_(block);
}

void Scanner::keep(MacroBlock& block, std::vector<MacroToken>& tokens, const MacroToken& token) {
  if (token.kind == Kind::directive) {
    is_conditional_ = is_conditional_ || token.text.find("if") != token.text.npos;
    return;
  }
  if (token.is_cut && ++cut_ <= kMaxReports) {
    block.problems.push_back(
        {Level::error, "unterminated-string", "a string does not end in its line", token.line});
  }
  is_too_long_ = tokens.size() >= kMaxTokens;
  if (!is_too_long_) {
    tokens.push_back(token);
  }
}

// Whether they had an end. No spec begins among them.
bool Scanner::read_arguments(MacroBlock& block) {
  size_t depth = 0;
  for (MacroToken token = next(); token.kind != Kind::end; token = next()) {
    if (token.is(')') && depth-- == 0) {
      return true;
    }
    const bool lost =
        token.is(';') || (token.kind == Kind::name && (find_macro_opener(token.text) != nullptr ||
                                                       is_macro_terminator(token.text)));
    if (lost) {
      unread(token);
      return false;
    }
    depth += token.is('(') ? 1 : 0;
    keep(block, block.arguments, token);
  }
  return false;
}

// Up to the terminator or, of a declared variable, to its closing brace. A semicolon stands in no
// initialiser: it ends a spec whose end is missing.
void Scanner::read_items(MacroBlock& block, bool in_braces) {
  is_conditional_ = false;
  is_too_long_ = false;
  size_t depth = 0;
  bool has_end = false;
  size_t line = block.line;
  for (MacroToken token = next(); !has_end; token = next()) {
    line = token.line;
    if (token.kind == Kind::name && is_macro_terminator(token.text)) {
      has_end = true;
      break;
    }
    if (token.kind == Kind::end || token.is(';') ||
        (token.kind == Kind::name && find_macro_opener(token.text) != nullptr)) {
      unread(token);
      break;
    }
    if (in_braces && token.is('}') && depth-- == 0) {
      has_end = true;
      break;
    }
    depth += in_braces && token.is('{') ? 1 : 0;
    keep(block, block.items, token);
  }
  if (!has_end) {
    block.problems.push_back(
        {Level::error, "unterminated-spec",
         "the end of the spec is missing; what stands before this place was read", line});
  }
  if (is_conditional_) {
    block.problems.push_back(
        {Level::warning, "conditional-text",
         "the spec depends on preprocessor conditions; all branches were read, and the last one "
         "holds",
         block.line});
  }
  if (is_too_long_) {
    block.problems.push_back(
        {Level::error, "spec-too-long",
         fmt::format("only the first {} tokens of the spec were read", kMaxTokens), block.line});
  }
}

}  // namespace

void scan_macro_specs(std::string_view text, const TextNotes& notes, MacroArrays& arrays,
                      const std::function<void(const MacroBlock&)>& found) {
  Scanner(text, notes, arrays, found).run();
}

}  // namespace kapi

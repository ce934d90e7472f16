// SPDX-License-Identifier: GPL-2.0-only
// The parser of the text form that graph_text.cc describes. Declarations may stand in any order: a
// first pass gives every declared name its node, a second one fills the nodes, and then records
// that leave their layout open are laid out.
#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>

#include "kapi/types.h"
#include "types/base_names.h"
#include "types/builtin_types.h"
#include "types/graph_lexer.h"
#include "types/graph_text.h"
#include "types/layout.h"

namespace kapi {
namespace {

// Stars, arrays, braces within one type.
constexpr int kMaxDepth = 200;

bool is_declarator(std::string_view word) {
  return word == "base" || word == "struct" || word == "union" || word == "enum" ||
         word == "typedef";
}

TypeTag tag_of(std::string_view word) {
  return word == "struct"  ? TypeTag::structure
         : word == "union" ? TypeTag::union_
         : word == "enum"  ? TypeTag::enumeration
                           : TypeTag::base;  // typedefs share its name space
}

class Parser {
 public:
  Parser(std::string_view text, const Abi* abi)
      : abi_(abi), tokens_(lex_graph(text)), pointer_size_(abi ? abi->pointer_size : 8) {}

  TypeGraph run() {
    declare();
    position_ = 0;
    for (skip_lines(); peek().kind != Token::Kind::end; skip_lines()) {
      declaration();
      end_line();
    }
    lay_out_records(graph_, abi_ != nullptr ? *abi_ : Abi{}, open_);
    return std::move(graph_);
  }

 private:
  using Key = std::tuple<TypeTag, std::string, uint64_t>;
  struct Name {
    std::string text;
    uint64_t ordinal = 1;
  };

  // ---- tokens

  const Token& peek() const { return tokens_[position_]; }
  const Token& next() {
    const Token& token = tokens_[position_];
    position_ += position_ + 1 < tokens_.size() ? 1 : 0;
    return token;
  }
  [[noreturn]] void fail(std::string reason) const {
    throw InputError(text_place(peek().line), std::move(reason));
  }
  static std::string shown(const Token& token) {
    switch (token.kind) {
      case Token::Kind::line_end:
        return "the end of the line";
      case Token::Kind::end:
        return "the end";
      case Token::Kind::number:
        return fmt::format("{}", token.number);
      case Token::Kind::word:
      case Token::Kind::quoted:
      case Token::Kind::mark:
        return "'" + printable(to_utf8(token.text)) + "'";
    }
    return "";
  }
  bool at_mark(std::string_view mark) const {
    return peek().kind == Token::Kind::mark && peek().text == mark;
  }
  bool at_word(std::string_view word) const {
    return peek().kind == Token::Kind::word && peek().text == word;
  }
  bool accept_mark(std::string_view mark) { return at_mark(mark) && (next(), true); }
  bool accept_word(std::string_view word) { return at_word(word) && (next(), true); }
  void expect_mark(std::string_view mark) {
    if (!accept_mark(mark)) {
      fail(fmt::format("expected '{}', found {}", mark, shown(peek())));
    }
  }
  void expect_word(std::string_view word) {
    if (!accept_word(word)) {
      fail(fmt::format("expected '{}', found {}", word, shown(peek())));
    }
  }
  int64_t number() {
    if (peek().kind != Token::Kind::number) {
      fail("expected a number, found " + shown(peek()));
    }
    return next().number;
  }
  uint64_t quantity() { return static_cast<uint64_t>(number()); }
  void end_line() {
    if (peek().kind != Token::Kind::line_end) {
      fail("expected the end of the line, found " + shown(peek()));
    }
    next();
  }
  void skip_lines() {
    while (peek().kind == Token::Kind::line_end) {
      next();
    }
  }

  Name one_name() {
    if (peek().kind != Token::Kind::word && peek().kind != Token::Kind::quoted) {
      fail("expected a name, found " + shown(peek()));
    }
    const Token& token = next();
    return {token.text, token.ordinal == 0 ? 1 : token.ordinal};
  }

  // "unsigned long"
  Name words() {
    const bool plain = peek().kind == Token::Kind::word;
    Name name = one_name();
    while (plain && tokens_[position_ - 1].ordinal == 0 && peek().kind == Token::Kind::word &&
           !is_reserved(peek().text)) {
      const Name more = one_name();
      name = {name.text + " " + more.text, more.ordinal};
    }
    return name;
  }

  // ---- declared names

  void declare() {
    int braces = 0;
    bool line_start = true;
    while (peek().kind != Token::Kind::end) {
      if (line_start && braces == 0 && peek().kind == Token::Kind::word &&
          is_declarator(peek().text)) {
        const std::string word = next().text;
        line_start = false;
        const Name name = word == "typedef" ? one_name() : words();
        const auto [it, added] = ids_.try_emplace(Key{tag_of(word), name.text, name.ordinal}, 0);
        if (added) {
          it->second = graph_.add(empty_node(word, name.text));
        }
        continue;
      }
      braces += at_mark("{") ? 1 : at_mark("}") ? -1 : 0;
      line_start = peek().kind == Token::Kind::line_end;
      next();
    }
  }

  TypeNode empty_node(std::string_view word, const std::string& name) const {
    if (word == "struct" || word == "union") {
      return RecordType{name, word == "union", false, 0, {}};
    }
    if (word == "enum") {
      return EnumType{name, 0, false, false, {}};
    }
    if (word == "typedef") {
      return TypedefType{name, 0};
    }
    return IntegerType{name, 0, false, false, false};
  }

  void define(TypeId id) {
    if (!defined_.insert(id).second) {
      fail(graph_.spelling(id) + " is defined twice");
    }
  }

  // ---- declarations

  void declaration() {
    if (accept_word("pointer")) {
      expect_word("size");
      pointer_size_ = quantity();
      return;
    }
    if (peek().kind != Token::Kind::word || !is_declarator(peek().text)) {
      fail("expected a declaration, found " + shown(peek()));
    }
    const std::string word = next().text;
    const Name name = word == "typedef" ? one_name() : words();
    const TypeId id = ids_.at(Key{tag_of(word), name.text, name.ordinal});
    if (word == "base") {
      define(id);
      base(id, name.text);
    } else if (word == "typedef") {
      define(id);
      graph_.complete(id, TypedefType{name.text, type(0)});
    } else if (peek().kind != Token::Kind::line_end) {
      define(id);
      if (word == "enum") {
        graph_.complete(id, enum_body(name.text));
      } else {
        record_body(id, name.text, word == "union", 0);
      }
    }
  }

  void base(TypeId id, const std::string& name) {
    expect_word("size");
    IntegerType integer{name, quantity(), false, false, false};
    for (;;) {
      if (accept_word("signed")) {
        integer.is_signed = true;
      } else if (accept_word("char")) {
        integer.is_char = true;
      } else if (accept_word("bool")) {
        integer.is_bool = true;
      } else if (accept_word("float")) {
        graph_.complete(id, FloatType{name, integer.size});
        return;
      } else {
        graph_.complete(id, std::move(integer));
        return;
      }
    }
  }

  EnumType enum_body(const std::string& name) {
    EnumType enumeration{name, 4, false, true, {}};
    if (abi_ == nullptr || at_word("size")) {
      expect_word("size");
      enumeration.size = quantity();
    }
    enumeration.is_signed = accept_word("signed");
    expect_mark("{");
    for (skip_lines(); !accept_mark("}"); skip_lines()) {
      const Name enumerator = one_name();
      enumeration.enumerators.push_back({enumerator.text, number()});
      end_line();
    }
    return enumeration;
  }

  void record_body(TypeId id, const std::string& name, bool is_union, int depth) {
    RecordType record{name, is_union, true, 0, {}};
    OpenRecord open;
    open.line = peek().line;
    if (accept_word("size")) {
      record.size = quantity();
      open.sized = true;
    }
    open.packed = accept_word("packed");
    if (abi_ == nullptr && !open.sized) {
      fail(graph_.spelling(id) + " needs a size: no ABI is given to lay it out");
    }
    expect_mark("{");
    for (skip_lines(); !accept_mark("}"); skip_lines()) {
      record.members.push_back(member(open, depth));
      end_line();
    }
    graph_.complete(id, std::move(record));
    if (abi_ != nullptr) {
      open_[id] = std::move(open);
    }
  }

  Member member(OpenRecord& open, int depth) {
    Member member;
    if (!accept_mark("-")) {
      member.name = one_name().text;
    }
    const bool placed = accept_mark("@");
    open.placed.push_back(placed);
    if (placed) {
      const uint64_t byte = quantity();
      const uint64_t bit = accept_mark(":") ? quantity() : 0;
      if (byte > UINT64_MAX / 8 || bit > 7) {
        fail("no such bit");
      }
      member.bit_offset = byte * 8 + bit;
    } else if (abi_ == nullptr) {
      fail("a member needs its offset: no ABI is given to lay it out");
    }
    if (accept_word("bits")) {
      member.bit_size = quantity();
    }
    member.type = type(depth);
    return member;
  }

  // ---- types

  TypeId type(int depth) {
    if (depth > kMaxDepth) {
      fail("a type nested too deeply");
    }
    if (accept_mark("*")) {
      const uint64_t size = accept_mark(":") ? quantity() : pointer_size_;
      return graph_.intern(PointerType{type(depth + 1), size});
    }
    if (accept_mark("[")) {
      const uint64_t count = at_mark("]") ? 0 : quantity();
      expect_mark("]");
      return graph_.intern(ArrayType{type(depth + 1), count});
    }
    if (peek().kind != Token::Kind::word) {
      return ordinary();
    }
    if (accept_word("void")) {
      return 0;
    }
    if (accept_word("func")) {
      return function(depth);
    }
    if (const auto qualifier = qualifier_of(peek().text)) {
      next();
      return graph_.intern(QualifiedType{*qualifier, type(depth + 1)});
    }
    if (at_word("struct") || at_word("union") || at_word("enum")) {
      return tagged(depth);
    }
    return ordinary();
  }

  TypeId function(int depth) {
    FunctionType function;
    expect_mark("(");
    while (!accept_mark(")")) {
      if (accept_mark("...")) {
        function.variadic = true;
        expect_mark(")");
        break;
      }
      function.parameters.push_back(type(depth + 1));
      if (!at_mark(")")) {
        expect_mark(",");
      }
    }
    function.result = type(depth + 1);
    return graph_.intern(std::move(function));
  }

  TypeId tagged(int depth) {
    const std::string word = next().text;
    if (at_mark("{") || at_word("size") || at_word("packed")) {
      if (word == "enum") {
        return graph_.add(enum_body(""));
      }
      const TypeId id = graph_.add(empty_node(word, ""));
      record_body(id, "", word == "union", depth + 1);
      return id;
    }
    const Name name = words();
    const auto [it, added] = ids_.try_emplace(Key{tag_of(word), name.text, name.ordinal}, 0);
    if (added) {
      it->second = graph_.add(empty_node(word, name.text));
    }
    return it->second;
  }

  TypeId ordinary() {
    const Name name = words();
    const Key key{TypeTag::base, name.text, name.ordinal};
    if (const auto it = ids_.find(key); it != ids_.end()) {
      return it->second;
    }
    if (abi_ != nullptr && name.ordinal == 1) {
      if (const auto id = builtin_type(graph_, name.text, *abi_)) {
        return ids_[key] = *id;
      }
    }
    fail("no type is called '" + printable(to_utf8(name.text)) + "'");
  }

  const Abi* abi_;
  std::vector<Token> tokens_;
  size_t position_ = 0;
  uint64_t pointer_size_;
  TypeGraph graph_;
  std::map<Key, TypeId> ids_;
  std::set<TypeId> defined_;
  std::map<TypeId, OpenRecord> open_;
};

}  // namespace

TypeGraph TypeGraph::parse(std::string_view text) { return Parser(text, nullptr).run(); }

TypeGraph TypeGraph::parse(std::string_view text, const Abi& abi) {
  return Parser(text, &abi).run();
}

}  // namespace kapi

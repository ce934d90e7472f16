// SPDX-License-Identifier: GPL-2.0-only
// Arithmetic is done on unsigned 64-bit words and narrowed to the C type of the operands after each
// step, so nothing here can overflow; what C leaves undefined has no value.
#include "kdoc/expression.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "kdoc/c_integer.h"

namespace kapi {
namespace {

constexpr size_t kMaxText = 1 << 16;
constexpr int kMaxDepth = 256;  // parentheses and operators before operands

int precedence_of(std::string_view op) {
  constexpr std::string_view kLevels[] = {"|| ",   "&& ",       "| ",    "^ ",  "& ",
                                          "== !=", "< > <= >=", "<< >>", "+ -", "* / %"};
  int level = 1;
  for (std::string_view operators : kLevels) {
    while (!operators.empty()) {
      const size_t end = std::min(operators.find(' '), operators.size());
      if (operators.substr(0, end) == op) {
        return level;
      }
      operators.remove_prefix(std::min(end + 1, operators.size()));
    }
    level++;
  }
  return 0;
}

class Evaluator {
 public:
  Evaluator(std::vector<ExpressionToken> tokens, const Lookup& lookup)
      : tokens_(std::move(tokens)), lookup_(lookup) {}

  std::optional<CInteger> whole() {
    const auto value = conditional(0);
    return at_ == tokens_.size() ? value : std::nullopt;
  }

 private:
  using Value = std::optional<CInteger>;
  using Kind = ExpressionToken::Kind;

  std::string_view peek(size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead].text : std::string_view();
  }
  bool accept(std::string_view text) {
    const bool is = peek() == text;
    at_ += is ? 1 : 0;
    return is;
  }

  Value conditional(int depth) {
    const Value condition = binary(1, depth);
    if (!condition || !accept("?")) {
      return condition;
    }
    const Value yes = depth < kMaxDepth ? conditional(depth + 1) : std::nullopt;
    if (!yes || !accept(":")) {
      return std::nullopt;
    }
    const Value no = conditional(depth + 1);
    if (!no) {
      return std::nullopt;
    }
    const ExpressionType type = common_type(yes->type(), no->type());
    return (condition->bits() != 0 ? yes : no)->as(type);
  }

  Value binary(int lowest, int depth) {
    Value left = unary(depth);
    while (left) {
      const std::string_view op = peek();
      const int level = precedence_of(op);
      if (level < lowest || level == 0) {
        break;
      }
      at_++;
      const Value right = depth < kMaxDepth ? binary(level + 1, depth + 1) : std::nullopt;
      left = right ? apply(op, *left, *right) : std::nullopt;
    }
    return left;
  }

  Value unary(int depth) {
    if (depth >= kMaxDepth) {
      return std::nullopt;
    }
    for (const std::string_view op : {"+", "-", "~", "!"}) {
      if (accept(op)) {
        const Value operand = unary(depth + 1);
        return operand ? std::optional(apply(op, *operand)) : std::nullopt;
      }
    }
    if (accept("sizeof")) {
      const auto type = accept("(") ? type_name() : std::nullopt;
      return type && accept(")") ? std::optional(CInteger(type->width / 8U, kUnsignedLong))
                                 : std::nullopt;
    }
    if (!accept("(")) {
      return primary(depth);
    }
    const size_t start = at_;
    if (const auto type = type_name(); type && !type->is_pointer && accept(")")) {
      const Value operand = unary(depth + 1);
      return operand ? std::optional(operand->as(*type).promoted()) : std::nullopt;
    }
    at_ = start;
    const Value inner = conditional(depth + 1);
    return accept(")") ? inner : std::nullopt;
  }

  std::optional<ExpressionType> type_name() {
    std::vector<std::string_view> words;
    while (at_ < tokens_.size() && (tokens_[at_].kind == Kind::name || peek() == "*")) {
      words.push_back(tokens_[at_++].text);
    }
    return c_type(words);
  }

  Value primary(int depth) {
    if (at_ == tokens_.size()) {
      return std::nullopt;
    }
    const ExpressionToken token = tokens_[at_++];
    switch (token.kind) {
      case Kind::number:
        return parse_number(token.text);
      case Kind::character:
        return parse_character(token.text);
      case Kind::name:
        return peek() == "(" ? call(token.text, depth) : named(token);
      case Kind::punctuator:
        break;
    }
    return std::nullopt;
  }

  Value named(const ExpressionToken& token) const {
    const auto meaning = lookup_(token.text);
    const auto* number = meaning ? std::get_if<int64_t>(&*meaning) : nullptr;
    return number != nullptr ? std::optional(CInteger::enumerator(*number)) : std::nullopt;
  }

  // The macros with arguments that headers wrap constants in.
  Value call(std::string_view name, int depth) {
    std::vector<CInteger> arguments;
    accept("(");
    do {
      if (const size_t at = at_; type_suffix(name) && arguments.size() == 1) {
        at_ = at + 1;  // the suffix of _AC(1, UL)
        break;
      }
      const Value argument = conditional(depth + 1);
      if (!argument) {
        return std::nullopt;
      }
      arguments.push_back(*argument);
    } while (accept(","));
    return accept(")") ? known_call(name, arguments) : std::nullopt;
  }

  static bool type_suffix(std::string_view name) { return name == "_AC" || name == "__AC"; }

  static Value known_call(std::string_view name, const std::vector<CInteger>& arguments) {
    const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (arguments.size() == 1 && is_one_of({"BIT", "BIT_ULL", "_BITUL", "_BITULL"})) {
      return apply("<<", CInteger(1, kUnsignedLong), arguments[0]);
    }
    if (arguments.size() == 1 && is_one_of({"_AC", "__AC", "UL", "ULL", "_UL", "_ULL"})) {
      return arguments[0].as(kUnsignedLong);
    }
    if (arguments.size() == 2 && is_one_of({"GENMASK", "GENMASK_ULL"})) {
      const uint64_t high = arguments[0].bits();
      const uint64_t low = arguments[1].bits();
      if (high > 63 || low > high) {
        return std::nullopt;
      }
      return CInteger((~uint64_t{0} >> (63 - high)) & (~uint64_t{0} << low), kUnsignedLong);
    }
    return std::nullopt;
  }

  static CInteger apply(std::string_view op, const CInteger& operand) {
    const uint64_t bits = operand.bits();
    if (op == "!") {
      return CInteger(bits == 0 ? 1 : 0, kInt);
    }
    return CInteger(op == "-" ? uint64_t{0} - bits : op == "~" ? ~bits : bits, operand.type());
  }

  static Value apply(std::string_view op, const CInteger& left, const CInteger& right) {
    if (op == "<<" || op == ">>") {
      return shift(op == "<<", left, right);
    }
    if (op == "&&" || op == "||") {
      const bool a = left.bits() != 0;
      const bool b = right.bits() != 0;
      return CInteger((op == "&&" ? a && b : a || b) ? 1 : 0, kInt);
    }
    const ExpressionType type = common_type(left.type(), right.type());
    const CInteger x = left.as(type);
    const CInteger y = right.as(type);
    const uint64_t a = x.bits();
    const uint64_t b = y.bits();
    switch (op[0]) {
      case '+':
        return CInteger(a + b, type);
      case '-':
        return CInteger(a - b, type);
      case '*':
        return CInteger(a * b, type);
      case '|':
        return CInteger(a | b, type);
      case '&':
        return CInteger(a & b, type);
      case '^':
        return CInteger(a ^ b, type);
      case '/':
      case '%':
        return divide(op == "/", x, y);
      default:
        return CInteger(compare(op, x, y) ? 1 : 0, kInt);
    }
  }

  static Value shift(bool to_left, const CInteger& left, const CInteger& right) {
    const uint64_t count = right.bits();
    if (count >= left.type().width) {
      return std::nullopt;
    }
    if (to_left) {
      return CInteger(left.bits() << count, left.type());
    }
    return CInteger(left.type().is_signed ? static_cast<uint64_t>(left.number() >> count)
                                          : left.bits() >> count,
                    left.type());
  }

  static Value divide(bool quotient, const CInteger& x, const CInteger& y) {
    if (y.bits() == 0) {
      return std::nullopt;
    }
    if (!x.type().is_signed) {
      return CInteger(quotient ? x.bits() / y.bits() : x.bits() % y.bits(), x.type());
    }
    if (y.number() == -1) {  // the one that overflows
      return quotient ? CInteger(uint64_t{0} - x.bits(), x.type()) : CInteger(0, x.type());
    }
    return CInteger(
        static_cast<uint64_t>(quotient ? x.number() / y.number() : x.number() % y.number()),
        x.type());
  }

  static bool compare(std::string_view op, const CInteger& x, const CInteger& y) {
    const bool less = x.type().is_signed ? x.number() < y.number() : x.bits() < y.bits();
    const bool equal = x.bits() == y.bits();
    if (op == "==" || op == "!=") {
      return equal == (op == "==");
    }
    const bool below = op[0] == '<';
    return (below ? less : !less && !equal) || (op.size() == 2 && equal);
  }

  std::vector<ExpressionToken> tokens_;
  const Lookup& lookup_;
  size_t at_ = 0;
};

}  // namespace

std::optional<int64_t> evaluate_expression(std::string_view text, const Lookup& lookup) {
  auto tokens = text.size() <= kMaxText ? expand_expression(text, lookup) : std::nullopt;
  if (!tokens) {
    return std::nullopt;
  }
  const auto value = Evaluator(std::move(*tokens), lookup).whole();
  return value ? std::optional(value->number()) : std::nullopt;
}

}  // namespace kapi

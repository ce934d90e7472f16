// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_initializer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace kapi {
namespace {

using Kind = MacroToken::Kind;

constexpr size_t kMaxProblems = 50;
constexpr size_t kMaxIndex = 64;  // tokens

// Something that can be given a value. Without a member it is the spec itself.
struct Slot {
  MacroValue* value = nullptr;
  const MacroMember* member = nullptr;
  const MacroStruct* record = nullptr;  // if members are to be named next
  bool is_array = false;                // if elements are
};

Slot member_slot(MacroValue& value, const MacroMember& member) {
  return {&value, &member, member.is_array() ? nullptr : member.record, member.is_array()};
}

class Parser {
 public:
  Parser(MacroTokens tokens, const MacroEvaluator& evaluator, MacroReport& report)
      : tokens_(tokens), evaluator_(evaluator), report_(report) {}

  void run(const Slot& root);

 private:
  // An open brace.
  struct Frame {
    Slot slot;
    uint64_t next = 0;        // element or member, for a value without a designator
    bool designated = false;  // has had one
  };

  bool at_end() const { return at_ >= tokens_.size(); }
  const MacroToken& token(size_t ahead = 0) const {
    static const MacroToken kEnd;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kEnd;
  }
  size_t line() const { return token().line; }

  void item();
  void designated();
  std::optional<Slot> designator();
  std::optional<Slot> member_step(const Slot& from, bool is_first);
  std::optional<Slot> element_step(const Slot& from, bool is_first);
  std::optional<Slot> element(const Slot& array, uint64_t index, size_t where);
  void skip_designator();
  void positional();
  void unknown();
  void assign(const Slot& slot);
  MacroTokens expression();
  bool is_missing_comma() const;
  void skip_value();
  void skip_parentheses();
  void stray(Level level, std::string message) {
    report_.add(level, "unbalanced-brackets", std::move(message), line());
  }

  MacroTokens tokens_;
  size_t at_ = 0;
  const MacroEvaluator& evaluator_;
  MacroReport& report_;
  std::vector<Frame> stack_;
};

void Parser::run(const Slot& root) {
  stack_.push_back({root});
  while (!at_end()) {
    item();
  }
}

void Parser::item() {
  if (token().is(',')) {
    at_++;
  } else if (token().is('}')) {
    if (stack_.size() > 1) {
      stack_.pop_back();
    } else {
      stray(Level::warning, "a brace or an end closes nothing");
    }
    at_++;
  } else if (token().is('.') || (token().is('[') && stack_.back().slot.is_array)) {
    designated();
  } else {
    positional();
  }
}

void Parser::designated() {
  const auto slot = designator();
  stack_.back().designated = true;
  if (slot) {
    assign(*slot);
  } else {
    skip_value();
  }
}

// ".return_spec.type =" or "[3] =". Nothing, after a diagnostic, if it leads nowhere.
std::optional<Slot> Parser::designator() {
  std::optional<Slot> slot = stack_.back().slot;
  for (bool is_first = true; slot; is_first = false) {
    if (token().is('.') && token(1).kind == Kind::name) {
      slot = member_step(*slot, is_first);
    } else if (token().is('[')) {
      slot = element_step(*slot, is_first);
    } else if (token().is('=') && !is_first) {
      at_++;
      return slot;
    } else {
      report_.add(Level::error, "unreadable-item", "a member is named and given no value", line());
      at_ += is_first ? 1 : 0;
      return std::nullopt;
    }
  }
  skip_designator();
  return slot;
}

// To the value of what cannot be given one.
void Parser::skip_designator() {
  while (!at_end() && !token().is('=') && !token().is(',') && !token().is('}')) {
    at_++;
  }
  at_ += token().is('=') ? 1 : 0;
}

std::optional<Slot> Parser::member_step(const Slot& from, bool is_first) {
  const std::string_view name = token(1).text;
  const MacroMember* member = from.record != nullptr ? from.record->find(name) : nullptr;
  Slot holder = from;
  for (size_t depth = stack_.size() - 1; is_first && member == nullptr && depth > 0; depth--) {
    const Slot& outer = stack_[depth - 1].slot;
    member = outer.record != nullptr ? outer.record->find(name) : nullptr;
    if (member != nullptr) {
      stray(Level::warning, fmt::format("the end of {} is missing before .{}",
                                        stack_[depth].slot.member->name, name));
      stack_.resize(depth);
      holder = outer;
    }
  }
  if (member == nullptr) {
    report_.add(
        Level::error, "unknown-member",
        fmt::format("{} has no member {}; it was not read",
                    from.record != nullptr ? from.record->name : "what is initialised here", name),
        line());
    return std::nullopt;
  }
  at_ += 2;
  auto& value = holder.value->members[member->name];
  if (!value) {
    value = std::make_unique<MacroValue>();
  }
  return member_slot(*value, *member);
}

std::optional<Slot> Parser::element_step(const Slot& from, bool is_first) {
  const size_t where = line();
  size_t end = at_;
  const size_t limit = std::min(tokens_.size(), at_ + kMaxIndex);
  while (end < limit && !tokens_[end].is(']') && !tokens_[end].is('=')) {
    end++;
  }
  const MacroTokens index = tokens_.subspan(at_ + 1, end - at_ - 1);
  const auto number = evaluator_.number(index);
  at_ = end + (end < tokens_.size() && tokens_[end].is(']') ? 1 : 0);
  if (!number || *number < 0) {
    report_.add(Level::error, "index-unresolved",
                fmt::format("the index [{}] is no number that is known; what stands there was not "
                            "read",
                            MacroEvaluator::source(index)),
                where);
    return std::nullopt;
  }
  if (is_first) {
    stack_.back().next = static_cast<uint64_t>(*number) + 1;
  }
  return element(from, static_cast<uint64_t>(*number), where);
}

std::optional<Slot> Parser::element(const Slot& array, uint64_t index, size_t where) {
  if (!array.is_array || index >= array.member->capacity) {
    report_.add(Level::error, "index-out-of-range",
                array.is_array
                    ? fmt::format("{} has room for {} elements, and [{}] is set; it was not read",
                                  array.member->name, array.member->capacity, index)
                    : fmt::format("[{}] is set of what is no array; it was not read", index),
                where);
    return std::nullopt;
  }
  auto& value = array.value->elements[index];
  if (!value) {
    value = std::make_unique<MacroValue>();
  }
  return Slot{value.get(), array.member, array.member->record, false};
}

// A value goes to the next element, or, in braces that began with one, to the next member.
void Parser::positional() {
  Frame& frame = stack_.back();
  const Slot slot = frame.slot;
  if (slot.is_array) {
    if (const auto next = element(slot, frame.next++, line())) {
      assign(*next);
    } else {
      skip_value();
    }
    return;
  }
  const bool ordered = stack_.size() > 1 && !frame.designated && slot.record != nullptr &&
                       frame.next < slot.record->members.size();
  const bool is_call =
      token().kind == Kind::name && token().text.starts_with("KAPI_") && token(1).is('(');
  if (!ordered || is_call) {
    unknown();
    return;
  }
  const MacroMember& member = slot.record->members[frame.next++];
  auto& value = slot.value->members[member.name];
  value = std::make_unique<MacroValue>();
  assign(member_slot(*value, member));
}

void Parser::unknown() {
  const bool is_name = token().kind == Kind::name;
  report_.add(Level::error, is_name ? "unknown-macro" : "unreadable-item",
              fmt::format("{} {}; it was not read", printable(token().text),
                          is_name ? "is no macro of the framework" : "is no item of a spec"),
              line());
  at_++;
  if (is_name && token().is('(')) {
    skip_parentheses();
  } else if (!is_name) {
    skip_value();
  }
}

void Parser::assign(const Slot& slot) {
  *slot.value = {};
  const bool is_aggregate = slot.is_array || slot.record != nullptr;
  if (token().is('{') && is_aggregate) {
    at_++;
    stack_.push_back({slot});
    return;
  }
  const size_t where = line();
  const MacroTokens value = expression();
  if (slot.member->kind == MacroMember::Kind::record) {
    report_.add(Level::error, "unreadable-item",
                fmt::format("{} is given as {}; it was not read", slot.member->name,
                            MacroEvaluator::source(value.first(std::min<size_t>(value.size(), 8)))),
                where);
    return;
  }
  slot.value->expression = value;
}

// Up to the comma or the brace behind it.
MacroTokens Parser::expression() {
  const size_t begin = at_;
  size_t depth = 0;
  for (; !at_end(); at_++) {
    if (depth == 0 && (token().is(',') || token().is('}') || is_missing_comma())) {
      break;
    }
    depth += token().is('(') || token().is('{') ? 1 : 0;
    depth -= (token().is(')') || token().is('}')) && depth != 0 ? 1 : 0;
  }
  return tokens_.subspan(begin, at_ - begin);
}

// ".name =" begins an item wherever it stands.
bool Parser::is_missing_comma() const {
  return token().is('.') && token(1).kind == Kind::name &&
         (token(2).is('=') || token(2).is('[') || token(2).is('.'));
}

void Parser::skip_value() {
  const size_t begin = at_;
  expression();
  at_ += at_ == begin && !at_end() && !token().is('}') ? 1 : 0;
}

// To the closing one, or to a brace that closes something outside.
void Parser::skip_parentheses() {
  size_t parentheses = 0;
  size_t braces = 0;
  for (; !at_end(); at_++) {
    parentheses += token().is('(') ? 1 : 0;
    braces += token().is('{') ? 1 : 0;
    if (token().is('}') && braces-- == 0) {
      return;
    }
    if (token().is(')') && --parentheses == 0) {
      at_++;
      return;
    }
  }
}

template <class Map, class Key>
const MacroValue* find(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second.get();
}

}  // namespace

const MacroValue* MacroValue::member(std::string_view name) const { return find(members, name); }
const MacroValue* MacroValue::element(uint64_t index) const { return find(elements, index); }

void MacroReport::add(Level level, std::string code, std::string message, size_t line) {
  if (problems_.size() < kMaxProblems) {
    problems_.push_back({level, std::move(code), std::move(message), line});
  } else if (problems_.size() == kMaxProblems) {
    problems_.push_back({Level::error, "too-many-problems",
                         "more of the spec is not as it should be; only the first problems are "
                         "listed",
                         line});
  }
}

MacroValue parse_initializer(MacroTokens tokens, const MacroStruct& record,
                             const MacroEvaluator& evaluator, MacroReport& report) {
  MacroValue root;
  Parser(tokens, evaluator, report).run({&root, nullptr, &record, false});
  return root;
}

}  // namespace kapi

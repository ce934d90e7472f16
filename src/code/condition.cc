// SPDX-License-Identifier: GPL-2.0-only
// What flags tell of a condition, and what a condition that holds tells of the words compared.
#include <algorithm>
#include <bit>

#include "code/state.h"

namespace kapi::code {

Condition negated(Condition condition) {
  switch (condition) {
    case Condition::equal:
      return Condition::not_equal;
    case Condition::not_equal:
      return Condition::equal;
    case Condition::below:
      return Condition::above_equal;
    case Condition::below_equal:
      return Condition::above;
    case Condition::above:
      return Condition::below_equal;
    case Condition::above_equal:
      return Condition::below;
    case Condition::less:
      return Condition::greater_equal;
    case Condition::less_equal:
      return Condition::greater;
    case Condition::greater:
      return Condition::less_equal;
    case Condition::greater_equal:
      return Condition::less;
    case Condition::negative:
      return Condition::not_negative;
    case Condition::not_negative:
      return Condition::negative;
    case Condition::opaque:
      break;
  }
  return Condition::opaque;
}

namespace {

constexpr uint64_t kSign32 = uint64_t{1} << 31;

Truth opposite(Truth truth) {
  return truth == Truth::maybe ? truth : truth == Truth::yes ? Truth::no : Truth::yes;
}

struct Bounds {
  uint64_t low;
  uint64_t high;
};

// Bounds in the order of signed numbers, moved so that unsigned comparison gives it.
Bounds signed_bounds(const Value& value, const Facts& facts, unsigned width) {
  const uint64_t sign = uint64_t{1} << (width - 1);
  if (value.kind == Value::Kind::constants) {
    Bounds bounds{UINT64_MAX, 0};
    for (size_t i = 0; i < value.count; i++) {
      bounds.low = std::min(bounds.low, value.constants[i] ^ sign);
      bounds.high = std::max(bounds.high, value.constants[i] ^ sign);
    }
    return bounds;
  }
  if ((facts.low & sign) == (facts.high & sign)) {
    return {facts.low ^ sign, facts.high ^ sign};
  }
  return {0, mask_of(width)};
}

Truth is_below(Bounds a, Bounds b) {
  if (a.high < b.low) {
    return Truth::yes;
  }
  return a.low >= b.high ? Truth::no : Truth::maybe;
}

Truth are_equal(const Value& a, const Facts& fa, const Value& b, const Facts& fb) {
  if (fa.is_constant() && fb.is_constant()) {
    return fa.low == fb.low ? Truth::yes : Truth::no;
  }
  if (((fa.one & fb.zero) | (fa.zero & fb.one)) != 0 || fa.high < fb.low || fb.high < fa.low) {
    return Truth::no;
  }
  if ((fa.not_zero && fb.is_constant() && fb.low == 0) ||
      (fb.not_zero && fa.is_constant() && fa.low == 0)) {
    return Truth::no;
  }
  const auto lacks = [](const Value& set, const Facts& other) {
    return set.kind == Value::Kind::constants &&
           std::none_of(set.constants.begin(), set.constants.begin() + set.count,
                        [&](uint64_t value) {
                          return (value & other.zero) == 0 && (~value & other.one) == 0 &&
                                 value >= other.low && value <= other.high;
                        });
  };
  if (lacks(a, fb) || lacks(b, fa)) {
    return Truth::no;
  }
  return a == b && a.is_slice() ? Truth::yes : Truth::maybe;
}

// Notes what was learned of a word, in the word's variable or where the word is.
class Learning {
 public:
  Learning(State& state, const Value& value, unsigned width, const Origin& origin)
      : state_(state), value_(value), width_(width), origin_(origin) {}

  // Between the two, unsigned.
  bool range(uint64_t low, uint64_t high) {
    const Facts facts = facts_of(value_, state_.known);
    if (low > high || facts.high < low || facts.low > high) {
      return false;
    }
    if (value_.kind == Value::Kind::constants) {
      return keep([=](uint64_t constant) { return constant >= low && constant <= high; });
    }
    if (value_.kind == Value::Kind::sum) {
      return range_of_sum(low, high);
    }
    low = std::max(low, facts.low);
    high = std::min(high, facts.high);
    if (value_.kind == Value::Kind::bits && value_.variable != 0) {
      const bool whole64 = value_.is_whole(64);
      if (whole64 || value_.is_whole(32)) {
        Knowledge& knowledge = state_.known.at(value_.variable);
        uint64_t& its_low = whole64 ? knowledge.low : knowledge.low32;
        uint64_t& its_high = whole64 ? knowledge.high : knowledge.high32;
        its_low = std::max(its_low, low);
        its_high = std::min(its_high, high);
        if (its_low > its_high) {
          return false;
        }
        if (knowledge.never_positive && !whole64 && its_low > 0) {
          knowledge.one |= kSign32;
        }
      }
    } else if (value_.kind == Value::Kind::bits) {
      update([=](Value& value) {
        value.low = std::max(value.low, low);
        value.high = std::min(value.high, high);
      });
    }
    const uint64_t differ = low ^ high;
    const uint64_t fixed =
        differ == 0 ? UINT64_MAX : ~mask_of(static_cast<unsigned>(std::bit_width(differ)));
    return bits(~low & fixed, low & fixed);
  }

  // Bits that are 0, and that are 1.
  bool bits(uint64_t zero, uint64_t one) {
    zero &= mask_of(width_);
    one &= mask_of(width_);
    const Facts facts = facts_of(value_, state_.known);
    if (((facts.one & zero) | (facts.zero & one)) != 0) {
      return false;
    }
    if (value_.kind == Value::Kind::constants) {
      return keep(
          [=](uint64_t constant) { return (constant & zero) == 0 && (~constant & one) == 0; });
    }
    if (value_.kind != Value::Kind::bits) {
      return true;
    }
    if (value_.variable != 0) {
      const uint64_t variable_zero =
          ((zero & ~value_.inverted) | (one & value_.inverted)) & value_.from;
      const uint64_t variable_one =
          ((one & ~value_.inverted) | (zero & value_.inverted)) & value_.from;
      Knowledge& knowledge = state_.known.at(value_.variable);
      knowledge.zero |= back(variable_zero);
      knowledge.one |= back(variable_one);
      return (knowledge.zero & knowledge.one) == 0;
    }
    update([=](Value& value) {
      value.zero |= zero;
      value.one |= one;
    });
    return true;
  }

  bool is(uint64_t constant) { return range(constant, constant); }

  bool is_not(uint64_t constant) {
    if (value_.kind == Value::Kind::constants) {
      return keep([=](uint64_t one) { return one != constant; });
    }
    const Facts facts = facts_of(value_, state_.known);
    if (facts.is_constant()) {
      return facts.low != constant;
    }
    if (facts.low == constant && !range(constant + 1, facts.high)) {
      return false;
    }
    if (facts.high == constant && !range(facts.low, constant - 1)) {
      return false;
    }
    if (value_.kind != Value::Kind::bits) {
      return true;
    }
    if (value_.sign_from != 0) {
      const unsigned from = value_.sign_from;
      const Value base = truncated(value_, from);
      const uint64_t above = mask_of(width_) & ~mask_of(from);
      const bool negative = (constant >> (from - 1) & 1) != 0;
      if ((constant & above) != (negative ? above : 0)) {
        return true;  // no such number is a copy of its sign above
      }
      return base.kind != Value::Kind::bits ||
             Learning(state_, base, from, {}).is_not(constant & mask_of(from));
    }
    const uint64_t open = ~(facts.zero | facts.one);
    if (std::has_single_bit(open) && ((constant & ~open) == facts.one)) {
      return (constant & open) != 0 ? bits(open, 0) : bits(0, open);
    }
    if (constant == 0 && value_.variable != 0 && value_.inverted == 0 && value_.one == 0 &&
        (value_.zero | value_.from) == UINT64_MAX) {
      Knowledge& knowledge = state_.known.at(value_.variable);
      const uint64_t some = back(value_.from & ~facts.zero);
      if (knowledge.some == 0 || std::popcount(some) < std::popcount(knowledge.some)) {
        knowledge.some = some;
      }
    }
    return true;
  }

 private:
  uint64_t back(uint64_t bits) const {
    const int by = value_.shift;
    return by >= 0 ? bits << by : bits >> -by;
  }

  bool range_of_sum(uint64_t low, uint64_t high) {
    Value base = value_;
    base.kind = Value::Kind::bits;
    base.addend = 0;
    base.width = 64;
    const uint64_t mask = mask_of(value_.width);
    high = std::min(high, mask);
    if (low == 0 && high == mask) {
      return true;
    }
    const uint64_t base_low = (low - value_.addend) & mask;
    const uint64_t base_high = (high - value_.addend) & mask;
    if (base_low > base_high) {
      return true;  // two ranges: not noted
    }
    return Learning(state_, base, width_, {}).range(base_low, base_high);
  }

  template <typename Change>
  void update(Change change) {
    Value* place = nullptr;
    if (origin_.kind == Origin::reg) {
      place = &state_.registers[origin_.reg_index];
    } else if (origin_.kind == Origin::stack) {
      place = state_.stack.slot(origin_.offset, width_ / 8);
    }
    if (place != nullptr && *place == value_) {  // it still is what was compared
      change(*place);
      if (place->kind == Value::Kind::bits && place->low == place->high) {
        *place = Value::constant(place->low).as_tracked(place->tracked);
      }
      value_ = *place;
    }
  }

  template <typename Test>
  bool keep(Test test) {
    Value kept;
    kept.tracked = value_.tracked;
    kept.kind = Value::Kind::constants;
    for (size_t i = 0; i < value_.count; i++) {
      if (test(value_.constants[i])) {
        kept.constants[kept.count++] = value_.constants[i];
      }
    }
    if (kept.count == 0) {
      return false;
    }
    update([&](Value& value) { value = kept; });
    return true;
  }

  State& state_;
  Value value_;
  unsigned width_;
  Origin origin_;
};

}  // namespace

Truth holds(Condition condition, const Comparison& flags, const Known& known) {
  if (flags.kind == Comparison::unknown || condition == Condition::opaque) {
    return Truth::maybe;
  }
  const Facts fa = facts_of(flags.a, known);
  const Facts fb = facts_of(flags.b, known);
  const uint64_t sign = uint64_t{1} << (flags.width - 1);
  if (flags.kind == Comparison::carry) {
    switch (condition) {
      case Condition::below:
        return opposite(are_equal(flags.a, fa, flags.b, fb));
      case Condition::above_equal:
        return are_equal(flags.a, fa, flags.b, fb);
      default:
        return Truth::maybe;
    }
  }
  const bool of_zero = fb.is_constant() && fb.low == 0;
  switch (condition) {
    case Condition::equal:
      return are_equal(flags.a, fa, flags.b, fb);
    case Condition::not_equal:
      return opposite(are_equal(flags.a, fa, flags.b, fb));
    case Condition::negative:
      return !of_zero                ? Truth::maybe
             : (fa.one & sign) != 0  ? Truth::yes
             : (fa.zero & sign) != 0 ? Truth::no
             : flags.a.kind == Value::Kind::constants
                 ? is_below(signed_bounds(flags.a, fa, flags.width), {sign, sign})
                 : Truth::maybe;
    case Condition::not_negative:
      return opposite(holds(Condition::negative, flags, known));
    default:
      break;
  }
  if (flags.kind == Comparison::result) {
    return Truth::maybe;
  }
  const bool same = flags.a == flags.b && flags.a.is_slice();
  const Bounds ua{fa.low, fa.high};
  const Bounds ub{fb.low, fb.high};
  const Bounds sa = signed_bounds(flags.a, fa, flags.width);
  const Bounds sb = signed_bounds(flags.b, fb, flags.width);
  switch (condition) {
    case Condition::below:
      return same ? Truth::no : is_below(ua, ub);
    case Condition::above_equal:
      return same ? Truth::yes : opposite(is_below(ua, ub));
    case Condition::above:
      return same ? Truth::no : is_below(ub, ua);
    case Condition::below_equal:
      return same ? Truth::yes : opposite(is_below(ub, ua));
    case Condition::less:
      return same ? Truth::no : is_below(sa, sb);
    case Condition::greater_equal:
      return same ? Truth::yes : opposite(is_below(sa, sb));
    case Condition::greater:
      return same ? Truth::no : is_below(sb, sa);
    default:  // less_equal
      return same ? Truth::yes : opposite(is_below(sb, sa));
  }
}

namespace {
// The condition with the words compared the other way round.
Condition mirrored(Condition condition) {
  switch (condition) {
    case Condition::below:
      return Condition::above;
    case Condition::below_equal:
      return Condition::above_equal;
    case Condition::above:
      return Condition::below;
    case Condition::above_equal:
      return Condition::below_equal;
    case Condition::less:
      return Condition::greater;
    case Condition::less_equal:
      return Condition::greater_equal;
    case Condition::greater:
      return Condition::less;
    case Condition::greater_equal:
      return Condition::less_equal;
    case Condition::equal:
    case Condition::not_equal:
      return condition;
    default:
      return Condition::opaque;
  }
}
}  // namespace

bool assume(Condition condition, State& state) {
  Comparison flags = state.flags;
  if (flags.kind == Comparison::difference && !facts_of(flags.b, state.known).is_constant()) {
    std::swap(flags.a, flags.b);
    flags.origin = {};
    condition = mirrored(condition);
  }
  if (flags.kind == Comparison::unknown || condition == Condition::opaque) {
    return true;
  }
  const Facts fb = facts_of(flags.b, state.known);
  if (!fb.is_constant()) {
    return true;
  }
  Learning learn(state, flags.a, flags.width, flags.origin);
  const uint64_t c = fb.low;
  const uint64_t mask = mask_of(flags.width);
  const uint64_t sign = uint64_t{1} << (flags.width - 1);
  if (flags.kind == Comparison::carry) {
    return condition == Condition::below         ? learn.is_not(0)
           : condition == Condition::above_equal ? learn.is(0)
                                                 : true;
  }
  const Facts fa = facts_of(flags.a, state.known);
  const bool positive_a = (fa.zero & sign) != 0;
  const bool negative_c = (c & sign) != 0;
  switch (condition) {
    case Condition::equal:
      return learn.is(c);
    case Condition::not_equal:
      return learn.is_not(c);
    case Condition::negative:
      return c != 0 || learn.bits(0, sign);
    case Condition::not_negative:
      return c != 0 || learn.bits(sign, 0);
    default:
      break;
  }
  if (flags.kind == Comparison::result) {
    return true;
  }
  switch (condition) {
    case Condition::below:
      return c != 0 && learn.range(0, c - 1);
    case Condition::below_equal:
      return learn.range(0, c);
    case Condition::above:
      return c != mask && learn.range(c + 1, mask);
    case Condition::above_equal:
      return learn.range(c, mask);
    case Condition::greater:
      if (c == sign - 1) {
        return false;
      }
      if (!negative_c || c == mask) {
        return learn.range((c + 1) & mask, sign - 1);
      }
      return true;
    case Condition::greater_equal:
      return negative_c || learn.range(c, sign - 1);
    case Condition::less:
      if (c == sign) {
        return false;
      }
      if (negative_c || c == 0) {
        return learn.range(sign, (c - 1) & mask);
      }
      return !positive_a || learn.range(0, c - 1);
    case Condition::less_equal:
      if (negative_c) {
        return learn.range(sign, c);
      }
      return !positive_a || learn.range(0, c);
    default:
      return true;
  }
}

}  // namespace kapi::code

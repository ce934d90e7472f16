// SPDX-License-Identifier: GPL-2.0-only
#include "code/value.h"

#include <algorithm>
#include <bit>

namespace kapi::code {
namespace {

constexpr uint64_t kKernelHalf = 0xffff'8000'0000'0000;
constexpr uint64_t kErrors = 4095;  // error codes are -1 to this

uint64_t shifted_right(uint64_t bits, int by) {
  if (by >= 64 || by <= -64) {
    return 0;
  }
  return by >= 0 ? bits >> by : bits << -by;
}

// What bounds tell of bits: those above the highest in which they differ.
void bits_from_bounds(Facts& facts) {
  const uint64_t differ = facts.low ^ facts.high;
  const uint64_t fixed =
      differ == 0 ? UINT64_MAX : ~mask_of(static_cast<unsigned>(std::bit_width(differ)));
  facts.one |= facts.low & fixed;
  facts.zero |= ~facts.low & fixed;
}

void bounds_from_bits(Facts& facts) {
  facts.low = std::max(facts.low, facts.one);
  facts.high = std::min(facts.high, ~facts.zero);
}

Facts settle(Facts facts) {
  bounds_from_bits(facts);
  if (facts.low > facts.high) {
    return {};  // contradiction: a state that cannot be; anything is true of it
  }
  bits_from_bounds(facts);
  bounds_from_bits(facts);
  facts.not_zero = facts.not_zero || facts.low != 0;
  return facts;
}

Facts facts_of_constants(const Value& value) {
  Facts facts;
  facts.one = UINT64_MAX;
  facts.zero = UINT64_MAX;
  facts.not_zero = true;
  for (size_t i = 0; i < value.count; i++) {
    facts.one &= value.constants[i];
    facts.zero &= ~value.constants[i];
    facts.not_zero = facts.not_zero && value.constants[i] != 0;
  }
  facts.low = value.constants[0];
  facts.high = value.constants[value.count - 1U];
  return facts;
}

Facts facts_of_bits(const Value& value, const Known& known) {
  Facts facts{value.zero, value.one, value.low, value.high, false};
  const Knowledge* knowledge = value.variable != 0 ? known.find(value.variable) : nullptr;
  if (knowledge != nullptr) {
    const uint64_t zero = shifted_right(knowledge->zero, value.shift) & value.from;
    const uint64_t one = shifted_right(knowledge->one, value.shift) & value.from;
    facts.zero |= (zero & ~value.inverted) | (one & value.inverted);
    facts.one |= (one & ~value.inverted) | (zero & value.inverted);
    const uint64_t some = shifted_right(knowledge->some, value.shift);
    facts.not_zero = knowledge->some != 0 && (some & ~(value.from & ~value.inverted)) == 0 &&
                     shifted_right(some, -value.shift) == knowledge->some;
    if (value.is_whole(64)) {
      facts.low = std::max(facts.low, knowledge->low);
      facts.high = std::min(facts.high, knowledge->high);
    } else if (value.is_whole(32)) {
      facts.low = std::max(facts.low, knowledge->low32);
      facts.high = std::min(facts.high, knowledge->high32);
    } else if (value.sign_from == 32 && value.shift == 0 && value.inverted == 0 &&
               value.from == UINT32_MAX) {
      // Both bounds are of the same sign, or they say nothing.
      const bool negative = knowledge->low32 >> 31 != 0;
      const uint64_t above = negative ? ~uint64_t{UINT32_MAX} : 0;
      if (negative == (knowledge->high32 >> 31 != 0)) {
        facts.low = std::max(facts.low, knowledge->low32 | above);
        facts.high = std::min(facts.high, knowledge->high32 | above);
      }
    }
  }
  if (value.sign_from != 0) {
    const uint64_t sign = uint64_t{1} << (value.sign_from - 1U);
    const uint64_t above = ~mask_of(value.sign_from);
    if ((facts.zero & sign) != 0) {
      facts.zero |= above;
    } else if ((facts.one & sign) != 0) {
      facts.one |= above;
    }
  }
  return settle(facts);
}

Facts facts_of_sum(const Value& value, const Known& known) {
  Value base = value;
  base.kind = Value::Kind::bits;
  const Facts of_base = facts_of_bits(base, known);
  const uint64_t mask = mask_of(value.width);
  Facts facts;
  facts.zero = ~mask;
  facts.high = mask;
  if (of_base.high <= mask) {
    const uint64_t low = (of_base.low + value.addend) & mask;
    const uint64_t high = (of_base.high + value.addend) & mask;
    if (low <= high) {
      facts.low = low;
      facts.high = high;
    }
  }
  return settle(facts);
}

// As bits without copies of a sign.
Value flat(const Value& value, const Known& known) {
  if (value.kind == Value::Kind::bits && value.sign_from == 0) {
    return value;
  }
  const Facts facts = facts_of(value, known);
  if (value.kind != Value::Kind::bits) {
    return settled(facts);
  }
  Value out = value;
  out.sign_from = 0;
  out.zero |= facts.zero & ~value.from;
  out.one |= facts.one & ~value.from;
  out.low = facts.low;
  out.high = facts.high;
  return out;
}

Value tidy(Value value) {
  if (value.from == 0) {
    value.variable = 0;
    value.shift = 0;
  }
  value.low = std::max(value.low, value.one);
  value.high = std::min(value.high, ~value.zero);
  if (value.kind == Value::Kind::bits && (value.zero | value.one) == UINT64_MAX) {
    return Value::constant(value.one);
  }
  return value;
}

Value and_constant(Value value, uint64_t mask) {
  // x & mask is x without some of the bits that are cut off.
  const uint64_t cut_off = ~mask & ~value.zero;
  const uint64_t low = value.low > cut_off ? value.low - cut_off : 0;
  value.zero |= ~mask;
  value.one &= mask;
  value.from &= mask;
  value.inverted &= mask;
  value.low = low;
  value.high = std::min(value.high, mask);
  return tidy(value);
}

Value or_constant(Value value, uint64_t bits) {
  value.one |= bits;
  value.zero &= ~bits;
  value.from &= ~bits;
  value.inverted &= ~bits;
  value.low = std::max(value.low, bits);
  value.high = UINT64_MAX;
  return tidy(value);
}

Value xor_constant(Value value, uint64_t bits) {
  const uint64_t zero = value.zero;
  value.zero = (zero & ~bits) | (value.one & bits);
  value.one = (value.one & ~bits) | (zero & bits);
  value.inverted ^= bits & value.from;
  value.low = 0;
  value.high = UINT64_MAX;
  return tidy(value);
}

Value moved_right(Value value, int by) {
  if (by >= 64 || by <= -64) {
    return Value::constant(0);
  }
  const uint64_t lost =
      by >= 0 ? ~shifted_right(UINT64_MAX, by) : mask_of(static_cast<unsigned>(-by));
  const bool keeps_bounds = by >= 0 || value.high <= (UINT64_MAX >> -by);
  value.zero = shifted_right(value.zero, by) | lost;
  value.one = shifted_right(value.one, by);
  value.from = shifted_right(value.from, by);
  value.inverted = shifted_right(value.inverted, by);
  value.low = keeps_bounds ? shifted_right(value.low, by) : 0;
  value.high = keeps_bounds ? shifted_right(value.high, by) : UINT64_MAX;
  const int shift = value.shift + by;
  if (shift > 63 || shift < -63) {
    value.from = 0;
    value.inverted = 0;
  } else {
    value.shift = static_cast<int8_t>(shift);
  }
  return tidy(value);
}

uint64_t fold(Op op, uint64_t a, uint64_t b, unsigned width) {
  const auto by = static_cast<unsigned>(b);
  switch (op) {
    case Op::add:
      return a + b;
    case Op::sub:
      return a - b;
    case Op::and_:
      return a & b;
    case Op::or_:
      return a | b;
    case Op::xor_:
      return a ^ b;
    case Op::mul:
      return a * b;
    case Op::shl:
      return by >= width ? 0 : a << by;
    case Op::shr:
      return by >= width ? 0 : (a & mask_of(width)) >> by;
    default: {  // sar
      const unsigned sign = width - 1;
      const bool negative = (a >> sign & 1) != 0;
      const unsigned count = std::min(by, sign);
      const uint64_t moved = (a & mask_of(width)) >> count;
      return negative ? moved | ~mask_of(width - count) : moved;
    }
  }
}

std::optional<Value> fold_constants(Op op, const Value& a, const Value& b, unsigned width) {
  std::array<uint64_t, Value::kConstants * Value::kConstants> results;
  size_t count = 0;
  for (size_t i = 0; i < a.count; i++) {
    for (size_t j = 0; j < b.count; j++) {
      results[count++] = fold(op, a.constants[i], b.constants[j], width) & mask_of(width);
    }
  }
  std::sort(results.begin(), results.begin() + count);
  count =
      static_cast<size_t>(std::unique(results.begin(), results.begin() + count) - results.begin());
  if (count > Value::kConstants) {
    return std::nullopt;
  }
  Value value;
  value.kind = Value::Kind::constants;
  value.count = static_cast<uint8_t>(count);
  std::copy_n(results.begin(), count, value.constants.begin());
  return value;
}

Value add_constant(const Value& value, uint64_t addend, unsigned width, const Known& known) {
  if (addend == 0) {
    return truncated(value, width);
  }
  switch (value.kind) {
    case Value::Kind::stack:
    case Value::Kind::registers: {
      if (width != 64) {
        return Value::between(0, mask_of(width));
      }
      Value moved = value;
      moved.addend += addend;
      return moved;
    }
    case Value::Kind::sum: {
      Value moved = truncated(value, width);
      if (moved.kind != Value::Kind::sum || moved.width != width) {
        break;  // what was added so far wraps at another width
      }
      moved.addend = (moved.addend + addend) & mask_of(width);
      if (moved.addend == 0) {
        moved.kind = Value::Kind::bits;
        moved.width = 64;
      }
      return moved;
    }
    case Value::Kind::bits: {
      const Value narrow = truncated(value, width);
      if (narrow.kind == Value::Kind::bits && narrow.variable != 0 && narrow.sign_from == 0) {
        Value sum = narrow;
        sum.kind = Value::Kind::sum;
        sum.width = static_cast<uint8_t>(width);
        sum.addend = addend & mask_of(width);
        return sum;
      }
      break;
    }
    case Value::Kind::constants:
      break;
  }
  const Facts facts = facts_of(truncated(value, width), known);
  const uint64_t low = (facts.low + addend) & mask_of(width);
  const uint64_t high = (facts.high + addend) & mask_of(width);
  return low <= high ? Value::between(low, high) : Value::between(0, mask_of(width));
}

Value add(const Value& a, const Value& b, unsigned width, const Known& known) {
  if (b.is_constant()) {
    return add_constant(a, b.constant_value(), width, known);
  }
  if (a.is_constant()) {
    return add_constant(b, a.constant_value(), width, known);
  }
  const Facts fa = facts_of(truncated(a, width), known);
  const Facts fb = facts_of(truncated(b, width), known);
  if (width == 64 && (a.kind == Value::Kind::stack || b.kind == Value::Kind::stack)) {
    const bool first = a.kind == Value::Kind::stack;
    const Facts& by = first ? fb : fa;
    Value place = first ? a : b;
    if (by.high > (1U << 20)) {
      place.slack = UINT64_MAX;  // anywhere on the stack
      return place;
    }
    place.addend += by.low;
    place.slack =
        place.slack > UINT64_MAX - (by.high - by.low) ? UINT64_MAX : place.slack + by.high - by.low;
    return place;
  }
  if (fa.high <= mask_of(width) - fb.high) {
    return Value::between(fa.low + fb.low, fa.high + fb.high);
  }
  return Value::between(0, mask_of(width));
}

Value subtract(const Value& a, const Value& b, unsigned width, const Known& known) {
  if (b.is_constant()) {
    return add_constant(a, uint64_t{0} - b.constant_value(), width, known);
  }
  if (a == b && a.is_slice()) {
    return Value::constant(0);
  }
  if (a.kind == Value::Kind::stack && b.kind == Value::Kind::stack && a.slack == 0 &&
      b.slack == 0) {
    return Value::constant((a.addend - b.addend) & mask_of(width));
  }
  const Facts fa = facts_of(truncated(a, width), known);
  const Facts fb = facts_of(truncated(b, width), known);
  if (fa.low >= fb.high) {
    return Value::between(fa.low - fb.high, fa.high - fb.low);
  }
  return Value::between(0, mask_of(width));
}

Value combine_bits(Op op, const Value& a, const Value& b, const Known& known) {
  const Facts fa = facts_of(a, known);
  const Facts fb = facts_of(b, known);
  if (op == Op::xor_ && a == b && a.is_slice()) {
    return Value::constant(0);
  }
  if ((op == Op::and_ || op == Op::or_) && a == b) {
    return a;
  }
  // Bits of one variable that came apart are put together again.
  if (op != Op::and_ && a.kind == Value::Kind::bits && b.kind == Value::Kind::bits &&
      a.variable == b.variable && a.variable != 0 && a.shift == b.shift && a.sign_from == 0 &&
      b.sign_from == 0 && (~a.zero & ~b.zero) == 0) {
    Value both = a;
    both.from |= b.from;
    both.inverted |= b.inverted;
    both.one |= b.one;
    both.zero = a.zero & b.zero;
    both.low = 0;
    both.high = UINT64_MAX;
    return tidy(both);
  }
  Facts facts;
  switch (op) {
    case Op::and_:
      facts.zero = fa.zero | fb.zero;
      facts.one = fa.one & fb.one;
      facts.high = std::min(fa.high, fb.high);
      break;
    case Op::or_:
      facts.zero = fa.zero & fb.zero;
      facts.one = fa.one | fb.one;
      facts.low = std::max(fa.low, fb.low);
      facts.not_zero = fa.not_zero || fb.not_zero;
      if (facts.not_zero) {
        facts.low = std::max<uint64_t>(facts.low, 1);
      }
      break;
    default:
      facts.zero = (fa.zero & fb.zero) | (fa.one & fb.one);
      facts.one = (fa.zero & fb.one) | (fa.one & fb.zero);
      break;
  }
  return settled(settle(facts));
}

Value logic(Op op, const Value& a, const Value& b, const Known& known) {
  const Facts fa = facts_of(a, known);
  const Facts fb = facts_of(b, known);
  // A constant that the state knows, although the value keeps its variable, is as good as one.
  const bool constant_b = b.is_constant() || (fb.is_constant() && b.variable == 0);
  const bool constant_a = a.is_constant() || (fa.is_constant() && a.variable == 0);
  if (!constant_a && !constant_b) {
    return combine_bits(op, a, b, known);
  }
  const Value& value = constant_b ? a : b;
  const uint64_t bits = constant_b ? fb.low : fa.low;
  const Value plain = flat(value, known);
  if (plain.kind != Value::Kind::bits) {  // it was settled
    return compute(op, plain, Value::constant(bits), 64, known);
  }
  switch (op) {
    case Op::and_:
      return and_constant(plain, bits);
    case Op::or_:
      return or_constant(plain, bits);
    default:
      return xor_constant(plain, bits);
  }
}

Value shift(Op op, const Value& a, unsigned by, unsigned width, const Known& known) {
  if (by >= width) {
    return op == Op::sar ? Value::between(0, mask_of(width)) : Value::constant(0);
  }
  const Value plain = flat(truncated(a, width), known);
  if (plain.kind != Value::Kind::bits) {
    return compute(op, plain, Value::constant(by), width, known);
  }
  if (op == Op::shl) {
    return truncated(moved_right(plain, -static_cast<int>(by)), width);
  }
  const uint64_t sign = uint64_t{1} << (width - 1);
  const Facts facts = facts_of(plain, known);
  if (op == Op::shr || (facts.zero & sign) != 0) {
    return moved_right(plain, static_cast<int>(by));
  }
  return truncated(sign_extended(moved_right(plain, static_cast<int>(by)), width - by, 64, known),
                   width);
}

}  // namespace

// ---- Known -------------------------------------------------------------------------------------

const Knowledge* Known::find(Variable variable) const {
  for (const auto& [of, knowledge] : entries_) {
    if (of == variable) {
      return &knowledge;
    }
  }
  return nullptr;
}

Knowledge& Known::at(Variable variable) {
  const auto it =
      std::lower_bound(entries_.begin(), entries_.end(), variable,
                       [](const auto& entry, Variable key) { return entry.first < key; });
  if (it != entries_.end() && it->first == variable) {
    return it->second;
  }
  return entries_.insert(it, {variable, {}})->second;
}

void Known::forget(Variable variable) {
  std::erase_if(entries_, [variable](const auto& entry) { return entry.first == variable; });
}

void Known::join(const Known& other) {
  for (auto& [variable, mine] : entries_) {
    const Knowledge* theirs = other.find(variable);
    if (theirs == nullptr) {
      mine = {};
      continue;
    }
    mine.zero &= theirs->zero;
    mine.one &= theirs->one;
    mine.low = std::min(mine.low, theirs->low);
    mine.high = std::max(mine.high, theirs->high);
    mine.low32 = std::min(mine.low32, theirs->low32);
    mine.high32 = std::max(mine.high32, theirs->high32);
    mine.never_positive = mine.never_positive && theirs->never_positive;
    mine.some = mine.some == 0 || theirs->some == 0 ? 0 : mine.some | theirs->some;
  }
  std::erase_if(entries_, [](const auto& entry) { return entry.second == Knowledge{}; });
}

void Known::widen(const Known& before) {
  static constexpr Knowledge kNothing;
  for (auto& entry : entries_) {
    const Knowledge* old_one = before.find(entry.first);
    if (old_one == nullptr) {
      continue;
    }
    const auto give_up = [old_one, &mine = entry.second](auto member) {
      if (mine.*member != old_one->*member) {
        mine.*member = kNothing.*member;
      }
    };
    give_up(&Knowledge::low);
    give_up(&Knowledge::high);
    give_up(&Knowledge::low32);
    give_up(&Knowledge::high32);
    give_up(&Knowledge::some);
  }
  std::erase_if(entries_, [](const auto& entry) { return entry.second == Knowledge{}; });
}

// ---- Value -------------------------------------------------------------------------------------

Value Value::constant(uint64_t value) {
  Value out;
  out.kind = Kind::constants;
  out.count = 1;
  out.constants[0] = value;
  return out;
}

Value Value::between(uint64_t low, uint64_t high) {
  if (low == high) {
    return constant(low);
  }
  Facts facts;
  facts.low = low;
  facts.high = high;
  bits_from_bounds(facts);
  Value out;
  out.zero = facts.zero;
  out.one = facts.one;
  out.low = low;
  out.high = high;
  return out;
}

Value Value::of_variable(Variable variable, uint64_t tracked) {
  Value out;
  out.tracked = tracked;
  out.variable = variable;
  out.from = UINT64_MAX;
  return out;
}

Value Value::as_tracked(uint64_t marks) const {
  Value out = *this;
  out.tracked = tracked | marks;
  return out;
}

Value Value::stack(int64_t offset) {
  Value out;
  out.kind = Kind::stack;
  out.addend = static_cast<uint64_t>(offset);
  return out;
}

Value Value::user_registers() {
  Value out;
  out.kind = Kind::registers;
  return out;
}

bool Value::is_slice() const {
  return (kind == Kind::bits || kind == Kind::sum) && variable != 0 &&
         (zero | one | from) == UINT64_MAX && sign_from == 0;
}

bool Value::is_whole(unsigned of_width) const {
  const uint64_t mask = mask_of(of_width);
  return kind == Kind::bits && variable != 0 && shift == 0 && inverted == 0 && from == mask &&
         (zero | mask) == UINT64_MAX && one == 0 && (of_width == 64 || zero == ~mask);
}

std::optional<int64_t> Value::stack_offset() const {
  if (kind != Kind::stack || slack != 0) {
    return std::nullopt;
  }
  return static_cast<int64_t>(addend);
}

Facts facts_of(const Value& value, const Known& known) {
  switch (value.kind) {
    case Value::Kind::constants:
      return facts_of_constants(value);
    case Value::Kind::bits:
      return facts_of_bits(value, known);
    case Value::Kind::sum:
      return facts_of_sum(value, known);
    default: {
      Facts facts;  // an address of the kernel, no error code
      facts.low = kKernelHalf;
      facts.high = ~uint64_t{0xfff};
      facts.not_zero = true;
      return settle(facts);
    }
  }
}

Value settled(const Facts& facts) {
  if (facts.is_constant()) {
    return Value::constant(facts.low);
  }
  Value out;
  out.zero = facts.zero;
  out.one = facts.one;
  out.low = facts.not_zero ? std::max<uint64_t>(facts.low, 1) : facts.low;
  out.high = facts.high;
  return out;
}

namespace {

Value cut(const Value& value, unsigned width) {
  if (width >= 64) {
    return value;
  }
  const uint64_t mask = mask_of(width);
  switch (value.kind) {
    case Value::Kind::constants: {
      Value out;
      out.kind = Value::Kind::constants;
      for (size_t i = 0; i < value.count; i++) {
        out.constants[out.count++] = value.constants[i] & mask;
      }
      std::sort(out.constants.begin(), out.constants.begin() + out.count);
      const auto end = std::unique(out.constants.begin(), out.constants.begin() + out.count);
      std::fill(end, out.constants.begin() + out.count, 0);
      out.count = static_cast<uint8_t>(end - out.constants.begin());
      return out;
    }
    case Value::Kind::sum: {
      if (width > value.width) {
        return value;
      }
      Value base = value;
      base.kind = Value::Kind::bits;
      base.addend = 0;
      base.width = 64;
      base = truncated(base, width);
      if (base.kind != Value::Kind::bits || base.variable == 0 || base.sign_from != 0) {
        return Value::between(0, mask);
      }
      if ((value.addend & mask) == 0) {
        return base;
      }
      base.kind = Value::Kind::sum;
      base.width = static_cast<uint8_t>(width);
      base.addend = value.addend & mask;
      return base;
    }
    case Value::Kind::bits: {
      Value out = value;
      out.sign_from = 0;  // copies of the sign that are left stay unknown bits
      return and_constant(out, mask);
    }
    default:
      return Value::between(0, mask);
  }
}

Value extended(const Value& value, unsigned from, unsigned to, const Known& known) {
  if (from >= to) {
    return truncated(value, to);
  }
  const Value narrow = truncated(value, from);
  const uint64_t sign = uint64_t{1} << (from - 1);
  const uint64_t above = mask_of(to) & ~mask_of(from);
  if (narrow.kind == Value::Kind::constants) {
    Value out;
    out.kind = Value::Kind::constants;
    out.count = narrow.count;
    for (size_t i = 0; i < narrow.count; i++) {
      const uint64_t bits = narrow.constants[i];
      out.constants[i] = (bits & sign) != 0 ? bits | above : bits;
    }
    std::sort(out.constants.begin(), out.constants.begin() + out.count);
    return out;
  }
  const Facts facts = facts_of(narrow, known);
  if ((facts.zero & sign) != 0) {
    return narrow;
  }
  if (narrow.kind != Value::Kind::bits) {
    if ((facts.one & sign) != 0) {
      return settled(settle(Facts{facts.zero & ~above, facts.one | above, facts.low | above,
                                  facts.high | above, true}));
    }
    return Value::between(0, mask_of(to));
  }
  Value out = narrow;
  out.zero &= ~above;
  out.low = 0;
  out.high = mask_of(to);
  if (to == 64) {
    out.sign_from = static_cast<uint8_t>(from);
  }
  return tidy(out);
}

}  // namespace

Value truncated(const Value& value, unsigned width) {
  return cut(value, width).as_tracked(value.tracked);
}

Value sign_extended(const Value& value, unsigned from, unsigned to, const Known& known) {
  return extended(value, from, to, known).as_tracked(value.tracked);
}

Value part(const Value& value, unsigned bit, unsigned width, const Known& known) {
  return truncated(bit == 0 ? value : compute(Op::shr, value, Value::constant(bit), 64, known),
                   width);
}

Value with_part(const Value& whole, const Value& part, unsigned bit, unsigned width,
                const Known& known) {
  const Value narrow = truncated(part, width);
  if (width >= 64) {
    return narrow;
  }
  const Value rest = compute(Op::and_, whole, Value::constant(~(mask_of(width) << bit)), 64, known);
  return compute(Op::or_, rest, compute(Op::shl, narrow, Value::constant(bit), 64, known), 64,
                 known);
}

namespace {

Value result_of(Op op, const Value& a, const Value& b, unsigned width, const Known& known) {
  if (a.kind == Value::Kind::constants && b.kind == Value::Kind::constants) {
    if (const auto folded = fold_constants(op, a, b, width)) {
      return *folded;
    }
  }
  switch (op) {
    case Op::add:
      return truncated(add(a, b, width, known), width);
    case Op::sub:
      return truncated(subtract(a, b, width, known), width);
    case Op::and_:
      if (width == 64 && a.kind == Value::Kind::stack && b.is_constant() &&
          b.constant_value() >= ~uint64_t{0xff}) {
        // The alignment of the stack at entry is not known to the code either, so that what it does
        // is right for any; it is taken to be enough.
        Value aligned = a;
        aligned.addend &= b.constant_value();
        return aligned;
      }
      [[fallthrough]];
    case Op::or_:
    case Op::xor_:
      return truncated(logic(op, truncated(a, width), truncated(b, width), known), width);
    case Op::shl:
    case Op::shr:
    case Op::sar: {
      const Facts by = facts_of(b, known);
      if (by.is_constant()) {
        return shift(op, a, static_cast<unsigned>(std::min<uint64_t>(by.low, 64)), width, known);
      }
      const Facts facts = facts_of(truncated(a, width), known);
      return Value::between(0, op == Op::shr ? facts.high : mask_of(width));
    }
    case Op::mul: {
      const Facts fa = facts_of(truncated(a, width), known);
      const Facts fb = facts_of(truncated(b, width), known);
      if (fb.is_constant() && std::has_single_bit(fb.low)) {
        return shift(Op::shl, a, static_cast<unsigned>(std::countr_zero(fb.low)), width, known);
      }
      if (fa.high == 0 || fb.high <= mask_of(width) / std::max<uint64_t>(fa.high, 1)) {
        return Value::between(fa.low * fb.low, fa.high * fb.high);
      }
      return Value::between(0, mask_of(width));
    }
    default:
      return Value::between(0, mask_of(width));
  }
}

Value union_of(const Value& a, const Known& known_a, const Value& b, const Known& known_b) {
  if (a.kind == Value::Kind::constants && b.kind == Value::Kind::constants) {
    Value out;
    out.kind = Value::Kind::constants;
    std::array<uint64_t, 2 * Value::kConstants> all;
    const auto end =
        std::set_union(a.constants.begin(), a.constants.begin() + a.count, b.constants.begin(),
                       b.constants.begin() + b.count, all.begin());
    const auto count = static_cast<size_t>(end - all.begin());
    if (count <= Value::kConstants) {
      out.count = static_cast<uint8_t>(count);
      std::copy(all.begin(), end, out.constants.begin());
      return out;
    }
  }
  if (a.kind == Value::Kind::stack && b.kind == Value::Kind::stack) {
    Value out = a;
    out.slack = UINT64_MAX;
    return out;
  }
  if (a.kind == Value::Kind::bits && b.kind == Value::Kind::bits && a.variable == b.variable &&
      a.variable != 0 && a.shift == b.shift && a.sign_from == b.sign_from) {
    Value out = a;
    out.from &= b.from & ~(a.inverted ^ b.inverted);
    out.inverted &= out.from;
    out.zero &= b.zero;
    out.one &= b.one;
    out.low = std::min(a.low, b.low);
    out.high = std::max(a.high, b.high);
    return tidy(out);
  }
  const Facts fa = facts_of(a, known_a);
  const Facts fb = facts_of(b, known_b);
  Facts facts;
  facts.zero = fa.zero & fb.zero;
  facts.one = fa.one & fb.one;
  facts.low = std::min(fa.low, fb.low);
  facts.high = std::max(fa.high, fb.high);
  facts.not_zero = fa.not_zero && fb.not_zero;
  return settled(settle(facts));
}

}  // namespace

Value compute(Op op, const Value& a, const Value& b, unsigned width, const Known& known) {
  return result_of(op, a, b, width, known).as_tracked(a.tracked | b.tracked);
}

Value joined(const Value& a, const Known& known_a, const Value& b, const Known& known_b) {
  if (a == b) {
    return a;
  }
  Value both = union_of(a, known_a, b, known_b).as_tracked(a.tracked | b.tracked);
  both.destroyed = a.destroyed || b.destroyed;
  return both;
}

Value widened(const Value& old_value, const Value& new_value) {
  if (old_value == new_value) {
    return old_value;
  }
  constexpr uint64_t kUpperHalf = ~uint64_t{UINT32_MAX};
  if (new_value.kind == Value::Kind::bits) {
    Value out = new_value;
    if (out.variable == 0 && old_value.kind == Value::Kind::bits && out.zero != old_value.zero) {
      // A counter: of its bits, one more at a time is not zero any more.
      out.zero = (out.zero & kUpperHalf) == kUpperHalf ? kUpperHalf : 0;
    }
    out.low = out.one;
    out.high = ~out.zero;
    return out == old_value ? old_value : out;
  }
  if (new_value.kind == Value::Kind::constants) {
    const auto is_error = [](uint64_t word) {
      return word > ~kErrors || (word > (~kErrors & UINT32_MAX) && word <= UINT32_MAX);
    };
    const auto* end = new_value.constants.begin() + new_value.count;
    if (std::all_of(new_value.constants.begin(), end, is_error)) {
      return new_value;  // no counter, and no more of them than a value can hold
    }
    return (new_value.constants[new_value.count - 1U] <= UINT32_MAX ? Value::between(0, UINT32_MAX)
                                                                    : Value::unknown())
        .as_tracked(new_value.tracked);
  }
  return new_value;
}

}  // namespace kapi::code

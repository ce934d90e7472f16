// SPDX-License-Identifier: GPL-2.0-only
#include "code/state.h"

#include <algorithm>

namespace kapi::code {
namespace {

constexpr size_t kEscapes = 16;

auto first_ending_after(auto& slots, int64_t offset) {
  return std::find_if(slots.begin(), slots.end(),
                      [offset](const auto& slot) { return slot.offset + slot.size > offset; });
}

}  // namespace

void Stack::store(int64_t offset, unsigned size, const Value& value, Slot::Use use,
                  const Known& known) {
  auto it = first_ending_after(slots_, offset);
  if (it != slots_.end() && it->offset <= offset &&
      it->offset + it->size >= offset + static_cast<int64_t>(size) &&
      (it->offset != offset || it->size != size)) {
    const auto bit = static_cast<unsigned>(offset - it->offset) * 8;
    it->value = with_part(it->value, value, bit, size * 8, known);
    return;
  }
  while (it != slots_.end() && it->offset < offset + static_cast<int64_t>(size)) {
    it = slots_.erase(it);
  }
  slots_.insert(it, {offset, static_cast<uint8_t>(size), use, truncated(value, size * 8)});
}

Value Stack::load(int64_t offset, unsigned size, const Known& known) const {
  const auto it = first_ending_after(slots_, offset);
  const int64_t end = offset + static_cast<int64_t>(size);
  if (it != slots_.end() && it->offset <= offset && it->offset + it->size >= end) {
    return part(it->value, static_cast<unsigned>(offset - it->offset) * 8, size * 8, known);
  }
  // Of several slots, if they cover it without a hole.
  Value whole = Value::constant(0);
  int64_t at = offset;
  for (auto next = it; next != slots_.end() && next->offset == at && at < end; ++next) {
    if (next->offset + next->size > end) {
      break;
    }
    whole = with_part(whole, next->value, static_cast<unsigned>(at - offset) * 8, next->size * 8U,
                      known);
    at += next->size;
  }
  return at == end ? whole : Value::between(0, mask_of(size * 8));
}

void Stack::forget(int64_t from, int64_t to) {
  std::erase_if(slots_, [=](const Slot& slot) {
    return slot.use == Slot::object && slot.offset < to && slot.offset + slot.size > from;
  });
}

void Stack::drop_below(int64_t offset) {
  std::erase_if(slots_, [=](const Slot& slot) { return slot.offset < offset; });
}

int64_t Stack::frame_end(int64_t offset) const {
  for (const Slot& slot : slots_) {
    if (slot.offset >= offset && slot.use == Slot::return_address) {
      return slot.offset;
    }
  }
  return INT64_MAX;
}

Value* Stack::slot(int64_t offset, unsigned size) {
  const auto it = first_ending_after(slots_, offset);
  return it != slots_.end() && it->offset == offset && it->size == size ? &it->value : nullptr;
}

void State::forget(Variable variable) {
  const auto clear = [&](Value& value) {
    if (value.variable == variable) {
      value = settled(facts_of(value, known));
    }
  };
  for (Value& value : registers) {
    clear(value);
  }
  for (auto& slot : stack.slots()) {
    clear(slot.value);
  }
  if (flags.a.variable == variable || flags.b.variable == variable) {
    flags = {};
  }
  known.forget(variable);
}

namespace {

// Whether they differ in nothing but the variable that they are of.
bool same_but_for_variable(const Value& a, const Value& b) {
  return a.kind == b.kind && a.shift == b.shift && a.from == b.from && a.inverted == b.inverted &&
         a.sign_from == b.sign_from && a.addend == b.addend && a.width == b.width &&
         a.tracked == 0 && b.tracked == 0;
}

// Which local variables of `b` are in the places of which of `a`. One that is in the same place in
// both stays what it is.
class Matching {
 public:
  Matching(const State& a, const State& b) {
    each(a, b, [this](const Value& va, const Value& vb) {
      if (va.variable == vb.variable && is_local(va.variable)) {
        add(va.variable, vb.variable);
      }
    });
    each(a, b, [this](const Value& va, const Value& vb) {
      if (va.variable != vb.variable && is_local(va.variable) && is_local(vb.variable) &&
          same_but_for_variable(va, vb)) {
        differs_ = add(va.variable, vb.variable) || differs_;
      }
    });
  }

  bool differs() const { return differs_; }

  // What the variable of `b` is called then; 0 if its name was given to another one.
  Variable name(Variable variable) const {
    if (!is_local(variable)) {
      return variable;
    }
    for (const auto& [in_a, in_b] : pairs_) {
      if (in_b == variable) {
        return in_a;
      }
    }
    return std::any_of(pairs_.begin(), pairs_.end(),
                       [variable](const auto& pair) { return pair.first == variable; })
               ? Variable{0}
               : variable;
  }

 private:
  template <typename Visit>
  static void each(const State& a, const State& b, Visit visit) {
    for (size_t i = 0; i < a.registers.size(); i++) {
      visit(a.registers[i], b.registers[i]);
    }
    auto its = b.stack.slots().begin();
    const auto end = b.stack.slots().end();
    for (const auto& slot : a.stack.slots()) {
      while (its != end && its->offset < slot.offset) {
        ++its;
      }
      if (its != end && its->offset == slot.offset && its->size == slot.size) {
        visit(slot.value, its->value);
      }
    }
  }

  bool add(Variable in_a, Variable in_b) {
    const bool taken = std::any_of(pairs_.begin(), pairs_.end(), [=](const auto& pair) {
      return pair.first == in_a || pair.second == in_b;
    });
    if (!taken) {
      pairs_.emplace_back(in_a, in_b);
    }
    return !taken;
  }

  std::vector<std::pair<Variable, Variable>> pairs_;
  bool differs_ = false;
};

State renamed(const State& state, const Matching& matching) {
  State out = state;
  const auto rename = [&](Value& value) {
    if (is_local(value.variable)) {
      const Variable name = matching.name(value.variable);
      if (name == 0) {
        value = settled(facts_of(value, state.known)).as_tracked(value.tracked);
      } else {
        value.variable = name;
      }
    }
  };
  for (Value& value : out.registers) {
    rename(value);
  }
  for (auto& slot : out.stack.slots()) {
    rename(slot.value);
  }
  rename(out.flags.a);
  rename(out.flags.b);
  out.known.rename([&](Variable variable) { return matching.name(variable); });
  return out;
}

}  // namespace

void State::escape(int64_t offset) {
  const auto it = std::lower_bound(escaped.begin(), escaped.end(), offset);
  if (it != escaped.end() && *it == offset) {
    return;
  }
  escaped.insert(it, offset);
  if (escaped.size() > kEscapes) {
    escaped.erase(escaped.begin() + 1);  // the lowest of a frame covers those above
  }
}

void State::forget_escaped() {
  for (const int64_t offset : escaped) {
    stack.forget(offset, stack.frame_end(offset));
  }
}

// What a local variable is called means nothing: two paths that took a word from different places
// to the same one are joined by giving it one name. What is known of it is then what both know.
bool State::join(const State& other, bool widen) {
  const Matching matching(*this, other);
  return matching.differs() ? join_renamed(renamed(other, matching), widen)
                            : join_renamed(other, widen);
}

bool State::join_renamed(const State& other, bool widen) {
  bool changed = false;
  const auto join_value = [&](Value& mine, const Value& theirs) {
    if (mine == theirs) {
      return;
    }
    Value both = joined(mine, known, theirs, other.known);
    if (widen) {
      both = widened(mine, both);
    }
    if (!(both == mine)) {
      mine = both;
      changed = true;
    }
  };
  for (size_t i = 0; i < registers.size(); i++) {
    join_value(registers[i], other.registers[i]);
  }
  auto its = other.stack.slots().begin();
  const auto end = other.stack.slots().end();
  size_t kept = 0;
  for (size_t i = 0; i < stack.slots().size(); i++) {
    Stack::Slot& slot = stack.slots()[i];
    while (its != end && its->offset < slot.offset) {
      ++its;
    }
    if (its == end || its->offset != slot.offset || its->size != slot.size) {
      changed = true;
      continue;
    }
    join_value(slot.value, its->value);
    if (its->use < slot.use) {
      slot.use = its->use;
      changed = true;
    }
    if (kept != i) {
      stack.slots()[kept] = slot;
    }
    kept++;
  }
  stack.slots().erase(stack.slots().begin() + static_cast<ptrdiff_t>(kept), stack.slots().end());
  if (!(flags == Comparison{}) && !(flags == other.flags)) {
    flags = {};
    changed = true;
  }
  const Known known_before = known;
  known.join(other.known);
  if (!(known == known_before)) {
    changed = true;
    if (widen) {
      known.widen(known_before);
    }
  }
  const std::vector<int64_t> escaped_before = escaped;
  for (const int64_t offset : other.escaped) {
    escape(offset);
  }
  changed = changed || escaped != escaped_before;
  if (other.decider > decider) {
    decider = other.decider;
    changed = true;
  }
  return changed;
}

}  // namespace kapi::code

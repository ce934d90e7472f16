// SPDX-License-Identifier: GPL-2.0-only
#include "code/explorer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>
#include <unordered_set>

#include "code/calls.h"

namespace kapi::code {
namespace {

constexpr size_t kStatesPerBlock = 12;   // told apart at one place
constexpr unsigned kChangesToWiden = 4;  // of what is known at one place
constexpr unsigned kChangesToStop = 64;
constexpr size_t kForks = 24;             // of one block
constexpr size_t kInstructions = 30'000;  // of one function
constexpr uint64_t kMaxCopy = 4096;       // bytes copied or filled word by word
constexpr int64_t kErrors = 4095;
constexpr uint64_t kSlot = 8;

// Where struct pt_regs of x86_64 holds the arguments of a syscall. Part of the ABI (ptrace).
constexpr std::array<uint64_t, Variables::kArguments> kArgumentOffsets = {0x70, 0x68, 0x60,
                                                                          0x38, 0x48, 0x40};
constexpr std::array kParameterRegisters = {x86::rdi, x86::rsi, x86::rdx,
                                            x86::rcx, x86::r8,  x86::r9};
constexpr std::array kScratchRegisters = {x86::rax, x86::rcx, x86::rdx, x86::rsi, x86::rdi,
                                          x86::r8,  x86::r9,  x86::r10, x86::r11};
constexpr std::array<uint8_t, 7> kResultRegisters = {x86::rax, x86::rbx, x86::rbp, 12, 13, 14, 15};

enum class Outcome : uint8_t { success, constant_error, other_error };

Outcome outcome_of(const Facts& facts, const Value& value) {
  const auto is_error = [](uint64_t word) {
    const auto number = static_cast<int64_t>(word);
    return number < 0 && number >= -kErrors;
  };
  if (value.kind == Value::Kind::constants) {
    return std::all_of(value.constants.begin(), value.constants.begin() + value.count, is_error)
               ? Outcome::constant_error
               : Outcome::success;
  }
  if (facts.is_constant()) {
    return is_error(facts.low) ? Outcome::constant_error : Outcome::success;
  }
  return static_cast<int64_t>(facts.one) < 0 ? Outcome::other_error : Outcome::success;
}

bool is_part_of(const Program& program, uint64_t from, uint64_t to) {
  const auto& names = program.names(to);
  if (names.empty() || to == from) {
    return true;
  }
  return std::any_of(names.begin(), names.end(),
                     [](std::string_view name) { return name.ends_with(".cold"); });
}

void successors(const Program& program, uint64_t entry, const Instruction& instruction,
                std::vector<uint64_t>& out) {
  out.clear();
  if (const uint64_t other = program.jump_label(instruction.address)) {
    out.push_back(other);
  }
  if (const auto fixup = program.fixup(instruction.address)) {
    out.push_back(fixup->address);
  }
  switch (instruction.op) {
    case Op::branch:
      out.push_back(instruction.destination);
      break;
    case Op::jump:
      if (is_part_of(program, entry, instruction.destination)) {
        out.push_back(instruction.destination);
      }
      break;
    default:
      break;
  }
}

bool ends_block(Op op) {
  return op == Op::jump || op == Op::jump_indirect || op == Op::ret || op == Op::halt ||
         op == Op::trap;
}

Leaders leaders_of(const Program& program, uint64_t entry) {
  std::unordered_set<uint64_t> seen;
  std::unordered_set<uint64_t> starts = {entry};
  std::vector<uint64_t> todo = {entry};
  std::vector<uint64_t> next;
  while (!todo.empty() && seen.size() < kInstructions) {
    uint64_t at = todo.back();
    todo.pop_back();
    while (seen.insert(at).second) {
      const Instruction* instruction = program.at(at);
      if (instruction == nullptr) {
        break;
      }
      successors(program, entry, *instruction, next);
      for (const uint64_t to : next) {
        if (starts.insert(to).second) {
          todo.push_back(to);
        }
      }
      if (instruction->op == Op::trap && program.is_warning(at)) {
        starts.insert(instruction->next());
        todo.push_back(instruction->next());
      }
      if (ends_block(instruction->op)) {
        break;
      }
      at = instruction->next();
    }
  }
  // Depth first from the entry; a block that is done late comes early.
  Leaders order;
  std::vector<uint64_t> postorder;
  std::unordered_set<uint64_t> entered;
  std::vector<std::pair<uint64_t, std::vector<uint64_t>>> open;
  const auto enter = [&](uint64_t start) {
    if (!entered.insert(start).second) {
      return;
    }
    std::vector<uint64_t> leads;
    std::vector<uint64_t> step;
    uint64_t at = start;
    for (size_t i = 0; i < kInstructions; i++) {
      const Instruction* instruction = program.at(at);
      if (instruction == nullptr) {
        break;
      }
      successors(program, entry, *instruction, step);
      leads.insert(leads.end(), step.begin(), step.end());
      if (ends_block(instruction->op)) {
        if (instruction->op == Op::trap && program.is_warning(at)) {
          leads.push_back(instruction->next());
        }
        break;
      }
      at = instruction->next();
      if (starts.contains(at)) {
        leads.push_back(at);
        break;
      }
    }
    open.emplace_back(start, std::move(leads));
  };
  enter(entry);
  while (!open.empty()) {
    auto& [start, leads] = open.back();
    if (leads.empty()) {
      postorder.push_back(start);
      open.pop_back();
      continue;
    }
    const uint64_t to = leads.back();
    leads.pop_back();
    enter(to);
  }
  for (size_t i = 0; i < postorder.size(); i++) {
    order[postorder[i]] = static_cast<unsigned>(postorder.size() - 1 - i);
  }
  for (const uint64_t start : starts) {
    order.try_emplace(start, static_cast<unsigned>(postorder.size()));
  }
  return order;
}

// What all activations of one run share.
struct Shared {
  const Program& program;
  Variables& variables;
  Summaries& summaries;
  const Question& question;
  const Limits& limits;
  Run run;
  std::vector<uint64_t> active;  // functions that are being followed

  bool stopped() const { return !run.stopped.empty(); }
  void stop(std::string why, uint64_t at) {
    if (!stopped()) {
      run.stopped = std::move(why);
      run.stopped_at = at;
    }
  }
};

}  // namespace

// One call of a function.
class Activation {
 public:
  Activation(Shared& shared, uint64_t entry, unsigned depth)
      : shared_(shared),
        program_(shared.program),
        entry_(entry),
        depth_(depth),
        leaders_(shared.summaries.leaders(entry)) {}

  // The states at its returns, before the return address is taken off the stack.
  std::vector<State> run(State state) {
    const auto offset = state.registers[x86::rsp].stack_offset();
    if (!offset) {
      shared_.stop("stack pointer lost", entry_);
      return {};
    }
    return_slot_ = *offset;
    arrive(entry_, std::move(state));
    while (!queue_.empty() && !shared_.stopped() && !satisfied()) {
      const auto key = queue_.begin()->second;
      queue_.erase(queue_.begin());
      State next = waiting_.at(key).state;
      todo_.clear();
      todo_.emplace_back(key.first, std::move(next));
      forks_ = 0;
      while (!todo_.empty() && !shared_.stopped()) {
        auto [address, from] = std::move(todo_.back());
        todo_.pop_back();
        walk(address, std::move(from));
      }
    }
    std::vector<State> exits;
    exits.reserve(exits_.size());
    for (auto& [kind, exit] : exits_) {
      exits.push_back(std::move(exit));
    }
    return exits;
  }

 private:
  using Key = std::pair<uint64_t, uint32_t>;
  struct Waiting {
    State state;
    unsigned changes = 0;
  };

  bool satisfied() const {
    return depth_ == 0 && shared_.limits.until_success && shared_.run.touched_success;
  }

  // ---- places ----------------------------------------------------------------------------------

  // What tells states apart at one place: whether the question was asked, and which of the
  // registers that may become the result hold an error, zero, or something else.
  uint32_t class_of(const State& state) const {
    uint32_t key = state.touched ? 1 : 0;
    for (const uint8_t number : kResultRegisters) {
      const Value& value = state.registers[number];
      uint32_t digit = 0;
      const Facts facts = facts_of(value, state.known);
      if (facts.is_constant() && facts.low == 0) {
        digit = 1;
      } else if (outcome_of(facts, value) != Outcome::success ||
                 (value.kind == Value::Kind::constants &&
                  outcome_of({}, sign_extended(value, 32, 64, state.known)) != Outcome::success)) {
        digit = 2;
      }
      key = key * 3 + digit;
    }
    return key;
  }

  void arrive(uint64_t address, State state) {
    Key key{address, class_of(state)};
    auto it = waiting_.find(key);
    if (it == waiting_.end()) {
      if (++classes_[address] > kStatesPerBlock) {
        key.second = state.touched ? UINT32_MAX : UINT32_MAX - 1;
        it = waiting_.find(key);
      }
    }
    if (it == waiting_.end()) {
      waiting_.emplace(key, Waiting{std::move(state)});
      enqueue(key);
      return;
    }
    Waiting& waiting = it->second;
    if (!waiting.state.join(state, waiting.changes > kChangesToWiden)) {
      return;
    }
    if (++waiting.changes > kChangesToStop) {
      shared_.stop("no end of a loop", address);
      return;
    }
    enqueue(key);
  }

  void enqueue(const Key& key) {
    const auto it = leaders_.find(key.first);
    queue_.insert({it == leaders_.end() ? UINT32_MAX : it->second, key});
  }

  void leave(State state) {
    if (state.registers[x86::rsp].stack_offset() != return_slot_) {
      shared_.stop("stack pointer lost", entry_);
      return;
    }
    const uint32_t kind = class_of(state);
    state.stack.drop_below(return_slot_);
    if (depth_ == 0) {
      note_result(state);
      return;
    }
    const auto [it, added] = exits_.try_emplace(kind, state);
    if (!added) {
      it->second.join(state, false);
    }
  }

  void note_result(const State& state) {
    Run& run = shared_.run;
    const Value& value = state.registers[x86::rax];
    const Facts facts = facts_of(value, state.known);
    const Outcome outcome = outcome_of(facts, value);
    if (outcome == Outcome::success) {
      (state.touched ? run.touched_success : run.untouched_success) = true;
      return;
    }
    if (!state.touched) {
      return;
    }
    if (state.decider == 0) {
      return;  // an error of something else
    }
    run.deciders.insert(state.decider);
    if (outcome == Outcome::other_error) {
      run.other_errors = true;
    } else if (value.kind == Value::Kind::constants) {
      run.errors.insert(value.constants.begin(), value.constants.begin() + value.count);
    } else {
      run.errors.insert(static_cast<int64_t>(facts.low));
    }
  }

  // ---- words -----------------------------------------------------------------------------------

  Value address_of(const State& state, const Operand& operand) const {
    if (operand.segment) {
      return Value::unknown();
    }
    Value address = Value::constant(static_cast<uint64_t>(operand.displacement));
    if (operand.base != kNoRegister) {
      address = compute(Op::add, state.registers[operand.base], address, 64, state.known);
    }
    if (operand.index != kNoRegister) {
      const Value index = compute(Op::mul, state.registers[operand.index],
                                  Value::constant(operand.scale), 64, state.known);
      address = compute(Op::add, address, index, 64, state.known);
    }
    return address;
  }

  // The argument that the address is behind, and how far.
  std::optional<std::pair<Variable, uint64_t>> user_place(const Value& address) const {
    Value base = address;
    if (address.kind == Value::Kind::sum && address.width == 64) {
      base.kind = Value::Kind::bits;
      base.addend = 0;
    }
    if (!base.is_whole(64) || !Variables::is_argument(base.variable)) {
      return std::nullopt;
    }
    const uint64_t offset = address.kind == Value::Kind::sum ? address.addend : 0;
    return offset > UINT16_MAX ? std::nullopt : std::optional(std::pair{base.variable, offset});
  }

  bool follows(Variable argument) const { return argument == shared_.question.argument; }

  Value user_bytes(const State& state, Variable argument, uint64_t offset, unsigned size) {
    const Variable word = shared_.variables.user_word(argument, offset / kSlot * kSlot);
    if (word == 0 || offset % kSlot + size > kSlot) {
      return Value::between(0, mask_of(size * 8)).as_tracked(follows(argument) ? kAnyVariable : 0);
    }
    return part(Value::of_variable(word, follows(argument) ? mark_of(word) : 0),
                static_cast<unsigned>(offset % kSlot) * 8, size * 8, state.known);
  }

  Value load(const State& state, const Value& address, unsigned size) {
    const Value anything = Value::between(0, mask_of(size * 8)).as_tracked(address.tracked);
    if (const auto offset = address.stack_offset()) {
      return state.stack.load(*offset, size, state.known);
    }
    if (address.kind == Value::Kind::stack) {
      // Somewhere among tracked words, perhaps.
      uint64_t tracked = address.tracked;
      for (const auto& slot : state.stack.slots()) {
        tracked |= slot.value.tracked;
      }
      return anything.as_tracked(tracked);
    }
    if (address.kind == Value::Kind::registers) {
      for (unsigned i = 0; i < Variables::kArguments; i++) {
        if (address.addend == kArgumentOffsets[i]) {
          const Variable argument = Variables::argument(i);
          return truncated(Value::of_variable(argument, follows(argument) ? mark_of(argument) : 0),
                           size * 8);
        }
      }
      return anything;
    }
    if (const auto place = user_place(address)) {
      return user_bytes(state, place->first, place->second, size);
    }
    return anything;
  }

  void store(State& state, const Value& address, unsigned size, const Value& value,
             Stack::Slot::Use use = Stack::Slot::object) {
    if (const auto offset = address.stack_offset()) {
      state.stack.store(*offset, size, value, use, state.known);
      return;
    }
    if (address.kind == Value::Kind::stack) {
      const auto from = static_cast<int64_t>(address.addend);
      state.stack.forget(
          address.slack > kMaxCopy ? INT64_MIN : from,
          address.slack > kMaxCopy ? INT64_MAX : from + static_cast<int64_t>(address.slack) + size);
      return;
    }
    if (address.kind == Value::Kind::registers) {
      return;  // what userspace gets back
    }
    if (value.kind == Value::Kind::stack) {
      state.escape(static_cast<int64_t>(value.addend));
    }
    state.forget_escaped();
  }

  Value read(const State& state, const Operand& operand) {
    switch (operand.kind) {
      case Operand::reg:
        return part(state.registers[operand.reg_index], operand.bit, operand.width, state.known);
      case Operand::immediate:
        return Value::constant(operand.value);
      case Operand::memory:
        return load(state, address_of(state, operand), operand.width / 8);
      default:
        return Value::unknown();
    }
  }

  void write(State& state, const Operand& operand, const Value& value) {
    if (operand.kind == Operand::reg) {
      Value& target = state.registers[operand.reg_index];
      target = operand.width >= 32
                   ? truncated(value, operand.width)
                   : with_part(target, value, operand.bit, operand.width, state.known);
    } else if (operand.kind == Operand::memory) {
      store(state, address_of(state, operand), operand.width / 8, value);
    }
  }

  Origin origin_of(const State& state, const Operand& operand) const {
    if (operand.kind == Operand::reg && operand.bit == 0) {
      return {Origin::reg, operand.reg_index, 0};
    }
    if (operand.kind == Operand::memory) {
      if (const auto offset = address_of(state, operand).stack_offset()) {
        return {Origin::stack, 0, *offset};
      }
    }
    return {};
  }

  // ---- instructions ----------------------------------------------------------------------------

  // From an address to the end of its block.
  void walk(uint64_t address, State state) {
    const uint64_t start = address;
    while (true) {
      if (address != start && leaders_.contains(address)) {
        arrive(address, std::move(state));
        return;
      }
      if (++shared_.run.steps > shared_.limits.steps) {
        shared_.stop("too many steps", address);
        return;
      }
      const auto& [instruction, jump_label, fixup] = shared_.summaries.place(address);
      if (instruction == nullptr) {
        shared_.stop("no instruction", address);
        return;
      }
      if (jump_label != 0) {
        arrive(jump_label, state);
        if (instruction->op == Op::jump) {
          arrive(instruction->next(), state);
        }
      }
      if (fixup) {
        State faulted = state;
        if (fixup->reg_index != kNoRegister) {
          faulted.registers[fixup->reg_index] = Value::constant(fixup->value);
        } else {
          destroy(faulted, instruction->destroys);
          faulted.registers[x86::rcx] = Value::between(1, UINT64_MAX);
        }
        arrive(fixup->address, std::move(faulted));
      }
      if (reads_destroyed(*instruction, state)) {
        // The compiler knew what the callee leaves alone (-fipa-ra); what is in there is lost here.
        shared_.stop("a register is read that a call should have destroyed", address);
        return;
      }
      if (!step(*instruction, state)) {
        return;
      }
      address = instruction->next();
    }
  }

  static bool reads_destroyed(const Instruction& instruction, const State& state) {
    if (instruction.op == Op::nop || instruction.op == Op::push ||
        instruction.op == Op::carry_mask ||
        ((instruction.op == Op::xor_ || instruction.op == Op::sub) &&
         instruction.a.kind == Operand::reg && instruction.b.kind == Operand::reg &&
         instruction.a.reg_index == instruction.b.reg_index)) {
      return false;  // nothing of it is used
    }
    const auto destroyed = [&](uint8_t number) {
      return number != kNoRegister && state.registers[number].destroyed;
    };
    const auto reads = [&](const Operand& operand, bool written) {
      return (operand.kind == Operand::reg && !written && destroyed(operand.reg_index)) ||
             (operand.kind == Operand::memory &&
              (destroyed(operand.base) || destroyed(operand.index)));
    };
    return reads(instruction.a, false) || reads(instruction.b, false) ||
           reads(instruction.target, true);
  }

  static void destroy(State& state, uint32_t registers) {
    for (size_t i = 0; i < state.registers.size(); i++) {
      if ((registers >> i & 1) != 0) {
        state.registers[i] = Value::unknown();
      }
    }
  }

  void fork(uint64_t address, State state) { todo_.emplace_back(address, std::move(state)); }

  // False if the path does not go on behind the instruction.
  bool step(const Instruction& instruction, State& state) {
    switch (instruction.op) {
      case Op::nop:
        return true;
      case Op::ret:
        leave(std::move(state));
        return false;
      case Op::halt:
        return false;
      case Op::trap:
        if (program_.is_warning(instruction.address)) {
          arrive(instruction.next(), std::move(state));
        }
        return false;
      case Op::jump:
        jump(instruction.destination, state);
        return false;
      case Op::jump_indirect:
        tail_call_unknown(instruction, state);
        return false;
      case Op::branch:
        branch(instruction, state);
        return false;
      case Op::call:
        return call(instruction, instruction.destination, state);
      case Op::call_indirect:
        call_unknown(instruction.address, state, Program::kAnyParameters);
        return true;
      default:
        return compute_step(instruction, state);
    }
  }

  bool compute_step(const Instruction& instruction, State& state) {
    switch (instruction.op) {
      case Op::move:
        write(state, instruction.target, read(state, instruction.a));
        if (instruction.a.kind == Operand::memory && instruction.a.width >= 32) {
          name(instruction.address, state, state.registers[instruction.target.reg_index]);
        }
        return true;
      case Op::sign_extend:
        write(state, instruction.target,
              sign_extended(read(state, instruction.a), instruction.a.width,
                            instruction.target.width, state.known));
        return true;
      case Op::address:
        write(state, instruction.target, address_of(state, instruction.a));
        return true;
      case Op::exchange: {
        const Value a = read(state, instruction.a);
        const Value target = read(state, instruction.target);
        write(state, instruction.target, a);
        write(state, instruction.a, target);
        return true;
      }
      case Op::push:
        push(state,
             instruction.a.kind == Operand::none ? Value::unknown() : read(state, instruction.a),
             Stack::Slot::saved);
        return true;
      case Op::leave:
        state.registers[x86::rsp] = state.registers[x86::rbp];
        state.registers[x86::rbp] = pop(state);
        return true;
      case Op::pop: {
        const Value value = pop(state);
        write(state, instruction.target, value);
        set_flags(instruction, state, {}, {}, {});
        return true;
      }
      case Op::select:
      case Op::set:
      case Op::carry_mask:
        conditional(instruction, state);
        return true;
      case Op::fill:
        fill(state, instruction.width / 8U,
             compute(Op::mul, state.registers[x86::rcx], Value::constant(instruction.width / 8U),
                     64, state.known),
             state.registers[x86::rdi], state.registers[x86::rax]);
        state.registers[x86::rdi] = Value::unknown();
        state.registers[x86::rcx] = Value::constant(0);
        return true;
      case Op::copy:
        copy(state, compute(Op::mul, state.registers[x86::rcx],
                            Value::constant(instruction.width / 8U), 64, state.known));
        state.registers[x86::rcx] = Value::constant(0);
        return true;
      case Op::bit_test:
        bit_test(instruction, state);
        return true;
      case Op::other:
        destroy(state, instruction.destroys);
        if (instruction.target.kind == Operand::memory) {
          const unsigned size = instruction.exact ? instruction.target.width / 8 : 64;
          const Value address = address_of(state, instruction.target);
          if (const auto offset = address.stack_offset(); offset && !instruction.exact) {
            state.stack.forget(*offset, *offset + size);
          } else {
            store(state, address, std::min(size, 8U), Value::unknown());
          }
        }
        set_flags(instruction, state, {}, {}, {});
        return true;
      default:
        arithmetic(instruction, state);
        return true;
    }
  }

  void arithmetic(const Instruction& instruction, State& state) {
    const unsigned width = instruction.width;
    const Value a = truncated(read(state, instruction.a), width);
    Value b = instruction.b.kind == Operand::none ? Value::constant(0)
                                                  : truncated(read(state, instruction.b), width);
    Value result;
    Value left = a;
    if (instruction.op == Op::neg) {
      left = Value::constant(0);
      b = a;
      result = compute(Op::sub, left, b, width, state.known);
    } else if (instruction.op == Op::not_) {
      result = compute(Op::xor_, a, Value::constant(mask_of(width)), width, state.known);
    } else if ((instruction.op == Op::sub || instruction.op == Op::xor_) &&
               instruction.a.kind == Operand::reg && instruction.b.kind == Operand::reg &&
               instruction.a.reg_index == instruction.b.reg_index &&
               instruction.a.bit == instruction.b.bit) {
      result = Value::constant(0);
    } else if (instruction.op == Op::and_ && instruction.a.kind == Operand::reg &&
               instruction.b.kind == Operand::reg &&
               instruction.a.reg_index == instruction.b.reg_index &&
               instruction.a.bit == instruction.b.bit) {
      result = a;
    } else {
      result = compute(instruction.op, a, b, width, state.known);
    }
    const Origin origin = origin_of(state, instruction.a);
    if (!instruction.discards) {
      write(state, instruction.target, result);
    }
    set_flags(instruction, state, instruction.flags == Flags::compare ? left : result, b, origin);
  }

  void set_flags(const Instruction& instruction, State& state, const Value& a, const Value& b,
                 const Origin& origin) {
    switch (instruction.flags) {
      case Flags::keep:
        return;
      case Flags::compare:
        state.flags = {Comparison::difference, instruction.width, a, b, origin};
        return;
      case Flags::logic:
        state.flags = {Comparison::difference, instruction.width, a, Value::constant(0), origin};
        return;
      case Flags::result:
        state.flags = {Comparison::result, instruction.width, a, Value::constant(0), origin};
        return;
      case Flags::destroy:
        state.flags = {};
        return;
    }
  }

  void bit_test(const Instruction& instruction, State& state) {
    const Value index = read(state, instruction.b);
    const Facts facts = facts_of(index, state.known);
    if (!facts.is_constant() || instruction.a.kind != Operand::reg) {
      state.flags = {};
      state.flags.a =
          Value::unknown().as_tracked(index.tracked | read(state, instruction.a).tracked);
      return;
    }
    const auto bit = static_cast<unsigned>(facts.low & (instruction.width - 1U));
    const Value value = part(read(state, instruction.a), bit, 1, state.known);
    state.flags = {Comparison::carry, 1, value.as_tracked(index.tracked), Value::constant(0), {}};
  }

  void conditional(const Instruction& instruction, State& state) {
    const Condition condition =
        instruction.op == Op::carry_mask ? Condition::below : instruction.condition;
    const Truth truth = observe(instruction, condition, state);
    const uint64_t asks = state.flags.a.tracked | state.flags.b.tracked;
    if (truth != Truth::maybe) {
      choose(instruction, truth == Truth::yes, asks, state);
      return;
    }
    if (forks_ < kForks) {
      forks_++;
      State other = state;
      const bool can_hold = assume(condition, state);
      const bool can_fail = assume(negated(condition), other);
      if (can_hold && can_fail) {
        choose(instruction, false, asks, other);
        fork(instruction.next(), std::move(other));
        choose(instruction, true, asks, state);
      } else if (can_fail) {
        state = std::move(other);
        choose(instruction, false, asks, state);
      } else {
        choose(instruction, true, asks, state);
      }
      return;
    }
    State other = state;
    choose(instruction, true, asks, state);
    choose(instruction, false, asks, other);
    state.join(other, false);
  }

  void choose(const Instruction& instruction, bool holds_here, uint64_t asks, State& state) {
    const Operand& target = instruction.target;
    switch (instruction.op) {
      case Op::select:
        if (holds_here || target.width == 32) {
          write(state, target,
                (holds_here ? read(state, instruction.a) : read(state, target)).as_tracked(asks));
        }
        return;
      case Op::set:
        write(state, target, Value::constant(holds_here ? 1 : 0).as_tracked(asks));
        return;
      default:  // carry_mask
        write(state, target,
              Value::constant(holds_here ? mask_of(instruction.width) : 0).as_tracked(asks));
        set_flags(instruction, state, read(state, target), {}, origin_of(state, target));
        return;
    }
  }

  // ---- branches --------------------------------------------------------------------------------

  // Whether the condition holds, noting that the question was asked.
  Truth observe(const Instruction& instruction, Condition condition, State& state) {
    const Truth truth = holds(condition, state.flags, state.known);
    if ((state.flags.a.tracked | state.flags.b.tracked) != 0) {
      if (shared_.question.variable == 0) {
        note_test(instruction.address, condition, state);
        state.touched = true;
        if (truth == Truth::maybe) {
          shared_.run.open.insert(instruction.address);
        }
      } else if (asks_for_variable(state)) {
        state.touched = true;
        if (truth == Truth::maybe) {
          return truth;
        }
        if (shared_.question.open == nullptr ||
            shared_.question.open->contains(instruction.address)) {
          state.decider = instruction.address;
        }
      }
    }
    return truth;
  }

  bool asks_for_variable(const State& state) const {
    return is_asked_for(state.flags.a) || is_asked_for(state.flags.b);
  }

  bool is_asked_for(const Value& value) const {
    return (value.tracked & mark_of(shared_.question.variable)) != 0;
  }

  void note_test(uint64_t address, Condition condition, const State& state) {
    Value a = state.flags.a;
    Value b = state.flags.b;
    if (a.variable == 0 || a.tracked == 0) {
      std::swap(a, b);
    }
    Test test;
    test.address = address;
    test.depends = a.tracked | b.tracked;
    if (a.variable != 0 && (a.kind == Value::Kind::bits || a.kind == Value::Kind::sum) &&
        facts_of(b, state.known).is_constant()) {
      const uint64_t constant = facts_of(b, state.known).low;
      test.variable = a.variable;
      const auto back = [&](uint64_t bits) {
        return a.shift >= 0 ? bits << a.shift : bits >> -a.shift;
      };
      const bool sign = condition == Condition::negative || condition == Condition::not_negative;
      test.mask = back(sign ? a.from & (uint64_t{1} << (state.flags.width - 1)) : a.from);
      test.constant = back((constant - (a.kind == Value::Kind::sum ? a.addend : 0)) &
                           (a.kind == Value::Kind::sum ? mask_of(a.width) : UINT64_MAX));
      test.ordered = condition != Condition::equal && condition != Condition::not_equal &&
                     condition != Condition::negative && condition != Condition::not_negative;
      test.compares = constant != 0 || test.ordered || a.kind == Value::Kind::sum;
      if (test.ordered && a.kind == Value::Kind::sum) {
        test.first = back((uint64_t{0} - a.addend) & mask_of(a.width));
      }
    }
    shared_.run.tests.insert(test);
  }

  void branch(const Instruction& instruction, State& state) {
    destroy(state, instruction.destroys);
    const Truth truth = observe(instruction, instruction.condition, state);
    if (truth != Truth::no) {
      State taken = state;
      if (truth == Truth::yes || assume(instruction.condition, taken)) {
        arrive_or_leave(instruction.destination, std::move(taken));
      }
    }
    if (truth != Truth::yes) {
      if (truth == Truth::no || assume(negated(instruction.condition), state)) {
        fork(instruction.next(), std::move(state));
      }
    }
  }

  // A branch may lead to the beginning of another function, as a jump may.
  void arrive_or_leave(uint64_t destination, State state) {
    if (leaders_.contains(destination) && is_part_of(program_, entry_, destination)) {
      arrive(destination, std::move(state));
    } else {
      jump(destination, state);
    }
  }

  void jump(uint64_t destination, State& state) {
    if (is_part_of(program_, entry_, destination)) {
      arrive(destination, std::move(state));
      return;
    }
    const KnownCallee& known = shared_.summaries.callee(destination);
    if (known.callee == Callee::returns) {
      leave(std::move(state));
      return;
    }
    // A tail call: the callee returns to our caller.
    Instruction tail;
    tail.address = destination;
    for (State& after : call_states(tail.address, destination, state, true)) {
      leave(std::move(after));
    }
  }

  void tail_call_unknown(const Instruction& instruction, State& state) {
    const bool by_table =
        instruction.a.kind == Operand::memory && instruction.a.index != kNoRegister;
    if (by_table || state.registers[x86::rsp].stack_offset() != return_slot_) {
      // Not a tail call but a switch.
      shared_.stop("a jump that is computed", instruction.address);
      return;
    }
    call_unknown(instruction.address, state, Program::kAnyParameters);
    leave(std::move(state));
  }

  // ---- calls -----------------------------------------------------------------------------------

  void push(State& state, const Value& value, Stack::Slot::Use use) {
    Value& pointer = state.registers[x86::rsp];
    pointer = compute(Op::sub, pointer, Value::constant(kSlot), 64, state.known);
    store(state, pointer, kSlot, value, use);
  }

  Value pop(State& state) {
    Value& pointer = state.registers[x86::rsp];
    const Value value = load(state, pointer, kSlot);
    pointer = compute(Op::add, pointer, Value::constant(kSlot), 64, state.known);
    return value;
  }

  bool call(const Instruction& instruction, uint64_t destination, State& state) {
    auto after = call_states(instruction.address, destination, state, false);
    if (after.empty()) {
      return false;
    }
    state = std::move(after.back());
    after.pop_back();
    for (State& other : after) {
      if (forks_ < kForks) {
        forks_++;
        fork(instruction.next(), std::move(other));
      } else {
        state.touched = state.touched || other.touched;
        state.join(other, false);
      }
    }
    return true;
  }

  // The states behind a call. Of a tail call the return address is on the stack already.
  std::vector<State> call_states(uint64_t site, uint64_t destination, State& state, bool tail) {
    const KnownCallee& known = shared_.summaries.callee(destination);
    switch (known.callee) {
      case Callee::nothing:
        return {std::move(state)};
      case Callee::never_returns:
        return {};
      case Callee::ends_program:
        if (state.touched) {
          shared_.run.touched_success = true;
        }
        return {};
      case Callee::copy_from_user:
      case Callee::copy_inline:
        return copy_from_user(site, state, known.callee == Callee::copy_inline);
      case Callee::get_user:
        return get_user(state, known.bytes);
      case Callee::put_user:
        state.registers[x86::rcx] = Value::unknown();
        state.registers[x86::rbx] = Value::unknown();
        state.flags = {};
        return {std::move(state)};
      case Callee::population:
        state.registers[x86::rax] =
            Value::between(0, 64).as_tracked(state.registers[x86::rdi].tracked);
        state.flags = {};
        return {std::move(state)};
      case Callee::reads:
        forget_by_call(site, state);
        return {std::move(state)};
      case Callee::fill: {
        const Value target = state.registers[x86::rdi];
        fill(state, 1, state.registers[x86::rdx], target, state.registers[x86::rsi]);
        after_known(state);
        state.registers[x86::rax] = target;
        return {std::move(state)};
      }
      case Callee::copy: {
        const Value target = state.registers[x86::rdi];
        copy(state, state.registers[x86::rdx]);
        after_known(state);
        state.registers[x86::rax] = target;
        return {std::move(state)};
      }
      default:
        break;
    }
    if (known.callee == Callee::ordinary && carries(destination, state) &&
        depth_ + 1 < shared_.limits.depth && program_.is_code(destination) &&
        std::find(shared_.active.begin(), shared_.active.end(), destination) ==
            shared_.active.end()) {
      return follow(site, destination, state, tail);
    }
    const bool never_positive =
        known.callee == Callee::zero_or_error ||
        (known.callee == Callee::ordinary && shared_.summaries.never_positive(destination));
    call_unknown(site, state,
                 known.callee == Callee::zero_or_error ? 0 : program_.parameters(destination));
    const auto wide = program_.has_wide_result(destination);
    if (known.callee == Callee::ordinary && wide) {
      mark_destroyed(state, *wide);
    }
    if (never_positive && state.registers[x86::rax].variable != 0) {
      state.known.at(state.registers[x86::rax].variable).never_positive = true;
    }
    return {std::move(state)};
  }

  // Whether what is followed is passed on.
  bool carries(uint64_t destination, const State& state) const {
    const unsigned count = program_.parameters(destination);
    const auto in_registers = std::min<size_t>(count, kParameterRegisters.size());
    if (count > in_registers && passes_on_stack(state, count - in_registers)) {
      return true;
    }
    return std::any_of(kParameterRegisters.begin(), kParameterRegisters.begin() + in_registers,
                       [&](uint8_t number) {
                         const Value& value = state.registers[number];
                         if (value.tracked != 0 || value.kind == Value::Kind::registers) {
                           return true;
                         }
                         const auto offset = value.stack_offset();
                         if (!offset) {
                           return false;
                         }
                         const int64_t end = state.stack.frame_end(*offset);
                         return std::any_of(state.stack.slots().begin(), state.stack.slots().end(),
                                            [&](const auto& slot) {
                                              return slot.offset >= *offset && slot.offset < end &&
                                                     slot.use == Stack::Slot::object &&
                                                     slot.value.tracked != 0;
                                            });
                       });
  }

  static bool passes_on_stack(const State& state, size_t count) {
    const auto top = state.registers[x86::rsp].stack_offset();
    for (size_t i = 0; top && i < count; i++) {
      if (state.stack.load(*top + static_cast<int64_t>(i * kSlot), kSlot, state.known).tracked !=
          0) {
        return true;
      }
    }
    return false;
  }

  std::vector<State> follow(uint64_t site, uint64_t destination, State& state, bool tail) {
    if (!tail) {
      push(state, Value::constant(site), Stack::Slot::return_address);
    }
    shared_.active.push_back(destination);
    auto exits = Activation(shared_, destination, depth_ + 1).run(std::move(state));
    shared_.active.pop_back();
    for (State& exit : exits) {
      if (!tail) {
        pop(exit);
        exit.stack.drop_below(*exit.registers[x86::rsp].stack_offset());
      }
      exit.flags = {};
      name(site, exit, exit.registers[x86::rax]);
    }
    return exits;
  }

  // What the callee does is not known, but that it keeps to the calling convention. If it is given
  // what is asked for, it may decide by that what it returns.
  void call_unknown(uint64_t site, State& state, unsigned parameters) {
    for (size_t i = 0; i < kParameterRegisters.size(); i++) {
      const Value& value = state.registers[kParameterRegisters[i]];
      if (i < parameters && shared_.question.variable != 0 && is_asked_for(value)) {
        state.touched = true;
      }
      if (value.kind == Value::Kind::stack) {
        escape_from(state, static_cast<int64_t>(value.addend));
      }
    }
    forget_by_call(site, state);
  }

  void forget_by_call(uint64_t site, State& state) {
    state.forget_escaped();
    after_known(state);
    name(site, state, state.registers[x86::rax]);
  }

  // Makes a word of which nothing is known, but perhaps that its upper half is zero, a variable:
  // what a branch tells of it holds for its copies too.
  void name(uint64_t site, State& state, Value& value) {
    const bool whole = value == Value::unknown();
    if (!whole && !(value == Value::between(0, UINT32_MAX))) {
      return;
    }
    const Variable variable = shared_.variables.local(site, depth_);
    if (variable != 0) {
      state.forget(variable);
      value = truncated(Value::of_variable(variable), whole ? 64 : 32);
    }
  }

  // With what is stored in what escapes.
  static void escape_from(State& state, int64_t offset) {
    state.escape(offset);
    const int64_t end = state.stack.frame_end(offset);
    std::vector<int64_t> more;
    for (const auto& slot : state.stack.slots()) {
      if (slot.offset >= offset && slot.offset < end && slot.use == Stack::Slot::object &&
          slot.value.kind == Value::Kind::stack) {
        more.push_back(static_cast<int64_t>(slot.value.addend));
      }
    }
    for (const int64_t pointed : more) {
      state.escape(pointed);
    }
  }

  // A function of C may use them all; those of its result hold that.
  static void mark_destroyed(State& state, bool wide_result) {
    for (const uint8_t number : kScratchRegisters) {
      if (number != x86::rax && (number != x86::rdx || !wide_result)) {
        state.registers[number] = Value::unknown();
        state.registers[number].destroyed = true;
      }
    }
  }

  static void after_known(State& state) {
    for (const uint8_t number : kScratchRegisters) {
      state.registers[number] = Value::unknown();
    }
    state.flags = {};
  }

  // ---- memory ----------------------------------------------------------------------------------

  void fill(State& state, unsigned unit, const Value& bytes, const Value& target,
            const Value& value) {
    const auto offset = target.stack_offset();
    const Facts count = facts_of(bytes, state.known);
    const Facts with = facts_of(truncated(value, unit * 8), state.known);
    if (offset && count.is_constant() && count.low <= kMaxCopy && with.is_constant() &&
        with.low == 0) {
      for (uint64_t at = 0; at < count.low; at += kSlot) {
        store(state, Value::stack(*offset + static_cast<int64_t>(at)),
              static_cast<unsigned>(std::min<uint64_t>(kSlot, count.low - at)), Value::constant(0));
      }
      return;
    }
    scribble(state, target, count);
  }

  // Something was written there.
  void scribble(State& state, const Value& target, const Facts& count) {
    if (target.kind != Value::Kind::stack) {
      state.forget_escaped();
      return;
    }
    const auto from = static_cast<int64_t>(target.addend);
    if (target.slack > kMaxCopy) {
      state.stack.forget(INT64_MIN, INT64_MAX);
      return;
    }
    const int64_t frame = state.stack.frame_end(from);
    const int64_t to =
        count.high > kMaxCopy ? frame : from + static_cast<int64_t>(target.slack + count.high);
    state.stack.forget(from, std::min(to, frame));
  }

  // memcpy, from rsi to rdi.
  void copy(State& state, const Value& bytes) {
    const Value target = state.registers[x86::rdi];
    const Value source = state.registers[x86::rsi];
    const Facts count = facts_of(bytes, state.known);
    const auto to = target.stack_offset();
    const auto from = source.stack_offset();
    state.registers[x86::rdi] = Value::unknown();
    state.registers[x86::rsi] = Value::unknown();
    if (to && count.is_constant() && count.low <= kMaxCopy && (from || user_place(source))) {
      std::vector<std::pair<uint64_t, Value>> words;
      for (uint64_t at = 0; at < count.low; at += kSlot) {
        const auto size = static_cast<unsigned>(std::min<uint64_t>(kSlot, count.low - at));
        words.emplace_back(
            at, load(state, compute(Op::add, source, Value::constant(at), 64, state.known), size));
      }
      for (const auto& [at, word] : words) {
        store(state, Value::stack(*to + static_cast<int64_t>(at)),
              static_cast<unsigned>(std::min<uint64_t>(kSlot, count.low - at)), word);
      }
      return;
    }
    if (source.kind == Value::Kind::stack && target.kind != Value::Kind::stack) {
      escape_from(state, static_cast<int64_t>(source.addend));
    }
    scribble(state, target, count);
  }

  // rdi: kernel, rsi: user, rdx or rcx: bytes; rax or rcx: bytes that were not copied.
  std::vector<State> copy_from_user(uint64_t, State& state, bool inline_form) {
    const uint8_t result = inline_form ? x86::rcx : x86::rax;
    const Value target = state.registers[x86::rdi];
    const Value source = state.registers[x86::rsi];
    const Facts count = facts_of(state.registers[inline_form ? x86::rcx : x86::rdx], state.known);
    const auto done = [&](State& after) {
      if (inline_form) {
        after.registers[x86::rax] = Value::unknown();
        after.registers[x86::rsi] = Value::unknown();
        after.registers[x86::rdi] = Value::unknown();
        after.registers[x86::r8] = Value::unknown();
        after.registers[x86::rdx] = Value::unknown();
        after.flags = {};
      } else {
        after_known(after);
      }
    };
    State failed = state;
    scribble(failed, target, count);
    done(failed);
    failed.registers[result] = Value::between(1, std::max<uint64_t>(count.high, 1));
    if (facts_of(source, state.known).is_constant()) {
      return {std::move(failed)};  // the address that stands for all that userspace may not name
    }
    const auto to = target.stack_offset();
    const auto from = user_place(source);
    if (to && from && count.high <= kMaxCopy) {
      // Of a struct that userspace may have a shorter or longer one of, the fields that it did not
      // give are zero; they are the struct's fields all the same. So are the last bytes of one of
      // which only is known that it is shorter than the struct: that ends where a word does.
      const uint64_t bytes = count.is_constant() ? count.high : (count.high + 3) / 4 * 4;
      for (uint64_t at = 0; at < bytes; at += kSlot) {
        const auto size = static_cast<unsigned>(std::min<uint64_t>(kSlot, bytes - at));
        store(state, Value::stack(*to + static_cast<int64_t>(at)), size,
              user_bytes(state, from->first, from->second + at, size));
      }
    } else {
      scribble(state, target, count);
    }
    done(state);
    state.registers[result] = Value::constant(0);
    return {std::move(failed), std::move(state)};
  }

  std::vector<State> get_user(State& state, unsigned size) {
    State failed = state;
    failed.registers[x86::rax] = Value::constant(static_cast<uint64_t>(int64_t{-14}));
    failed.registers[x86::rdx] = Value::constant(0);
    failed.flags = {};
    state.registers[x86::rdx] = load(state, state.registers[x86::rax], size);
    state.registers[x86::rax] = Value::constant(0);
    state.flags = {};
    return {std::move(failed), std::move(state)};
  }

  Shared& shared_;
  const Program& program_;
  uint64_t entry_;
  unsigned depth_;
  const Leaders& leaders_;
  int64_t return_slot_ = 0;
  std::map<Key, Waiting> waiting_;
  std::unordered_map<uint64_t, unsigned> classes_;
  std::set<std::pair<unsigned, Key>> queue_;
  std::vector<std::pair<uint64_t, State>> todo_;
  unsigned forks_ = 0;
  std::map<uint32_t, State> exits_;
};

Variable Variables::user_word(Variable argument, uint64_t offset) {
  if (next_ == kFirstLocal) {
    return 0;
  }
  const auto [it, added] = words_.try_emplace({argument, offset}, next_);
  if (added) {
    next_ = static_cast<Variable>(next_ + 1);
  }
  return it->second;
}

Variable Variables::argument_of(Variable word) const {
  for (const auto& [place, variable] : words_) {
    if (variable == word) {
      return place.first;
    }
  }
  return 0;
}

uint64_t Variables::offset_of(Variable word) const {
  for (const auto& [place, variable] : words_) {
    if (variable == word) {
      return place.second;
    }
  }
  return 0;
}

std::vector<Variable> Variables::words_of(Variable argument) const {
  std::vector<Variable> words;
  for (const auto& [place, variable] : words_) {
    if (place.first == argument) {
      words.push_back(variable);
    }
  }
  return words;
}

Variable Variables::local(uint64_t site, unsigned depth) {
  if (next_local_ == UINT16_MAX) {
    return 0;
  }
  const auto [it, added] = locals_.try_emplace({site, depth}, next_local_);
  if (added) {
    next_local_ = static_cast<Variable>(next_local_ + 1);
  }
  return it->second;
}

namespace {

State state_at_entry() {
  State state;
  state.registers.assign(x86::kRegisters, Value::unknown());
  state.registers[x86::rsp] = Value::stack(0);
  state.stack.store(0, kSlot, Value::unknown(), Stack::Slot::return_address, state.known);
  return state;
}

constexpr unsigned kSummaryDepth = 4;  // of functions whose result is that of another
constexpr uint64_t kSummarySteps = 4000;

bool is_never_positive(const State& state) {
  const Value result = truncated(state.registers[x86::rax], 32);
  if (result.kind == Value::Kind::constants) {
    return std::all_of(result.constants.begin(), result.constants.begin() + result.count,
                       [](uint64_t word) { return static_cast<int32_t>(word) <= 0; });
  }
  const Facts facts = facts_of(result, state.known);
  if ((facts.one >> 31 & 1) != 0 || facts.high == 0) {
    return true;
  }
  const Knowledge* knowledge = result.is_whole(32) ? state.known.find(result.variable) : nullptr;
  return knowledge != nullptr && knowledge->never_positive;
}

}  // namespace

const Leaders& Summaries::leaders(uint64_t function) {
  const auto [it, added] = leaders_.try_emplace(function);
  if (added) {
    it->second = leaders_of(program_, function);
  }
  return it->second;
}

const KnownCallee& Summaries::callee(uint64_t function) {
  const auto [it, added] = callees_.try_emplace(function);
  if (added) {
    it->second = known_callee(program_.names(function));
  }
  return it->second;
}

const Summaries::Place& Summaries::place(uint64_t address) {
  const auto [it, added] = places_.try_emplace(address);
  if (added) {
    it->second = {program_.at(address), program_.jump_label(address), program_.fixup(address)};
  }
  return it->second;
}

bool Summaries::never_positive(uint64_t function) {
  const auto it = known_.find(function);
  if (it != known_.end()) {
    return it->second;
  }
  if (depth_ >= kSummaryDepth || !program_.is_code(function)) {
    return false;
  }
  known_[function] = false;  // while it is being found out
  depth_++;
  Variables variables;
  const Question nothing;
  const Limits limits{kSummarySteps, 1, false};
  Shared shared{program_, variables, *this, nothing, limits, {}, {function}};
  const auto exits = Activation(shared, function, 1).run(state_at_entry());
  depth_--;
  return known_[function] = !shared.stopped() && !exits.empty() &&
                            std::all_of(exits.begin(), exits.end(), is_never_positive);
}

Run Explorer::run(uint64_t entry, const Question& question, const Limits& limits) {
  Shared shared{program_, variables_, summaries_, question, limits, {}, {entry}};
  State state = state_at_entry();
  state.registers[x86::rdi] = Value::user_registers();
  if (question.variable != 0) {
    if (question.variable != question.argument) {
      state.known.at(question.argument).low = 1;  // there is such a word: the pointer is not null
    }
    Knowledge& knowledge = state.known.at(question.variable);
    knowledge.zero = question.zero;
    knowledge.one = question.one;
    if (question.bounds_width == 64) {
      knowledge.low = std::max(knowledge.low, question.low);
      knowledge.high = question.high;
    } else {
      knowledge.low32 = question.low;
      knowledge.high32 = std::min<uint64_t>(question.high, UINT32_MAX);
    }
  }
  Activation(shared, entry, 0).run(std::move(state));
  return std::move(shared.run);
}

}  // namespace kapi::code

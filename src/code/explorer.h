// SPDX-License-Identifier: GPL-2.0-only
// Runs a syscall's code over what is known instead of over numbers, along every path that what is
// known allows.
//
// What it finds is an upper bound: a return that is not among its exits cannot happen, as far as
// the code was followed completely (Run::stopped is empty). A path among them need not exist.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "code/calls.h"
#include "code/program.h"
#include "code/state.h"

namespace kapi::code {

// The variables of one syscall: its arguments, words of user memory behind them, results of calls.
class Variables {
 public:
  static constexpr unsigned kArguments = 6;
  // Of the argument with that index.
  static Variable argument(unsigned index) { return static_cast<Variable>(index + 1); }
  static bool is_argument(Variable variable) { return variable >= 1 && variable <= kArguments; }
  // The word at `offset` (a multiple of 8) behind an argument.
  Variable user_word(Variable argument, uint64_t offset);
  // 0 if the variable is no user word.
  Variable argument_of(Variable word) const;
  uint64_t offset_of(Variable word) const;
  std::vector<Variable> words_of(Variable argument) const;
  // Of what the instruction at `site` gets: the result of a call, a word of the kernel's memory.
  // 0 if no more are told apart.
  Variable local(uint64_t site, unsigned depth);

 private:
  Variable next_ = kArguments + 1;
  Variable next_local_ = kFirstLocal;
  std::map<std::pair<Variable, uint64_t>, Variable> words_;
  std::map<std::pair<uint64_t, unsigned>, Variable> locals_;
};

// What a run asks: which argument it follows into calls, and what holds of a variable.
struct Question {
  Variable argument = 0;  // with the user memory behind it
  Variable variable = 0;  // that is assumed of; 0: nothing is
  uint64_t zero = 0;
  uint64_t one = 0;
  // Bounds of the variable, or of its lower half if they are of 32 bits.
  uint64_t low = 0;
  uint64_t high = UINT64_MAX;
  unsigned bounds_width = 64;
  // Branches that may go either way if nothing is assumed; null: that is not known.
  const std::set<uint64_t>* open = nullptr;
};

// A branch that depends on what is followed.
struct Test {
  uint64_t address = 0;
  Variable variable = 0;  // 0: it depends on it in a way that is not known
  uint64_t depends = 0;   // on which variables, by their marks
  uint64_t mask = 0;      // the bits of the variable that are asked for
  bool compares = false;  // with a constant that is not 0, or by order
  uint64_t constant = 0;  // in the place of those bits
  bool ordered = false;   // below, above, less, greater
  uint64_t first = 0;     // the lowest in that order, if it is not 0: x - first < constant - first
  bool operator<(const Test& other) const {
    const auto key = [](const Test& test) {
      return std::tie(test.address, test.variable, test.depends, test.mask, test.compares,
                      test.constant, test.ordered, test.first);
    };
    return key(*this) < key(other);
  }
};

struct Run {
  std::string stopped;  // why not every path was followed; empty: all were
  uint64_t stopped_at = 0;
  bool touched_success = false;    // returns no error, and a branch asked for what is followed
  bool untouched_success = false;  // the same, and none did
  std::set<int64_t> errors;        // constant ones, of paths that asked
  bool other_errors = false;       // negative ones that are not constant
  std::set<uint64_t> deciders;     // branches that the assumption decided before an error
  std::set<Test> tests;
  std::set<uint64_t> open;  // those of the tests that may go either way
  uint64_t steps = 0;
};

struct Limits {
  uint64_t steps = 60'000;
  unsigned depth = 5;
  // Once it is known that what is assumed is not rejected, nothing more is asked.
  bool until_success = false;
};

// The blocks of a function: where jumps lead, in reverse postorder.
using Leaders = std::unordered_map<uint64_t, unsigned>;

// What can be said of functions, whatever they are called with. Found once for each.
class Summaries {
 public:
  explicit Summaries(const Program& program) : program_(program) {}
  // The references stay valid.
  const Leaders& leaders(uint64_t function);
  const KnownCallee& callee(uint64_t function);
  // An instruction, and what the kernel's tables say of its place.
  struct Place {
    const Instruction* instruction = nullptr;
    uint64_t jump_label = 0;
    std::optional<Fixup> fixup;
  };
  const Place& place(uint64_t address);
  // Whether the function returns an int that is zero or an error: `if (error) return error;`.
  bool never_positive(uint64_t function);

 private:
  const Program& program_;
  std::unordered_map<uint64_t, Leaders> leaders_;
  std::unordered_map<uint64_t, KnownCallee> callees_;
  std::unordered_map<uint64_t, Place> places_;
  std::map<uint64_t, bool> known_;
  unsigned depth_ = 0;
};

class Explorer {
 public:
  Explorer(const Program& program, Variables& variables, Summaries& summaries)
      : program_(program), variables_(variables), summaries_(summaries) {}
  Run run(uint64_t entry, const Question& question, const Limits& limits);

 private:
  const Program& program_;
  Variables& variables_;
  Summaries& summaries_;
};

}  // namespace kapi::code

// SPDX-License-Identifier: GPL-2.0-only
// What a syscall accepts in one argument, or in one field of a struct behind it.
//
// A bit is rejected if with that bit set, and nothing else known, every path returns an error. A
// value is rejected if with the argument equal to it every path does. Which bits and values are
// asked for is read off the branches that depend on the argument; all others behave like one of
// them. It is a finding only if the code says no to what nothing mentions: a bit that no branch
// tells from others, a value that none compares with. Otherwise the code accepts anything, or
// decides elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "code/explorer.h"

namespace kapi::code {

enum class Verdict : uint8_t { proved, conditional, unknown };

struct Accepted {
  enum Kind : uint8_t { unknown, mask, listed };
  Kind kind = unknown;
  Verdict verdict = Verdict::unknown;
  uint64_t bits = 0;            // mask
  std::vector<int64_t> values;  // ascending
  unsigned width = 64;          // bits of the argument
  std::set<int64_t> errors;     // what is answered otherwise
  std::set<uint64_t> deciders;  // the branches that do
  unsigned depth = UINT32_MAX;  // to which calls were followed where it is accepted, the least
  std::string reason;           // why it is not proved
};

// The part of a word that is asked for: of the argument itself, or of a word of user memory.
struct Part {
  Variable argument = 0;
  Variable variable = 0;
  unsigned bit = 0;
  unsigned width = 64;
  bool is_signed = false;
};

struct Effort {
  uint64_t steps = 0;
  unsigned runs = 0;
};

class Questions {
 public:
  Questions(const Program& program, Summaries& summaries, uint64_t entry)
      : program_(program), summaries_(summaries), entry_(entry) {}
  // The branches that depend on an argument or on the user memory behind it. Kept.
  const Run& baseline(unsigned argument);
  Accepted accepted(const Part& part);
  Variables& variables() { return variables_; }
  const Effort& effort() const { return effort_; }

 private:
  enum class Answer : uint8_t { accepted, rejected, guarded, unknown };
  struct Followed {
    Run run;
    unsigned depth = 0;  // to which calls were followed
  };
  // What is assumed of the part.
  struct Assumption {
    uint64_t zero = 0;
    uint64_t one = 0;
    uint64_t low = 0;
    uint64_t high = UINT64_MAX;
  };
  Answer ask(const Part& part, const Assumption& assumption, Accepted& into);
  Answer ask_value(const Part& part, uint64_t value, Accepted& into);
  Answer ask_range(const Part& part, uint64_t first, uint64_t last, Accepted& into);
  Followed run(const Question& question, bool until_success, unsigned depth, uint64_t steps);
  Accepted judged(const Part& part);
  bool has_unknown_tests(const Part& part);
  Accepted bits(const Part& part, const std::vector<Test>& tests);
  Accepted values(const Part& part, const std::vector<Test>& tests);
  // Commands and flags in one: the sets of the bits that are accepted one by one.
  Accepted combinations(const Part& part, const Accepted& bits);

  const Program& program_;
  Summaries& summaries_;
  uint64_t entry_;
  Variables variables_;
  const Followed& baseline_of(unsigned argument);

  std::map<unsigned, Followed> baselines_;
  Effort effort_;
};

}  // namespace kapi::code

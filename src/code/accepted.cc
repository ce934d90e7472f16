// SPDX-License-Identifier: GPL-2.0-only
#include "code/accepted.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>

namespace kapi::code {
namespace {

// How far calls are followed: less far where that takes too long. What is rejected is rejected
// however little is followed, since a call that is not followed may return anything.
constexpr unsigned kShallow = 2;
constexpr std::array kDepths = {5U, 4U, 3U, 2U, 1U};
constexpr unsigned kTrusted = 3;  // depth that makes a proof
constexpr uint64_t kSteps = 40'000;
constexpr uint64_t kBaselineSteps = 60'000;
constexpr size_t kMaxValues = 96;     // probed
constexpr uint64_t kMaxSpan = 64;     // of values between two constants of which each is probed
constexpr uint64_t kMaxListed = 256;  // of values between two constants that are all accepted
constexpr size_t kCommandConstants = 3;
constexpr int kMaxCombined = 7;  // bits of which all sets are probed

// The tests of the part, moved to its lowest bit.
std::vector<Test> tests_of(const Run& run, const Part& part) {
  std::vector<Test> tests;
  for (Test test : run.tests) {
    if (test.variable != part.variable) {
      continue;
    }
    test.mask = test.mask >> part.bit & mask_of(part.width);
    test.constant = test.constant >> part.bit & mask_of(part.width);
    test.first = test.first >> part.bit & mask_of(part.width);
    if (test.mask != 0) {
      tests.push_back(test);
    }
  }
  return tests;
}

// What the constant is among the bits that are asked for, counted from the lowest of them.
uint64_t number_of(const Test& test) {
  return test.constant >> static_cast<unsigned>(std::countr_zero(test.mask));
}

bool is_mask_like(const Test& test) {
  const uint64_t number = number_of(test);
  return (number & (number + 1)) == 0;
}

// Bits that every test treats alike are one group: which masks they are in, and, below the highest
// bit of a constant that they are compared with, their place.
// `apart`: there are tests of which it is not known what they ask for, so that every bit is one.
std::vector<std::vector<unsigned>> groups_of(const std::vector<Test>& tests, unsigned width,
                                             bool apart) {
  std::map<std::vector<uint64_t>, std::vector<unsigned>> groups;
  for (unsigned bit = 0; bit < width; bit++) {
    const uint64_t one = uint64_t{1} << bit;
    std::vector<uint64_t> signature;
    for (const Test& test : tests) {
      const bool in = (test.mask & one) != 0;
      uint64_t sign = in ? 1 : 0;
      if (in && test.compares) {
        const auto highest = static_cast<unsigned>(std::bit_width(test.constant));
        sign = bit <= highest ? 2 + bit : 1;
        if (test.ordered && bit == width - 1) {
          sign = 2 + bit;  // the sign
        }
      }
      signature.push_back(sign);
    }
    if (apart) {
      signature.push_back(bit);
    }
    groups[signature].push_back(bit);
  }
  std::vector<std::vector<unsigned>> out;
  out.reserve(groups.size());
  for (auto& [signature, group] : groups) {
    out.push_back(std::move(group));
  }
  return out;
}

// A number that is compared for equality with several constants, of which each is no set of all its
// bits: a command, not flags.
struct Command {
  uint64_t mask = 0;
  size_t constants = 0;
  bool single_bits = false;  // all of them, so that they are flags of which only one may be given
};

Command command_of(const std::vector<Test>& tests) {
  std::map<uint64_t, std::set<uint64_t>> compared;
  for (const Test& test : tests) {
    if (!std::has_single_bit(test.mask) && test.compares &&
        (test.constant & test.mask) != test.mask && (!test.ordered || !is_mask_like(test))) {
      compared[test.mask].insert(test.constant);
    }
  }
  Command command;
  for (const auto& [mask, constants] : compared) {
    if (constants.size() > command.constants ||
        (constants.size() == command.constants && mask > command.mask)) {
      command = {mask, constants.size(),
                 std::all_of(constants.begin(), constants.end(),
                             [](uint64_t constant) { return (constant & (constant - 1)) == 0; })};
    }
  }
  return command;
}

}  // namespace

const Run& Questions::baseline(unsigned argument) { return baseline_of(argument).run; }

const Questions::Followed& Questions::baseline_of(unsigned argument) {
  const auto [it, added] = baselines_.try_emplace(argument);
  if (added) {
    Question question;
    question.argument = Variables::argument(argument);
    it->second = run(question, false, kDepths.front(), kBaselineSteps);
  }
  return it->second;
}

Questions::Followed Questions::run(const Question& question, bool until_success, unsigned depth,
                                   uint64_t steps) {
  Followed followed;
  for (const unsigned shallower : kDepths) {
    if (shallower > depth) {
      continue;
    }
    followed.depth = shallower;
    followed.run = Explorer(program_, variables_, summaries_)
                       .run(entry_, question, {steps, shallower, until_success});
    effort_.steps += followed.run.steps;
    effort_.runs++;
    if (followed.run.stopped.empty() || (until_success && followed.run.touched_success)) {
      break;
    }
  }
  return followed;
}

// What is rejected is rejected however little is followed: that is tried first.
Questions::Answer Questions::ask(const Part& part, const Assumption& assumption, Accepted& into) {
  // No deeper than the tests are known that tell bits and values apart.
  const Followed& baseline = baseline_of(part.argument - 1U);
  Question question;
  question.argument = part.argument;
  question.variable = part.variable;
  question.zero = assumption.zero << part.bit;
  question.one = assumption.one << part.bit;
  question.low = assumption.low;
  question.high = assumption.high;
  question.bounds_width = part.width;
  if (part.bit != 0 || (part.width != 32 && part.width != 64)) {
    question.low = 0;
    question.high = UINT64_MAX;
    question.bounds_width = 64;
  }
  question.open = &baseline.run.open;
  Followed followed;
  for (const unsigned depth : {std::min(kShallow, baseline.depth), baseline.depth}) {
    followed = run(question, true, depth, kSteps);
    const Run& run = followed.run;
    const bool rejected = run.stopped.empty() && !run.touched_success && !run.untouched_success &&
                          !run.deciders.empty();
    if (rejected || depth == baseline.depth) {
      break;
    }
  }
  const Run& run = followed.run;
  if (run.touched_success) {
    into.depth = std::min(into.depth, followed.depth);
    return Answer::accepted;
  }
  if (!run.stopped.empty()) {
    into.reason = run.stopped + " at " + program_.place(run.stopped_at);
    return Answer::unknown;
  }
  if (run.deciders.empty()) {
    return run.untouched_success ? Answer::accepted : Answer::unknown;
  }
  into.errors.insert(run.errors.begin(), run.errors.end());
  into.deciders.insert(run.deciders.begin(), run.deciders.end());
  return run.untouched_success ? Answer::guarded : Answer::rejected;
}

Questions::Answer Questions::ask_value(const Part& part, uint64_t value, Accepted& into) {
  return ask(part, {~value & mask_of(part.width), value}, into);
}

// Whether all values between the two are rejected: at once, or, where bounds cannot be assumed, in
// blocks of which the upper bits are known.
Questions::Answer Questions::ask_range(const Part& part, uint64_t first, uint64_t last,
                                       Accepted& into) {
  const uint64_t mask = mask_of(part.width);
  if (part.bit == 0 && (part.width == 32 || part.width == 64)) {
    return ask(part, {0, 0, first, last}, into);
  }
  bool guarded = false;
  for (uint64_t at = first;;) {
    unsigned size = at == 0 ? part.width : static_cast<unsigned>(std::countr_zero(at));
    while (at + mask_of(size) > last || size > part.width) {
      size--;
    }
    const uint64_t fixed = mask & ~mask_of(size);
    const Answer answer = ask(part, {~at & fixed, at & fixed}, into);
    if (answer == Answer::accepted || answer == Answer::unknown) {
      return answer;
    }
    guarded = guarded || answer == Answer::guarded;
    if (at + mask_of(size) >= last) {
      return guarded ? Answer::guarded : Answer::rejected;
    }
    at += mask_of(size) + 1;
  }
}

// What is accepted in the end may be rejected where calls were not followed any more.
Accepted Questions::accepted(const Part& part) {
  Accepted found = judged(part);
  if (found.verdict == Verdict::proved && found.depth < kTrusted) {
    found.verdict = Verdict::conditional;
    found.reason = "calls were followed to a depth of " + std::to_string(found.depth) + " only";
  }
  return found;
}

Accepted Questions::judged(const Part& part) {
  const Run& run = baseline(part.argument - 1U);
  Accepted none;
  none.width = part.width;
  if (!run.stopped.empty()) {
    none.reason = run.stopped;  // there may be more tests than are known
    return none;
  }
  const auto tests = tests_of(run, part);
  if (tests.empty() && !has_unknown_tests(part)) {
    none.reason = "no branch asks for it";
    return none;
  }
  const Command command = command_of(tests);
  const bool asks_flags = std::any_of(tests.begin(), tests.end(), [&](const Test& test) {
    return !test.compares && test.mask != mask_of(part.width);
  });
  const bool is_command =
      command.constants >= kCommandConstants || (command.constants > 0 && !asks_flags);
  if (is_command && command.mask == mask_of(part.width)) {
    return values(part, tests);
  }
  Accepted found = bits(part, tests);
  if (is_command && !command.single_bits && found.kind == Accepted::mask) {
    return combinations(part, found);
  }
  // Numbers that are compared by order with what is no set of bits are no flags, if what lies above
  // is rejected though its bits are not.
  if (!is_command && found.kind == Accepted::mask) {
    for (const Test& test : tests) {
      const uint64_t above = (number_of(test) + 1)
                             << static_cast<unsigned>(std::countr_zero(test.mask));
      Accepted ignored;
      if (test.ordered && !is_mask_like(test) && (above & ~found.bits) == 0 &&
          ask_value(part, above, ignored) != Answer::accepted) {
        if (test.mask == mask_of(part.width)) {
          return values(part, tests);
        }
        found = {};
        found.width = part.width;
        found.reason = "a number and flags in one";
        return found;
      }
    }
  }
  // What is no set of bits may still be a list of values.
  const bool compares = std::any_of(tests.begin(), tests.end(), [&](const Test& test) {
    return test.compares && test.mask == mask_of(part.width);
  });
  if (found.kind == Accepted::unknown && compares) {
    Accepted listed = values(part, tests);
    if (listed.kind != Accepted::unknown) {
      return listed;
    }
  }
  return found;
}

// Branches that depend on what is followed in a way that is not known.
bool Questions::has_unknown_tests(const Part& part) {
  const Run& run = baseline(part.argument - 1U);
  return std::any_of(run.tests.begin(), run.tests.end(), [&](const Test& test) {
    return test.variable == 0 && (test.depends & mark_of(part.variable)) != 0 &&
           run.open.contains(test.address);
  });
}

Accepted Questions::bits(const Part& part, const std::vector<Test>& tests) {
  Accepted out;
  out.width = part.width;
  out.kind = Accepted::mask;
  out.verdict = Verdict::proved;
  const auto give_up = [&](std::string why) {
    Accepted none;
    none.width = part.width;
    none.reason = std::move(why);
    return none;
  };
  std::map<unsigned, Answer> answers;
  const auto ask_bit = [&](unsigned bit) {
    const auto [it, added] = answers.try_emplace(bit);
    if (added) {
      it->second = ask(part, {0, uint64_t{1} << bit}, out);
    }
    return it->second;
  };
  // The first and the last stand for all of a group.
  const auto ask_group = [&](const std::vector<unsigned>& group) -> std::optional<Answer> {
    const Answer answer = ask_bit(group.front());
    return ask_bit(group.back()) == answer ? std::optional(answer) : std::nullopt;
  };
  const auto named = groups_of(tests, part.width, false);
  const auto fresh = std::max_element(named.begin(), named.end(), [](const auto& a, const auto& b) {
    return a.size() < b.size() || (a.size() == b.size() && a.back() < b.back());
  });
  switch (ask_bit(fresh->back())) {
    case Answer::accepted:
      return give_up("a bit that nothing mentions is accepted");
    case Answer::unknown:
      return give_up(out.reason);
    default:
      break;
  }
  bool guarded = false;
  for (const auto& group : groups_of(tests, part.width, has_unknown_tests(part))) {
    const auto answer = ask_group(group);
    if (!answer) {
      return give_up("bits that no branch tells apart behave differently");
    }
    if (*answer == Answer::unknown) {
      return give_up(out.reason);
    }
    guarded = guarded || *answer == Answer::guarded;
    if (*answer == Answer::accepted) {
      for (const unsigned bit : group) {
        out.bits |= uint64_t{1} << bit;
      }
    }
  }
  if (guarded) {
    out.verdict = Verdict::conditional;
    out.reason = "it succeeds on a path that does not look at it";
  }
  // No bit at all may be accepted, or some with others only; one of the two must be.
  Accepted ignored;
  const Answer zero = ask_value(part, 0, ignored);
  if (zero == Answer::unknown) {
    return give_up(ignored.reason);
  }
  if (out.bits == 0 && zero != Answer::accepted) {
    return give_up("nothing is accepted");
  }
  return out;
}

Accepted Questions::combinations(const Part& part, const Accepted& bits) {
  Accepted out = bits;
  if (std::popcount(bits.bits) > kMaxCombined) {
    out = {};
    out.width = part.width;
    out.reason = "a command and flags in one";
    return out;
  }
  out.kind = Accepted::listed;
  out.bits = 0;
  bool guarded = false;
  for (uint64_t value = 0;;) {
    const Answer answer = ask_value(part, value, out);
    if (answer == Answer::unknown) {
      Accepted none;
      none.width = part.width;
      none.reason = out.reason;
      return none;
    }
    guarded = guarded || answer == Answer::guarded;
    if (answer == Answer::accepted) {
      const bool negative = part.is_signed && (value >> (part.width - 1) & 1) != 0;
      out.values.push_back(static_cast<int64_t>(negative ? value | ~mask_of(part.width) : value));
    }
    if (value == bits.bits) {
      break;
    }
    value = (value - bits.bits) & bits.bits;  // the next set of these bits
  }
  std::sort(out.values.begin(), out.values.end());
  if (guarded) {
    out.verdict = Verdict::conditional;
    out.reason = "it succeeds on a path that does not look at it";
  }
  return out;
}

Accepted Questions::values(const Part& part, const std::vector<Test>& tests) {
  Accepted out;
  out.width = part.width;
  out.kind = Accepted::listed;
  out.verdict = Verdict::proved;
  const uint64_t mask = mask_of(part.width);
  const auto give_up = [&](std::string why) {
    Accepted none;
    none.width = part.width;
    none.reason = std::move(why);
    return none;
  };
  // Values from one constant to the next behave alike, unless bits of them are asked for.
  std::set<uint64_t> cuts = {0};
  // Of a switch that was made a test in a table of bits, nothing is known but that it is one.
  bool asks_bits = has_unknown_tests(part);
  for (const Test& test : tests) {
    asks_bits = asks_bits || (test.mask != mask && !test.compares);
    if (test.mask == mask) {
      cuts.insert(test.constant);
      cuts.insert((test.constant + 1) & mask);
      cuts.insert(test.first);
    }
  }
  cuts.insert(uint64_t{1} << (part.width - 1));  // the sign
  if (cuts.size() > kMaxValues) {
    return give_up("too many values are compared");
  }
  const auto last_of = [&](auto it) {
    return std::next(it) == cuts.end() ? mask : *std::next(it) - 1;
  };
  // A list needs the values that nothing mentions to be rejected: one of the most of them goes
  // first.
  uint64_t fresh = 0;
  uint64_t widest = 0;
  for (auto it = cuts.begin(); it != cuts.end(); ++it) {
    if (last_of(it) - *it >= widest) {
      widest = last_of(it) - *it;
      fresh = *it + widest / 2;
    }
  }
  if (widest > kMaxListed && ask_value(part, fresh, out) == Answer::accepted) {
    return give_up("a value that nothing mentions is accepted");
  }
  bool guarded = false;
  for (auto it = cuts.begin(); it != cuts.end(); ++it) {
    const uint64_t first = *it;
    const uint64_t last = last_of(it);
    const uint64_t span = last - first;
    const auto is_accepted = [](Answer answer) { return answer == Answer::accepted; };
    // Mostly all that lies between two constants is rejected, and that can be told at once.
    const Answer answer = ask_range(part, first, last, out);
    if (answer == Answer::rejected || answer == Answer::guarded) {
      guarded = guarded || answer == Answer::guarded;
      continue;
    }
    const bool each = asks_bits && span <= kMaxSpan;
    if (asks_bits && !each) {
      return give_up("a value that nothing mentions is accepted");
    }
    std::vector<uint64_t> probes = {first};
    if (each) {
      for (uint64_t value = first + 1; value <= last; value++) {
        probes.push_back(value);
      }
    } else if (span > 0) {
      probes.push_back(last);
      if (span > 1) {
        probes.push_back(first + span / 2);
      }
    }
    std::vector<Answer> answers;
    for (const uint64_t value : probes) {
      answers.push_back(ask_value(part, value, out));
      if (answers.back() == Answer::unknown) {
        return give_up(out.reason);
      }
      guarded = guarded || answers.back() == Answer::guarded;
    }
    if (!each && std::any_of(answers.begin(), answers.end(), is_accepted) !=
                     std::all_of(answers.begin(), answers.end(), is_accepted)) {
      return give_up("values that no branch tells apart behave differently");
    }
    if (!each && is_accepted(answers.front()) && span > kMaxListed) {
      return give_up("a value that nothing mentions is accepted");
    }
    for (uint64_t i = 0; i <= span && i <= kMaxListed; i++) {
      if (is_accepted(each ? answers[i] : answers.front())) {
        const uint64_t value = first + i;
        const bool negative = part.is_signed && (value >> (part.width - 1) & 1) != 0;
        out.values.push_back(static_cast<int64_t>(negative ? value | ~mask : value));
      }
    }
  }
  std::sort(out.values.begin(), out.values.end());
  if (out.values.empty()) {
    return give_up("nothing is accepted");
  }
  out.reason.clear();  // of a range of which it was not told at once
  if (guarded) {
    out.verdict = Verdict::conditional;
    out.reason = "it succeeds on a path that does not look at it";
  }
  return out;
}

}  // namespace kapi::code

// SPDX-License-Identifier: GPL-2.0-only
// What the machine code of a syscall was seen to accept in one argument, or in one field of a
// struct behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kapi/model/bits.h"

namespace kapi {

struct Accepts {
  std::string kind;             // mask, values, unknown
  std::optional<Bits> mask;     // of a mask: the bits with which some call can pass
  std::vector<int64_t> values;  // of values: those with which some call can pass; sorted
  uint64_t width = 0;           // bits of the argument that were looked at
  std::vector<int64_t> errno_;  // what is answered to all else, negative; sorted
  // proved: every path was followed, and each returns an error for all else. conditional: so does
  // each path that looks at it, but others do not look. unknown: `reason` says why.
  std::string verdict;
  std::string reason;                 // of what is not proved
  std::vector<std::string> evidence;  // the branches that decide, "do_fcntl+0x44"; sorted

  bool operator==(const Accepts&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("mask", self.mask);
    visit("values", self.values);
    visit("width", self.width);
    visit("errno", self.errno_);
    visit("verdict", self.verdict);
    visit("reason", self.reason);
    visit("evidence", self.evidence);
  }
};

// Of a field, by its name in Corpus::types.
struct AcceptedField {
  std::string field;
  Accepts accepts;

  bool operator==(const AcceptedField&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("field", self.field);
    visit("accepts", self.accepts);
  }
};

}  // namespace kapi

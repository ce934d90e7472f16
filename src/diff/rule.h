// SPDX-License-Identifier: GPL-2.0-only
// A rule turns changes into findings. Most rules are data: which changes they claim, and what there
// is to know. One rule is one file in src/diff/rules/; being there is all it takes:
//
//   // src/diff/rules/error-removed.cc
//   constexpr Claim kClaims[] = {{Element::error, Action::removed}};
//   extern const Rule rule_error_removed = {.info = {...}, .claims = kClaims, .message = "..."};
//
// Every change must be claimed. What no rule claims is said by the rule `spec-changed`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diff/change.h"
#include "kapi/diff.h"

namespace kapi {

// The coordinates of changes. Without a member: the element itself was added, removed, …
struct Claim {
  Element element;
  Action action;
  std::string_view member = {};
};

// What a rule adds to a change that it takes. What is absent or empty stays as the rule and the
// change have it.
struct Verdict {
  std::string witness = {};
  std::string witnesses = {};  // for the message, if there is more to tell than one
  std::optional<Severity> severity = {};
  // Instead of the change's own. Findings of one rule with the same subject, before and after are
  // one finding, so several changes with one cause can be told once.
  std::optional<std::string> subject = {};
  std::optional<std::string> before = {};
  std::optional<std::string> after = {};
  std::string_view message = {};
};

// What findings of several rules can have in common: the one changed thing that made them. They are
// told as one finding, with the others under it.
enum class Thing {
  none,
  function,     // a syscall in any ABI's table, and the API spec of that name
  arguments,    // the arguments of a syscall, in its tables and its spec
  parameter,    // how large the value of one parameter is
  layout,       // where the fields of one struct lie, as compiled and in specs
  length,       // a parameter, and those whose length it holds
  enumeration,  // the values of one enumeration
};

struct Rule {
  RuleInfo info;
  std::span<const Claim> claims;
  // One sentence; {root}, {name}, {member}, {before}, {after} and {witness} are replaced.
  std::string_view message;
  // Nothing: the change is not for this rule. Null: takes all that it claims.
  std::optional<Verdict> (*judge)(const Change& change) = nullptr;
  Thing thing = Thing::none;
  // Whether it is what the thing's change led to, where another rule tells the change itself.
  bool effect = false;
};

std::span<const Rule* const> rule_table();  // generated
// For what no rule claims.
extern const Rule rule_spec_changed;

}  // namespace kapi

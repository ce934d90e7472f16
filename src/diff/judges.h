// SPDX-License-Identifier: GPL-2.0-only
// What several rules ask of a change.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diff/c_type.h"
#include "diff/rule.h"

namespace kapi {

// Whether the API is called from inside the kernel only, by the word of both sides.
bool in_kernel(const Change& change);
// `breaking` for what userspace calls, `review` for what only the kernel does: out-of-tree modules
// are compiled against each release.
std::optional<Verdict> judge_for_userspace(const Change& change);
// `breaking` for what only the kernel calls, `review` for the others: what is demanded of a syscall
// in words of locks and contexts is met by the entry code, not by the program.
std::optional<Verdict> judge_for_kernel(const Change& change);

// How what two constraints accept stands to each other. `rewritten`: the same values, said
// otherwise.
enum class ConstraintOrder { tightened, loosened, changed, unproven, rewritten };
// Takes a change of the member `constraint` of a param or field if it is of that order.
std::optional<Verdict> judge_constraint(const Change& change, ConstraintOrder order);

// Takes a change of the type of a param, field or return value, whichever member shows it, if it is
// of that relation (`changed` takes `unproven` too, for review).
std::optional<Verdict> judge_type(const Change& change, TypeRelation relation);

// The same for the argument of a syscall, of which only what goes through a register counts.
// `sign`: as wide as before, and signed on one side only.
enum class ArgumentRelation { respelled, sign, changed };
std::optional<Verdict> judge_argument(const Change& change, ArgumentRelation relation);

// Whether `token` is in the list on the old side only.
bool token_lost(const std::vector<std::string>& before, const std::vector<std::string>& after,
                std::string_view token);

// The kinds of capability: what it takes to be allowed at all, and what it excuses from.
bool is_required(const Capability& capability);
bool is_bypass(const Capability& capability);
// The capability of an addition or removal; not null for those.
const Capability& capability_of(const Change& change);

}  // namespace kapi

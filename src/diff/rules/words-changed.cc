// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::api, Action::changed, "description"},
    {Element::api, Action::changed, "long_description"},
    {Element::api, Action::changed, "examples"},
    {Element::api, Action::changed, "notes"},
    {Element::api, Action::changed, "since_version"},
    {Element::api, Action::changed, "replacement"},
    {Element::param, Action::changed, "description"},
    {Element::param, Action::changed, "constraint_text"},
    {Element::return_value, Action::changed, "description"},
    {Element::error, Action::changed, "condition"},
    {Element::error, Action::changed, "description"},
    {Element::lock, Action::changed, "description"},
    {Element::api_constraint, Action::changed, "description"},
    {Element::signal, Action::changed, "condition"},
    {Element::signal, Action::changed, "description"},
    {Element::signal_mask, Action::changed, "description"},
    {Element::structure, Action::changed, "description"},
    {Element::field, Action::changed, "description"},
    {Element::side_effect, Action::changed, "condition"},
    {Element::side_effect, Action::changed, "description"},
    {Element::state_transition, Action::changed, "condition"},
    {Element::state_transition, Action::changed, "description"},
    {Element::capability, Action::changed, "name"},
    {Element::capability, Action::changed, "allows"},
    {Element::capability, Action::changed, "without_cap"},
    {Element::capability, Action::changed, "check_condition"},
    {Element::syscall_param, Action::changed, "description"},
    {Element::syscall_param, Action::changed, "constraint_text"},
};

// The API itself needs no second mention.
std::optional<Verdict> judge_words(const Change& change) {
  Verdict verdict;
  if (change.element == Element::api) {
    verdict.message = "{root}: the {member} is worded otherwise";
  }
  return verdict;
}

}  // namespace

extern const Rule rule_words_changed = {
    .info =
        {
            .id = "words-changed",
            .severity = Severity::info,
            .twin = "words-changed",
            .summary = "Descriptions, conditions, notes or examples changed",
            .why = "No value, type or name is affected. Most such changes are corrections of "
                   "language; now and then one says that the behaviour is another one.",
            .example = "The description of ELOOP was corrected.",
            .remedy = "Skim the new wording for promises that the old one did not make.",
        },
    .claims = kClaims,
    .message = "{root}: the {member} of {name} is worded otherwise",
    .judge = judge_words,
};

}  // namespace kapi

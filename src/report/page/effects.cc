// SPDX-License-Identifier: GPL-2.0-only
// What a call needs and what it does besides returning: errors, locks, signals, capabilities, side
// effects, states.
#include <fmt/format.h>

#include "report/layout.h"
#include "report/page/words.h"

namespace kapi::page {
namespace {

// A term without blanks is a name of C; with blanks it is words.
Item item_of(const std::string& term, std::string gloss, const std::vector<std::string>& prose,
             Facts& facts) {
  const bool code = term.find(' ') == std::string::npos;
  return {.term = term,
          .name = "",
          .gloss = std::move(gloss),
          .code = code,
          .prose = prose_of(prose),
          .facts = facts.take()};
}

std::string scope_words(std::string_view scope) {
  return scope == "internal"      ? "taken and released inside"
         : scope == "acquires"    ? "held on return"
         : scope == "releases"    ? "held on entry, released inside"
         : scope == "caller_held" ? "held by the caller throughout"
                                  : words(scope);
}

std::string action_words(std::string_view action) {
  return action == "default"     ? "the default of the signal"
         : action == "terminate" ? "the process ends"
         : action == "coredump"  ? "the process ends with a core dump"
         : action == "stop"      ? "the process stops"
         : action == "continue"  ? "the process continues"
         : action == "return"    ? "the call returns"
         : action == "restart"   ? "the call is restarted"
         : action == "queue"     ? "the signal is queued"
         : action == "discard"   ? "the signal is discarded"
         : action == "transform" ? "it becomes another signal"
                                 : words(action);
}

}  // namespace

Item error_item(const Error& error) {
  Facts none;
  return item_of(error.name, number(error.code), {error.condition, error.description}, none);
}

Item lock_item(const Lock& lock) {
  Facts none;
  return item_of(lock.name,
                 joined({lock.type == "none" ? "" : words(lock.type), scope_words(lock.scope)}),
                 {lock.description}, none);
}

Item constraint_item(const ApiConstraint& constraint) {
  Facts facts;
  facts.add("Expression", constraint.expression);
  Item item = item_of(constraint.name, "", {constraint.description}, facts);
  item.code = false;
  return item;
}

Item signal_item(const Api& api, const Signal& signal) {
  Facts facts;
  facts.add("Action", action_words(signal.action));
  facts.add("When", signal.condition).add("Timing", words(signal.timing));
  facts.add("Target", signal.target);
  facts.add("Error", signal.error ? error_text(api, *signal.error) : "");
  facts.add("Becomes", signal.transform_to ? signal_text(*signal.transform_to) : "");
  facts.add("Queueing", words(signal.queue_behavior)).add("Priority", signal.priority);
  facts.add("Needs sa_flags", signal.sa_flags_required);
  facts.add("Excludes sa_flags", signal.sa_flags_forbidden);
  facts.add("Process must be", words(signal.state_required));
  facts.add("Process must not be", words(signal.state_forbidden));
  const std::string number = signal.number ? page::number(*signal.number) : "";
  return item_of(signal.name,
                 joined({number, words(signal.direction), signal.restartable ? "restartable" : "",
                         signal.interruptible ? "interruptible" : ""}),
                 {signal.description}, facts);
}

Item signal_mask_item(const SignalMask& mask) {
  std::vector<std::string> signals;
  for (const int64_t number : mask.signals) {
    signals.push_back(signal_text(number));
  }
  Facts facts;
  facts.add("Signals", signals.empty() ? "none" : joined(signals));
  return item_of(mask.name, "", {mask.description}, facts);
}

Item side_effect_item(const SideEffect& effect) {
  Facts facts;
  facts.add("When", effect.condition);
  const std::string types = words(effect.types);
  const std::string reversible = effect.reversible ? "reversible" : "";
  if (effect.target.empty()) {
    return item_of(types, reversible, {effect.description}, facts);
  }
  return item_of(effect.target, joined({types, reversible}), {effect.description}, facts);
}

Item state_transition_item(const StateTransition& transition) {
  Facts facts;
  facts.add("When", transition.condition);
  const std::string change = fmt::format("{} → {}", transition.from, transition.to);
  return item_of(joined({transition.object, change}, ": "), "", {transition.description}, facts);
}

Item capability_item(const Capability& capability) {
  std::vector<std::string> others;
  for (const int64_t number : capability.alternatives) {
    others.push_back(capability_text(number));
  }
  Facts facts;
  facts.add("Allows", capability.allows).add("Without it", capability.without_cap);
  facts.add("Checked when", capability.check_condition);
  facts.add("Instead of it", joined(others)).add("Priority", capability.priority);
  return item_of(capability.name, joined({number(capability.number), words(capability.action)}), {},
                 facts);
}

}  // namespace kapi::page

// SPDX-License-Identifier: GPL-2.0-only
// Specs with a key for each fact. Expectations are what the generator of RFC v3 writes.
#include <doctest/doctest.h>

#include "spec_text.h"

namespace kapi {
namespace {

using test::losses;
using test::Losses;
using test::only_api;
using test::read;
using test::source_of;

std::string flat_source(std::string_view lines) {
  return source_of("sys_thing - Do a thing\n\nparam-type: fd, KAPI_TYPE_INT\n" +
                   std::string(lines));
}

TEST_CASE("a whole spec in flat keys") {
  const SpecTexts texts = read(flat_source(
      "@fd: the file\n"
      "\n"
      "api-type: KAPI_API_SYSCALL\n"
      "long-desc: First line\n"
      "  second line\n"
      "context-flags: KAPI_CTX_PROCESS | KAPI_CTX_SLEEPABLE\n"
      "param-flags: fd, KAPI_PARAM_IN\n"
      "return-type: KAPI_TYPE_INT\n"
      "return-check-type: KAPI_RETURN_EXACT\n"
      "return-success: 0\n"
      "error-code: -ENOMEM, ENOMEM, No memory, There was\n"
      "  not enough.\n"
      "error-code: -EPERM, EPERM, Not allowed\n"
      "capability: CAP_IPC_LOCK, KAPI_CAP_BYPASS_CHECK, CAP_IPC_LOCK capability\n"
      "capability-allows: Any amount\n"
      "capability-priority: 2\n"
      "signal: FATAL\n"
      "signal-direction: KAPI_SIGNAL_RECEIVE\n"
      "signal-action: KAPI_SIGNAL_ACTION_RETURN\n"
      "signal-error: -EINTR\n"
      "signal-timing: KAPI_SIGNAL_TIME_DURING\n"
      "signal-interruptible: yes\n"
      "lock: mmap_lock, KAPI_LOCK_RWLOCK\n"
      "lock-acquired: true\n"
      "lock-released: true\n"
      "lock-desc: Held for a while\n"
      "constraint: page_alignment, Rounded down\n"
      "constraint-expr: page_alignment, !(start & 7)\n"
      "side-effect: KAPI_EFFECT_MODIFY_STATE, memory, Locks pages, reversible=yes\n"
      "side-effect: KAPI_EFFECT_MODIFY_STATE, vma, Splits, condition=partial, reversible=yes\n"
      "state-trans: pages, swappable, locked, They stay\n"
      "struct-type: arg, iovec\n"
      "struct-field: len, __u32, How long\n"
      "struct-field-range: len, 1, 9\n"
      "examples: one();\n"
      "  two();\n"
      "notes: None.\n"
      "since-version: 2.0\n"));
  CHECK(losses(texts) == Losses{"params-uncounted:2", "section-ignored:42", "text-lost:34"});
  CHECK(texts.forms == std::set<std::string>{"kernel-doc flat"});
  const Api api = only_api(texts);
  CHECK(api.kind == "syscall");
  CHECK(api.long_description == "First line\n  second line");
  CHECK(api.contexts == std::vector<std::string>{"process", "sleepable"});
  CHECK(api.params.empty());  // their number is never written
  CHECK(api.return_ == Return{"long", "int", "exact", 0, {}, {}, {}, ""});
  CHECK(api.errors == std::vector<Error>{{"ENOMEM", -12, "No memory", "There was not enough."},
                                         {"EPERM", -1, "Not allowed", ""}});
  CHECK(api.capabilities ==
        std::vector<Capability>{
            {"CAP_IPC_LOCK capability", 14, "bypass_check", "Any amount", "", "", 2, {}}});
  REQUIRE(api.signals.size() == 1);
  CHECK(api.signals[0].name == "FATAL");
  CHECK(api.signals[0].timing == "during");
  CHECK(api.signals[0].error == -4);
  CHECK(api.signals[0].interruptible);
  CHECK(!api.signals[0].restartable);
  CHECK(api.locks == std::vector<Lock>{{"mmap_lock", "rwlock", "internal", "Held for a while"}});
  CHECK(api.constraints ==
        std::vector<ApiConstraint>{{"page_alignment", "!(start & 7)", "Rounded down"}});
  CHECK(api.side_effects ==
        std::vector<SideEffect>{{{"modify_state"}, "memory", "", "Locks pages", true},
                                {{"modify_state"}, "vma", "partial", "Splits", false}});
  CHECK(api.state_transitions ==
        std::vector<StateTransition>{{"pages", "swappable", "locked", "", "They stay"}});
  REQUIRE(api.structs.size() == 1);
  CHECK(api.structs[0].name == "\"iovec\"");  // quoted twice
  REQUIRE(api.structs[0].fields.size() == 1);
  CHECK(api.structs[0].fields[0].type == "uint");
  CHECK(api.structs[0].fields[0].constraint->max == 9);
  CHECK(api.examples == "one();\n  two();");
  CHECK(api.notes == "None.");
}

TEST_CASE("items that are not complete are dropped") {
  const auto check = [](std::string_view lines, Losses expected) {
    CAPTURE(lines);
    expected.emplace_back("params-uncounted:2");
    std::sort(expected.begin(), expected.end());
    const SpecTexts texts = read(flat_source(lines));
    CHECK(losses(texts) == expected);
    return only_api(texts);
  };
  CHECK(check("error-code: -EPERM, EPERM\n", {"item-dropped:5"}).errors.empty());
  CHECK(check("lock: a\n", {"item-dropped:5"}).locks.empty());
  CHECK(check("capability: CAP_KILL\n", {"item-dropped:5"}).capabilities.empty());
  CHECK(check("side-effect: KAPI_EFFECT_NETWORK\n", {"item-dropped:5"}).side_effects.empty());
  CHECK(check("state-trans: a, b\n", {"item-dropped:5"}).state_transitions.empty());
  CHECK(check("struct-field: a, u8, b\n", {"item-dropped:5"}).structs.empty());
  CHECK(check("lock: a, mutex\n", {"token-unknown:5"}).unresolved ==
        std::vector<Unresolved>{{"locks/a/type", "mutex"}});
  CHECK(check("constraint: a\nconstraint: b\nconstraint-count: 1\n", {"count-too-small:5"})
            .constraints.size() == 1);
  CHECK(check("return-type: KAPI_TYPE_INT\nReturn: 0 or a negative error code\n", {"text-lost:6"})
            .return_->description.empty());
}

}  // namespace
}  // namespace kapi

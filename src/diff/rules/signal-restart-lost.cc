// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal, Action::changed, "restartable"},
};

std::optional<Verdict> judge_restart(const Change& change) {
  return change.old_side.as<Signal>()->restartable ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_signal_restart_lost = {
    .info =
        {
            .id = "signal-restart-lost",
            .severity = Severity::breaking,
            .twin = "signal-restart-gained",
            .summary = "A call is no longer restarted after a signal",
            .why = "Programs that rely on SA_RESTART see EINTR, which they never had to handle.",
            .example = "restartable of the signal SIGCHLD was true and is false.",
            .remedy = "Return -ERESTARTSYS again in the place where the call is interrupted.",
        },
    .claims = kClaims,
    .message = "{root} is no longer restarted after the signal {name}",
    .judge = judge_restart,
};

}  // namespace kapi

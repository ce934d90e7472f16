// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal, Action::changed, "restartable"},
};

std::optional<Verdict> judge_restart(const Change& change) {
  return change.new_side.as<Signal>()->restartable ? std::optional(Verdict()) : std::nullopt;
}

}  // namespace

extern const Rule rule_signal_restart_gained = {
    .info =
        {
            .id = "signal-restart-gained",
            .severity = Severity::info,
            .twin = "signal-restart-lost",
            .summary = "A call is restarted after a signal",
            .why = "Programs that handle EINTR go on to work. One that uses the signal to break "
                   "out of the call must not set SA_RESTART.",
            .example = "restartable of the signal SIGCHLD was false and is true.",
            .remedy = "Nothing, unless programs use the signal to end the call early.",
        },
    .claims = kClaims,
    .message = "{root} is now restarted after the signal {name}",
    .judge = judge_restart,
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "diff/rule.h"

namespace kapi {
namespace {

constexpr Claim kClaims[] = {
    {Element::signal, Action::changed, "number"},
    {Element::signal, Action::changed, "direction"},
    {Element::signal, Action::changed, "target"},
    {Element::signal, Action::changed, "timing"},
    {Element::signal, Action::changed, "priority"},
    {Element::signal, Action::changed, "interruptible"},
    {Element::signal, Action::changed, "error"},
    {Element::signal, Action::changed, "transform_to"},
    {Element::signal, Action::changed, "queue_behavior"},
    {Element::signal, Action::changed, "sa_flags_required"},
    {Element::signal, Action::changed, "sa_flags_forbidden"},
    {Element::signal, Action::changed, "state_required"},
    {Element::signal, Action::changed, "state_forbidden"},
};

}  // namespace

extern const Rule rule_signal_changed = {
    .info =
        {
            .id = "signal-changed",
            .severity = Severity::review,
            .twin = "signal-changed",
            .summary = "How an API deals with a signal changed",
            .why =
                "Who is signalled, when, under which SA flags and process states, and which error "
                "an interrupted call returns are part of what programs with handlers rely on.",
            .example = "error -4 became error -512.",
            .remedy =
                "Compare with what the code does, and tell users whose handlers are affected.",
        },
    .claims = kClaims,
    .message = "{root}: the signal {name} changed: {before} became {after}",
};

}  // namespace kapi

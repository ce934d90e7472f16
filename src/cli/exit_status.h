// SPDX-License-Identifier: GPL-2.0-only
// The exit statuses, in the one place from which the help text and the man page take them.
#pragma once

#include <string_view>

namespace kapi::cli {

enum class ExitStatus { pass = 0, findings = 1, failed = 2 };

struct ExitStatusHelp {
  ExitStatus status;
  std::string_view meaning;
};
inline constexpr ExitStatusHelp kExitStatuses[] = {
    {ExitStatus::pass,
     "Done. For diff: everything asked for could be compared as far as the inputs "
     "hold it, and no finding that counts is at or above --fail-on. A finding that a waiver "
     "accepts "
     "or that the baseline holds does not count."},
    {ExitStatus::findings, "diff only: at least one finding that counts is at or above --fail-on."},
    {ExitStatus::failed,
     "Not done: wrong usage, an input that could not be read, two inputs that cannot be compared, "
     "a "
     "part of one that could not be read (and nothing at or above --fail-on in the rest), an API "
     "or "
     "rule that does not exist, a policy with mistakes (and for 'policy check', with waivers that "
     "have expired), or output that could not be written."},
};

}  // namespace kapi::cli

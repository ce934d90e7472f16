// SPDX-License-Identifier: GPL-2.0-only
// The policy of a run: which file it is, what is wrong with it, and the day that it is judged by.
#pragma once

#include <fstream>
#include <optional>
#include <string>

#include "cli/exit_status.h"
#include "cli/request.h"
#include "kapi/policy.h"

namespace kapi::cli {

// Today in UTC, or the day that SOURCE_DATE_EPOCH names. Throws if that names none.
Date today();

// The file that --policy names, or kapitool.toml.
std::string policy_file(const Request& request);
// Whether there is such a file; a link that leads nowhere is one.
bool policy_exists(const std::string& file);
// Tells each problem on standard error, then throws if there was one.
Policy load_policy(const std::string& text, const std::string& file);

// What the run is asked to use; nothing if there is no policy file, or by --no-policy.
std::optional<Policy> policy_of(const Request& request);
// From which severity on a finding is a failure; empty for never. The command line has the last
// word.
std::optional<Severity> fail_on(const Request& request, const std::optional<Policy>& policy);

// A report to be read. Throws InputError.
std::ifstream open_report(const std::string& file);

// kapitool policy check
ExitStatus check_policy(const Request& request);

}  // namespace kapi::cli

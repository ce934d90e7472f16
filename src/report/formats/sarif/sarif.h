// SPDX-License-Identifier: GPL-2.0-only
// The parts of a SARIF 2.1.0 log. Section numbers are those of the OASIS standard.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "report/formats/json/json.h"

namespace kapi::sarif {

// GitHub's code scanning refuses a run with more, and shows the 5,000 most severe of them.
inline constexpr size_t kMaxResults = 25000;

// A plain text message (3.11.5, 3.11.6): braces are placeholders unless doubled, and brackets
// before a parenthesis are a link unless escaped. Ends in a full stop.
Json message(std::string_view text);
// "error", "warning" or "note".
std::string_view level(Severity severity);

// A rule as a reportingDescriptor (3.49); of one that is not known here, only its id.
Json rule_descriptor(const std::string& id);
// What notifications are about, as reportingDescriptors, and those of this report (3.58): what was
// compared and what was not, how the inputs differ, and what is left out of the results.
Json notification_descriptors();
Json notifications(const Report& report, size_t wording, size_t left_out);

// The old and the new image as an artifactLocation (3.4). The report does not know their folders.
Json old_location(const Report& report);
Json new_location(const Report& report);

// What all results of a run must agree on.
struct Run {
  const Report& report;
  std::map<std::string, size_t> rules;  // by rule_id(), the index among the descriptors
  bool waived = false;                  // some finding is: then each result states whether it is
  bool known = false;                   // the same for a baseline
};
std::string rule_id(const Finding& finding);
Json result(const Run& run, const Finding& finding);

}  // namespace kapi::sarif

// SPDX-License-Identifier: GPL-2.0-only
// Accepting a finding is one command, or people would copy entries by hand and forget the reason.
#include "cli/waive.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "cli/output.h"
#include "cli/policy.h"

namespace kapi::cli {
namespace {

[[noreturn]] void refuse(const std::string& reason) {
  throw std::runtime_error("no waiver was added: " + reason);
}

std::optional<Date> expiry(const Request& request) {
  if (request.expires.empty()) {
    return std::nullopt;
  }
  const auto date = date_from_text(request.expires);
  if (!date) {
    refuse(fmt::format("--expires {}: expected a date such as 2027-03-31", request.expires));
  }
  if (*date < today()) {
    refuse(fmt::format("--expires {}: that day is over", request.expires));
  }
  return date;
}

// By fingerprint, of findings and consequences alike, those that were asked for.
std::map<std::string, ReportedFinding> in_report(const Request& request) {
  std::map<std::string, ReportedFinding> found;
  std::ifstream stream = open_report(request.report);
  const auto keep = [&](const ReportedFinding& finding) {
    const auto& asked = request.fingerprints;
    if (std::find(asked.begin(), asked.end(), finding.fingerprint) != asked.end()) {
      found.emplace(finding.fingerprint, finding);
    }
  };
  read_report(stream, request.report, [&](const ReportedFinding& finding) {
    keep(finding);
    for (const ReportedFinding& consequence : finding.consequences) {
      keep(consequence);
    }
  });
  for (const std::string& fingerprint : request.fingerprints) {
    const auto finding = found.find(fingerprint);
    if (finding == found.end()) {
      refuse(fmt::format("{} has no finding {}", request.report, fingerprint));
    }
    if (is_about_waivers(finding->second.rule)) {
      refuse(fmt::format("{} is about a waiver ({}): change that entry of the policy", fingerprint,
                         finding->second.rule));
    }
  }
  return found;
}

// What is accepted anew: each finding once, and of consequences those that are not yet.
std::vector<ReportedFinding> asked_for(const Request& request, const Policy& policy) {
  std::map<std::string, ReportedFinding> known;
  if (!request.report.empty()) {
    known = in_report(request);
  }
  std::set<std::string> taken;
  for (const WaiverEntry& waiver : policy.waivers) {
    for (const std::string& fingerprint : waiver.fingerprints) {
      taken.insert(fingerprint);
      const auto& asked = request.fingerprints;
      if (std::find(asked.begin(), asked.end(), fingerprint) != asked.end()) {
        refuse(fmt::format("{} accepts {} already{}; change that entry", policy.place(waiver),
                           fingerprint,
                           waiver.expires ? ", until " + date_text(*waiver.expires) : ""));
      }
    }
  }
  std::vector<ReportedFinding> out;
  for (const std::string& fingerprint : request.fingerprints) {
    ReportedFinding finding = {fingerprint, "", "", {}};
    if (const auto entry = known.find(fingerprint); entry != known.end()) {
      finding = entry->second;
    }
    if (!taken.insert(fingerprint).second) {
      continue;
    }
    std::erase_if(finding.consequences, [&](const ReportedFinding& consequence) {
      return !taken.insert(consequence.fingerprint).second;
    });
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace

ExitStatus waive(const Request& request) {
  const std::string file = policy_file(request);
  const bool exists = policy_exists(file);
  const std::string text = exists ? read_file(file, kPolicySizeLimit) : "";
  Policy policy;
  if (exists) {
    policy = load_policy(text, file);
  }
  if (!is_utf8(request.reason)) {
    refuse("--reason is not UTF-8");
  }
  const NewWaiver waiver = {
      .findings = asked_for(request, policy), .reason = request.reason, .expires = expiry(request)};
  const std::string changed = with_waiver(text, waiver);
  // What is wrong with the entry is wrong with the new text; nothing is written that would not be
  // read again.
  if (const PolicyFile check = read_policy(changed, file); !check.problems.empty()) {
    refuse(check.problems.front().message);
  }
  write_output(file, changed);
  size_t count = 0;
  for (const ReportedFinding& finding : waiver.findings) {
    count += 1 + finding.consequences.size();
  }
  write_output("-", fmt::format("{}: {} a waiver for {} finding{}\n", printable(file),
                                exists ? "added" : "new, with", count, count == 1 ? "" : "s"));
  return ExitStatus::pass;
}

}  // namespace kapi::cli

// SPDX-License-Identifier: GPL-2.0-only
#include <algorithm>

#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"
#include "report/layout.h"

namespace kapi::html {
namespace {

constexpr size_t kFactLimit = 100;

bool any(const Report& report, bool Compared::*member) {
  return std::any_of(report.coverage.begin(), report.coverage.end(),
                     [&](const Compared& entry) { return entry.*member; });
}

// What of the contract was compared: whether the configuration differs is no part of it.
std::string facts_of(const Report& report) {
  std::vector<std::string> facts;
  for (const Compared& entry : report.coverage) {
    if (entry.compared && entry.fact != "config") {
      facts.push_back(label(entry.fact, kFactLimit));
    }
  }
  return joined(facts);
}

Verdict of_silence(const Report& report) {
  const std::string facts = facts_of(report);
  if (facts.empty()) {
    return {"Nothing was compared", "Nothing can be concluded from this report.", "failed"};
  }
  if (std::any_of(report.coverage.begin(), report.coverage.end(),
                  [](const Compared& entry) { return entry.fact == "policy"; })) {
    return {"No finding is left", "The policy leaves out what was found.", "clean"};
  }
  return {"No change", "The same on both sides: " + facts + ".", "clean"};
}

Verdict of_findings(const Summary& sum) {
  const bool aside = sum.waived + sum.known > 0;  // they may be breaking
  if (sum.breaking > 0) {
    return {counted(sum.breaking, "breaking change"),
            "A program that kept to the old contract can now fail.", "breaking"};
  }
  if (sum.review > 0) {
    return {counted(sum.review, "change") + " to review",
            "May break a program; a person must look.", "review"};
  }
  if (sum.info > 0) {
    return aside ? Verdict{"No new breaking change",
                           "What is neither accepted nor known is compatible.", "info"}
                 : Verdict{"No breaking change", "What was found is compatible.", "info"};
  }
  return {"Nothing new", "All findings are accepted, or the baseline holds them.", "clean"};
}

}  // namespace

Verdict verdict_of(const Report& report) {
  const Summary sum = report.summary();
  Verdict verdict = report.findings.empty() ? of_silence(report) : of_findings(sum);
  if (any(report, &Compared::failed)) {
    if (sum.breaking + sum.review > 0) {
      verdict.title += ", and not everything could be read";
    } else if (!report.findings.empty() || !facts_of(report).empty()) {
      verdict = {verdict.title + " in what could be read",
                 "Not everything could be, so this is no pass.", "failed"};
    }
  }
  return verdict;
}

}  // namespace kapi::html

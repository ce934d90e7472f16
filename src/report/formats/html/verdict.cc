// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"

namespace kapi::html {
namespace {

bool any(const Report& report, bool Compared::*member) {
  return std::any_of(report.coverage.begin(), report.coverage.end(),
                     [&](const Compared& entry) { return entry.*member; });
}

Verdict of_findings(const Summary& sum) {
  if (sum.breaking > 0) {
    return {counted(sum.breaking, "breaking change"),
            "A program that kept to the old contract can now fail.", "breaking"};
  }
  if (sum.review > 0) {
    return {counted(sum.review, "change") + " to review",
            "Nothing is known to break a program, but a person must look.", "review"};
  }
  if (sum.info > 0) {
    return {"No breaking change", "All that changed is compatible.", "info"};
  }
  if (sum.waived + sum.known > 0) {
    return {"Nothing new", "All findings are accepted, or the baseline holds them.", "clean"};
  }
  return {"Unchanged", "All that was compared is the same on both sides.", "clean"};
}

}  // namespace

Verdict verdict_of(const Report& report) {
  const Summary sum = report.summary();
  if (report.findings.empty() && !any(report, &Compared::compared)) {
    return {"Nothing was compared", "Nothing can be concluded from this report.", "failed"};
  }
  Verdict verdict = of_findings(sum);
  if (report.findings.empty() &&
      std::any_of(report.coverage.begin(), report.coverage.end(),
                  [](const Compared& entry) { return entry.fact == "policy"; })) {
    verdict = {"No finding is left", "The policy leaves out what was found.", "clean"};
  }
  if (any(report, &Compared::failed)) {
    if (sum.breaking + sum.review > 0) {
      verdict.title += ", and not everything could be read";
    } else if (sum.info + sum.waived + sum.known > 0) {
      verdict.title += " in what could be read";
      verdict.tone = "failed";
    } else {
      verdict = {"No change in what could be read", "Not everything could be, so this is no pass.",
                 "failed"};
    }
  }
  return verdict;
}

}  // namespace kapi::html

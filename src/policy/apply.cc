// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "kapi/policy.h"
#include "policy/scope.h"
#include "policy/waivers.h"

namespace kapi {
namespace {

std::string counted(size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// A difference is said to explain so many findings: those that are left out no longer count.
void discount(Report& report, const Finding& finding) {
  if (finding.cause.empty()) {
    return;
  }
  for (Difference& difference : report.preflight) {
    if (difference.explains > 0 &&
        finding.cause ==
            fmt::format("{}: {} → {}", difference.what, difference.before, difference.after)) {
      difference.explains--;
      return;
    }
  }
}

class Applier {
 public:
  Applier(Report& report, const Policy& policy, const PolicyContext& context)
      : report_(report), policy_(policy), context_(context) {}

  void run() {
    judge(report_.findings);
    Waivers waivers(policy_, context_.today);
    for (Finding& finding : report_.findings) {
      waivers.apply(finding);
    }
    std::vector<Finding> said = waivers.expired();
    const std::vector<Finding> unused = waivers.unused();
    const bool sure =
        context_.everything && std::none_of(report_.coverage.begin(), report_.coverage.end(),
                                            [](const Compared& row) { return row.failed; });
    if (sure) {
      said.insert(said.end(), unused.begin(), unused.end());
    }
    set_severities(said);
    report_.findings.insert(report_.findings.end(), said.begin(), said.end());
    sort_findings(report_.findings);
    account(sure ? 0 : unused.size());
  }

 private:
  // Severities, then scope.
  void judge(std::vector<Finding>& findings) {
    set_severities(findings);
    const ScopeFilter scope(policy_.scope, context_);
    std::erase_if(findings, [&](const Finding& finding) {
      const bool out = !scope.holds(finding.subject);
      if (out) {
        out_of_scope_++;
        discount(report_, finding);
      }
      return out;
    });
  }

  void set_severities(std::vector<Finding>& findings) {
    std::erase_if(findings, [&](Finding& finding) {
      const auto found = policy_.severities.find(finding.rule);
      if (found == policy_.severities.end()) {
        return false;
      }
      if (!found->second) {
        ignored_++;
        discount(report_, finding);
        return true;
      }
      if (finding.severity != *found->second) {
        changed_[fmt::format("{} counts as {} instead of {}", finding.rule, name(*found->second),
                             name(finding.severity))]++;
      }
      finding.severity = *found->second;
      return false;
    });
  }

  // A report says what it does not say.
  void account(size_t unjudged_waivers) {
    std::vector<std::string> parts;
    if (out_of_scope_ + ignored_ > 0) {
      std::vector<std::string> why;
      if (out_of_scope_ > 0) {
        why.push_back(fmt::format("{} out of scope", out_of_scope_));
      }
      if (ignored_ > 0) {
        why.push_back(fmt::format("{} of ignored rules", ignored_));
      }
      parts.push_back(fmt::format("leaves out {}: {}", counted(out_of_scope_ + ignored_, "finding"),
                                  fmt::join(why, ", ")));
    }
    for (const auto& [how, count] : changed_) {
      parts.push_back(fmt::format("{} ({})", how, counted(count, "finding")));
    }
    if (!parts.empty()) {
      add_row("policy", fmt::format("{}: {}", policy_.file, fmt::join(parts, "; ")));
    }
    if (unjudged_waivers > 0) {
      add_row("waivers",
              fmt::format("{} of {} without a finding may be for what was not compared, so {} not "
                          "called unused",
                          counted(unjudged_waivers, "waiver"), policy_.file,
                          unjudged_waivers == 1 ? "it is" : "they are"));
    }
  }

  void add_row(std::string fact, std::string detail) {
    report_.coverage.push_back(
        {.fact = std::move(fact), .compared = false, .failed = false, .detail = std::move(detail)});
  }

  Report& report_;
  const Policy& policy_;
  const PolicyContext& context_;
  size_t out_of_scope_ = 0;
  size_t ignored_ = 0;
  std::map<std::string, size_t> changed_;  // how severities were changed, and for how many findings
};

}  // namespace

void apply(Report& report, const Policy& policy, const PolicyContext& context) {
  Applier(report, policy, context).run();
}

}  // namespace kapi

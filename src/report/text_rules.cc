// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "report/layout.h"
#include "report/text.h"

namespace kapi {

std::string rule_list_text(const std::vector<RuleInfo>& rules, const FormatOptions& options) {
  std::vector<size_t> lengths;
  lengths.reserve(rules.size());
  for (const RuleInfo& rule : rules) {
    lengths.push_back(rule.id.size());
  }
  const size_t width = column_width(lengths);
  std::string out;
  for (const RuleInfo& rule : rules) {
    const std::string severity = fmt::format("{:<8}", name(rule.severity));
    const Style style = rule.severity == Severity::breaking ? Style::red
                        : rule.severity == Severity::review ? Style::yellow
                                                            : Style::plain;
    out += fmt::format("{:<{}}  {}  {}\n", rule.id, width, painted(severity, style, options.colour),
                       rule.summary);
  }
  return out;
}

std::string rule_text(const RuleInfo& rule, const FormatOptions& options) {
  std::string out = fmt::format("{} ({} by default)\n",
                                painted(rule.id, Style::bold, options.colour), name(rule.severity));
  out += wrapped(rule.summary, 2, options.columns);
  const auto section = [&](std::string_view title, const std::string& body) {
    if (!body.empty() && body != "\n") {
      out += "\n" + painted(title, Style::bold, options.colour) + "\n" + body;
    }
  };
  section("Why it matters", wrapped(rule.why, 2, options.columns));
  section("Example", verbatim(rule.example, 2));
  section("What to do", wrapped(rule.remedy, 2, options.columns));
  if (rule.twin == rule.id) {
    out += "\nThe same rule fires when the two sides are swapped.\n";
  } else if (!rule.twin.empty()) {
    out += fmt::format("\nWhen the two sides are swapped: {}\n", rule.twin);
  } else {
    out += "\n" + wrapped("No rule fires in its place when the two sides are swapped: " +
                              std::string(rule.no_twin),
                          0, options.columns);
  }
  return out;
}

}  // namespace kapi

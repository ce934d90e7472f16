// SPDX-License-Identifier: GPL-2.0-only
// For a comment on a pull or merge request: how many findings there are, then one line for each
// that matters, which opens to its detail. Rules become pages of documentation.
#include "report/formats/markdown/markdown.h"

#include <fmt/format.h>

#include "report/format.h"

namespace kapi {
namespace {

using markdown::inline_text;

// Pages refer to each other as files in one folder.
std::string page_link(std::string_view rule) { return fmt::format("[{0}]({0}.md)", rule); }

std::string rule_markdown(const RuleInfo& rule, const FormatOptions&) {
  std::string out = fmt::format("# {}\n\n{}", rule.id, markdown::rule_body(rule));
  if (rule.twin == rule.id) {
    out += "\nThe same rule fires when the two sides are swapped.\n";
  } else if (!rule.twin.empty()) {
    out += fmt::format("\nWhen the two sides are swapped: {}\n", page_link(rule.twin));
  } else if (!rule.no_twin.empty()) {
    out += fmt::format("\nNo rule answers to it when the two sides are swapped: {}\n",
                       inline_text(rule.no_twin));
  }
  return out;
}

std::string rule_list_markdown(const std::vector<RuleInfo>& rules, const FormatOptions&) {
  std::string out = "| rule | by default | meaning |\n|---|---|---|\n";
  for (const RuleInfo& rule : rules) {
    out += fmt::format("| {} | {} | {} |\n", page_link(rule.id), name(rule.severity),
                       inline_text(rule.summary));
  }
  return out;
}

}  // namespace

extern const Format format_markdown;
const Format format_markdown = {
    .name = "markdown",
    .findings = markdown::report_page,
    .rule_list = rule_list_markdown,
    .rule = rule_markdown,
};

}  // namespace kapi

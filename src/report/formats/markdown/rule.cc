// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/markdown/markdown.h"
#include "report/layout.h"

namespace kapi::markdown {
namespace {

std::string prose(std::string_view text) {
  std::string out;
  for (const Paragraph& paragraph : paragraphs(text)) {
    for (const std::string& line : paragraph.lines) {
      out +=
          paragraph.keep_lines ? "    " + line + "\n" : filled("", inline_text(line), 0, kColumns);
    }
    out += "\n";
  }
  return out;
}

}  // namespace

std::string rule_body(const RuleInfo& rule) {
  std::string out = "**" + std::string(name(rule.severity)) +
                    "** by default: " + inline_text(rule.summary) + "\n\n";
  const auto section = [&](std::string_view title, const std::string& body) {
    if (!body.empty()) {
      out += "## " + std::string(title) + "\n\n" + body;
    }
  };
  section("Why it matters", prose(rule.why));
  section("Example", rule.example.empty() ? "" : verbatim(rule.example, 4) + "\n");
  section("What to do", prose(rule.remedy));
  return out.substr(0, out.find_last_not_of('\n') + 1) + "\n";
}

}  // namespace kapi::markdown

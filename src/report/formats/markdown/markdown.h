// SPDX-License-Identifier: GPL-2.0-only
// The parts of the markdown format: text that stays text in a comment on GitHub, GitLab and their
// like, whatever it holds, and what a rule says.
#pragma once

#include <string>
#include <string_view>

#include "kapi/report.h"

namespace kapi::markdown {

// Running text inside a line of CommonMark: no markup, no HTML, no link. Sites link @user, #1, !2
// and their like, and notify people, after rendering; a word joiner behind the mark keeps them from
// it.
std::string inline_text(std::string_view text);
// The same inside an HTML block.
std::string html_text(std::string_view text);
// A code span, in which sites link nothing.
std::string code(std::string_view text);
std::string html_code(std::string_view text);

// What a rule means, why it matters, an example, what to do: without a heading and without links.
std::string rule_body(const RuleInfo& rule);

// A report as a comment, of less than 60 KB.
std::string report_page(const Report& report, const FormatOptions& options);

}  // namespace kapi::markdown

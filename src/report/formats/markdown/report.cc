// SPDX-License-Identifier: GPL-2.0-only
// A report as a comment. Most severe first; what there is no room for is counted.
#include <fmt/format.h>

#include "report/finding_text.h"
#include "report/formats/markdown/markdown.h"
#include "report/layout.h"
#include "report/text.h"

namespace kapi::markdown {
namespace {

// GitHub refuses a comment of more than 65,536 characters; what follows the findings has its share.
constexpr size_t kFindingsBytes = 44 * 1024;
constexpr size_t kListBytes = 4 * 1024;
constexpr size_t kNameLimit = 160;

// Lines for as long as there is room; says how many there is none for.
template <class List, class Line>
std::string bounded(const List& list, size_t bytes, std::string_view noun, Line line) {
  std::string out;
  size_t done = 0;
  for (const auto& element : list) {
    const std::string next = line(element);
    if (out.size() + next.size() > bytes) {
      return out + fmt::format("- and {}\n", counted(list.size() - done, noun));
    }
    out += next;
    done++;
  }
  return out;
}

std::string detail(const Finding& finding) {
  const FindingText text = text_of(finding);
  std::string out;
  for (const std::string& line : text.lines) {
    out += "- " + inline_text(line) + "\n";
  }
  out += "- rule " + code(cut(finding.rule, kNameLimit)) + ", fingerprint " +
         code(cut(finding.fingerprint, kNameLimit)) + "\n";
  return text.evidence.empty() ? out : out + "- " + inline_text(text.evidence) + "\n";
}

// Of what breaks or may break, everything; of the rest a line.
std::string finding_text(const Finding& finding) {
  const std::string message = text_of(finding).message;
  if (!finding.stands() || finding.severity == Severity::info) {
    const std::string standing = standing_text(finding);
    return fmt::format("- {}: {}{}\n", code(cut(finding.subject, kNameLimit)), inline_text(message),
                       standing.empty() ? "" : "; " + inline_text(standing));
  }
  return fmt::format("<details><summary>{} {}</summary>\n\n{}\n</details>\n",
                     html_code(cut(finding.subject, kNameLimit)), html_text(message),
                     detail(finding));
}

struct Group {
  std::string title;
  std::string meaning;
  bool open = false;  // shown without a click
  std::vector<const Finding*> findings;
};

std::vector<Group> groups_of(const Report& report, const FormatOptions& options, size_t& wording) {
  std::vector<Group> groups;
  for (const Severity severity : {Severity::breaking, Severity::review, Severity::info}) {
    groups.push_back({std::string(name(severity)),
                      std::string(meaning_of(severity)),
                      severity != Severity::info,
                      {}});
  }
  groups.push_back({"accepted", "by a waiver; does not count", false, {}});
  for (const Finding& finding : report.findings) {
    if (finding.waiver) {
      groups.back().findings.push_back(&finding);
    } else if (finding.stands() && (options.words || !is_wording(finding))) {
      groups[static_cast<size_t>(Severity::breaking) - static_cast<size_t>(finding.severity)]
          .findings.push_back(&finding);
    } else if (finding.stands()) {
      wording++;
    }
  }
  return groups;
}

std::string group_text(const Group& group, size_t room, size_t& left_out) {
  std::string body;
  size_t shown = 0;
  for (; shown < group.findings.size(); shown++) {
    const std::string next = finding_text(*group.findings[shown]);
    if (body.size() + next.size() > room) {
      break;
    }
    body += next;
  }
  left_out += group.findings.size() - shown;
  if (shown == 0) {
    return {};
  }
  const std::string title =
      fmt::format("{} ({}): {}", group.title, group.findings.size(), group.meaning);
  return group.open
             ? fmt::format("### {}\n\n{}\n", title, body)
             : fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n\n", title, body);
}

std::string head(const Report& report) {
  std::string out =
      fmt::format("## kapitool: {}\n\n| | kernel |\n|---|---|\n", counts_text(report.summary()));
  for (const auto& [side, source] :
       {std::pair("old", &report.old_source), std::pair("new", &report.new_source)}) {
    out += fmt::format("| {} | {} |\n", side, inline_text(cut(source_text(*source), kNameLimit)));
  }
  return out + "\n";
}

std::string coverage(const Report& report) {
  std::string failed;
  for (const Compared& entry : report.coverage) {
    if (entry.failed && failed.size() < kListBytes) {
      failed += fmt::format("> **{} could not be compared in full:** {}\n>\n",
                            inline_text(cut(entry.fact, kNameLimit)),
                            inline_text(cut(entry.detail, kNameLimit)));
    }
  }
  const auto line = [](const Compared& entry) {
    return fmt::format("- {}{}: {}\n",
                       entry.compared ? "" : "not compared: ", code(cut(entry.fact, kNameLimit)),
                       inline_text(cut(entry.detail, kNameLimit)));
  };
  return fmt::format(
      "{}<details><summary>Compared: {}. Not compared: {}.</summary>\n\n{}\n</details>\n",
      failed.empty() ? "" : failed + "\n", html_text(cut(facts_text(report, true), kNameLimit)),
      html_text(cut(facts_text(report, false), kNameLimit)),
      bounded(report.coverage, kListBytes, "more fact", line));
}

std::string preflight(const Report& report) {
  const auto line = [](const Difference& difference) {
    return "- " + inline_text(difference_text(difference)) + "\n";
  };
  const std::string list = bounded(report.preflight, kListBytes, "more difference", line);
  return list.empty() ? list : "The inputs differ in\n\n" + list + "\n";
}

std::string findings(const Report& report, const FormatOptions& options) {
  size_t wording = 0;
  size_t left_out = 0;
  std::string out;
  for (const Group& group : groups_of(report, options, wording)) {
    // Once something is left out, so is all that matters less.
    const size_t room = left_out > 0 ? 0 : kFindingsBytes - std::min(out.size(), kFindingsBytes);
    out += group_text(group, room, left_out);
  }
  if (left_out > 0) {
    out += fmt::format("**{} not shown:** a comment holds no more. The json format has all.\n\n",
                       counted(left_out, "finding"));
  }
  if (wording > 0) {
    out += fmt::format("{} of wording hidden; `--words` shows {}.\n\n", counted(wording, "change"),
                       wording == 1 ? "it" : "them");
  }
  return report.findings.empty() ? conclusion_text(report) + "\n\n" : out;
}

}  // namespace

std::string report_page(const Report& report, const FormatOptions& options) {
  return head(report) + preflight(report) + (options.summary ? "" : findings(report, options)) +
         coverage(report);
}

}  // namespace kapi::markdown

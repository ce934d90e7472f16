// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "report/finding_text.h"
#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"
#include "report/layout.h"

namespace kapi::html {
namespace {

// In the order of Group.
constexpr std::array<GroupInfo, kGroups> kInfo = {{
    {"breaking", "Breaking", "A program that kept to the old contract can now fail."},
    {"review", "Review", "May break a program; a person must look."},
    {"info", "Info", "Compatible."},
    {"accepted", "Accepted", "By a waiver; they do not count."},
    {"known", "Known", "The baseline holds them already; they do not count."},
    {"wording", "Wording", "Only texts changed: descriptions, notes, examples."},
}};

struct Section {
  std::vector<const Finding*> findings;
  size_t shown = 0;
  std::string body;
};
using Sections = std::array<Section, kGroups>;

// The most severe first, as many as a page may hold.
Sections sections_of(const Report& report, Filters& filters) {
  Sections sections;
  for (const Finding& finding : report.findings) {
    sections[static_cast<size_t>(group_of(finding))].findings.push_back(&finding);
  }
  size_t shown = 0;
  size_t bytes = 0;
  for (size_t i = 0; i < kGroups; i++) {
    Section& section = sections[i];
    while (section.shown < section.findings.size() && shown < kFindingLimit && bytes < kByteLimit) {
      const std::string text =
          finding_html(*section.findings[section.shown], static_cast<Group>(i), filters);
      section.body += text;
      section.shown++;
      bytes += text.size();
      shown++;
    }
  }
  return sections;
}

std::string options_html(const Numbers& numbers, std::string_view all) {
  std::string out = fmt::format("<option value=\"\">{}</option>\n", all);
  for (const auto& [text, value] : numbers.all()) {
    out += fmt::format("<option value=\"{}\">{}</option>\n", value, text);
  }
  return out;
}

std::string controls_html(const Sections& sections, const Filters& filters, bool words) {
  std::string boxes;
  for (size_t i = 0; i < kGroups; i++) {
    if (sections[i].shown > 0) {
      boxes += fmt::format(
          "<label><input type=\"checkbox\" name=\"group\" value=\"{}\"{}>{} {}</label>\n",
          kInfo[i].id, static_cast<Group>(i) != Group::wording || words ? " checked" : "",
          kInfo[i].title, number(sections[i].shown));
    }
  }
  return fmt::format(
      "<div class=\"controls\" role=\"search\" aria-label=\"Findings\">\n"
      "<label>Search<input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\">"
      "</label>\n"
      "<label>API<select id=\"api\">\n{}</select></label>\n"
      "<label>Rule<select id=\"rule\">\n{}</select></label>\n"
      "<button type=\"button\" id=\"reset\">Reset</button>\n"
      "<div class=\"wide\">\n<fieldset><legend class=\"unseen\">Show</legend>\n{}</fieldset>\n"
      "<p role=\"status\" id=\"shown\"></p>\n"
      "<label class=\"keys quiet\"><input type=\"checkbox\" id=\"keys\" checked>Keys: "
      "<kbd>/</kbd> search, <kbd>j</kbd> next, <kbd>k</kbd> previous</label>\n</div>\n"
      "</div>\n",
      options_html(filters.apis, "all"), options_html(filters.rules, "all"), boxes);
}

std::string left_out_html(const Sections& sections) {
  size_t left_out = 0;
  size_t total = 0;
  std::vector<std::string> parts;
  for (size_t i = 0; i < kGroups; i++) {
    const size_t all = sections[i].findings.size();
    total += all;
    left_out += all - sections[i].shown;
    if (sections[i].shown < all) {
      parts.push_back(
          fmt::format("{} of {} {}", number(all - sections[i].shown), number(all), kInfo[i].id));
    }
  }
  return parts.empty()
             ? std::string()
             : fmt::format(
                   "<p class=\"notice\"><strong>{} of {} are left out of this page</strong>: {}. "
                   "The json format has them all: <code>kapitool diff --format json</code>.</p>\n",
                   number(left_out), counted(total, "finding"), joined(parts));
}

}  // namespace

const GroupInfo& info(Group group) { return kInfo[static_cast<size_t>(group)]; }

Group group_of(const Finding& finding) {
  if (finding.waiver) {
    return Group::accepted;
  }
  if (finding.known) {
    return Group::known;
  }
  if (finding.severity == Severity::info) {
    return is_wording(finding) ? Group::wording : Group::info;
  }
  return finding.severity == Severity::breaking ? Group::breaking : Group::review;
}

size_t Numbers::of(std::string name) {
  return numbers_.emplace(std::move(name), numbers_.size()).first->second;
}

std::string findings_html(const Report& report, const FormatOptions& options) {
  std::string out =
      "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">Findings</h2>\n";
  if (report.findings.empty()) {
    return out + "<p>None.</p>\n</section>\n";
  }
  Filters filters;
  const Sections sections = sections_of(report, filters);
  out += left_out_html(sections);
  out += controls_html(sections, filters, options.words);
  for (size_t i = 0; i < kGroups; i++) {
    const Section& section = sections[i];
    if (section.shown == 0) {
      continue;
    }
    const size_t total = section.findings.size();
    out += fmt::format(
        "<section class=\"group {0}\" id=\"{0}\" aria-labelledby=\"h-{0}\">\n"
        "<h3 id=\"h-{0}\">{1} ({2})</h3>\n<p class=\"meaning\">{3}{4}</p>\n",
        kInfo[i].id, kInfo[i].title, number(total), kInfo[i].meaning,
        section.shown == total ? ""
                               : fmt::format(" The first {} are here.", number(section.shown)));
    out += section.body;
    out += "</section>\n";
  }
  return out + "</section>\n";
}

}  // namespace kapi::html

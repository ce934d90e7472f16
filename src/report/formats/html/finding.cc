// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/finding_text.h"
#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"

namespace kapi::html {
namespace {

// How much of a text one finding may take; the json format has all of it.
constexpr size_t kNameLimit = 300;
constexpr size_t kLabelLimit = 100;
constexpr size_t kTextLimit = 1000;
constexpr size_t kValueLimit = 4000;
constexpr size_t kConsequenceLimit = 100;

// A fingerprint as compare() makes it, which is safe as an id and on a command line.
bool is_fingerprint(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::string change_html(const std::string& before, const std::string& after) {
  if (before.empty() || after.empty()) {
    return {};  // one side alone is told among the facts
  }
  const Sides sides = side_by_side(open_ended(before), open_ended(after), kValueLimit);
  return fmt::format(
      "<div class=\"change\"><div><p class=\"side\">Before</p><pre>{}</pre></div>"
      "<div><p class=\"side\">After</p><pre>{}</pre></div></div>\n",
      sides.before, sides.after);
}

std::string fact_html(std::string_view label, const std::string& html) {
  return html.empty() ? html : fmt::format("<dt>{}</dt><dd>{}</dd>\n", label, html);
}

template <class T>
std::string facts_html(const T& finding) {
  std::string fingerprint = line(finding.fingerprint, kNameLimit);
  if (is_fingerprint(finding.fingerprint)) {
    fingerprint = fmt::format(
        "<code>{0}</code><button type=\"button\" class=\"copy\" "
        "aria-label=\"Copy the fingerprint {0}\">Copy</button>",
        fingerprint);
  }
  const bool both = !finding.before.empty() && !finding.after.empty();
  const std::string rows =
      fact_html("Before", both ? "" : line(open_ended(finding.before), kTextLimit)) +
      fact_html("After", both ? "" : line(open_ended(finding.after), kTextLimit)) +
      fact_html("Witness", line(finding.witness, kTextLimit)) +
      fact_html("Evidence", line(finding.evidence, kTextLimit)) +
      fact_html("Fingerprint", fingerprint);
  return rows.empty() ? rows : "<dl class=\"facts\">\n" + rows + "</dl>\n";
}

std::string notes_html(const Finding& finding) {
  std::string out;
  if (finding.waiver) {
    const Waiver& waiver = *finding.waiver;
    out += fmt::format("<p class=\"note\">Accepted{}: {} <span class=\"quiet\">{}</span></p>\n",
                       waiver.expires.empty() ? "" : " until " + line(waiver.expires, kNameLimit),
                       line(waiver.reason, kTextLimit), line(waiver.place, kNameLimit));
  }
  if (!finding.cause.empty()) {
    out += fmt::format("<p class=\"note\">Explained by {}</p>\n", line(finding.cause, kTextLimit));
  }
  return out;
}

std::string consequences_html(const Finding& finding) {
  if (finding.consequences.empty()) {
    return {};
  }
  const size_t shown = std::min(finding.consequences.size(), kConsequenceLimit);
  std::string rows;
  for (size_t i = 0; i < shown; i++) {
    const Consequence& consequence = finding.consequences[i];
    rows += fmt::format(
        "<li><p>{}</p>\n<p class=\"about\"><span class=\"subject\">{}</span> <span>{} "
        "({})</span></p>\n{}{}</li>\n",
        line(open_ended(consequence.message), kTextLimit), line(consequence.subject, kNameLimit),
        line(consequence.rule, kNameLimit), name(consequence.severity),
        change_html(consequence.before, consequence.after), facts_html(consequence));
  }
  if (shown < finding.consequences.size()) {
    rows += fmt::format("<li>{} more left out; the json format has all.</li>\n",
                        number(finding.consequences.size() - shown));
  }
  return fmt::format(
      "<details class=\"with\"><summary>{} of the same change</summary>\n<ul>\n{}</ul>\n"
      "</details>\n",
      counted(finding.consequences.size(), "consequence"), rows);
}

// What accepts a finding with all that is folded under it: a fingerprint stands for one alone.
std::string to_waive(const Finding& finding) {
  constexpr size_t kMany = 20;
  if (finding.consequences.size() > kMany) {
    return finding.fingerprint + " --report REPORT.json";
  }
  std::string out = finding.fingerprint;
  for (const Consequence& consequence : finding.consequences) {
    out += is_fingerprint(consequence.fingerprint) ? " " + consequence.fingerprint : "";
  }
  return out;
}

std::string why_html(const Finding& finding) {
  std::string out;
  if (const auto rule = find_rule(finding.rule)) {
    out += fmt::format("<p><strong>{}.</strong> {}</p>\n<p><strong>What to do:</strong> {}</p>\n",
                       escaped(rule->summary), escaped(rule->why), escaped(rule->remedy));
  }
  if (finding.stands() && is_fingerprint(finding.fingerprint)) {
    out += fmt::format(
        "<p>To accept it{}: <code>kapitool waive {} --reason 'REASON'</code>"
        "<button type=\"button\" class=\"copy\" aria-label=\"Copy the command that accepts {}\">"
        "Copy</button></p>\n",
        finding.consequences.empty() ? "" : " and what is folded under it", to_waive(finding),
        finding.fingerprint);
  }
  return out.empty() ? out
                     : "<details class=\"why\"><summary>Why it matters, what to do</summary>\n" +
                           out + "</details>\n";
}

std::string joined_numbers(const std::set<size_t>& numbers) {
  return fmt::format("{}", fmt::join(numbers, " "));
}

}  // namespace

std::string_view api_of(std::string_view subject) {
  // Constants are one entry of the filter: a header has hundreds.
  const bool type = subject.starts_with("struct/") || subject.starts_with("union/") ||
                    subject.starts_with("typedef/") || subject.starts_with("enum/");
  const size_t parts = subject.starts_with("syscall/") ? 3 : type ? 2 : 1;
  size_t end = 0;
  for (size_t i = 0; i < parts && end != subject.npos; i++) {
    end = subject.find('/', i == 0 ? 0 : end + 1);
  }
  return subject.substr(0, end);
}

std::string finding_html(const Finding& finding, Group group, Filters& filters) {
  std::set<size_t> apis = {filters.apis.of(label(api_of(finding.subject), kLabelLimit))};
  std::set<size_t> rules = {filters.rules.of(label(finding.rule, kLabelLimit))};
  for (size_t i = 0; i < std::min(finding.consequences.size(), kConsequenceLimit); i++) {
    apis.insert(filters.apis.of(label(api_of(finding.consequences[i].subject), kLabelLimit)));
    rules.insert(filters.rules.of(label(finding.consequences[i].rule, kLabelLimit)));
  }
  const bool aside = group == Group::accepted || group == Group::known;
  const std::string id =
      is_fingerprint(finding.fingerprint) ? " id=\"f-" + finding.fingerprint + "\"" : "";
  return fmt::format(
             "<article{} tabindex=\"-1\" data-api=\"{}\" data-rule=\"{}\">\n<h4>{}</h4>\n"
             "<p class=\"about\">{}<span class=\"subject\">{}</span> <span>{}</span></p>\n",
             id, joined_numbers(apis), joined_numbers(rules),
             line(finding.message.empty() ? finding.subject : open_ended(finding.message),
                  kTextLimit),
             aside ? fmt::format("<span class=\"tag {0}\">{0}</span> ", name(finding.severity))
                   : "",
             line(finding.subject, kNameLimit), line(finding.rule, kNameLimit)) +
         notes_html(finding) + change_html(finding.before, finding.after) + facts_html(finding) +
         consequences_html(finding) + why_html(finding) + "</article>\n";
}

}  // namespace kapi::html

// SPDX-License-Identifier: GPL-2.0-only
// For people who would rather look: one file that a browser opens without a network. Its policy
// forbids everything but its own style and script, which are named by their hashes; nothing of a
// report is in either.
#include <fmt/format.h>

#include "report/format.h"
#include "report/formats/html/assets.h"
#include "report/formats/html/escape.h"
#include "report/formats/html/page.h"

namespace kapi {
namespace {

constexpr size_t kTitleLimit = 60;

std::string name_of(const Source& source) {
  return html::label(source.release.empty() ? source.file : source.release, kTitleLimit);
}

std::string head_html(const Report& report) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}: {} → {}</title>\n<style>{}</style>\n</head>\n",
      html::kPageJs.sha256, html::kPageCss.sha256, html::verdict_of(report).title,
      name_of(report.old_source), name_of(report.new_source), html::kPageCss.text);
}

std::string findings_page(const Report& report, const FormatOptions& options) {
  std::string out = head_html(report) + "<body>\n";
  if (!options.summary) {
    out += "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n";
  }
  out += html::header_html(report) + "<main>\n" + html::summary_html(report) +
         html::preflight_html(report);
  if (!options.summary) {
    out += html::findings_html(report, options);
  }
  out +=
      "</main>\n<footer class=\"end\">Written by kapitool, for people; the json format holds "
      "the same for scripts.</footer>\n<script>";
  out += html::kPageJs.text;
  return out + "</script>\n</body>\n</html>\n";
}

}  // namespace

extern const Format format_html;
const Format format_html = {.name = "html", .findings = findings_page};

}  // namespace kapi

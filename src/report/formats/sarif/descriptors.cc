// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "report/finding_text.h"
#include "report/formats/markdown/markdown.h"
#include "report/formats/sarif/sarif.h"
#include "report/layout.h"
#include "report/text.h"

namespace kapi::sarif {
namespace {

constexpr size_t kTextLimit = 1000;  // characters; json has all of it

// "param-removed" as viewers show names: "ParamRemoved".
std::string pascal_case(std::string_view id) {
  std::string out;
  bool first = true;
  for (const char c : id) {
    if (c == '-') {
      first = true;
      continue;
    }
    out += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    first = false;
  }
  return out;
}

Json sentence(std::string_view text) {
  std::string line = one_line(text);
  return {{"text", line.ends_with('.') ? line : line + "."}};
}

// What GitHub demands of every descriptor, where one sentence says it all.
Json described(std::string_view what) {
  return {{"shortDescription", sentence(what)},
          {"fullDescription", sentence(what)},
          {"help", sentence(what)}};
}

struct Notification {
  std::string_view id;
  std::string_view what;
};
constexpr Notification kNotifications[] = {
    {"compared", "A kind of fact was compared"},
    {"incomplete", "A kind of fact could not be read in full, so nothing follows from silence"},
    {"input-differs", "The inputs themselves differ, which can explain findings"},
    {"left-out", "There are findings that this log does not hold"},
    {"not-compared", "A kind of fact was not compared"},
};

Json notification(std::string_view id, std::string_view level, const std::string& text) {
  const auto at = std::find_if(std::begin(kNotifications), std::end(kNotifications),
                               [&](const Notification& known) { return known.id == id; });
  return {{"descriptor", {{"id", id}, {"index", at - std::begin(kNotifications)}}},
          {"level", level},
          {"message", message(text)}};
}

}  // namespace

Json message(std::string_view text) {
  const bool link = text.find("](") != text.npos;
  std::string out;
  for (const char c : text) {
    if (c == '{' || c == '}') {
      out += c;
    } else if (link && (c == '[' || c == ']' || c == '\\')) {
      out += '\\';
    }
    out += c;
  }
  if (!out.ends_with('.')) {
    out += '.';
  }
  return {{"text", std::move(out)}};
}

std::string_view level(Severity severity) {
  return severity == Severity::breaking ? "error"
         : severity == Severity::review ? "warning"
                                        : "note";
}

Json rule_descriptor(const std::string& id) {
  Json descriptor = {{"id", id}};
  const auto rule = find_rule(id);
  if (!rule) {
    descriptor.update(described("A rule that this version of kapitool does not describe"));
    return descriptor;
  }
  const std::string_view severity =
      rule->severity == Severity::info ? "recommendation" : level(rule->severity);
  descriptor.update(
      {{"name", pascal_case(id)},
       {"shortDescription", sentence(rule->summary)},
       {"fullDescription", sentence(rule->why)},
       {"help", {{"text", rule_text(*rule, {})}, {"markdown", markdown::rule_body(*rule)}}},
       {"defaultConfiguration", {{"level", level(rule->severity)}}},
       {"properties",
        {{"tags", {"compatibility", "kernel"}},
         {"precision", "high"},
         {"problem.severity", severity}}}});
  return descriptor;
}

Json notification_descriptors() {
  Json descriptors = Json::array();
  for (const Notification& known : kNotifications) {
    descriptors.push_back({{"id", known.id}});
    descriptors.back().update(described(known.what));
  }
  return descriptors;
}

Json notifications(const Report& report, size_t wording, size_t left_out) {
  Json all = Json::array();
  for (const Difference& difference : report.preflight) {
    std::string text = difference_text(difference);
    if (!difference.effect.empty()) {
      text += ".\n" + cut(difference.effect, kTextLimit);
    }
    all.push_back(notification("input-differs", "note", text));
  }
  for (const Compared& entry : report.coverage) {
    const std::string text =
        fmt::format("{}compared: {}: {}", entry.compared ? "" : "not ", cut(entry.fact, kTextLimit),
                    cut(entry.detail, kTextLimit));
    all.push_back(notification(entry.failed     ? "incomplete"
                               : entry.compared ? "compared"
                                                : "not-compared",
                               entry.failed ? "error" : "note", text));
  }
  if (report.coverage.empty()) {
    all.push_back(notification("not-compared", "error", conclusion_text(report)));
  }
  if (wording > 0) {
    all.push_back(
        notification("left-out", "note",
                     fmt::format("{} of wording not shown; --words shows {}",
                                 counted(wording, "change"), wording == 1 ? "it" : "them")));
  }
  if (left_out > 0) {
    all.push_back(notification(
        "left-out", "warning",
        fmt::format("{} not shown: a run holds {}, the most severe first; the json format has all",
                    counted(left_out, "finding"), kMaxResults)));
  }
  return all;
}

}  // namespace kapi::sarif

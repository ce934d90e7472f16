// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "report/finding_text.h"
#include "report/formats/sarif/sarif.h"
#include "report/layout.h"

namespace kapi::sarif {
namespace {

constexpr size_t kNameLimit = 200;         // characters, of what is short unless it is hostile
constexpr size_t kFileLimit = 255;         // bytes, as file systems have it
constexpr size_t kValueLimit = 1000;       // of a text in the properties; json has all of it
constexpr size_t kConsequencesLimit = 20;  // of which a result tells the subjects

// A path of one segment that stays one, whatever the file is called (RFC 3986).
std::string uri_of(const Source& source) {
  constexpr std::string_view kPlain = "-._~!$&'()*+,;=@";
  std::string uri;
  for (const char c : source.file.substr(0, kFileLimit)) {
    const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (alnum || kPlain.find(c) != kPlain.npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri.find_first_not_of('.') == uri.npos ? "kernel" : uri;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

Json logical_location(const std::string& subject) {
  const std::string name = cut(subject, kValueLimit);
  const size_t slash = name.rfind('/');
  Json location = {{"name", slash == name.npos ? name : name.substr(slash + 1)},
                   {"fullyQualifiedName", name}};
  if (slash == name.npos) {
    location["kind"] = "function";
  } else if (name.substr(0, slash).ends_with("/params")) {
    location["kind"] = "parameter";
  } else if (name.substr(0, slash).ends_with("/fields")) {
    location["kind"] = "member";
  } else if (is_one_of(name.substr(0, slash), {"struct", "union", "typedef"})) {
    location["kind"] = "type";
  } else if (name.starts_with("enum/") || name.starts_with("constant/")) {
    location["kind"] = "variable";
  }
  return location;
}

// The image has no lines, but GitHub wants one.
Json location(const Run& run, const Finding& finding) {
  return {{"physicalLocation",
           {{"artifactLocation", new_location(run.report)}, {"region", {{"startLine", 1}}}}},
          {"logicalLocations", Json::array({logical_location(finding.subject)})}};
}

Json properties(const Finding& finding) {
  Json bag = {{"severity", name(finding.severity)}};
  for (const auto& [key, value] :
       {std::pair("before", &finding.before), std::pair("after", &finding.after),
        std::pair("witness", &finding.witness), std::pair("evidence", &finding.evidence),
        std::pair("cause", &finding.cause)}) {
    if (!value->empty()) {
      bag[key] = cut(*value, kValueLimit);
    }
  }
  if (!finding.consequences.empty()) {
    Json subjects = Json::array();
    for (const Consequence& consequence : finding.consequences) {
      if (subjects.size() < kConsequencesLimit) {
        subjects.push_back(fmt::format("{} [{}]", cut(consequence.subject, kValueLimit),
                                       cut(consequence.rule, kNameLimit)));
      }
    }
    bag["consequences"] = std::move(subjects);
    bag["consequenceCount"] = finding.consequences.size();
  }
  return bag;
}

// Either all results of a run have suppressions or none has (3.27.23).
Json suppressions(const Finding& finding) {
  if (!finding.waiver) {
    return Json::array();
  }
  return Json::array(
      {{{"kind", "external"}, {"status", "accepted"}, {"justification", standing_text(finding)}}});
}

}  // namespace

Json old_location(const Report& report) {
  return {{"uri", uri_of(report.old_source)}, {"uriBaseId", "OLD"}, {"index", 1}};
}
Json new_location(const Report& report) {
  return {{"uri", uri_of(report.new_source)}, {"index", 0}};
}

std::string rule_id(const Finding& finding) { return cut(finding.rule, kNameLimit); }

Json result(const Run& run, const Finding& finding) {
  const FindingText text = text_of(finding);
  std::string sentences = text.message;
  for (const std::string& line : text.lines) {
    sentences += (sentences.ends_with('.') ? "\n" : ".\n") + line;
  }
  const std::string id = rule_id(finding);
  const std::string fingerprint = cut(finding.fingerprint, kNameLimit);
  Json result = {{"ruleId", id},
                 {"ruleIndex", run.rules.at(id)},
                 {"level", level(finding.severity)},
                 {"message", message(sentences)},
                 {"locations", Json::array({location(run, finding)})},
                 // The second is what GitHub tells alerts apart by, in place of the line's text.
                 {"partialFingerprints",
                  {{"kapitool/v1", fingerprint}, {"primaryLocationLineHash", fingerprint + ":1"}}}};
  if (run.known) {
    result["baselineState"] = finding.known ? "unchanged" : "new";
  }
  if (run.waived) {
    result["suppressions"] = suppressions(finding);
  }
  result["properties"] = properties(finding);
  return result;
}

}  // namespace kapi::sarif

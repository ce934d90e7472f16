// SPDX-License-Identifier: GPL-2.0-only
// The policy is somebody's file, with their comments and their order: an entry is added as text,
// and nothing else is touched.
#include <fmt/format.h>

#include "kapi/policy.h"

namespace kapi {
namespace {

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// "rule subject", for the reader of the policy; empty if unknown.
std::string comment_of(const ReportedFinding& finding) {
  return finding.rule.empty()
             ? std::string()
             : fmt::format("# {} {}", printable(finding.rule), printable(finding.subject));
}

void flatten(const std::vector<ReportedFinding>& findings, std::vector<ReportedFinding>& out) {
  for (const ReportedFinding& finding : findings) {
    out.push_back({finding.fingerprint, finding.rule, finding.subject, {}});
    flatten(finding.consequences, out);
  }
}

}  // namespace

std::string with_waiver(std::string policy, const NewWaiver& waiver) {
  std::vector<ReportedFinding> findings;
  flatten(waiver.findings, findings);
  std::string out = std::move(policy);
  if (out.empty()) {
    out = fmt::format("version = {}\n", kPolicyVersion);
  }
  out += out.ends_with('\n') ? "\n" : "\n\n";
  out += "[[waiver]]\n";
  if (findings.size() == 1) {
    const std::string comment = comment_of(findings.front());
    out += comment.empty() ? "" : comment + "\n";
    out += fmt::format("fingerprint = \"{}\"\n", findings.front().fingerprint);
  } else {
    out += "fingerprint = [\n";
    for (const ReportedFinding& finding : findings) {
      const std::string comment = comment_of(finding);
      out +=
          fmt::format("  \"{}\",{}{}\n", finding.fingerprint, comment.empty() ? "" : "  ", comment);
    }
    out += "]\n";
  }
  out += fmt::format("reason = {}\n", toml_string(waiver.reason));
  out += waiver.expires ? fmt::format("expires = {}\n", date_text(*waiver.expires)) : "";
  return out;
}

}  // namespace kapi

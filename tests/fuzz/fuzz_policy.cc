// SPDX-License-Identifier: GPL-2.0-only
// A policy file: any text is read or refused with its place; what was read can be applied, and can
// be added to.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kapi/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const kapi::PolicyFile file = kapi::read_policy(text, "fuzz.toml");
  for (const kapi::PolicyProblem& problem : file.problems) {
    if (problem.line == 0 || problem.message.empty() || !kapi::is_utf8(problem.message)) {
      std::abort();
    }
  }
  if (!file.problems.empty()) {
    return 0;
  }
  kapi::Report report;
  for (const char* subject : {"sys_open/errors/EIO", "syscall/ia32/openat", "specs", "a/b"}) {
    kapi::Finding finding;
    finding.rule = "error-added";
    finding.subject = subject;
    finding.fingerprint = kapi::fingerprint_of(finding);
    report.findings.push_back(finding);
  }
  const kapi::Date today = kapi::date_of(1795219200);
  kapi::apply(report, file.policy, {.today = today, .kinds = {{"sys_open", {"syscall"}}}});

  const kapi::NewWaiver waiver = {
      .findings = {{"00f0f0f0f0f0f0f0", "rule", text, {}}}, .reason = "fuzz", .expires = today};
  const kapi::PolicyFile again = kapi::read_policy(kapi::with_waiver(text, waiver), "fuzz.toml");
  // An inline list of waivers cannot be added to, nor can a fingerprint twice: `waive` looks.
  if (again.problems.empty() && again.policy.waivers.size() != file.policy.waivers.size() + 1) {
    std::abort();
  }
  return 0;
}

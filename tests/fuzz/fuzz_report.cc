// SPDX-License-Identifier: GPL-2.0-only
// A report as a baseline: any bytes are read or refused, and what is read has fingerprints.
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "kapi/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::istringstream stream(std::string(reinterpret_cast<const char*>(data), size));
  try {
    kapi::read_report(stream, "fuzz.json", [](const kapi::ReportedFinding& finding) {
      if (finding.fingerprint.size() != 16 || finding.rule.empty()) {
        std::abort();
      }
    });
  } catch (const kapi::InputError&) {
  }
  return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
// docs/schema/report.schema.json is what the code says. KAPI_RECORD=1 writes it anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "kapi/report.h"

using namespace kapi;

TEST_CASE("the published schema of a report is the one of the code") {
  const std::string file = KAPI_FIXTURE_SOURCES "/../docs/schema/report.schema.json";
  if (std::getenv("KAPI_RECORD") != nullptr) {
    std::ofstream(file) << report_json_schema();
  }
  std::ostringstream published;
  published << std::ifstream(file).rdbuf();
  CHECK_MESSAGE(published.str() == report_json_schema(), "re-record with KAPI_RECORD=1");
}

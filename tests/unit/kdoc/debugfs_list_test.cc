// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "kapi/kdoc.h"

namespace {

using Names = std::vector<std::string>;

std::pair<Names, Names> read(const std::string& text) {
  std::vector<kapi::Diagnostic> diagnostics;
  Names entries;
  Names codes;
  for (const auto& entry : kapi::read_debugfs_list(text, "list", diagnostics)) {
    entries.push_back(entry.name + "|" + entry.description);
  }
  for (const auto& diagnostic : diagnostics) {
    codes.push_back(diagnostic.code + " " + diagnostic.section);
  }
  return {entries, codes};
}

constexpr const char* kHead =
    "Available Kernel API Specifications\n===================================\n\n";

TEST_CASE("a description may hold the separator, and a line break") {
  const auto [entries, codes] =
      read(std::string(kHead) +
           "sys_a - one - two\nsys_b - three\nfour - five\nsys_c - (null)\n"
           "\nTotal: 4 specifications\n");
  // Nothing tells "four - five" from a spec but the total.
  CHECK(entries == Names{"sys_a|one - two", "sys_b|three", "four|five", "sys_c|"});
  CHECK(codes.empty());
  CHECK(read(std::string(kHead) + "a - b\nmore of it\n\nTotal: 1 specifications\n").first ==
        Names{"a|b\nmore of it"});
}

TEST_CASE("the first implementation") {
  const auto [entries, codes] = read(
      "Kernel API Specifications:\n\nStatic APIs:\n  sys_a (v1): one\n  sys_b (v2): two (v3): x\n\n"
      "Dynamic APIs:\n  probe (v1): three\n");
  CHECK(entries == Names{"sys_a|one", "sys_b|two (v3): x", "probe|three"});
  CHECK(codes.empty());
}

TEST_CASE("damage") {
  CHECK(read("").second == Names{"not-a-list list:1"});
  CHECK(read(std::string(kHead) + "sys_a - one\n").second == Names{"cut list:1"});
  CHECK(read(std::string(kHead) + "sys_a - one\n\nTotal: 2 specifications\n").second ==
        Names{"items-missing list:6"});
  const auto [entries, codes] =
      read(std::string(kHead) + "(null) - one\n\nTotal: 1 specifications\n");
  CHECK(entries.empty());
  CHECK(codes == Names{"spec-without-name list:4"});
}

TEST_CASE("what a file is") {
  using kapi::DebugfsForm;
  CHECK(kapi::debugfs_form(kHead) == DebugfsForm::list);
  CHECK(kapi::debugfs_form("Kernel API Specification\n====") == DebugfsForm::text);
  CHECK(kapi::debugfs_form("{\n  \"name\": \"x\"") == DebugfsForm::json);
  CHECK(kapi::debugfs_form("{\"name\":\"x\"}") == DebugfsForm::json);
  CHECK(kapi::debugfs_form("{\"schema\": 1}") == DebugfsForm::none);
  CHECK(kapi::debugfs_form("") == DebugfsForm::none);
}

}  // namespace

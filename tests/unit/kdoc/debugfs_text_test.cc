// SPDX-License-Identifier: GPL-2.0-only
// The text form: its marks inside values, what the revisions print otherwise, and damage. The
// newest form as a whole is held against images in tests/debugfs.py.
#include <doctest/doctest.h>

#include <algorithm>

#include "kapi/kdoc.h"

namespace {

using kapi::Diagnostic;
using kapi::Level;

constexpr const char* kHead =
    "Kernel API Specification\n========================\n\n"
    "Name: sys_x\nVersion: 1\nDescription: X\nContext flags: PROCESS SLEEPABLE \n\n";
constexpr const char* kReturn = "Return value:\n  type: int\n  success: == 0\n\n";

struct Read {
  kapi::Api api;
  std::vector<std::string> omits;
  std::vector<Diagnostic> diagnostics;

  bool omits_member(const char* path) const {
    return std::find(omits.begin(), omits.end(), path) != omits.end();
  }
  // The codes of the errors with their subjects.
  std::vector<std::string> errors() const {
    std::vector<std::string> codes;
    for (const auto& d : diagnostics) {
      if (d.level == Level::error) {
        codes.push_back(d.code + " " + d.subject + " " + d.section);
      }
    }
    return codes;
  }
};

Read read(const std::string& text) {
  Read out;
  auto spec = kapi::read_debugfs_text(text, "f", out.diagnostics);
  REQUIRE(spec);
  out.api = spec->api;
  out.omits = spec->omits;
  return out;
}

Read with(const std::string& params, const std::string& lists) {
  return read(kHead + params + kReturn + lists);
}

std::string param(const std::string& flags, const std::string& rest = "") {
  return "Parameters (1):\n  [0] p:\n    type: int (int p)\n    flags: " + flags + "\n" + rest +
         "\n";
}

using Names = std::vector<std::string>;

TEST_CASE("the direction of a parameter in all revisions") {
  // Until RFC v4 each word was printed if any of its bits was set.
  for (const auto& [words, flag] : {std::pair("IN ", "in"),
                                    {"OUT ", "out"},
                                    {"INOUT ", "inout"},
                                    {"IN OUT ", "inout"},
                                    {"IN INOUT ", "in"},
                                    {"OUT INOUT ", "out"},
                                    {"IN OUT INOUT ", "inout"}}) {
    CHECK(with(param(words), "").api.params.at(0).flags == Names{flag});
  }
  CHECK(with(param("IN CONST USER "), "").api.params.at(0).flags == Names{"const", "in", "user"});
  CHECK(with(param(""), "").api.params.at(0).flags.empty());
}

TEST_CASE("a range without an upper bound, and with a negative one before that was a sign") {
  const std::string range = "    constraints:\n      type: range\n      min: 1\n      max: -1\n";
  const Read now = with(param("IN ", range), "");
  CHECK(now.api.params.at(0).constraint->min == 1);
  CHECK_FALSE(now.api.params.at(0).constraint->max);
  CHECK(now.api.unresolved.empty());
  const Read before = with(param("IN ", range), "Since: 6.1\n");
  CHECK(before.api.since_version == "6.1");
  REQUIRE(before.api.unresolved.size() == 1);
  CHECK(before.api.unresolved[0] == kapi::Unresolved{"params/p/constraint/max", "-1"});
}

TEST_CASE("a constraint without a line is a buffer, and before there were buffers unknown") {
  CHECK(with(param("IN ", "    constraints:\n"), "").api.params.at(0).constraint->type == "buffer");
  const Read before = with(param("IN INOUT ", "    constraints:\n"), "");
  CHECK_FALSE(before.api.params.at(0).constraint);
  CHECK(before.api.unresolved.at(0).path == "params/p/constraint");
}

TEST_CASE("locks until RFC v4 say what the function does") {
  const Read early = with("",
                          "Locks (4):\n"
                          "  a (mutex): A\n    acquired by function\n    released by function\n"
                          "  b (rcu): B\n    acquired by function\n"
                          "  c (spinlock): C\n    released by function\n"
                          "  d (semaphore): D\n\n"
                          "Additional constraints (1):\n  - Only: words\n\n");
  REQUIRE(early.api.locks.size() == 4);
  CHECK(early.api.locks[0].scope == "internal");
  CHECK(early.api.locks[1].scope == "acquires");
  CHECK(early.api.locks[2].scope == "releases");
  CHECK(early.api.locks[3].scope == "");
  CHECK(early.api.unresolved.at(0).path == "locks/d/scope");
  // The line of a constraint has no name then.
  CHECK(early.api.constraints.empty());
  CHECK(early.omits_member("constraints"));
}

TEST_CASE("words that stand for several values are left open") {
  const Read open =
      with("",
           "Locks (1):\n  l (unknown): L\n    scope: unknown\n\n"
           "Signal handling (1):\n  S (0):\n    direction: \n    action: unknown\n\n");
  CHECK(open.api.locks.at(0).type.empty());
  CHECK(open.api.signals.at(0).action.empty());
  REQUIRE(open.api.unresolved.size() == 3);
  CHECK(open.api.unresolved[0].path == "locks/l/type");
  CHECK(open.api.unresolved[1].path == "locks/l/scope");
  CHECK(open.api.unresolved[2].path == "signals/S/action");
}

TEST_CASE("no return value cannot be told from an empty one") {
  for (const char* type : {"(null)", ""}) {
    const Read none =
        read(std::string(kHead) + "Return value:\n  type: " + type + "\n  success: == 0\n\n");
    CHECK_FALSE(none.api.return_);
    CHECK(none.api.unresolved.at(0).path == "return");
  }
  const Read never = read(std::string(kHead) + "Return value:\n  type: void\n\n");
  CHECK(never.api.return_->check == "no_return");
}

TEST_CASE("what ended the text until PATCH v1 and RFC v2") {
  const Read early = with(param("IN INOUT "),
                          "Notes:\nSince: not yet\n\nSince: 6.1\nDEPRECATED\n"
                          "  - use sys_y instead\n");
  CHECK(early.api.notes == "Since: not yet");
  CHECK(early.api.since_version == "6.1");
  CHECK(early.api.deprecated == true);
  CHECK(early.api.replacement == "sys_y");
  CHECK(early.errors().empty());
  CHECK(early.omits_member("side_effects"));
  CHECK_FALSE(with("", "").omits_member("side_effects"));
}

TEST_CASE("a value with line breaks is read whole") {
  const Read text = with("",
                         "Errors (2):\n  EIO (-5): one\n\ntwo\n    condition: when\n  (null) (-6): "
                         "(null)\n\nNotes:\na\n\n\nb\n\n");
  REQUIRE(text.api.errors.size() == 2);
  CHECK(text.api.errors[0] == kapi::Error{"EIO", -5, "when", "one\n\ntwo"});
  CHECK(text.api.errors[1] == kapi::Error{"", -6, "", ""});
  CHECK(text.api.notes == "a\n\n\nb");
  CHECK(text.errors().empty());
}

TEST_CASE("a value that looks like an item is noticed by the count") {
  const Read text = with("", "Errors (1):\n  EIO (-5): one\n  EPERM (-1): two\n\n");
  CHECK(text.errors() == Names{"items-uncounted sys_x/errors f:13"});
  CHECK(with("", "Errors (40):\n  EIO (-5): one\n\n").errors() ==
        Names{"items-missing sys_x/errors f:13"});
}

TEST_CASE("a section of a later revision is passed over") {
  const Read text =
      with("", "Errors (1):\n  EIO (-5): one\n\nResources (2):\n  a\n  b\n\nNotes:\nn\n\n");
  CHECK(text.api.errors.at(0).description == "one");
  CHECK(text.api.notes == "n");
  REQUIRE(text.diagnostics.size() == 1);
  CHECK(text.diagnostics[0].code == "unknown-section");
  CHECK(text.diagnostics[0].section == "f:16");
}

TEST_CASE("a text that ends early") {
  const std::string whole =
      std::string(kHead) + param("IN ") + kReturn + "Errors (1):\n  EIO (-5): x\n\n";
  CHECK(read(whole).errors().empty());
  for (size_t end = std::string(kHead).find("sys_x") + 5; end < whole.size(); end++) {
    const std::string cut = whole.substr(0, end);
    const bool at_section_end = cut.ends_with("\n\n") && cut.find("success") != cut.npos;
    CAPTURE(cut);
    CHECK(read(cut).errors().empty() == at_section_end);
  }
}

TEST_CASE("no spec at all") {
  std::vector<Diagnostic> diagnostics;
  CHECK_FALSE(kapi::read_debugfs_text("", "f", diagnostics));
  CHECK_FALSE(
      kapi::read_debugfs_text("Kernel API Specification\n====\n\nVersion: 1\n", "f", diagnostics));
  CHECK(diagnostics.front().code == "not-a-spec");
  CHECK(diagnostics.front().section == "f:1");
  CHECK(diagnostics.back().code == "spec-without-name");
}

TEST_CASE("long lines take the time of reading them") {
  std::string line;
  for (int i = 0; i < 300000; i++) {
    line += " (mutex (-1: - -> ";
  }
  const Read text = with("", "Locks (1):\n  " + line + "\n\nErrors (1):\n  " + line + "\n\n");
  CHECK(text.errors().size() == 1);
}

}  // namespace

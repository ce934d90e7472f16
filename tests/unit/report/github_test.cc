// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <sstream>

#include "hostile.h"

using namespace kapi;

namespace {

std::string github(const Report& report, const FormatOptions& options = {}) {
  return find_format("github")->findings(report, options);
}

// How a runner reads a line, and what it would find in one that is no command.
struct Command {
  std::string kind;
  std::string title;
  std::string message;
};

std::string unescaped(std::string text, bool property) {
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  };
  replace("%0D", "\r");
  replace("%0A", "\n");
  if (property) {
    replace("%3A", ":");
    replace("%2C", ",");
  }
  replace("%25", "%");
  return text;
}

std::vector<Command> commands_of(const std::string& out) {
  std::vector<Command> commands;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    REQUIRE(line.starts_with("::"));
    const size_t end = line.find("::", 2);
    REQUIRE(end != line.npos);
    const std::string head = line.substr(2, end - 2);
    const size_t title = head.find(" title=");
    REQUIRE(title != head.npos);
    CHECK(head.find(',') == head.npos);
    CHECK(head.find(':') == head.npos);
    commands.push_back({head.substr(0, title), unescaped(head.substr(title + 7), true),
                        unescaped(line.substr(end + 2), false)});
  }
  return commands;
}

size_t count(const std::vector<Command>& commands, std::string_view kind) {
  size_t found = 0;
  for (const Command& command : commands) {
    found += command.kind == kind ? 1 : 0;
  }
  return found;
}

}  // namespace

TEST_CASE("github: errors, warnings, and a summary of all") {
  const auto commands = commands_of(github(sample_report()));
  REQUIRE(commands.size() == 3);
  CHECK(commands[0].kind == "error");
  CHECK(commands[0].title == "breaking: param-constraint-tightened");
  CHECK(commands[0].message ==
        "accepts less than it did\nmask 0x7f → mask 0x3f; for example 0x40 (O_CREAT)\n"
        "sys_open/params/flags, fingerprint 00000000000000aa\nnew.elf: .rodata at 0x100");
  CHECK(commands[1].kind == "warning");
  CHECK(commands[2].kind == "notice");
  CHECK(commands[2].message ==
        "1 breaking, 1 review, 1 info; compared: specs; not compared: syscalls/x86_64");
  CHECK(commands_of(github(sample_report(), {.words = true})).size() == 4);
  CHECK(commands_of(github(sample_report(), {.summary = true})).size() == 1);
}

TEST_CASE("github: what does not count has no annotation, what explains is in the summary") {
  const auto commands = commands_of(github(settled_report()));
  REQUIRE(commands.size() == 2);
  CHECK(commands[0].title == "breaking: syscall-removed");
  CHECK(has(commands[0].message, "\nexplained by CONFIG_AIO: y → n\nwith it: sys_io_submit"));
  CHECK(commands[1].message.starts_with("1 breaking, 0 review, 1 info, 1 accepted, 1 known;"));
  CHECK(has(commands[1].message, "\nthe inputs differ in CONFIG_AIO: y → n; explains 1 finding"));
}

TEST_CASE("github: silence is told apart, and what could not be read is an error") {
  Report report = sample_report();
  report.findings.clear();
  auto commands = commands_of(github(report));
  REQUIRE(commands.size() == 1);
  CHECK(has(commands[0].message, "\nUnchanged: specs."));
  report.coverage[1].failed = true;
  commands = commands_of(github(report, {.summary = true}));
  REQUIRE(commands.size() == 2);
  CHECK(commands[0].kind == "error");
  CHECK(commands[0].message == "syscalls/x86_64: no table in either");
  CHECK_FALSE(has(commands[1].message, "Unchanged"));
}

TEST_CASE("github: no more than GitHub shows, the most severe first, the rest by name and number") {
  Report report = large_report(400);
  report.coverage[1].failed = true;
  const auto commands = commands_of(github(report));
  CHECK(count(commands, "error") == 10);
  CHECK(count(commands, "warning") == 10);
  CHECK(count(commands, "notice") == 2);
  CHECK(commands[0].title == "could not be compared in full");
  CHECK(has(commands[1].message, "sys_call_1000000/"));
  const Command& rest = commands[commands.size() - 2];
  CHECK(rest.title == "381 more findings");
  CHECK(rest.message.starts_with("breaking: sys_call_1000009/params/flags [param-"));
  CHECK(has(rest.message, "\nand 341 more"));
}

TEST_CASE("github: no text ends a line, a property or a command") {
  for (const std::string& text : hostile_texts()) {
    const std::string out = github(hostile_report(text), {.words = true});
    CHECK(is_utf8(out));
    CHECK(out.size() < 64 * 1024);
    CHECK(commands_of(out).size() == 5);
  }
  Report report = sample_report();
  report.findings.resize(1);
  report.findings[0].message = "100%0A::error::x, y: z";
  report.findings[0].rule = "a:b,c%2C";
  const auto commands = commands_of(github(report));
  CHECK(commands[0].title == "breaking: a:b,c%2C");
  CHECK(commands[0].message.starts_with("100%0A::error::x, y: z\n"));
}

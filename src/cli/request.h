// SPDX-License-Identifier: GPL-2.0-only
// What the program is asked to do.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "kapi/diff.h"
#include "kapi/report.h"
#include "kapi/source.h"

namespace kapi::cli {

enum class Action { diff, extract, list, show, rules, explain, compat, print };

struct Output {
  const Format* format = nullptr;
  std::string file;  // "-" is standard output
};

struct Request {
  Action action = Action::print;
  std::string text;                    // print: a help text, the version, the man page
  std::vector<std::string> arguments;  // compat: of the other tool, untouched

  // As given on the command line.
  std::string input;  // OLD or INPUT
  std::string new_input;
  std::string name;  // of an API or a rule
  std::string fail_on = "breaking";
  std::string format;
  std::vector<std::string> outputs;
  std::string file = "-";
  std::vector<std::string> only;
  std::string kind;
  std::vector<std::string> uapi;
  std::string constants;
  bool words = false;
  bool allow_arch_mismatch = false;

  // Where results go: at least one place, no two the same.
  std::vector<Output> destinations;

  // Empty for "never".
  std::optional<Severity> fail_on_severity() const { return severity_from_name(fail_on); }
  LoadOptions load_options() const {
    const auto asked = [&](const char* fact) {
      return only.empty() || std::find(only.begin(), only.end(), fact) != only.end();
    };
    return {.specs = asked("specs"),
            .syscalls = asked("syscalls"),
            .kind = kind,
            .uapi = uapi,
            .constants = constants};
  }
};

}  // namespace kapi::cli

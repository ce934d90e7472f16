// SPDX-License-Identifier: GPL-2.0-only
// From the command line to a Request.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/diff.h"
#include "kapi/report.h"
#include "kapi/source.h"

namespace kapi::cli {

enum class Action { diff, extract, list, show, rules, explain, print };

struct Output {
  const Format* format = nullptr;
  std::string file;  // "-" is standard output
};

struct Request {
  Action action = Action::print;
  std::string text;  // print: a help text, the version, the man page

  // As given on the command line.
  std::string input;  // OLD or INPUT
  std::string new_input;
  std::string name;  // of an API or a rule
  std::string fail_on = "breaking";
  std::string format;
  std::vector<std::string> outputs;
  std::string file = "-";
  std::vector<std::string> only;
  bool words = false;
  bool allow_arch_mismatch = false;

  // What it means. Empty for "never".
  std::optional<Severity> fail_on_severity() const { return severity_from_name(fail_on); }
  LoadOptions load_options() const;
  // At least one, no two to the same place.
  std::vector<Output> destinations;
};

class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Throws UsageError.
Request parse_command_line(int argc, const char* const* argv);

}  // namespace kapi::cli

// SPDX-License-Identifier: GPL-2.0-only
// The command line as a table: one row makes an option, its help and its place in the man page.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/request.h"

namespace kapi::cli {

struct Option {
  std::string_view flags;  // "-o,--output"; without a dash a positional argument, "OLD"
  std::string_view value;  // "FILE"; empty for a switch
  std::string_view help;
  std::variant<bool Request::*, std::string Request::*, std::vector<std::string> Request::*> target;
  std::vector<std::string> (*choices)() = nullptr;  // the values that are allowed; null for any
  // Whether the command does without it; by default what options are and arguments are not.
  std::optional<bool> optional = {};

  bool positional() const { return flags.front() != '-'; }
  bool required() const { return !optional.value_or(!positional()); }
  bool repeatable() const {
    return std::holds_alternative<std::vector<std::string> Request::*>(target);
  }
};

struct Command {
  Action action;
  std::string_view name;
  std::string_view summary;
  std::string_view description;
  std::span<const Option> options;  // positional ones first
};

struct Example {
  std::string_view command;
  std::string_view meaning;
};

struct Variable {
  std::string_view name;
  std::string_view meaning;
};

inline constexpr std::string_view kSummary =
    "reads what a Linux kernel image promises to userspace, and says what changed";
inline constexpr std::string_view kDescription =
    "It reads the API specs that a kernel carries and the system calls that it exposes, writes "
    "them "
    "down in one canonical form, and judges what changed between two kernels: can it break a "
    "program that kept to the old contract? Results go to standard output, messages to standard "
    "error.";
// The tool that `compat` stands in for; what follows it on the command line is that tool's.
inline constexpr std::string_view kCompatTool = "kapi";
std::span<const Command> commands();
std::span<const Example> examples();
// The environment variables that are read.
std::span<const Variable> variables();
// What an input may be, a paragraph.
std::string inputs_paragraph();

// "diff [OPTION…] OLD NEW".
std::string synopsis(const Command& command);
std::string help_text();
std::string help_text(const Command& command);
// mdoc(7).
std::string man_page();

}  // namespace kapi::cli

// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_status.h"
#include "cli/usage.h"

namespace kapi::cli {
namespace {

constexpr size_t kColumns = 80;

// Words in lines of kColumns behind a margin; the first line stands behind `label` if that is short
// enough.
std::string item(std::string_view label, std::string_view text, size_t margin) {
  std::string out(label);
  if (!label.empty() && label.size() + 2 > margin) {
    out += "\n";
  }
  size_t column = out.ends_with('\n') ? 0 : out.size();
  out.append(margin - column, ' ');
  column = margin;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column > margin && column + 1 + word.size() > kColumns) {
      out += "\n" + std::string(margin, ' ');
      column = margin;
    }
    if (column > margin) {
      out += ' ';
      column++;
    }
    out += word;
    column += word.size();
  }
  return out + "\n";
}

std::string label_of(const Option& option) {
  std::string flags(option.flags);
  if (const size_t comma = flags.find(','); comma != flags.npos) {
    flags.insert(comma + 1, " ");
  }
  return "  " + flags + (option.value.empty() ? "" : fmt::format(" {}", option.value));
}

std::string exit_statuses() {
  std::string out = "\nExit status:\n";
  for (const ExitStatusHelp& row : kExitStatuses) {
    out += item(fmt::format("  {}", static_cast<int>(row.status)), row.meaning, 5);
  }
  return out;
}

}  // namespace

std::string help_text() {
  std::string out = fmt::format("kapitool {}\n\nUsage:\n", kSummary);
  for (const Command& command : commands()) {
    out += item("  kapitool " + synopsis(command), command.summary, 43);
  }
  out += item("  kapitool COMMAND --help", "the options of one command", 43);
  out += item("  kapitool --version", "the version", 43);
  out += "\n" + item("", inputs_paragraph(), 0) + "\nExamples:\n";
  for (const Example& example : examples()) {
    out += fmt::format("  {}\n", example.command);
  }
  return out + exit_statuses();
}

std::string help_text(const Command& command) {
  std::string out = fmt::format("Usage: kapitool {}\n\n", synopsis(command));
  out += item("", command.description, 0) + "\n";
  for (const bool positional : {true, false}) {
    for (const Option& option : command.options) {
      if (option.positional() == positional) {
        out += item(label_of(option), option.help, 28);
      }
    }
  }
  out += item("  -h, --help", "Print this text.", 28);
  const bool reads = command.action != Action::explain && command.action != Action::rules &&
                     command.action != Action::waive && command.action != Action::policy;
  return out + (reads ? "\n" + item("", inputs_paragraph(), 0) : "") + exit_statuses();
}

}  // namespace kapi::cli

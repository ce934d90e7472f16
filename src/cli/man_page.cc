// SPDX-License-Identifier: GPL-2.0-only
// The man page, from the same tables as the help text.
#include <fmt/format.h>

#include "cli/exit_status.h"
#include "cli/usage.h"

namespace kapi::cli {
namespace {

constexpr std::string_view kDate = "November 21, 2026";  // of the last change to what is said here

// Text as roff reads it: one sentence a line, nothing taken for a request or an escape.
std::string roff(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] == '\\') {
      out += "\\e";
    } else if (text[i] == '-') {
      out += "\\-";
    } else if (text[i] == '\'') {
      out += "\\(aq";
    } else if (text[i] == ' ' && i > 0 && (text[i - 1] == '.' || text[i - 1] == '?')) {
      out += '\n';
    } else {
      out += text[i];
    }
  }
  return out + "\n";
}

// ".Fl o , Fl Fl output Ar FORMAT:FILE".
std::string flags_of(const Option& option) {
  if (option.positional()) {
    return fmt::format("Ar {}", option.flags);
  }
  std::string out;
  std::string_view rest = option.flags;
  while (!rest.empty()) {
    const std::string_view flag = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), flag.size() + 1));
    out += out.empty() ? "" : " , ";
    out += flag.starts_with("--") ? fmt::format("Fl \\-{}", flag.substr(2))
                                  : fmt::format("Fl {}", flag.substr(1));
  }
  return out + (option.value.empty() ? "" : fmt::format(" Ar {}", option.value));
}

std::string synopsis_lines() {
  std::string out;
  for (const Command& command : commands()) {
    out += fmt::format(".Nm\n.Cm {}\n", command.name);
    for (const Option& option : command.options) {
      if (!option.positional()) {
        std::string flags = flags_of(option);
        if (const size_t comma = flags.find(" ,"); comma != flags.npos) {
          flags.resize(comma);  // the short form is enough here
          flags += option.value.empty() ? "" : fmt::format(" Ar {}", option.value);
        }
        out += fmt::format("{} {}{}\n", option.required() ? "." + flags.substr(0, 2) : ".Op",
                           option.required() ? flags.substr(3) : flags,
                           option.repeatable() ? " ..." : "");
      }
    }
    for (const Option& option : command.options) {
      if (option.positional()) {
        out += fmt::format("{} {}{}\n", option.required() ? ".Ar" : ".Op Ar", option.flags,
                           option.repeatable() ? " ..." : "");
      }
    }
  }
  return out + ".Nm\n.Fl \\-help | \\-version\n";
}

std::string command_sections() {
  std::string out = ".Sh COMMANDS\n";
  for (const Command& command : commands()) {
    out +=
        fmt::format(".Ss {}\n{}.Bl -tag -width Ds\n", synopsis(command), roff(command.description));
    for (const Option& option : command.options) {
      out += fmt::format(".It {}\n{}", flags_of(option), roff(option.help));
    }
    out += ".El\n";
  }
  return out;
}

std::string environment() {
  std::string out;
  for (const Variable& variable : variables()) {
    out += fmt::format(".It Ev {}\n{}", variable.name, roff(variable.meaning));
  }
  return out;
}

std::string exit_section() {
  std::string out = ".Sh EXIT STATUS\n.Bl -tag -width Ds\n";
  for (const ExitStatusHelp& row : kExitStatuses) {
    out += fmt::format(".It {}\n{}", static_cast<int>(row.status), roff(row.meaning));
  }
  return out + ".El\n";
}

std::string example_section() {
  std::string out = ".Sh EXAMPLES\n";
  for (const Example& example : examples()) {
    out += fmt::format("{}.Pp\n.Dl {}\n.Pp\n", roff(example.meaning),
                       roff(example.command).substr(0, roff(example.command).size() - 1));
  }
  return out.substr(0, out.size() - 4);
}

}  // namespace

std::string man_page() {
  const std::string_view head =
      ".\\\" SPDX-License-Identifier: GPL-2.0-only\n"
      ".\\\" Written by `kapitool --help-man`: change src/cli/usage.cc, not this file.\n";
  return fmt::format("{}.Dd {}\n.Dt KAPITOOL 1\n.Os\n.Sh NAME\n.Nm kapitool\n.Nd {}\n", head, kDate,
                     kSummary) +
         ".Sh SYNOPSIS\n" + synopsis_lines() + ".Sh DESCRIPTION\n.Nm\n" +
         roff(fmt::format("{}.", kSummary)) + roff(kDescription) + ".Pp\n" +
         roff(inputs_paragraph()) + command_sections() + ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n" +
         environment() + ".El\n" + exit_section() + example_section();
}

}  // namespace kapi::cli

// SPDX-License-Identifier: GPL-2.0-only
#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/usage.h"

namespace kapi::cli {
namespace {

void add_option(CLI::App& app, const Option& option, Request& request) {
  const std::string flags(option.flags);
  CLI::Option* added = nullptr;
  if (const auto* flag = std::get_if<bool Request::*>(&option.target)) {
    added = app.add_flag(flags, request.**flag);
  } else if (const auto* text = std::get_if<std::string Request::*>(&option.target)) {
    added = app.add_option(flags, request.**text)->required(option.required());
  } else {
    auto& list = request.*std::get<std::vector<std::string> Request::*>(option.target);
    added = app.add_option(flags, list);
    if (option.positional()) {
      added->required();
    } else {
      added->expected(1)->take_all()->allow_extra_args(false);
    }
  }
  if (option.choices != nullptr) {
    added->check(CLI::IsMember(option.choices()));
  }
}

// What the command can print in.
std::vector<std::string> formats_of(const Command& command) {
  for (const Option& option : command.options) {
    if (option.flags == "--format") {
      return option.choices();
    }
  }
  return {};
}

Output output_of(const std::string& text, const Command& command) {
  const size_t colon = text.find(':');
  const std::string format = text.substr(0, colon);
  if (colon == text.npos || colon + 1 == text.size()) {
    throw UsageError(
        fmt::format("-o {}: expected FORMAT:FILE, as in text:- or json:report.json", text));
  }
  const std::vector<std::string> names = formats_of(command);
  if (std::find(names.begin(), names.end(), format) == names.end()) {
    throw UsageError(fmt::format(
        "-o {}: {}; there are: {}", text,
        find_format(format) == nullptr
            ? fmt::format("no format is named '{}'", format)
            : fmt::format("'kapitool {}' cannot print in the format '{}'", command.name, format),
        fmt::join(names, ", ")));
  }
  return {find_format(format), text.substr(colon + 1)};
}

void settle_destinations(Request& request, const Command& command) {
  for (const std::string& text : request.outputs) {
    request.destinations.push_back(output_of(text, command));
  }
  if (!request.format.empty() || (request.outputs.empty() && !request.quiet)) {
    const std::string format = request.format.empty() ? "text" : request.format;
    request.destinations.push_back({find_format(format), "-"});
  }
  for (size_t i = 0; i < request.destinations.size(); i++) {
    if (request.quiet && request.destinations[i].file == "-") {
      throw UsageError("--quiet leaves standard output alone; ask for a report in a file, or none");
    }
    for (size_t j = 0; j < i; j++) {
      if (request.destinations[i].file == request.destinations[j].file) {
        throw UsageError(fmt::format("{} is asked for two outputs; give each its own file",
                                     request.destinations[i].file == "-"
                                         ? "standard output"
                                         : request.destinations[i].file));
      }
    }
  }
}

const Command* chosen(const CLI::App& app) {
  for (const CLI::App* parsed : app.get_subcommands()) {
    for (const Command& command : commands()) {
      if (parsed->get_name() == command.name) {
        return &command;
      }
    }
  }
  return nullptr;
}

Request print(std::string text) {
  Request request;
  request.text = std::move(text);
  return request;
}

}  // namespace

Request parse_command_line(int argc, const char* const* argv) {
  Request request;
  if (argc > 2 && argv[1] == std::string_view("compat") && argv[2] == kCompatTool) {
    request.action = Action::compat;
    request.arguments.assign(argv + 3, argv + argc);
    return request;
  }
  bool man = false;
  bool version = false;
  CLI::App app("", "kapitool");
  app.add_flag("--version", version);
  app.add_flag("--help-man", man);
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command.name));
    for (const Option& option : command.options) {
      add_option(*sub, option, request);
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const Command* command = chosen(app);
    return print(command == nullptr ? help_text() : help_text(*command));
  } catch (const CLI::ParseError& error) {
    const Command* command = chosen(app);
    throw UsageError(fmt::format("{}; 'kapitool {}{}--help' shows what there is", error.what(),
                                 command == nullptr ? "" : command->name,
                                 command == nullptr ? "" : " "));
  }
  if (man || version) {
    return print(man ? man_page() : fmt::format("kapitool {}\n", kapi::version()));
  }
  const Command* command = chosen(app);
  if (command == nullptr) {
    throw UsageError("no command was given; 'kapitool --help' shows what there is");
  }
  if (app.get_subcommands().size() > 1) {
    throw UsageError("one command at a time");
  }
  if (request.no_policy && !request.policy.empty()) {
    throw UsageError("--policy and --no-policy exclude each other");
  }
  request.action = command->action;
  settle_destinations(request, *command);
  return request;
}

}  // namespace kapi::cli

// SPDX-License-Identifier: GPL-2.0-only
// kapitool as a list of what it does. Results go to standard output or to files, messages to
// standard error; src/cli/exit_status.h says what the program returns.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <stdexcept>

#include "cli/compat.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/policy.h"
#include "cli/waive.h"

namespace kapi::cli {
namespace {

Corpus load(const std::string& path, const Request& request, const OwnOptions& own = {}) {
  Corpus corpus = load_input(path, request.load_options(own));
  complain_of(corpus, path, request.quiet ? Level::error : Level::note);
  return corpus;
}

// Writes one result in every form that was asked for. If one cannot be written the others still
// are, and the first failure is thrown.
template <class Render>
void write_all(const Request& request, Render render) {
  std::exception_ptr failure;
  for (const Output& output : request.destinations) {
    FormatOptions options{.words = request.words, .summary = request.summary};
    if (output.file == "-") {
      options.colour = wants_colour();
      options.columns = terminal_columns(options.columns);
    }
    try {
      write_output(output.file, render(*output.format, options));
    } catch (const OutputError&) {
      failure = failure ? failure : std::current_exception();
    }
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

[[noreturn]] void unknown_name(std::string_view what, const std::string& name,
                               const std::vector<std::string>& close, const std::string& way_out) {
  throw std::runtime_error(
      fmt::format("no {} is named '{}'; {}", what, name,
                  close.empty() ? way_out : fmt::format("closest: {}", fmt::join(close, ", "))));
}

// A clean result means nothing for what could not be read.
ExitStatus judge(const Report& report, std::optional<Severity> least) {
  const bool hit =
      least && std::any_of(report.findings.begin(), report.findings.end(),
                           [&](const Finding& f) { return f.stands() && f.severity >= *least; });
  bool failed = false;
  for (const Compared& entry : report.coverage) {
    if (entry.failed) {
      complain(fmt::format("{} could not be compared in full: {}", entry.fact, entry.detail));
      failed = true;
    }
  }
  return hit ? ExitStatus::findings : failed ? ExitStatus::failed : ExitStatus::pass;
}

// What the project accepts and what it knew before, then what belongs together: only what stands
// alike is put together.
void settle(Report& report, const Request& request, const std::optional<Policy>& policy,
            const Corpus& old_corpus, const Corpus& new_corpus) {
  if (policy) {
    apply(report, *policy, policy_context(old_corpus, new_corpus, today()));
  }
  if (!request.baseline.empty()) {
    std::ifstream baseline = open_report(request.baseline);
    apply_baseline(report, baseline, request.baseline);
  }
  fold(report);
}

ExitStatus diff(const Request& request) {
  const std::optional<Policy> policy = policy_of(request);
  const Corpus old_corpus = load(request.input, request, request.of_old());
  const Corpus new_corpus = load(request.new_input, request, request.of_new());
  const std::string obstacle = comparison_obstacle(
      old_corpus, new_corpus, {.allow_arch_mismatch = request.allow_arch_mismatch});
  if (!obstacle.empty()) {
    throw std::runtime_error(
        fmt::format("cannot compare {} with {}: {}", request.input, request.new_input, obstacle));
  }
  Report report = compare(old_corpus, new_corpus);
  settle(report, request, policy, old_corpus, new_corpus);
  const std::optional<Severity> least = fail_on(request, policy);
  write_all(request, [&](const Format& format, FormatOptions options) {
    options.fail_on = least;
    return format.findings(report, options);
  });
  return judge(report, least);
}

ExitStatus extract(const Request& request) {
  write_output(request.file, to_json(load(request.input, request, {request.config, {}, {}})));
  return ExitStatus::pass;
}

ExitStatus list(const Request& request) {
  const Corpus corpus = load(request.input, request);
  write_all(request, [&](const Format& format, const FormatOptions& options) {
    return format.list(corpus, options);
  });
  return ExitStatus::pass;
}

ExitStatus show(const Request& request) {
  const Corpus corpus = load(request.input, request);
  const Match match = find_subject(corpus, request.name);
  if (!match.found()) {
    unknown_name(fmt::format("API or syscall of {}", request.input), request.name,
                 closest_names(request.name, subject_names(corpus)),
                 fmt::format("'kapitool list {}' shows all", request.input));
  }
  write_all(request, [&](const Format& format, const FormatOptions& options) {
    return format.subject(corpus, match, options);
  });
  return ExitStatus::pass;
}

ExitStatus list_rules(const Request& request) {
  write_all(request, [](const Format& format, const FormatOptions& options) {
    return format.rule_list(rules(), options);
  });
  return ExitStatus::pass;
}

ExitStatus explain(const Request& request) {
  const auto rule = find_rule(request.name);
  if (!rule) {
    std::vector<std::string> ids;
    for (const RuleInfo& known : rules()) {
      ids.emplace_back(known.id);
    }
    unknown_name("rule", request.name, closest_names(request.name, std::move(ids)),
                 "'kapitool rules' shows all");
  }
  write_all(request, [&](const Format& format, const FormatOptions& options) {
    return format.rule(*rule, options);
  });
  return ExitStatus::pass;
}

ExitStatus run(const Request& request) {
  switch (request.action) {
    case Action::diff:
      return diff(request);
    case Action::extract:
      return extract(request);
    case Action::list:
      return list(request);
    case Action::show:
      return show(request);
    case Action::rules:
      return list_rules(request);
    case Action::explain:
      return explain(request);
    case Action::waive:
      return waive(request);
    case Action::policy:
      return check_policy(request);
    case Action::compat:
      return compat_kapi(request.arguments);
    case Action::print:
      write_output("-", request.text);
      return ExitStatus::pass;
  }
  return ExitStatus::failed;
}

}  // namespace
}  // namespace kapi::cli

int main(int argc, char** argv) {
  using kapi::cli::ExitStatus;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a failed write, not the end
  try {
    return static_cast<int>(kapi::cli::run(kapi::cli::parse_command_line(argc, argv)));
  } catch (const std::exception& error) {  // InputError, UsageError, OutputError, out of memory
    kapi::cli::complain(error.what());
  }
  return static_cast<int>(ExitStatus::failed);
}

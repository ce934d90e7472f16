// SPDX-License-Identifier: GPL-2.0-only
// The command line, the messages and the exit statuses of tools/kapi as PATCH v4 has them. Its
// arguments are read by hand, because they are clap's and not CLI11's: -fjson, -f=json, one input
// of three, each option once.
#include "cli/compat.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>

#include "kapi/report.h"
#include "kapi/source.h"

namespace kapi::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kVersion = "kapi 0.1.0\n";  // whose answers these are
constexpr std::string_view kUsage = "Usage: kapi [OPTIONS] [API_NAME]\n";
constexpr std::string_view kHelp =
    "Kernel API Specification Tool\n\n"
    "Usage: kapi [OPTIONS] [API_NAME]\n\n"
    "Arguments:\n"
    "  [API_NAME]  Optional: Name of specific API to show details for\n\n"
    "Options:\n"
    "      --vmlinux <PATH>   Path to the vmlinux file\n"
    "      --source <PATH>    Path to kernel source directory or file\n"
    "      --debugfs <PATH>   Path to debugfs (defaults to /sys/kernel/debug if not specified)\n"
    "  -f, --format <FORMAT>  Output format [default: plain]\n"
    "  -h, --help             Print help\n"
    "  -V, --version          Print version\n";
constexpr const char* kDebugfs = "/sys/kernel/debug";

// What ends the run: a text for standard error.
struct Stop {
  ExitStatus status;
  std::string text;
};

[[noreturn]] void wrong_usage(const std::string& reason) {
  throw Stop{ExitStatus::failed,
             fmt::format("error: {}\n\n{}\nFor more information, try '--help'.\n", reason, kUsage)};
}
[[noreturn]] void fail(const std::string& message, const std::string& cause = {}) {
  throw Stop{ExitStatus::findings,
             cause.empty() ? fmt::format("Error: {}\n", message)
                           : fmt::format("Error: {}\n\nCaused by:\n    {}\n", message, cause)};
}
std::string os_error(int error) {
  return fmt::format("{} (os error {})", std::strerror(error), error);
}

void print(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      if (descriptor == STDOUT_FILENO) {
        fail(os_error(errno));
      }
      return;  // nobody is left to tell
    }
    text.remove_prefix(static_cast<size_t>(std::max<ssize_t>(written, 0)));
  }
}
void warn(const std::string& text) { print(STDERR_FILENO, text + "\n"); }

// ---- arguments
// -----------------------------------------------------------------------------------

struct Arguments {
  std::optional<std::string> vmlinux;
  std::optional<std::string> source;
  std::optional<std::string> debugfs;
  std::optional<std::string> format;
  std::optional<std::string> api;
};

class ArgumentReader {
 public:
  explicit ArgumentReader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  Arguments read() {
    for (; at_ < arguments_.size(); at_++) {
      const std::string& argument = arguments_[at_];
      if (argument == "--" && !only_names_) {
        only_names_ = true;
      } else if (only_names_ || argument == "-" || !argument.starts_with('-')) {
        name(argument);
      } else {
        option(argument);
      }
    }
    if ((out_.vmlinux ? 1 : 0) + (out_.source ? 1 : 0) + (out_.debugfs ? 1 : 0) > 1) {
      wrong_usage(
          "the argument '--vmlinux <PATH>', '--source <PATH>' or '--debugfs <PATH>' cannot "
          "be used with another of them");
    }
    return std::move(out_);
  }

 private:
  void name(const std::string& argument) {
    if (out_.api) {
      wrong_usage(fmt::format("unexpected argument '{}' found", argument));
    }
    out_.api = argument;
  }

  void option(const std::string& argument) {
    if (argument == "-h" || argument == "--help") {
      throw Stop{ExitStatus::pass, std::string(kHelp)};
    }
    if (argument == "-V" || argument == "--version") {
      throw Stop{ExitStatus::pass, std::string(kVersion)};
    }
    const bool is_short = argument.starts_with("-f");
    const size_t equals = argument.find('=');
    const std::string flag = is_short ? "-f" : argument.substr(0, equals);
    std::optional<std::string>* target = flag == "--vmlinux"                  ? &out_.vmlinux
                                         : flag == "--source"                 ? &out_.source
                                         : flag == "--debugfs"                ? &out_.debugfs
                                         : flag == "--format" || flag == "-f" ? &out_.format
                                                                              : nullptr;
    if (target == nullptr) {
      wrong_usage(fmt::format("unexpected argument '{}' found", argument));
    }
    if (*target) {
      wrong_usage(fmt::format("the argument '{}' cannot be used multiple times", flag));
    }
    if (is_short && argument.size() > 2) {
      *target = argument.substr(argument[2] == '=' ? 3 : 2);
    } else if (!is_short && equals != argument.npos) {
      *target = argument.substr(equals + 1);
    } else if (at_ + 1 < arguments_.size() && !arguments_[at_ + 1].starts_with("-")) {
      *target = arguments_[++at_];
    } else {
      wrong_usage(fmt::format("a value is required for '{}' but none was supplied", flag));
    }
  }

  const std::vector<std::string>& arguments_;
  size_t at_ = 0;
  bool only_names_ = false;
  Arguments out_;
};

CompatFormat format_of(const std::optional<std::string>& asked) {
  std::string text = asked.value_or("plain");
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (text == "plain") {
    return CompatFormat::plain;
  }
  if (text == "json") {
    return CompatFormat::json;
  }
  if (text == "rst") {
    return CompatFormat::rst;
  }
  fail(fmt::format("Unknown output format: {}", *asked));
}

// ---- inputs
// --------------------------------------------------------------------------------------

// 0, or why a file cannot be opened.
int cannot_open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    return errno;
  }
  ::close(descriptor);
  return 0;
}

LoadOptions specs_of_kind(std::string kind) {
  LoadOptions options;
  options.syscalls = false;
  options.kind = std::move(kind);
  return options;
}

Corpus load_vmlinux(const std::string& path) {
  if (const int error = cannot_open(path)) {
    fail("Failed to read vmlinux file: " + path, os_error(error));
  }
  Corpus corpus;
  try {
    corpus = load_input(path, specs_of_kind(""));
  } catch (const InputError& error) {
    fail("Failed to parse ELF file", error.what());
  }
  const Coverage* coverage = find_coverage(corpus, "specs");
  const std::string state = coverage == nullptr ? "absent" : coverage->state;
  if (state == "absent") {
    fail("Could not find __start_kapi_specs symbol");
  }
  if (state == "unread") {
    fail("Could not locate .kapi_specs in file", coverage->detail);
  }
  if (corpus.apis.empty()) {
    fail("No kernel API specifications found in vmlinux");
  }
  return corpus;
}

// The file of "fs/open.c:120".
std::string file_of(const std::string& place) { return place.substr(0, place.rfind(':')); }

Corpus load_source(const std::string& path) {
  std::error_code failed;
  const bool is_folder = fs::is_directory(path, failed);
  if (!fs::exists(path, failed)) {
    return {};  // upstream finds nothing there, and that is all it says
  }
  if (const int error = is_folder ? 0 : cannot_open(path)) {
    fail("Failed to read file: " + path, os_error(error));
  }
  Corpus corpus;
  try {
    corpus = load_input(path, specs_of_kind("source"));
  } catch (const InputError& error) {
    fail(is_folder ? "Failed to read " + path : "Failed to read file: " + path, error.what());
  }
  for (const Diagnostic& diagnostic : corpus.diagnostics) {
    if (diagnostic.level == Level::error) {
      warn(fmt::format("Warning: failed to parse {}: {}", file_of(diagnostic.section),
                       diagnostic.message));
    }
  }
  return corpus;
}

Corpus load_debugfs(const std::string& path) {
  std::error_code failed;
  if (!fs::exists(path, failed)) {
    fail("Debugfs path does not exist: " + path);
  }
  const std::string folder = (fs::path(path) / "kapi").string();
  if (!fs::is_directory(folder, failed)) {
    fail("Kernel API debugfs interface not found at: " + folder);
  }
  const std::string list = (fs::path(folder) / "list").string();
  if (const int error = cannot_open(list)) {
    fail("Failed to read " + list, os_error(error));
  }
  Corpus corpus;
  try {
    corpus = load_input(folder, specs_of_kind("debugfs"));
  } catch (const InputError& error) {
    fail("Failed to read " + folder, error.what());
  }
  for (const Diagnostic& diagnostic : corpus.diagnostics) {
    if (diagnostic.level == Level::error) {
      warn(fmt::format("Warning: failed to parse API spec '{}': {}", diagnostic.subject,
                       diagnostic.message));
    }
  }
  return corpus;
}

ExitStatus run(const std::vector<std::string>& given) {
  const Arguments arguments = ArgumentReader(given).read();
  const CompatFormat format = format_of(arguments.format);
  const Corpus corpus = arguments.vmlinux  ? load_vmlinux(*arguments.vmlinux)
                        : arguments.source ? load_source(*arguments.source)
                                           : load_debugfs(arguments.debugfs.value_or(kDebugfs));
  if (!arguments.api) {
    print(STDOUT_FILENO, kapi_compat_list(corpus, format));
    return ExitStatus::pass;
  }
  const auto found = std::find_if(corpus.apis.begin(), corpus.apis.end(),
                                  [&](const Api& api) { return api.name == *arguments.api; });
  if (found != corpus.apis.end()) {
    print(STDOUT_FILENO, kapi_compat_details(corpus, *found, format));
    return ExitStatus::pass;
  }
  warn(fmt::format("API '{}' not found.", *arguments.api));
  if (format == CompatFormat::plain) {
    print(STDOUT_FILENO, kapi_compat_available(corpus));
  }
  return ExitStatus::findings;
}

}  // namespace

ExitStatus compat_kapi(const std::vector<std::string>& arguments) {
  try {
    return run(arguments);
  } catch (const Stop& stop) {
    const bool done = stop.status == ExitStatus::pass;  // --help, --version
    try {
      print(done ? STDOUT_FILENO : STDERR_FILENO, stop.text);
    } catch (const Stop& failure) {
      print(STDERR_FILENO, failure.text);
      return failure.status;
    }
    return stop.status;
  } catch (const std::exception& error) {
    warn(fmt::format("Error: {}", error.what()));
    return ExitStatus::findings;
  }
}

}  // namespace kapi::cli

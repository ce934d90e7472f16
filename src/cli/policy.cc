// SPDX-License-Identifier: GPL-2.0-only
#include "cli/policy.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "cli/output.h"

namespace kapi::cli {
namespace {

namespace fs = std::filesystem;

std::string counted(size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string scope_text(const PolicyScope& scope) {
  std::string out;
  const auto add = [&](std::string_view what, const std::vector<std::string>& list) {
    if (!list.empty()) {
      out += fmt::format("{}{} {}", out.empty() ? "" : "; ", what, fmt::join(list, ", "));
    }
  };
  add("apis", scope.apis);
  add("without", scope.exclude_apis);
  add("kinds", scope.kinds);
  return out.empty() ? "everything" : out;
}

std::string policy_text(const Policy& policy, size_t expired) {
  return fmt::format("{}\n  fail-on   {}\n  severity  {}\n  scope     {}\n  waivers   {}{}\n",
                     printable(policy.file),
                     policy.fail_on.empty() ? "breaking (the default)" : policy.fail_on,
                     policy.severities.empty() ? "as the rules have it"
                                               : counted(policy.severities.size(), "rule"),
                     printable(scope_text(policy.scope)), policy.waivers.size(),
                     expired == 0 ? "" : fmt::format(", {} expired", expired));
}

}  // namespace

Date today() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  }
  constexpr int64_t kEndOfYear9999 = 253402300799;
  int64_t seconds = -1;
  const char* end = epoch + std::strlen(epoch);
  const auto [stop, error] = std::from_chars(epoch, end, seconds);
  if (error != std::errc() || stop != end || seconds < 0 || seconds > kEndOfYear9999) {
    throw std::runtime_error(fmt::format(
        "SOURCE_DATE_EPOCH is '{}'; expected seconds since 1970, or leave it unset", epoch));
  }
  return date_of(seconds);
}

std::string policy_file(const Request& request) {
  return request.policy.empty() ? std::string(kPolicyFileName) : request.policy;
}

bool policy_exists(const std::string& file) {
  std::error_code error;
  return fs::symlink_status(file, error).type() != fs::file_type::not_found;
}

Policy load_policy(const std::string& text, const std::string& file) {
  PolicyFile read = read_policy(text, file);
  for (const PolicyProblem& problem : read.problems) {
    complain(fmt::format("{}:{}:{}: {}", file, problem.line, problem.column, problem.message));
  }
  if (!read.problems.empty()) {
    throw std::runtime_error(fmt::format("{}: {}, so it is not used and nothing is done", file,
                                         counted(read.problems.size(), "problem")));
  }
  return std::move(read.policy);
}

std::optional<Policy> policy_of(const Request& request) {
  const std::string file = policy_file(request);
  if (request.no_policy || (request.policy.empty() && !policy_exists(file))) {
    return std::nullopt;
  }
  return load_policy(read_file(file, kPolicySizeLimit), file);
}

std::optional<Severity> fail_on(const Request& request, const std::optional<Policy>& policy) {
  std::string name(kapi::name(Severity::breaking));
  if (!request.fail_on.empty()) {
    name = request.fail_on;
  } else if (policy && !policy->fail_on.empty()) {
    name = policy->fail_on;
  }
  return severity_from_name(name);  // nothing for "never"
}

std::ifstream open_report(const std::string& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) {
    throw InputError({file, {}, {}}, "is a folder; expected a report of the json format");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw InputError({file, {}, {}}, fmt::format("cannot open: {}", std::strerror(errno)));
  }
  return stream;
}

ExitStatus check_policy(const Request& request) {
  const std::string file = policy_file(request);
  const Policy policy = load_policy(read_file(file, kPolicySizeLimit), file);
  const Date day = today();
  size_t expired = 0;
  for (const WaiverEntry& waiver : policy.waivers) {
    if (waiver.expired(day)) {
      expired++;
      complain(fmt::format("{}: the waiver ended on {}; it was for: {}", policy.place(waiver),
                           date_text(*waiver.expires), waiver.reason));
    }
  }
  write_output("-", policy_text(policy, expired));
  return expired == 0 ? ExitStatus::pass : ExitStatus::failed;
}

}  // namespace kapi::cli

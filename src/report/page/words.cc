// SPDX-License-Identifier: GPL-2.0-only
#include "report/page/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "report/layout.h"

namespace kapi::page {
namespace {

// In order of number, from 0 (capabilities(7)).
constexpr auto kCapabilities = std::to_array<std::string_view>({"CAP_CHOWN",
                                                                "CAP_DAC_OVERRIDE",
                                                                "CAP_DAC_READ_SEARCH",
                                                                "CAP_FOWNER",
                                                                "CAP_FSETID",
                                                                "CAP_KILL",
                                                                "CAP_SETGID",
                                                                "CAP_SETUID",
                                                                "CAP_SETPCAP",
                                                                "CAP_LINUX_IMMUTABLE",
                                                                "CAP_NET_BIND_SERVICE",
                                                                "CAP_NET_BROADCAST",
                                                                "CAP_NET_ADMIN",
                                                                "CAP_NET_RAW",
                                                                "CAP_IPC_LOCK",
                                                                "CAP_IPC_OWNER",
                                                                "CAP_SYS_MODULE",
                                                                "CAP_SYS_RAWIO",
                                                                "CAP_SYS_CHROOT",
                                                                "CAP_SYS_PTRACE",
                                                                "CAP_SYS_PACCT",
                                                                "CAP_SYS_ADMIN",
                                                                "CAP_SYS_BOOT",
                                                                "CAP_SYS_NICE",
                                                                "CAP_SYS_RESOURCE",
                                                                "CAP_SYS_TIME",
                                                                "CAP_SYS_TTY_CONFIG",
                                                                "CAP_MKNOD",
                                                                "CAP_LEASE",
                                                                "CAP_AUDIT_WRITE",
                                                                "CAP_AUDIT_CONTROL",
                                                                "CAP_SETFCAP",
                                                                "CAP_MAC_OVERRIDE",
                                                                "CAP_MAC_ADMIN",
                                                                "CAP_SYSLOG",
                                                                "CAP_WAKE_ALARM",
                                                                "CAP_BLOCK_SUSPEND",
                                                                "CAP_AUDIT_READ",
                                                                "CAP_PERFMON",
                                                                "CAP_BPF",
                                                                "CAP_CHECKPOINT_RESTORE"});

// Those with one number on all architectures (signal(7)).
constexpr std::pair<int64_t, std::string_view> kSignals[] = {
    {1, "SIGHUP"},   {2, "SIGINT"},   {3, "SIGQUIT"},  {4, "SIGILL"},
    {5, "SIGTRAP"},  {6, "SIGABRT"},  {8, "SIGFPE"},   {9, "SIGKILL"},
    {11, "SIGSEGV"}, {13, "SIGPIPE"}, {14, "SIGALRM"}, {15, "SIGTERM"}};

}  // namespace

std::string words(std::string_view token) {
  std::string text(token);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string words(const std::vector<std::string>& tokens) {
  std::vector<std::string> texts;
  texts.reserve(tokens.size());
  for (const std::string& token : tokens) {
    texts.push_back(words(token));
  }
  return joined(texts);
}

std::string bytes(uint64_t count) { return counted(count, "byte"); }
std::string number(int64_t value) { return fmt::format("{}", value); }

std::string capability_text(int64_t number) {
  if (number < 0 || number >= static_cast<int64_t>(kCapabilities.size())) {
    return fmt::format("capability {}", number);
  }
  return fmt::format("{} ({})", kCapabilities[static_cast<size_t>(number)], number);
}

std::string signal_text(int64_t number) {
  for (const auto& [known, name] : kSignals) {
    if (known == number) {
      return fmt::format("{} ({})", name, number);
    }
  }
  return fmt::format("signal {}", number);
}

std::string error_text(const Api& api, int64_t code) {
  for (const Error& error : api.errors) {
    if (error.code == code && !error.name.empty()) {
      return fmt::format("{} ({})", error.name, code);
    }
  }
  return number(code);
}

Facts& Facts::add(std::string_view label, std::string value) {
  if (!one_line(value).empty()) {
    facts_.push_back({std::string(label), std::move(value)});
  }
  return *this;
}
Facts& Facts::add(std::string_view label, const std::optional<int64_t>& value) {
  return value ? add(label, number(*value)) : *this;
}
Facts& Facts::add(std::string_view label, const std::optional<uint64_t>& value) {
  return value ? add(label, fmt::format("{}", *value)) : *this;
}
Facts& Facts::add(std::string_view label, const std::optional<Bits>& value) {
  return value ? add(label, hex(value->value)) : *this;
}
Facts& Facts::add_bytes(std::string_view label, const std::optional<uint64_t>& value) {
  return value ? add(label, bytes(*value)) : *this;
}

std::vector<std::string> prose_of(const std::vector<std::string>& texts) {
  std::vector<std::string> kept;
  for (const std::string& text : texts) {
    const bool again = std::any_of(kept.begin(), kept.end(), [&](const std::string& other) {
      return one_line(other) == one_line(text);
    });
    if (!one_line(text).empty() && !again) {
      kept.push_back(text);
    }
  }
  return kept;
}

}  // namespace kapi::page

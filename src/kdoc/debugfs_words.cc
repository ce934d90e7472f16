// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/debugfs_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace kapi {
namespace {

using Word = std::pair<std::string_view, std::string_view>;  // as printed, the model's token

// Enumerators in the order of their bits. Bit 2 of a parameter's flags is the inout of RFC v5.
constexpr std::string_view kContexts[] = {
    "process", "softirq",   "hardirq",          "nmi",
    "atomic",  "sleepable", "preempt_disabled", "irq_disabled"};
constexpr std::string_view kParamFlags[] = {
    "in",  "out",     "inout",    "optional", "const",    "volatile",    "user",
    "dma", "aligned", "sysfs_ro", "sysfs_wo", "sysfs_rw", "sysfs_binary"};
constexpr std::string_view kDirections[] = {"receive", "send", "handle", "block", "ignore"};
constexpr std::string_view kStates[] = {"running", "sleeping", "stopped",
                                        "traced",  "zombie",   "dead"};
constexpr std::string_view kEffects[] = {
    "alloc_memory", "free_memory",  "modify_state",    "signal_send",      "file_position",
    "lock_acquire", "lock_release", "resource_create", "resource_destroy", "schedule",
    "hardware",     "network",      "filesystem",      "process_state",    "irreversible"};
constexpr std::string_view kActions[] = {"default",  "terminate", "coredump", "stop",
                                         "continue", "custom",    "return",   "restart",
                                         "queue",    "discard",   "transform"};

constexpr std::string_view kParamTypes[] = {
    "void", "int",      "uint", "ptr",    "struct", "union", "enum", "func_ptr", "array",
    "fd",   "user_ptr", "path", "custom", "string", "bool",  "hex",  "binary",   "bitmap"};
constexpr std::string_view kLockTypes[] = {"mutex",     "spinlock", "rwlock",
                                           "semaphore", "rcu",      "seqlock"};
constexpr Word kScopes[] = {{"acquired and released", "internal"},
                            {"acquired (not released)", "acquires"},
                            {"released (held on entry)", "releases"},
                            {"held by caller", "caller_held"}};
// Where the JSON form has words of its own.
constexpr Word kTypeClasses[] = {{"pointer", "ptr"},
                                 {"function_pointer", "func_ptr"},
                                 {"file_descriptor", "fd"},
                                 {"user_pointer", "user_ptr"},
                                 {"pathname", "path"}};
constexpr std::string_view kChecks[] = {"exact", "range", "error_check", "custom", "no_return"};

std::string known(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) == words.end() ? "" : std::string(word);
}

std::string translated(std::string_view word, std::span<const Word> words) {
  for (const auto& [printed, token] : words) {
    if (printed == word) {
      return std::string(token);
    }
  }
  return {};
}

std::vector<std::string> bit_names(uint64_t bits, std::span<const std::string_view> names) {
  std::vector<std::string> tokens;
  for (size_t i = 0; i < names.size(); i++) {
    if ((bits >> i & 1) != 0) {
      tokens.emplace_back(names[i]);
    }
  }
  if (const uint64_t rest = bits >> names.size() << names.size(); rest != 0) {
    tokens.push_back(fmt::format("unknown_{:#x}", rest));
  }
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string param_type_word(std::string_view word) { return known(word, kParamTypes); }
std::string lock_type_word(std::string_view word) { return known(word, kLockTypes); }
std::string lock_scope_phrase(std::string_view phrase) { return translated(phrase, kScopes); }
std::string signal_action_word(std::string_view word) { return known(word, kActions); }
bool is_lock_type_word(std::string_view word) {
  return word == kUnknownWord || !lock_type_word(word).empty();
}

std::vector<std::string> word_list(std::string_view words) {
  std::vector<std::string> tokens;
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    if (end > 0) {
      std::string token = to_utf8(words.substr(0, end));
      for (char& c : token) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      }
      tokens.push_back(std::move(token));
    }
    words.remove_prefix(std::min(words.size(), end + 1));
  }
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

std::string type_class_word(std::string_view word) {
  const std::string token = translated(word, kTypeClasses);
  return token.empty() ? param_type_word(word) : token;
}
std::string check_word(std::string_view word) {
  return word == "file_descriptor" ? "fd" : known(word, kChecks);
}
std::string signal_action(int64_t number) {
  return number >= 0 && number < std::ssize(kActions) ? std::string(kActions[number])
                                                      : fmt::format("unknown_{}", number);
}
std::vector<std::string> context_bits(uint64_t bits) { return bit_names(bits, kContexts); }
std::vector<std::string> param_flag_bits(uint64_t bits) {
  return settle_direction(bit_names(bits, kParamFlags));
}
std::vector<std::string> direction_bits(uint64_t bits) { return bit_names(bits, kDirections); }
std::vector<std::string> state_bits(uint64_t bits) { return bit_names(bits, kStates); }
std::vector<std::string> effect_bits(uint64_t bits) { return bit_names(bits, kEffects); }

std::vector<std::string> settle_direction(std::vector<std::string> flags) {
  const auto take = [&](std::string_view flag) {
    const auto rest = std::remove(flags.begin(), flags.end(), flag);
    const bool found = rest != flags.end();
    flags.erase(rest, flags.end());
    return found;
  };
  const bool in = take("in");
  const bool out = take("out");
  const bool both = take("inout");
  if (in != out) {
    flags.emplace_back(in ? "in" : "out");
  } else if (in || both) {
    flags.emplace_back("inout");
  }
  std::sort(flags.begin(), flags.end());
  return flags;
}

std::string debugfs_text(std::string_view raw) {
  return raw == kNullText ? std::string() : to_utf8(raw);
}

std::string debugfs_prose(std::string_view raw) {
  while (!raw.empty() && is_blank(raw.back())) {
    raw.remove_suffix(1);
  }
  return debugfs_text(raw);
}

std::string debugfs_kind(std::string_view name, std::string_view api_type) {
  if (api_type == "ioctl" || api_type == "sysfs") {
    return std::string(api_type);
  }
  return name.starts_with("sys_") ? "syscall" : "function";
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "report/compat/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace kapi::compat {
namespace {

// In the order of the enumerators, or of the bits.
constexpr std::string_view kParamTypes[] = {"void",     "int",  "uint",     "ptr",   "struct",
                                            "union",    "enum", "func_ptr", "array", "fd",
                                            "user_ptr", "path", "custom"};
constexpr std::string_view kParamFlags[] = {"in",       "out",  "",    "optional", "const",
                                            "volatile", "user", "dma", "aligned"};
constexpr std::string_view kConstraints[] = {
    "none",    "range",       "mask",      "enum",     "alignment", "power_of_two", "page_aligned",
    "nonzero", "user_string", "user_path", "user_ptr", "buffer",    "custom"};
constexpr std::string_view kChecks[] = {"exact", "range",  "error_check",
                                        "fd",    "custom", "no_return"};
constexpr std::string_view kLocks[] = {"none",    "mutex", "spinlock",  "rwlock",
                                       "seqlock", "rcu",   "semaphore", "custom"};
constexpr std::string_view kScopes[] = {"internal", "acquires", "releases", "caller_held"};
constexpr std::string_view kDirections[] = {"receive", "send", "handle", "block", "ignore"};
constexpr std::string_view kActions[] = {"default",  "terminate", "coredump", "stop",
                                         "continue", "custom",    "return",   "restart",
                                         "queue",    "discard",   "transform"};
constexpr std::string_view kStates[] = {"running", "sleeping", "stopped",
                                        "traced",  "zombie",   "dead"};
constexpr std::string_view kEffects[] = {
    "alloc_memory", "free_memory",  "modify_state",    "signal_send",      "file_position",
    "lock_acquire", "lock_release", "resource_create", "resource_destroy", "schedule",
    "hardware",     "network",      "filesystem",      "process_state",    "irreversible"};

// In the order in which they are printed, from an image and from debugfs.
constexpr std::string_view kContexts[] = {
    "process", "softirq",   "hardirq",          "nmi",
    "atomic",  "sleepable", "preempt_disabled", "irq_disabled"};
constexpr std::pair<std::string_view, std::string_view> kActionPhrases[] = {
    {"bypass_check", "Bypasses check"},
    {"increase_limit", "Increases limit"},
    {"override_restriction", "Overrides restriction"},
    {"grant_permission", "Grants permission"},
    {"modify_behavior", "Modifies behavior"},
    {"access_resource", "Allows resource access"},
    {"perform_operation", "Allows operation"}};
constexpr std::string_view kUnknown = "unknown_";

// The number in "unknown_17" or "unknown_0x600".
uint64_t unknown_value(std::string_view token) {
  if (!token.starts_with(kUnknown)) {
    return 0;
  }
  token.remove_prefix(kUnknown.size());
  if (const auto value = parse_hex(token)) {
    return *value;
  }
  uint64_t value = 0;
  std::from_chars(token.data(), token.data() + token.size(), value);
  return value;
}

uint64_t number_of(std::string_view token, std::span<const std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), token);
  return found == names.end() ? unknown_value(token) : static_cast<uint64_t>(found - names.begin());
}

uint64_t bits_of(const std::vector<std::string>& tokens, std::span<const std::string_view> names) {
  uint64_t bits = 0;
  for (const std::string& token : tokens) {
    const auto found = std::find(names.begin(), names.end(), token);
    bits |= found == names.end() ? unknown_value(token) : uint64_t{1} << (found - names.begin());
  }
  return bits;
}

bool from_debugfs(const Corpus& corpus) { return corpus.source.kind == "debugfs"; }

bool has(const std::vector<std::string>& tokens, std::string_view token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

// The first non-empty one of a parameter's members.
std::string first_of(const Api& api, std::string Param::*member) {
  for (const Param& param : api.params) {
    if (!(param.*member).empty()) {
      return param.*member;
    }
  }
  return {};
}

}  // namespace

// Upstream tells by the declaration in source, and by the name elsewhere.
std::string api_type(const Corpus& corpus, const Api& api) {
  if (api.kind != "function" || corpus.source.kind == "source") {
    return api.kind;
  }
  const std::string_view name = api.name;
  const bool shown = from_debugfs(corpus);
  if (name.ends_with("_ioctl") ||
      (shown && (name.find("_ioctl") != name.npos || name.starts_with("ioctl_")))) {
    return "ioctl";
  }
  if (name.find("sysfs") != name.npos ||
      (shown && (name.ends_with("_show") || name.ends_with("_store")))) {
    return "sysfs";
  }
  return api.kind;
}

std::vector<std::string> context_flags(const Corpus& corpus, const Api& api) {
  const std::string prefix = from_debugfs(corpus) ? "" : "KAPI_CTX_";
  std::vector<std::string> flags;
  for (const std::string_view context : kContexts) {
    if (has(api.contexts, context)) {
      flags.push_back(prefix + upper(context));
    }
  }
  return flags;
}

std::string capability_action(const Corpus& corpus, const Capability& capability) {
  for (const auto& [token, phrase] : kActionPhrases) {
    if (token == capability.action) {
      return from_debugfs(corpus) ? std::string(phrase) : "KAPI_CAP_" + upper(token);
    }
  }
  return capability.action.starts_with(kUnknown) ? capability.action.substr(kUnknown.size())
                                                 : capability.action;
}

uint64_t param_type(std::string_view token) { return number_of(token, kParamTypes); }
uint64_t param_flags(const std::vector<std::string>& tokens) {
  return bits_of(tokens, kParamFlags) | (has(tokens, "inout") ? 3U : 0U);
}
uint64_t constraint_type(const std::optional<Constraint>& constraint) {
  return constraint ? number_of(constraint->type, kConstraints) : 0;
}
uint64_t check_type(std::string_view token) { return number_of(token, kChecks); }
uint64_t lock_type(std::string_view token) { return number_of(token, kLocks); }
uint64_t lock_scope(std::string_view token) { return number_of(token, kScopes); }
uint64_t signal_direction(const std::vector<std::string>& tokens) {
  return bits_of(tokens, kDirections);
}
uint64_t signal_action(std::string_view token) { return number_of(token, kActions); }
uint64_t signal_states(const std::vector<std::string>& tokens) { return bits_of(tokens, kStates); }
uint64_t effect_types(const std::vector<std::string>& tokens) { return bits_of(tokens, kEffects); }

uint64_t timing(std::string_view text) {
  constexpr std::string_view kTimes[] = {"before", "during", "after", "exit"};
  const auto found = std::find(std::begin(kTimes), std::end(kTimes), text);
  return text.empty() ? 0 : static_cast<uint64_t>(found - std::begin(kTimes));
}

std::string_view timing_word(std::string_view text) {
  constexpr std::string_view kWords[] = {"BEFORE", "DURING", "AFTER", "EXIT", "UNKNOWN"};
  return kWords[timing(text)];
}

std::string upper(std::string_view token) {
  std::string text(token);
  for (char& c : text) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return text;
}

std::vector<std::string> flag_words(const std::vector<std::string>& tokens) {
  std::vector<std::string> words;
  if (has(tokens, "inout")) {
    words.emplace_back("INOUT");
  }
  for (const std::string_view flag : kParamFlags) {
    if (!flag.empty() && has(tokens, flag)) {
      words.push_back(upper(flag));
    }
  }
  return words;
}

std::vector<std::string> direction_words(const std::vector<std::string>& tokens) {
  std::vector<std::string> words;
  for (const std::string_view direction : kDirections) {
    if (has(tokens, direction)) {
      words.push_back(upper(direction));
    }
  }
  return words.empty() ? std::vector<std::string>{"UNKNOWN"} : words;
}

std::string_view scope_phrase(std::string_view scope) {
  return scope == "internal"      ? "acquired and released"
         : scope == "acquires"    ? "acquired (not released)"
         : scope == "releases"    ? "released (held on entry)"
         : scope == "caller_held" ? "held by caller"
                                  : "unknown";
}

std::optional<Bounds> range_of(const std::optional<Constraint>& constraint) {
  return constraint && constraint->min && constraint->max
             ? std::optional(Bounds{*constraint->min, *constraint->max})
             : std::nullopt;
}

std::optional<uint64_t> mask_of(const std::optional<Constraint>& constraint) {
  return constraint && constraint->mask ? std::optional(constraint->mask->value) : std::nullopt;
}

std::string sysfs_path(const Api& api) { return first_of(api, &Param::sysfs_path); }
std::string sysfs_permissions(const Api& api) { return first_of(api, &Param::sysfs_permissions); }

}  // namespace kapi::compat

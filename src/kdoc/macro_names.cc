// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace kapi {
namespace {

struct Named {
  std::string_view token;  // in upper case behind the prefix, the enumerator's name
  int64_t value;
};
struct Vocabulary {
  std::string_view enumeration;
  std::string_view prefix;
  std::span<const Named> names;
};

// A name means the same in all revisions; where they number it differently, these are numbers under
// which no two names meet.
constexpr Named kTypes[] = {{"void", 0},    {"int", 1},    {"uint", 2},      {"ptr", 3},
                            {"struct", 4},  {"union", 5},  {"enum", 6},      {"func_ptr", 7},
                            {"array", 8},   {"fd", 9},     {"user_ptr", 10}, {"path", 11},
                            {"string", 12}, {"bool", 13},  {"hex", 14},      {"binary", 15},
                            {"bitmap", 16}, {"custom", 17}};
constexpr Named kFlags[] = {{"in", 1},
                            {"out", 2},
                            {"inout", 3},
                            {"optional", 8},
                            {"const", 16},
                            {"volatile", 32},
                            {"user", 64},
                            {"dma", 128},
                            {"aligned", 256},
                            {"sysfs_readonly", 512},
                            {"sysfs_writeonly", 1024},
                            {"sysfs_rw", 2048},
                            {"sysfs_binary", 4096}};
constexpr Named kContexts[] = {
    {"process", 1}, {"softirq", 2},    {"hardirq", 4},           {"nmi", 8},
    {"atomic", 16}, {"sleepable", 32}, {"preempt_disabled", 64}, {"irq_disabled", 128}};
constexpr Named kLockTypes[] = {{"none", 0},    {"mutex", 1}, {"spinlock", 2},  {"rwlock", 3},
                                {"seqlock", 4}, {"rcu", 5},   {"semaphore", 6}, {"custom", 7}};
constexpr Named kLockScopes[] = {
    {"internal", 0}, {"acquires", 1}, {"releases", 2}, {"caller_held", 3}};
constexpr Named kConstraints[] = {
    {"none", 0},         {"range", 1},        {"mask", 2},    {"enum", 3},        {"alignment", 4},
    {"power_of_two", 5}, {"page_aligned", 6}, {"nonzero", 7}, {"user_string", 8}, {"user_path", 9},
    {"user_ptr", 10},    {"buffer", 11},      {"custom", 12}};
constexpr Named kChecks[] = {{"exact", 0}, {"range", 1},  {"error_check", 2},
                             {"fd", 3},    {"custom", 4}, {"no_return", 5}};
constexpr Named kDirections[] = {
    {"receive", 1}, {"send", 2}, {"handle", 4}, {"block", 8}, {"ignore", 16}};
constexpr Named kActions[] = {{"default", 0},  {"terminate", 1}, {"coredump", 2},  {"stop", 3},
                              {"continue", 4}, {"custom", 5},    {"return", 6},    {"restart", 7},
                              {"queue", 8},    {"discard", 9},   {"transform", 10}};
constexpr Named kStates[] = {{"running", 1}, {"sleeping", 2}, {"stopped", 4},
                             {"traced", 8},  {"zombie", 16},  {"dead", 32}};
constexpr Named kCapabilityActions[] = {{"bypass_check", 0},         {"increase_limit", 1},
                                        {"override_restriction", 2}, {"grant_permission", 3},
                                        {"modify_behavior", 4},      {"access_resource", 5},
                                        {"perform_operation", 6}};
constexpr Named kEffects[] = {{"none", 0},
                              {"alloc_memory", 1},
                              {"free_memory", 2},
                              {"modify_state", 4},
                              {"signal_send", 8},
                              {"file_position", 16},
                              {"lock_acquire", 32},
                              {"lock_release", 64},
                              {"resource_create", 128},
                              {"resource_destroy", 256},
                              {"schedule", 512},
                              {"hardware", 1024},
                              {"network", 2048},
                              {"filesystem", 4096},
                              {"process_state", 8192},
                              {"irreversible", 16384}};
constexpr Named kApiTypes[] = {{"function", 0}, {"ioctl", 1}, {"sysfs", 2}};
constexpr Named kSocketStates[] = {
    {"unspec", 0},    {"closed", 1},     {"open", 2},        {"bound", 3},
    {"listen", 4},    {"syn_sent", 5},   {"syn_recv", 6},    {"established", 7},
    {"fin_wait1", 8}, {"fin_wait2", 9},  {"close_wait", 10}, {"closing", 11},
    {"last_ack", 12}, {"time_wait", 13}, {"connected", 14},  {"disconnected", 15}};
constexpr Named kProtocols[] = {{"tcp", 1},   {"udp", 2},     {"unix", 4},
                                {"raw", 8},   {"packet", 16}, {"netlink", 32},
                                {"sctp", 64}, {"dccp", 128},  {"all", 0xffffffff}};
constexpr Named kBuffers[] = {{"peek", 1},      {"truncate", 2},      {"scatter", 4},
                              {"zero_copy", 8}, {"kernel_alloc", 16}, {"dma_capable", 32},
                              {"fragment", 64}};
constexpr Named kAsync[] = {{"block", 0}, {"nonblock", 1},  {"poll_ready", 2}, {"signal_driven", 4},
                            {"aio", 8},   {"io_uring", 16}, {"epoll", 32}};

constexpr Vocabulary kVocabularies[] = {
    {"kapi_param_type", "KAPI_TYPE_", kTypes},
    {"kapi_param_flags", "KAPI_PARAM_", kFlags},
    {"kapi_context_flags", "KAPI_CTX_", kContexts},
    {"kapi_lock_type", "KAPI_LOCK_", kLockTypes},
    {"kapi_lock_scope", "KAPI_LOCK_", kLockScopes},
    {"kapi_constraint_type", "KAPI_CONSTRAINT_", kConstraints},
    {"kapi_return_check_type", "KAPI_RETURN_", kChecks},
    {"kapi_signal_direction", "KAPI_SIGNAL_", kDirections},
    {"kapi_signal_action", "KAPI_SIGNAL_ACTION_", kActions},
    {"kapi_signal_state", "KAPI_SIGNAL_STATE_", kStates},
    {"kapi_capability_action", "KAPI_CAP_", kCapabilityActions},
    {"kapi_side_effect_type", "KAPI_EFFECT_", kEffects},
    {"kapi_api_type", "KAPI_API_", kApiTypes},
    {"kapi_socket_state", "KAPI_SOCK_STATE_", kSocketStates},
    {"kapi_socket_protocol", "KAPI_PROTO_", kProtocols},
    {"kapi_buffer_behavior", "KAPI_BUF_", kBuffers},
    {"kapi_async_behavior", "KAPI_ASYNC_", kAsync},
};

// Macros for several of them at once.
constexpr Named kCombined[] = {
    {"KAPI_EFFECTS_MEMORY", 1 | 2},        {"KAPI_EFFECTS_LOCKING", 32 | 64},
    {"KAPI_EFFECTS_RESOURCES", 128 | 256}, {"KAPI_EFFECTS_IO", 2048 | 4096},
    {"KAPI_PARAM_USER_PTR", 64},           {"KAPI_PARAM_FLAGS_INOUT", 1 | 2},
    {"KAPI_PARAM_FLAGS_USER", 64 | 1},
};

struct Text {
  std::string_view name;
  std::string_view text;
};
constexpr Text kTexts[] = {
    {"KAPI_SIGNAL_TIME_ENTRY", "entry"},
    {"KAPI_SIGNAL_TIME_DURING", "during"},
    {"KAPI_SIGNAL_TIME_EXIT", "exit"},
    {"KAPI_SIGNAL_TIME_ANYTIME", "anytime"},
    {"KAPI_SIGNAL_TIME_BLOCKING", "while_blocked"},
    {"KAPI_SIGNAL_TIME_SLEEPING", "while_sleeping"},
    {"KAPI_SIGNAL_TIME_BEFORE", "before"},
    {"KAPI_SIGNAL_TIME_AFTER", "after"},
    {"KAPI_SIGNAL_QUEUE_STANDARD", "standard"},
    {"KAPI_SIGNAL_QUEUE_REALTIME", "realtime"},
    {"KAPI_SIGNAL_QUEUE_COALESCE", "coalesce"},
    {"KAPI_SIGNAL_QUEUE_REPLACE", "replace"},
    {"KAPI_SIGNAL_QUEUE_DISCARD", "discard"},
};

// "CALLER_HELD" and "caller_held".
bool is_upper_of(std::string_view upper, std::string_view token) {
  return std::equal(upper.begin(), upper.end(), token.begin(), token.end(), [](char u, char t) {
    return u == (t >= 'a' && t <= 'z' ? static_cast<char>(t - 'a' + 'A') : t);
  });
}

std::span<const Named> names_of(std::string_view enumeration) {
  const auto found =
      std::find_if(std::begin(kVocabularies), std::end(kVocabularies),
                   [&](const Vocabulary& v) { return v.enumeration == enumeration; });
  return found == std::end(kVocabularies) ? std::span<const Named>() : found->names;
}

bool is_bit(int64_t value) { return value > 0 && (value & (value - 1)) == 0; }

}  // namespace

std::optional<int64_t> macro_number(std::string_view name) {
  if (!name.starts_with("KAPI_")) {
    return std::nullopt;
  }
  for (const Named& named : kCombined) {
    if (named.token == name) {
      return named.value;
    }
  }
  for (const Vocabulary& vocabulary : kVocabularies) {
    if (!name.starts_with(vocabulary.prefix)) {
      continue;
    }
    for (const Named& named : vocabulary.names) {
      if (is_upper_of(name.substr(vocabulary.prefix.size()), named.token)) {
        return named.value;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> macro_text(std::string_view name) {
  const auto found = std::find_if(std::begin(kTexts), std::end(kTexts),
                                  [&](const Text& t) { return t.name == name; });
  return found == std::end(kTexts) ? std::nullopt : std::optional(found->text);
}

std::string macro_token(std::string_view enumeration, int64_t value) {
  for (const Named& named : names_of(enumeration)) {
    if (named.value == value) {
      return std::string(named.token);
    }
  }
  return fmt::format("unknown_{}", value);
}

std::vector<std::string> macro_tokens(std::string_view enumeration, uint64_t bits) {
  std::vector<std::string> tokens;
  uint64_t rest = bits;
  for (const Named& named : names_of(enumeration)) {
    if (is_bit(named.value) && (bits & static_cast<uint64_t>(named.value)) != 0) {
      tokens.emplace_back(named.token);
      rest &= ~static_cast<uint64_t>(named.value);
    }
  }
  if (rest != 0) {
    for (const Named& named : names_of(enumeration)) {
      if (static_cast<uint64_t>(named.value) == bits) {
        return {std::string(named.token)};
      }
    }
    tokens.push_back(fmt::format("unknown_{:#x}", rest));
  }
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

}  // namespace kapi

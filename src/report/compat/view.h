// SPDX-License-Identifier: GPL-2.0-only
// A spec in the numbers and words of the kernel's own tool (tools/kapi of PATCH v4), which prints
// the framework's enumerators as numbers in JSON and as upper-case words elsewhere.
//
// Where that tool reads a wrong bit or a stale member, this prints the right one: the shape is
// upstream's, the content is the model's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kapi/report.h"

namespace kapi::compat {

// The groups of a list, in order.
struct Group {
  std::string_view type;
  std::string_view title;
};
inline constexpr Group kGroups[] = {{"syscall", "System Calls"},
                                    {"ioctl", "IOCTLs"},
                                    {"function", "Functions"},
                                    {"sysfs", "Sysfs Attributes"}};

// "syscall", "ioctl", "function" or "sysfs".
std::string api_type(const Corpus& corpus, const Api& api);
std::vector<std::string> context_flags(const Corpus& corpus, const Api& api);
std::string capability_action(const Corpus& corpus, const Capability& capability);

// Values of the enumerations. A token that this version does not know is the number it names; one
// that is absent is 0.
uint64_t param_type(std::string_view token);
uint64_t param_flags(const std::vector<std::string>& tokens);
uint64_t constraint_type(const std::optional<Constraint>& constraint);
uint64_t check_type(std::string_view token);
uint64_t lock_type(std::string_view token);
uint64_t lock_scope(std::string_view token);
uint64_t signal_direction(const std::vector<std::string>& tokens);
uint64_t signal_action(std::string_view token);
uint64_t signal_states(const std::vector<std::string>& tokens);
uint64_t effect_types(const std::vector<std::string>& tokens);
// 0 before (or not said), 1 during, 2 after, 3 exit, 4 anything else.
uint64_t timing(std::string_view text);

std::string upper(std::string_view token);
// "IN", "USER", …
std::vector<std::string> flag_words(const std::vector<std::string>& tokens);
// "RECEIVE", …; "UNKNOWN" if none.
std::vector<std::string> direction_words(const std::vector<std::string>& tokens);
std::string_view timing_word(std::string_view text);
std::string_view scope_phrase(std::string_view scope);

// Both bounds, if the constraint has both.
struct Bounds {
  int64_t min = 0;
  int64_t max = 0;
};
std::optional<Bounds> range_of(const std::optional<Constraint>& constraint);
std::optional<uint64_t> mask_of(const std::optional<Constraint>& constraint);

// The attribute that a sysfs spec is about.
std::string sysfs_path(const Api& api);
std::string sysfs_permissions(const Api& api);

std::string list_plain(const Corpus& corpus);
std::string list_rst(const Corpus& corpus);
std::string list_json(const Corpus& corpus);
std::string api_plain(const Corpus& corpus, const Api& api);
std::string api_rst(const Corpus& corpus, const Api& api);
std::string api_json(const Corpus& corpus, const Api& api);

}  // namespace kapi::compat

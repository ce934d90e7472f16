// SPDX-License-Identifier: GPL-2.0-only
// The words in which debugfs prints what a spec holds as numbers, as tokens of the model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model.h"

namespace kapi {

// Words of the text form; each is empty for a word that stands for several values, or for none
// that is known ("unknown").
std::string param_type_word(std::string_view word);
std::string lock_type_word(std::string_view word);
std::string lock_scope_phrase(std::string_view phrase);
std::string signal_action_word(std::string_view word);
bool is_lock_type_word(std::string_view word);
// "PROCESS SLEEPABLE " as sorted tokens.
std::vector<std::string> word_list(std::string_view words);

// Words and numbers of the JSON form.
std::string type_class_word(std::string_view word);
std::string check_word(std::string_view word);
std::string signal_action(int64_t number);
std::vector<std::string> context_bits(uint64_t bits);
std::vector<std::string> param_flag_bits(uint64_t bits);
std::vector<std::string> direction_bits(uint64_t bits);
std::vector<std::string> state_bits(uint64_t bits);
std::vector<std::string> effect_bits(uint64_t bits);

// "in" and "out" together are inout. Until RFC v4 the bits of inout were those of both, and each
// word was printed if any of its bits was set: "in inout" is in, "in out inout" is inout.
std::vector<std::string> settle_direction(std::vector<std::string> flags);

// A word that both forms have for "not known".
inline constexpr std::string_view kUnknownWord = "unknown";

// ---- values, as the readers of images leave them
// --------------------------------------------------

// What the kernel prints for a string that is not there.
inline constexpr std::string_view kNullText = "(null)";
std::string debugfs_text(std::string_view raw);   // UTF-8; empty for "(null)"
std::string debugfs_prose(std::string_view raw);  // without blanks at the end, too

std::string debugfs_kind(std::string_view name, std::string_view api_type);

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// What all formats for people say of a report, in the same words. Texts are single lines of bounded
// length, safe for a terminal; each format makes them safe for its own place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/diff.h"

namespace kapi {

struct FindingText {
  std::string message;
  // What the message does not say already: "mask 0x7f → mask 0x3f; for example 0x40", what explains
  // the finding or who accepted it, and some of what comes with it.
  std::vector<std::string> lines;
  std::string evidence;
};
FindingText text_of(Finding finding);
// How a finding does not count, or what explains it; empty if neither.
std::string standing_text(const Finding& finding);
// As a person writes it: the ends of 64 bits are no bounds.
std::string open_ended(std::string text);
// A change of descriptions, notes or examples only, which people want to see only if they ask for
// it; unless a policy says that it matters.
bool is_wording(const Finding& finding);
// "a program that kept to the old contract can now fail".
std::string_view meaning_of(Severity severity);

// "CONFIG_AIO: y → n; explains 3 findings", without its effect.
std::string difference_text(const Difference& difference);
// "specs, syscalls/x86_64 (incomplete)": what was, or was not, compared; or "nothing".
std::string facts_text(const Report& report, bool compared);
// "1 breaking, 0 review, 2 info, 1 accepted".
std::string counts_text(const Summary& summary);
// The same with what was compared and what was not.
std::string summary_text(const Report& report);
// What may be concluded from a report without findings.
std::string conclusion_text(const Report& report);

}  // namespace kapi

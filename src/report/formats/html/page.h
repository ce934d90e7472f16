// SPDX-License-Identifier: GPL-2.0-only
// The parts of the html page, in their order, one file each.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/report.h"

namespace kapi::html {

// How much a page holds, that a browser stays quick with it: the most severe findings. The json
// format holds all.
inline constexpr size_t kFindingLimit = 5000;
inline constexpr size_t kByteLimit = size_t{32} << 20;

// What a page says in one line, and what that means. Fit for an element.
struct Verdict {
  std::string title;
  std::string meaning;
  std::string_view tone;  // class of the heading: breaking, review, info, clean, failed
};
Verdict verdict_of(const Report& report);

// Both inputs, the verdict, and what could not be read.
std::string header_html(const Report& report);
// How many findings there are, what was compared and what was not.
std::string summary_html(const Report& report);
// What the inputs differ in themselves; empty if nothing is known.
std::string preflight_html(const Report& report);

// The sections that findings stand in, in the order of the page. Each finding is in one.
enum class Group { breaking, review, info, accepted, known, wording };
inline constexpr size_t kGroups = 6;
struct GroupInfo {
  std::string_view id;
  std::string_view title;
  std::string_view meaning;
};
const GroupInfo& info(Group group);
Group group_of(const Finding& finding);

// Names as small numbers, which the filters compare: no text of an image is in an attribute.
class Numbers {
 public:
  size_t of(std::string name);
  const std::map<std::string, size_t>& all() const { return numbers_; }

 private:
  std::map<std::string, size_t> numbers_;
};
struct Filters {
  Numbers apis;
  Numbers rules;
};

// What a subject belongs to: "sys_open" of "sys_open/params/flags", and of what the image itself
// exposes "syscall/x86_64/uselib".
std::string_view api_of(std::string_view subject);

std::string finding_html(const Finding& finding, Group group, Filters& filters);
// All of them, grouped, behind the controls that filter them.
std::string findings_html(const Report& report, const FormatOptions& options);

}  // namespace kapi::html

// SPDX-License-Identifier: GPL-2.0-only
// The text of kapi/specs/<name> cut into sections, items and fields, without a notion of what they
// mean.
//
// Nothing in that text is escaped: a value with a line break makes lines that may look like
// anything. What keeps it readable is order. Sections come in one order behind an empty line, the
// fields of an item in one order, too, and the heading of a section counts its items. So a line is
// taken for what it looks like only where that may stand, and for a part of the value before it
// otherwise; a count that does not fit tells that a value has fooled us.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

struct OutlineField {
  std::string_view label;  // with its indentation: "    type: "; empty for the head of an item
  std::string value;       // without a line break at its end
  size_t line = 0;         // from 1
};

struct OutlineItem {
  OutlineField head;
  std::vector<OutlineField> fields;

  const OutlineField* find(std::string_view label) const;
  std::string_view value(std::string_view label) const;  // empty without
};

enum class Part {
  header,  // the lines before the first section
  params,
  return_value,
  errors,
  locks,
  constraints,
  signals,
  side_effects,
  state_transitions,
  capabilities,
  examples,
  notes,
  since,       // the last line until PATCH v1
  deprecated,  // until RFC v2
};

struct OutlineSection {
  Part part = Part::header;
  std::optional<uint64_t> count;  // as the heading has it
  size_t line = 0;
  // Of a part that is no list, one item: its fields, or the text as its head.
  std::vector<OutlineItem> items;
};

struct Outline {
  std::vector<OutlineSection> sections;  // the header first
  size_t continued = 0;                  // the first line that is part of the value before it; or 0
  std::vector<size_t> unknown_sections;  // their lines
  size_t lines = 0;
  bool ends_well = false;  // in an empty line, as the kernel ends it

  const OutlineSection* find(Part part) const;
};

// Whether a text begins as the kernel begins it.
bool is_debugfs_text(std::string_view text);
Outline outline_debugfs_text(std::string_view text);

// The number behind the last " (" of "SIGIO (29):" and the text before it.
struct NumberedHead {
  std::string_view name;
  int64_t number = 0;
  std::string_view rest;
};
// "NAME (NUMBER):" and "NAME (NUMBER): REST", by the first number in parentheses before a colon.
std::optional<NumberedHead> numbered_head(std::string_view head);
// "NAME (WORD): REST" with a word for a lock's type.
struct LockHead {
  std::string_view name;
  std::string_view type;
  std::string_view rest;
};
std::optional<LockHead> lock_head(std::string_view head);

}  // namespace kapi

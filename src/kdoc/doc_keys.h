// SPDX-License-Identifier: GPL-2.0-only
// The words that open a section of a kernel-doc comment when a colon follows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kapi {

// Which keys open a section: those of the newest revision, or those of RFC v3, whose specs give
// each fact a key of its own ("param-type: flags, KAPI_TYPE_INT").
enum class DocForm { blocks, flat };

struct DocKey {
  std::string name;       // as typed, with its "@"
  std::string_view rest;  // behind the colon, without blanks at its start
};

// The section that a line of a comment opens, indented or not.
std::optional<DocKey> section_key(std::string_view line, DocForm form);
// A key that names a section in either form: for a word that only the other form knows.
bool is_key_of_any_form(std::string_view word);
// A section whose text is a list of items or has subkeys, or is prose that the spec keeps. A known
// key at the start of an indented line within it cuts it in two.
bool is_spec_section(std::string_view name);
// "@param-type" is a key of RFC v3; all other words with "@" are parameters.
bool is_parameter_key(std::string_view name, DocForm form);

}  // namespace kapi

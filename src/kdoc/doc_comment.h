// SPDX-License-Identifier: GPL-2.0-only
// A kernel-doc comment taken apart the way scripts/kernel-doc does with the keys of the framework
// added to its own: name, purpose, texts of parameters, sections.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kdoc/doc_keys.h"
#include "kdoc/doc_text.h"

namespace kapi {

struct DocSection {
  std::string name;  // as typed
  size_t line = 0;
  std::vector<DocLine> lines;  // those of sections of one name follow each other, a blank between
};

// Something that the comment says and no section keeps.
struct DocLoss {
  std::string code;
  std::string message;
  size_t line = 0;
};

struct DocComment {
  std::string name;
  size_t line = 0;  // of the name
  std::string purpose;
  std::vector<DocSection> sections;
  std::map<std::string, DocSection, std::less<>> params;  // the texts of "@name:"
  std::vector<DocLoss> losses;

  // The section that the generator looks up as `key`: first as it is, then "Key", then "Key-Word".
  const DocSection* find(std::string_view key) const;
  bool has_prefix(std::string_view prefix) const;  // of a section's name, in any case
};

// The comment whose lines these are, from the one behind "/**" to the one with "*/". Nothing if it
// describes no function.
std::optional<DocComment> parse_doc_comment(const std::vector<DocLine>& lines, DocForm form);

// The keys at the start of the lines of a comment, indented or not, in lower case without "@".
std::set<std::string, std::less<>> keys_in(const std::vector<DocLine>& lines);

}  // namespace kapi

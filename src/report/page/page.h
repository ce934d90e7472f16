// SPDX-License-Identifier: GPL-2.0-only
// One API as a page: what is said, in which words and in which order, for every format that prints
// a page. A format only decides how headings, terms and literal text are marked.
//
// Texts are as the input has them: a format escapes what it must, and leaves out what is empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/report.h"

namespace kapi::page {

// "Accepts: only the bits 0x7".
struct Fact {
  std::string label;
  std::string value;
};

// One entry of a list that explains terms.
struct Item {
  std::string term;     // "const char __user *filename", "EACCES"
  std::string name;     // the part of the term that is a name to be replaced, "filename"
  std::string gloss{};  // short, beside the term: "in, optional"
  bool code = false;    // the term is C, not words
  std::vector<std::string> prose{};
  std::vector<Fact> facts{};
};

struct Table {
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;  // as many cells as heads
};

// Its parts stand in the order of the members.
struct Section {
  std::string title;
  bool nested = false;  // below the section before it that is not
  std::vector<std::string> prose{};
  std::string code{};  // lines of C
  std::optional<Table> table{};
  std::vector<Fact> facts{};
  std::vector<Item> items{};

  bool empty() const {
    return prose.empty() && code.empty() && !table && facts.empty() && items.empty();
  }
};

struct Declaration {
  std::string text;  // "const char *filename"
  std::string name;  // "filename"
};

// How it is called.
struct Prototype {
  std::string result;  // "long"; empty if it is not known
  std::string name;
  std::vector<Declaration> params{};
  bool params_known = true;
};

struct Page {
  std::string name;   // as it is found: "sys_open"
  std::string call;   // as a program has it: "open"
  std::string kind;   // the token of the model; "syscall" where there is no spec
  std::string topic;  // the kind in words: "system call"
  std::string summary;
  std::vector<Fact> facts;
  std::vector<Prototype> synopsis;
  std::vector<Section> sections;
  std::string read_from;  // which input
  std::string place;      // where in it
};

// Of what was found in the corpus.
Page page_of(const Corpus& corpus, const Match& match);

// "const char __user *filename"; the token of the type where there is no C type.
std::string declared(const Param& param);
// "long open(const char *filename, int flags);".
std::string plain_text(const Prototype& prototype);
// What a program calls it: "open" of the system call "sys_open".
std::string call_name(std::string_view name, std::string_view kind);

const Section* find_section(const Page& page, std::string_view title);

// ---- the parts, one file each ------------------------------------------------------------------

// What a constraint accepts, in words; empty for one that accepts everything. `path` is where the
// constraint stands in the API, for the expressions that could not be resolved.
std::string accepted_text(const Constraint& constraint, const Api& api, const std::string& path);
// "1 to 255", "0 or more", "4096 or less", "any"; the ends of 64 bits are no bounds.
std::string range_text(const std::optional<int64_t>& min, const std::optional<int64_t>& max);

Item param_item(const Api& api, const Param& param);
Item error_item(const Error& error);
Item lock_item(const Lock& lock);
Item constraint_item(const ApiConstraint& constraint);
Item signal_item(const Api& api, const Signal& signal);
Item signal_mask_item(const SignalMask& mask);
Item side_effect_item(const SideEffect& effect);
Item state_transition_item(const StateTransition& transition);
Item capability_item(const Capability& capability);
Section return_section(const Api& api);
Section struct_section(const Api& api, const Struct& record);
std::vector<Section> network_sections(const Api& api);
// What there is to say of entries of static tables.
void add_table_entries(const Match& match, Page& page);
std::vector<Prototype> synopsis_of(const Api* api, const std::vector<const Syscall*>& syscalls);

}  // namespace kapi::page

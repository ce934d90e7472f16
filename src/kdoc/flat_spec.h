// SPDX-License-Identifier: GPL-2.0-only
// A spec whose every fact has a key of its own ("error-code: -EINVAL, EINVAL, text"): what the
// generator of RFC v3 makes of it.
#pragma once

#include "kdoc/prototype.h"
#include "kdoc/spec_values.h"

namespace kapi {

// Fills everything but name and kind.
void read_flat_spec(const DocComment& comment, const FunctionPrototype& prototype,
                    const SpecValues& values);

// Its parts.
void read_flat_errors(const DocComment& comment, const SpecValues& values);
void read_flat_effects(const DocComment& comment, const SpecValues& values);
void read_flat_structs(const DocComment& comment, const SpecValues& values);

// Unlike in blocks, a section is looked up as it is, or with "@". Its text keeps its newlines.
const DocSection* flat_section(const DocComment& comment, std::string_view key);
std::string flat_text(const DocComment& comment, std::string_view key);
std::vector<DocLine> flat_lines(const DocComment& comment, std::string_view key);
// A list with the length that "<key>-count:" gives, or else `size`; what is left out is a loss.
template <class T>
void set_flat_count(const DocComment& comment, std::string_view key, size_t size,
                    const SpecValues& values, std::vector<T>& list);
void note_flat_count(std::string_view key, size_t count, size_t size, size_t line,
                     const SpecValues& values);
size_t flat_count(const DocComment& comment, std::string_view key, size_t size,
                  const SpecValues& values);

template <class T>
void set_flat_count(const DocComment& comment, std::string_view key, size_t size,
                    const SpecValues& values, std::vector<T>& list) {
  const size_t count = flat_count(comment, key, size, values);
  if (count < list.size()) {
    const DocSection* section = flat_section(comment, key);
    note_flat_count(key, count, list.size(), section == nullptr ? comment.line : section->line,
                    values);
    list.resize(count);
  }
}

}  // namespace kapi

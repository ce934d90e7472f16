// SPDX-License-Identifier: GPL-2.0-only
// The lists of a spec: an item is a line that is not indented, with "key: value" lines below it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kdoc/spec_values.h"

namespace kapi {

// The indented lines below an item. A line with a colon starts a key, whatever stands before the
// colon; one without continues the value.
class Subfields {
 public:
  struct Field {
    std::string value;
    size_t line = 0;
  };

  // Reads from `next` to the first line that is not indented, which becomes `next`. What is not in
  // `keys` (each between two blanks) is lost, and so is a value that is given twice.
  static Subfields read(const std::vector<DocLine>& lines, size_t& next, std::string_view keys,
                        std::string_view item, const SpecValues& values);

  // Empty if it is not there.
  const std::string& get(std::string_view key) const;
  // The first of several spellings with a value; null if there is none.
  const Field* find(std::initializer_list<std::string_view> keys) const;
  bool has(std::string_view key) const { return fields_.find(key) != fields_.end(); }

 private:
  std::map<std::string, Field, std::less<>> fields_;
};

// Calls `read` with the line of each item, which moves the index behind what it has used. Indented
// lines without an item, as after a blank line, are lost.
using ItemReader = std::function<void(const std::vector<DocLine>& lines, size_t& index)>;
void read_items(const DocSection* section, const SpecValues& values, const ItemReader& read);

// Whether a word means yes to the generator; any word but a plain no that does not is a loss.
bool is_yes(const Subfields& fields, std::string_view key,
            std::initializer_list<std::string_view> yes, const SpecValues& values);

// The arrays of a spec are of fixed size, and more does not compile.
void check_room(size_t count, size_t room, std::string_view what, const DocSection* section,
                const SpecValues& values);

}  // namespace kapi

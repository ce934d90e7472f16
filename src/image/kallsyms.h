// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image/kallsyms_tables.h"
#include "image/name_buckets.h"
#include "kapi/image.h"

namespace kapi {

// The symbols of kallsyms tables, decoded: some 40 bytes a symbol, names included. They are in the
// order of the tables, which is that of their addresses.
class Kallsyms {
 public:
  // Names and letters only; addresses count from 0 and stay so until `place` is called. Throws
  // InputError if the tokens spell what is no name, or more than kMaxNames bytes of names.
  Kallsyms(const Cursor& bytes, const KallsymsTables& tables);

  // Gives each symbol its address. `base` is the value of relative_base, if there is one. Throws
  // InputError if the addresses are not in ascending order. May be called again.
  void place(uint64_t base, const WordAt& word_at);

  const KallsymsTables& tables() const { return tables_; }
  size_t count() const { return letters_.size(); }
  Symbol symbol(size_t index) const;
  std::optional<Symbol> find(std::string_view name) const;
  std::vector<Symbol> at(uint64_t address) const;
  bool has_address(uint64_t address) const;
  std::vector<Symbol> with_prefix(std::string_view prefix) const;

 private:
  static constexpr size_t kMaxNames = size_t{256} << 20;

  std::string_view name(size_t index) const;
  void read_names();
  void add_name(Cursor& names, const std::vector<std::string_view>& tokens);

  Cursor bytes_;
  KallsymsTables tables_;
  std::string text_;              // all names, one after the other
  std::vector<uint32_t> begins_;  // of each in `text_`; one more at the end
  std::string letters_;
  std::vector<uint64_t> addresses_;
  NameBuckets by_name_;
};

}  // namespace kapi

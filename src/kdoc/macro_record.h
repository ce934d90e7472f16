// SPDX-License-Identifier: GPL-2.0-only
// A struct of the spec as its initialiser gives it, read member by member, as the binary made of it
// would be: what is not initialised is zero or empty, and of a list only what its count counts is
// there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model.h"
#include "kdoc/macro_initializer.h"

namespace kapi {

// What all records of one spec share.
struct MacroContext {
  const MacroEvaluator& evaluator;
  MacroReport& report;
  std::vector<Unresolved>& unresolved;
  size_t line;  // of the spec, for what has no place of its own
};

class MacroRecord {
 public:
  // `path` leads from the API to what this becomes in the model, "params/flags/".
  MacroRecord(MacroContext& context, const MacroValue* value, const MacroStruct& record,
              std::string path)
      : context_(&context), value_(value), record_(&record), path_(std::move(path)) {}

  // The same record, once its name is known.
  MacroRecord at(std::string path) const { return {*context_, value_, *record_, std::move(path)}; }
  const std::string& path() const { return path_; }

  bool has(std::string_view member) const;
  // Every member is zero or empty.
  bool blank() const;

  // `where` is the member of the model that the value is for. A value that cannot be told is
  // listed as unresolved there, and is empty or 0 here.
  std::string text(std::string_view member, std::string_view where) const;
  std::string prose(std::string_view member, std::string_view where) const;
  int64_t number(std::string_view member, std::string_view where) const;
  // Nothing if it cannot be told.
  std::optional<int64_t> known(std::string_view member, std::string_view where) const;
  // Nothing also if it is 0. `width` is that of the member in bits.
  std::optional<int64_t> nonzero(std::string_view member, std::string_view where) const;
  std::optional<uint64_t> bits(std::string_view member, std::string_view where,
                               unsigned width = 64) const;
  std::optional<uint64_t> nonzero_bits(std::string_view member, std::string_view where,
                                       unsigned width = 64) const;
  bool flag(std::string_view member, std::string_view where) const {
    return number(member, where) != 0;
  }
  std::string token(std::string_view member, std::string_view enumeration,
                    std::string_view where) const;
  std::vector<std::string> tokens(std::string_view member, std::string_view enumeration,
                                  std::string_view where) const;

  // A record within this one.
  MacroRecord record(std::string_view member, std::string path) const;
  enum class Blanks { drop, keep };
  std::vector<MacroRecord> records(std::string_view array, std::string_view count,
                                   Blanks blanks = Blanks::drop) const;
  // Of a list or an array, the first `count`; sorted.
  std::vector<int64_t> integers(std::string_view array, std::string_view count,
                                std::string_view where) const;
  std::vector<std::string> token_list(std::string_view array, std::string_view count,
                                      std::string_view enumeration, std::string_view where) const;
  std::vector<std::string> texts(std::string_view list, std::string_view count,
                                 std::string_view where) const;

 private:
  MacroTokens expression(std::string_view member) const;
  size_t line_of(std::string_view member) const;
  void unresolved(std::string_view where, MacroTokens value) const;
  // The elements of a list or an array that its count counts; nothing if they cannot be told.
  std::optional<std::vector<MacroTokens>> counted(std::string_view array, std::string_view count,
                                                  std::string_view where) const;

  MacroContext* context_;
  const MacroValue* value_;  // null: nothing is initialised
  const MacroStruct* record_;
  std::string path_;
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// A struct of the spec in an image, read member by member by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/types.h"
#include "spec/layout.h"
#include "spec/tokens.h"

namespace kapi {

// What all records of one API share.
struct SpecContext {
  ObjectReader& reader;
  const SpecLayout& layout;
  const Tokens& tokens;
  std::vector<Diagnostic>& diagnostics;
  std::string api;  // the subject of diagnostics
};

// Each accessor answers "absent" for a member that the layout lacks and for one that cannot be
// read; the latter also leaves a Level::error diagnostic on the API.
class Record {
 public:
  Record(SpecContext& context, const Object& object) : context_(&context), object_(object) {}

  uint64_t address() const { return object_.address(); }
  const SpecMeanings& meanings() const { return context_->layout.meanings(); }
  bool has(std::string_view member) const { return object_.member(member).has_value(); }
  // No member holds anything but zero.
  bool blank() const;

  // Text as UTF-8; null and empty are the same.
  std::string text(std::string_view member) const;
  // Text without the blanks at its end, which only some generators leave.
  std::string prose(std::string_view member) const;
  int64_t number(std::string_view member) const;  // 0 if absent
  uint64_t bits(std::string_view member) const;   // 0 if absent
  bool flag(std::string_view member) const { return bits(member) != 0; }
  // The number, or nothing if it is 0.
  std::optional<int64_t> nonzero(std::string_view member) const;
  std::optional<uint64_t> nonzero_bits(std::string_view member) const;
  std::string token(std::string_view member, std::string_view enumeration) const;
  std::vector<std::string> tokens(std::string_view member, std::string_view enumeration) const;

  std::optional<Record> record(std::string_view member) const;
  // The first `count` elements of an array member; a count past the array's end is a lie, and an
  // error. Blank ones that are counted are warned of and, unless their place is meaning, left out;
  // a filled one behind the counted ones is not read, as the kernel does not, and is a warning.
  enum class Blanks { leave_out, keep };
  std::vector<Record> records(std::string_view array, std::string_view count,
                              Blanks blanks = Blanks::leave_out) const;
  // The elements of an array up to the first blank one, whatever a count says.
  std::vector<Record> filled_records(std::string_view array) const;
  // The tokens of the first `count` elements of an array of enumerations, sorted.
  std::vector<std::string> token_list(std::string_view array, std::string_view count,
                                      std::string_view enumeration) const;
  // The texts behind the first `count` pointers that a pointer leads to, sorted.
  std::vector<std::string> texts(std::string_view pointers, std::string_view count) const;
  // The same for integers, sorted, in an array member or behind a pointer.
  std::vector<int64_t> integers(std::string_view array, std::string_view count) const;

  // Adds a diagnostic about this record's API.
  void report(Level level, std::string code, std::string message, uint64_t address) const;

 private:
  uint64_t clamped(std::string_view count, uint64_t capacity) const;
  // How many elements a list has; 0 for a null pointer, which is an error if the count is not 0.
  uint64_t list_size(const Object& list, std::string_view array, std::string_view count) const;
  std::optional<Object> list_element(const Object& list, uint64_t index) const;

  SpecContext* context_;
  Object object_;
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// A struct of the spec in an image, read member by member by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/types.h"
#include "spec/layout.h"

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
  // error.
  std::vector<Record> records(std::string_view array, std::string_view count) const;
  // The same for integers, sorted, in an array member or behind a pointer.
  std::vector<int64_t> integers(std::string_view array, std::string_view count) const;

  // Adds a diagnostic about this record's API.
  void report(Level level, std::string code, std::string message, uint64_t address) const;

 private:
  uint64_t clamped(std::string_view count, uint64_t capacity) const;

  SpecContext* context_;
  Object object_;
};

}  // namespace kapi

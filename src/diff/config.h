// SPDX-License-Identifier: GPL-2.0-only
// What is known of the configuration of one side, and how two differ.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "kapi/diff.h"

namespace kapi {

// Refers to the corpus.
class Config {
 public:
  explicit Config(const Corpus& corpus);

  // Of a symbol, without CONFIG_: "y", "m", a number, a string in its quotes, "n" if it is not set;
  // nothing if that is not known. What stands in no line is not set if all lines were read.
  std::optional<std::string_view> value(std::string_view symbol) const;
  // Whether the lines of a .config are there, all or some.
  bool known() const { return read_; }
  // The same, or that there are some and they could not be read.
  bool heard_of() const { return read_ || (coverage_ != nullptr && coverage_->state == "unread"); }
  size_t size() const { return values_.size(); }
  const std::map<std::string_view, std::string_view>& values() const { return values_; }
  // Why not all is known, for a report; empty if it is.
  std::string doubt(const std::string& side) const;

 private:
  const Coverage* coverage_;
  bool read_ = false;      // from a .config
  bool complete_ = false;  // all of it
  std::map<std::string_view, std::string_view> values_;
};

// The symbols whose values are known on both sides and are not the same.
std::set<std::string_view> differing(const Config& before, const Config& after);

}  // namespace kapi

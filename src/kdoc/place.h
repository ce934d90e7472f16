// SPDX-License-Identifier: GPL-2.0-only
// Where in a text something stands, and what to say about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/kdoc.h"

namespace kapi {

// "fs/open.c:120"
std::string text_place(std::string_view file, size_t line);

// The diagnostics of one text.
class TextNotes {
 public:
  TextNotes(std::string file, std::vector<Diagnostic>& out) : file_(std::move(file)), out_(&out) {}

  const std::string& file() const { return file_; }
  // Lines count from 1. `subject` is the API at hand, if any.
  void add(Level level, std::string code, std::string subject, std::string message,
           size_t line) const;

 private:
  std::string file_;
  std::vector<Diagnostic>* out_;
};

}  // namespace kapi

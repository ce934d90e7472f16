// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "kapi/base.h"

namespace kapi {

std::string Place::text() const {
  std::string text = file;
  if (!section.empty()) {
    text += text.empty() ? section : ": " + section;
  }
  if (offset) {
    text += fmt::format("{}{:#x}", text.empty() ? "offset " : " at ", *offset);
  }
  return text;
}

namespace {

std::string sentence(const Place& place, const std::string& reason, const std::string& hint) {
  std::string text = place.text();
  if (!text.empty()) {
    text += ": ";
  }
  text += reason;
  return hint.empty() ? text : text + "; " + hint;
}

}  // namespace

InputError::InputError(Place place, std::string reason, std::string hint)
    : std::runtime_error(sentence(place, reason, hint)),
      place_(std::move(place)),
      reason_(std::move(reason)),
      hint_(std::move(hint)) {}

std::string_view name(Level level) {
  switch (level) {
    case Level::note:
      return "note";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

}  // namespace kapi

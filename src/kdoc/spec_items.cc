// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/spec_items.h"

#include <fmt/format.h>

#include <algorithm>

#include "kdoc/doc_text.h"

namespace kapi {
namespace {

// A key as people write one, and not the start of a sentence.
bool looks_like_key(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_word_char(c) || c == '-'; });
}

}  // namespace

Subfields Subfields::read(const std::vector<DocLine>& lines, size_t& next, std::string_view keys,
                          std::string_view item, const SpecValues& values) {
  Subfields out;
  Field* current = nullptr;
  for (; next < lines.size() && lines[next].is_indented(); next++) {
    const DocLine& line = lines[next];
    const std::string_view text = trim(line.text);
    const size_t colon = text.find(':');
    if (colon == text.npos) {
      if (current != nullptr && !text.empty()) {
        current->value += ' ';
        current->value += text;
      } else if (!text.empty()) {
        values.warn("text-lost",
                    fmt::format("text before the first key of {} is lost: {}", item, excerpt(text)),
                    line.number);
      }
      continue;
    }
    const std::string key(trim(text.substr(0, colon)));
    const bool is_known =
        !key.empty() && key.find(' ') == key.npos && keys.find(' ' + key + ' ') != keys.npos;
    if (!is_known && looks_like_key(key)) {
      values.warn("key-unknown",
                  fmt::format("\"{}:\" is no key of {}: its text is lost", key, item), line.number);
    } else if (!is_known) {
      values.warn("line-cut",
                  fmt::format("a colon in a wrapped line ends the text of {} there; lost: {}", item,
                              excerpt(text)),
                  line.number);
    }
    const auto [at, is_new] = out.fields_.try_emplace(key);
    if (!is_new && is_known) {
      values.warn("key-repeated",
                  fmt::format("\"{}:\" of {} is given again; lost: {}", key, item,
                              excerpt(at->second.value)),
                  at->second.line);
    }
    at->second = {std::string(trim(text.substr(colon + 1))), line.number};
    current = &at->second;
  }
  return out;
}

const std::string& Subfields::get(std::string_view key) const {
  static const std::string kNone;
  const auto at = fields_.find(key);
  return at == fields_.end() ? kNone : at->second.value;
}

const Subfields::Field* Subfields::find(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    const auto at = fields_.find(key);
    if (at != fields_.end() && !at->second.value.empty()) {
      return &at->second;
    }
  }
  return nullptr;
}

void read_items(const DocSection* section, const SpecValues& values, const ItemReader& read) {
  if (section == nullptr) {
    return;
  }
  const std::vector<DocLine> lines = trim_lines(section->lines);
  bool is_lost = false;
  for (size_t i = 0; i < lines.size();) {
    if (lines[i].is_blank()) {
      i++;
    } else if (lines[i].is_indented()) {
      if (!is_lost) {
        values.warn("text-lost",
                    fmt::format("lines behind the end of an item of \"{}\" are lost: {}",
                                section->name, excerpt(lines[i].text)),
                    lines[i].number);
      }
      is_lost = true;
      i++;
    } else {
      is_lost = false;
      read(lines, i);
    }
  }
}

bool is_yes(const Subfields& fields, std::string_view key,
            std::initializer_list<std::string_view> yes, const SpecValues& values) {
  const auto* field = fields.find({key});
  if (field == nullptr) {
    return false;
  }
  const std::string word = lower(field->value);
  if (std::find(yes.begin(), yes.end(), word) != yes.end()) {
    return true;
  }
  if (word != "no" && word != "false") {
    values.warn("token-unknown", fmt::format("\"{}: {}\" counts as no", key, excerpt(field->value)),
                field->line);
  }
  return false;
}

void check_room(size_t count, size_t room, std::string_view what, const DocSection* section,
                const SpecValues& values) {
  if (count > room && section != nullptr) {
    values.warn("does-not-compile",
                fmt::format("{} {}, and a spec has room for {}", count, what, room), section->line);
  }
}

}  // namespace kapi

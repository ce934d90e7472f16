// SPDX-License-Identifier: GPL-2.0-only
// kapi/list, in the shape of kapi_debugfs.c ("name - description" below a ruler, a total at the
// end) and in that of the first implementation ("  name (v1): description" under two headings).
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "kdoc/debugfs_outline.h"
#include "kdoc/debugfs_words.h"
#include "kdoc/place.h"

namespace kapi {
namespace {

constexpr std::string_view kTitle = "Available Kernel API Specifications\n";
constexpr std::string_view kFirstTitle = "Kernel API Specifications:\n";
constexpr std::string_view kTotal = "Total: ";

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t") == text.npos;
}

// "name - description" or "  name (v1): description"; nothing for what continues the line before.
std::optional<DebugfsEntry> entry_of(std::string_view line, bool first_shape) {
  const std::string_view separator = first_shape ? " (v" : " - ";
  if (first_shape) {
    if (!line.starts_with("  ")) {
      return std::nullopt;
    }
    line.remove_prefix(2);
  }
  const size_t at = line.find(separator);
  if (at == line.npos || !is_name(line.substr(0, at))) {
    return std::nullopt;
  }
  std::string_view rest = line.substr(at + separator.size());
  if (first_shape) {
    const size_t end = rest.find("): ");
    if (end == rest.npos) {
      return std::nullopt;
    }
    rest.remove_prefix(end + 3);
  }
  return DebugfsEntry{debugfs_text(line.substr(0, at)), debugfs_prose(rest)};
}

class ListReader {
 public:
  ListReader(const std::string& file, std::vector<Diagnostic>& out) : notes_(file, out) {}

  std::vector<DebugfsEntry> read(std::string_view text) {
    const bool first_shape = text.starts_with(kFirstTitle);
    if (!first_shape && !text.starts_with(kTitle)) {
      notes_.add(Level::error, "not-a-list", "specs",
                 "expected a list of kernel API specifications", 1);
      return {};
    }
    bool ended = first_shape;  // this shape has no end of its own
    for (size_t number = 1; !text.empty(); number++) {
      const size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(text.size(), end + 1));
      if (!first_shape && line.starts_with(kTotal)) {
        total(line.substr(kTotal.size()), number);
        ended = true;
        break;
      }
      if (number > 2) {
        this->line(line, first_shape, number);
      }
    }
    if (!ended) {
      notes_.add(Level::error, "cut", "specs", "there is no line with the total: the list was cut",
                 1);
    }
    return std::move(entries_);
  }

 private:
  void line(std::string_view line, bool first_shape, size_t number) {
    if (auto entry = entry_of(line, first_shape)) {
      count_++;
      named_ = !entry->name.empty();
      if (named_) {
        entries_.push_back(std::move(*entry));
      } else {
        notes_.add(Level::error, "spec-without-name", "specs",
                   "a spec has no name, so it has no file either", number);
      }
    } else if (!line.empty() && named_ && !line.ends_with("APIs:")) {
      entries_.back().description += "\n" + debugfs_prose(line);
    }
  }

  void total(std::string_view text, size_t number) {
    uint64_t total = 0;
    std::from_chars(text.data(), text.data() + text.size(), total);
    if (total != count_) {
      notes_.add(Level::error, "items-missing", "specs",
                 fmt::format("the total is {} and there are {} lines", total, count_), number);
    }
  }

  TextNotes notes_;
  std::vector<DebugfsEntry> entries_;
  uint64_t count_ = 0;
  bool named_ = false;  // the last entry has a name
};

}  // namespace

std::vector<DebugfsEntry> read_debugfs_list(std::string_view text, const std::string& file,
                                            std::vector<Diagnostic>& diagnostics) {
  return ListReader(file, diagnostics).read(text);
}

DebugfsForm debugfs_form(std::string_view head) {
  if (is_debugfs_text(head)) {
    return DebugfsForm::text;
  }
  if (head.starts_with(kTitle) || head.starts_with(kFirstTitle)) {
    return DebugfsForm::list;
  }
  const auto after_blanks = [&](std::string_view expected) {
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    const bool found = head.starts_with(expected);
    head.remove_prefix(found ? expected.size() : 0);
    return found;
  };
  return after_blanks("{") && after_blanks("\"name\"") && after_blanks(":") ? DebugfsForm::json
                                                                            : DebugfsForm::none;
}

}  // namespace kapi

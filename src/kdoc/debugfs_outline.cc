// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/debugfs_outline.h"

#include <algorithm>
#include <charconv>
#include <span>

#include "kdoc/debugfs_words.h"

namespace kapi {
namespace {

constexpr std::string_view kTitle = "Kernel API Specification\n====";

bool is_item_line(std::string_view line) {
  return line.size() > 2 && line.starts_with("  ") && line[2] != ' ';
}
bool starts_param(std::string_view line) {
  const size_t digits = line.find_first_not_of("0123456789", 3);
  return line.starts_with("  [") && digits != 3 && digits != line.npos &&
         line.substr(digits).starts_with("] ") && line.ends_with(':');
}
bool starts_numbered(std::string_view line) {
  return is_item_line(line) && numbered_head(line.substr(2));
}
bool starts_numbered_alone(std::string_view line) {
  return starts_numbered(line) && line.ends_with("):");
}
bool starts_lock(std::string_view line) { return is_item_line(line) && lock_head(line.substr(2)); }
bool starts_bullet(std::string_view line) { return line.starts_with("  - "); }
bool starts_transition(std::string_view line) {
  const size_t colon = line.find(": ");
  return is_item_line(line) && colon != line.npos && line.find(" -> ", colon) != line.npos;
}

constexpr std::string_view kHeaderLabels[] = {
    "Name: ", "Version: ", "Description: ", "Long description: ", "Context flags: "};
constexpr std::string_view kParamLabels[] = {
    "    type: ",      "    flags: ",        "    description: ", "    size: ",
    "    alignment: ", "    constraints:",   "      type: ",      "      min: ",
    "      max: ",     "      valid_bits: ", "      count: ",     "      min_len: ",
    "      max_len: ", "      size: ",       "      alignment: ", "      description: "};
constexpr std::string_view kReturnLabels[] = {"  type: ", "  description: ", "  success: "};
constexpr std::string_view kErrorLabels[] = {"    condition: "};
constexpr std::string_view kLockLabels[] = {"    acquired by function", "    released by function",
                                            "    scope: "};
constexpr std::string_view kConstraintLabels[] = {"    expression: "};
constexpr std::string_view kSignalLabels[] = {
    "    direction: ", "    action: ", "    description: "};
constexpr std::string_view kTransitionLabels[] = {"    "};
constexpr std::string_view kCapabilityLabels[] = {"    allows: ", "    without: "};
constexpr std::string_view kDeprecatedLabels[] = {"  - use "};

// A section in the order of the text.
struct Shape {
  Part part;
  std::string_view heading;  // up to the count, if it has one
  bool counted = false;
  bool (*starts_item)(std::string_view line) = nullptr;  // null for what is no list
  std::span<const std::string_view> labels;
};
const Shape kShapes[] = {
    {Part::header, "", false, nullptr, kHeaderLabels},
    {Part::params, "Parameters", true, starts_param, kParamLabels},
    {Part::return_value, "Return value:", false, nullptr, kReturnLabels},
    {Part::errors, "Errors", true, starts_numbered, kErrorLabels},
    {Part::locks, "Locks", true, starts_lock, kLockLabels},
    {Part::constraints, "Additional constraints", true, starts_bullet, kConstraintLabels},
    {Part::signals, "Signal handling", true, starts_numbered_alone, kSignalLabels},
    {Part::side_effects, "Side effects", true, starts_bullet, {}},
    {Part::state_transitions, "State transitions", true, starts_transition, kTransitionLabels},
    {Part::capabilities, "Capabilities", true, starts_numbered_alone, kCapabilityLabels},
    {Part::examples, "Examples:", false, nullptr, {}},
    {Part::notes, "Notes:", false, nullptr, {}},
    {Part::since, "Since: ", false, nullptr, {}},
    {Part::deprecated, "DEPRECATED", false, nullptr, kDeprecatedLabels},
};
constexpr size_t kTailLines = 4;  // the last two sections are no further from the end

// The count of "Errors (3):"; nothing for any other line.
std::optional<uint64_t> count_in(std::string_view line, std::string_view heading) {
  if (!line.starts_with(heading) || !line.substr(heading.size()).starts_with(" (")) {
    return std::nullopt;
  }
  uint64_t count = 0;
  const char* const end = line.data() + line.size();
  const auto [rest, error] = std::from_chars(line.data() + heading.size() + 2, end, count);
  const bool whole = error == std::errc() && std::string_view(rest, end) == "):";
  return whole ? std::optional(count) : std::nullopt;
}

// A heading of a section that this version does not know: "Resources (2):".
bool is_unknown_heading(std::string_view line) {
  const size_t paren = line.find(" (");
  return paren != line.npos && line[0] >= 'A' && line[0] <= 'Z' &&
         line.find_first_of(":.,(") > paren && count_in(line, line.substr(0, paren));
}

class Outliner {
 public:
  explicit Outliner(std::string_view text) {
    out_.ends_well = text.ends_with("\n\n");
    while (!text.empty()) {
      const size_t end = std::min(text.find('\n'), text.size());
      lines_.push_back(text.substr(0, end));
      text.remove_prefix(std::min(text.size(), end + 1));
    }
    out_.lines = lines_.size();
  }

  Outline run() {
    open(kShapes[0], std::nullopt, 0);
    for (size_t i = 2; i < lines_.size(); i++) {  // behind the title and its underline
      if (lines_[i].empty()) {
        blanks_++;
      } else if (!starts_section(i)) {
        body_line(i);
      }
    }
    return std::move(out_);
  }

 private:
  bool starts_section(size_t i) {
    const std::string_view line = lines_[i];
    if (blanks_ == 0 && shape_->part != Part::since) {
      return false;
    }
    for (const Shape* next = shape_ + 1; next != std::end(kShapes); next++) {
      const bool tail = next->part == Part::since || next->part == Part::deprecated;
      if (tail && i + kTailLines < lines_.size()) {
        continue;
      }
      if (next->counted) {
        if (const auto count = count_in(line, next->heading)) {
          open(*next, count, i);
          return true;
        }
      } else if (next->part == Part::since ? line.starts_with(next->heading)
                                           : line == next->heading) {
        open(*next, std::nullopt, i);
        if (next->part == Part::since) {
          head().value = line.substr(next->heading.size());
          value_ = &head().value;
        }
        return true;
      }
    }
    // Free text may well hold such a line; a list does not.
    if (shape_->starts_item != nullptr && is_unknown_heading(line)) {
      out_.unknown_sections.push_back(i + 1);
      skipping_ = true;
      return true;
    }
    return false;
  }

  void open(const Shape& shape, std::optional<uint64_t> count, size_t i) {
    shape_ = &shape;
    out_.sections.push_back({shape.part, count, i + 1, {}});
    label_ = 0;
    blanks_ = 0;
    value_ = nullptr;
    skipping_ = false;
    if (shape.starts_item == nullptr) {
      out_.sections.back().items.push_back({{"", "", i + 1}, {}});
      value_ = shape.labels.empty() ? &head().value : nullptr;
    }
  }

  OutlineItem& item() { return out_.sections.back().items.back(); }
  OutlineField& head() { return item().head; }

  void body_line(size_t i) {
    const std::string_view line = lines_[i];
    if (skipping_) {
      blanks_ = 0;
      return;
    }
    if (shape_->starts_item != nullptr && shape_->starts_item(line)) {
      out_.sections.back().items.push_back({{"", std::string(line.substr(2)), i + 1}, {}});
      value_ = &head().value;
      label_ = 0;
    } else if (const size_t label = find_label(line); label < shape_->labels.size()) {
      const std::string_view name = shape_->labels[label];
      const size_t start = std::min(line.size(), name.size());
      item().fields.push_back({name, std::string(line.substr(start)), i + 1});
      value_ = &item().fields.back().value;
      label_ = label + 1;
    } else if (value_ != nullptr) {
      const bool free_text = shape_->part == Part::examples || shape_->part == Part::notes;
      if (!free_text && out_.continued == 0) {
        out_.continued = i + 1;
      }
      if (!(free_text && value_->empty())) {
        value_->append(blanks_ + 1, '\n');
      }
      value_->append(line);
    } else if (out_.continued == 0) {
      out_.continued = i + 1;
    }
    blanks_ = 0;
  }

  // The index of the label that the line begins with, of those that may still come in this item.
  size_t find_label(std::string_view line) const {
    const bool has_item = !out_.sections.back().items.empty();
    for (size_t i = label_; has_item && i < shape_->labels.size(); i++) {
      std::string_view label = shape_->labels[i];
      if (line.starts_with(label)) {
        return i;
      }
      // An editor may have dropped the blank at the end.
      if (label.ends_with(": ") && line == label.substr(0, label.size() - 1)) {
        return i;
      }
    }
    return shape_->labels.size();
  }

  std::vector<std::string_view> lines_;
  Outline out_;
  const Shape* shape_ = nullptr;
  size_t label_ = 0;              // the first that may still come
  size_t blanks_ = 0;             // empty lines just before
  std::string* value_ = nullptr;  // what a line that is nothing else belongs to
  bool skipping_ = false;         // in an unknown section
};

}  // namespace

const OutlineField* OutlineItem::find(std::string_view label) const {
  for (const OutlineField& field : fields) {
    if (field.label == label) {
      return &field;
    }
  }
  return nullptr;
}

std::string_view OutlineItem::value(std::string_view label) const {
  const OutlineField* field = find(label);
  return field == nullptr ? std::string_view() : std::string_view(field->value);
}

const OutlineSection* Outline::find(Part part) const {
  for (const OutlineSection& section : sections) {
    if (section.part == part) {
      return &section;
    }
  }
  return nullptr;
}

bool is_debugfs_text(std::string_view text) { return text.starts_with(kTitle); }

Outline outline_debugfs_text(std::string_view text) { return Outliner(text).run(); }

std::optional<NumberedHead> numbered_head(std::string_view head) {
  for (size_t at = head.find(" ("); at != head.npos; at = head.find(" (", at + 1)) {
    NumberedHead found;
    const char* const end = head.data() + head.size();
    const auto [rest, error] = std::from_chars(head.data() + at + 2, end, found.number);
    const std::string_view tail(rest, end);
    if (error == std::errc() && (tail == "):" || tail.starts_with("): "))) {
      found.name = head.substr(0, at);
      found.rest = tail.substr(std::min<size_t>(tail.size(), 3));
      return found;
    }
  }
  return std::nullopt;
}

std::optional<LockHead> lock_head(std::string_view head) {
  constexpr size_t kLongest = 16;  // of a type's word with the parenthesis behind it
  for (size_t at = head.find(" ("); at != head.npos; at = head.find(" (", at + 1)) {
    const std::string_view type = head.substr(at + 2, head.substr(at + 2, kLongest).find(')'));
    const std::string_view tail = head.substr(std::min(head.size(), at + 2 + type.size()));
    if (is_lock_type_word(type) && (tail == "):" || tail.starts_with("): "))) {
      return LockHead{head.substr(0, at), type, tail.substr(std::min<size_t>(tail.size(), 3))};
    }
  }
  return std::nullopt;
}

}  // namespace kapi

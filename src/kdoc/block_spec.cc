// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/block_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace kapi {
namespace {

// All lines of a section as one.
std::string joined(const DocSection* section) {
  std::string out;
  if (section != nullptr) {
    for (const DocLine& line : section->lines) {
      const std::string_view text = trim(line.text);
      if (!text.empty()) {
        out += out.empty() ? "" : " ";
        out += text;
      }
    }
  }
  return out;
}

std::string prose_section(const DocComment& comment, std::string_view key,
                          const SpecValues& values) {
  const DocSection* section = comment.find(key);
  return section == nullptr ? "" : values.prose(joined(section), 0, key, section->line);
}

void read_contexts(const DocComment& comment, const SpecValues& values) {
  for (const std::string_view key : {"contexts", "context-flags", "context"}) {
    const DocSection* section = comment.find(key);
    const auto lines = section ? trim_lines(section->lines) : std::vector<DocLine>();
    if (lines.empty()) {
      continue;
    }
    const auto second = std::find_if(lines.begin() + 1, lines.end(),
                                     [](const DocLine& line) { return !line.is_blank(); });
    if (second != lines.end()) {
      values.warn("text-lost",
                  fmt::format("only the first line of \"{}:\" counts; lost: {}", section->name,
                              excerpt(second->text)),
                  second->number);
    }
    values.api().contexts = values.tokens(canonical_list(lines[0].text, kContextFamily),
                                          kContextFamily, "contexts", lines[0].number);
    return;
  }
}

// Sections of the framework that no revision of this form keeps.
void note_ignored_sections(const DocComment& comment, const SpecValues& values) {
  constexpr std::string_view kSilent[] = {"api-type", "api-version", "Description"};
  for (const DocSection& section : comment.sections) {
    const std::string word = lower(section.name);
    const bool is_read =
        word == "contexts" || word == "context-flags" || word == "context" || is_spec_section(word);
    const bool is_count = word.ends_with("-count");
    if (is_read && comment.find(word) == &section) {
      continue;
    }
    const bool is_silent =
        std::find(std::begin(kSilent), std::end(kSilent), section.name) != std::end(kSilent);
    const bool is_empty = std::all_of(section.lines.begin(), section.lines.end(),
                                      [](const DocLine& line) { return line.is_blank(); });
    if (!is_silent && !is_count && !is_empty) {
      values.warn("section-ignored",
                  fmt::format("the generator does not read \"{}:\"", section.name), section.line);
    }
  }
}

// A blank line ends the section "return", and what follows is text of the comment.
void note_cut_return(const DocComment& comment, const SpecValues& values) {
  const DocSection* text = comment.find("Description");
  if (text == nullptr || comment.find("return") == nullptr) {
    return;
  }
  for (const DocLine& line : text->lines) {
    const std::string_view words = trim_left(line.text);
    const std::string_view key = words.substr(0, words.find(':'));
    if (line.is_indented() && key.size() < words.size() &&
        (key == "type" || key == "check-type" || key == "success" || key == "desc")) {
      values.warn("text-lost",
                  fmt::format("a blank line ended the section of the return value; lost: {}",
                              excerpt(words)),
                  line.number);
    }
  }
}

// A key of another revision opens no section here; its line belongs to the section above.
void note_foreign_keys(const DocComment& comment, const SpecValues& values) {
  for (const DocSection& section : comment.sections) {
    for (const DocLine& line : section.lines) {
      const size_t colon = line.text.find(':');
      const std::string_view word = std::string_view(line.text).substr(0, colon);
      if (colon != line.text.npos && !word.empty() && is_key_of_any_form(word) &&
          section_key("*" + line.text, DocForm::flat) &&
          !section_key("*" + line.text, DocForm::blocks)) {
        values.warn("key-unknown",
                    fmt::format("\"{}:\" is a key of another form: it becomes text of \"{}\"", word,
                                section.name),
                    line.number);
      }
    }
  }
}

}  // namespace

void read_block_spec(const DocComment& comment, const FunctionPrototype& prototype,
                     const SpecValues& values) {
  Api& api = values.api();
  api.version = 1;
  api.description =
      values.prose(comment.purpose, SpecValues::kDescription, "the description", comment.line);
  api.long_description = prose_section(comment, "long-desc", values);
  read_contexts(comment, values);
  read_block_params(comment, prototype, values);
  read_block_return(comment, values);
  read_block_errors(comment, values);
  read_block_signals(comment, values);
  read_block_locks(comment, values);
  read_block_constraints(comment, values);
  read_block_side_effects(comment, values);
  read_block_state_transitions(comment, values);
  read_block_capabilities(comment, values);
  api.examples = prose_section(comment, "examples", values);
  api.notes = prose_section(comment, "notes", values);
  note_ignored_sections(comment, values);
  note_foreign_keys(comment, values);
  note_cut_return(comment, values);
}

}  // namespace kapi

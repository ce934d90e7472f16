// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/doc_comment.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace kapi {
namespace {

constexpr std::string_view kDefaultSection = "Description";

// The text behind the star and one blank; nothing if there is no star.
std::optional<std::string_view> body(std::string_view line) {
  const size_t star = line.find('*');
  if (star == line.npos) {
    return std::nullopt;
  }
  line.remove_prefix(star + 1);
  return line.starts_with(' ') ? line.substr(1) : line;
}

std::string_view take_word(std::string_view& text) {
  size_t length = 0;
  while (length < text.size() && is_word_char(text[length])) {
    length++;
  }
  const std::string_view word = text.substr(0, length);
  text.remove_prefix(length);
  return word;
}

// "name", "name - text", "type *name() - text", "define name: text"; empty if it is none of them.
std::string_view function_name(std::string_view line) {
  std::string_view text = trim_left(line);
  std::string_view name = take_word(text);
  const std::string_view behind = trim_left(text);
  if (!name.empty() && behind.starts_with('*')) {
    text = trim_left(behind.substr(1));
    name = take_word(text);
  }
  if (name == "define" && text.starts_with(' ')) {
    text = trim_left(text);
    name = take_word(text);
  }
  text = trim_left(text);
  if (text.starts_with('(')) {
    text.remove_prefix(1);
    take_word(text);
    if (!text.starts_with(')')) {
      return {};
    }
    text = trim_left(text.substr(1));
  }
  return text.empty() || text[0] == '-' || text[0] == ':' ? name : std::string_view();
}

bool is_data(std::string_view word) {
  return word == "struct" || word == "union" || word == "enum" || word == "typedef";
}

class Parser {
 public:
  explicit Parser(DocForm form) : form_(form) {}

  std::optional<DocComment> parse(const std::vector<DocLine>& lines) {
    for (const DocLine& line : lines) {
      if (state_ == State::name) {
        if (!name_line(line)) {
          return std::nullopt;
        }
      } else {
        text_line(line);
      }
    }
    end_section();
    return state_ == State::name ? std::nullopt : std::optional(std::move(comment_));
  }

 private:
  enum class State { name, purpose, body, special };

  // False if the comment is of no function.
  bool name_line(const DocLine& line) {
    const auto text = body(line.text);
    std::string_view first = text ? trim_left(*text) : std::string_view();
    first = first.substr(0, first.find("*/"));
    std::string_view rest = first;
    const std::string_view word = take_word(rest);
    if (word.empty()) {
      return true;  // the name may stand further down
    }
    if (is_data(word) || first.starts_with("DOC:")) {
      return false;
    }
    const std::string_view name = function_name(first);
    if (name.empty()) {
      return false;
    }
    comment_.name = name;
    comment_.line = line.number;
    const size_t dash = first.find_first_of("-:");
    if (dash != first.npos) {
      comment_.purpose = single_spaced(first.substr(dash + 1));
    }
    state_ = dash == first.npos ? State::body : State::purpose;
    begin_section(std::string(kDefaultSection), line.number + 1);
    return true;
  }

  void text_line(const DocLine& line) {
    if (const size_t end = line.text.find("*/"); end != line.text.npos) {
      if (trim_left(line.text) == "*/" || trim(line.text.substr(0, end)) == "*") {
        return;
      }
      loss("text-lost",
           fmt::format("text on the line that ends the comment is lost: {}",
                       excerpt(line.text.substr(0, end))),
           line.number);
      return;
    }
    if (const auto key = section_key(line.text, form_)) {
      open(*key, line);
      return;
    }
    const auto text = body(line.text);
    if (!text) {
      if (!line.is_blank()) {
        loss("text-lost", fmt::format("a line without a star is lost: {}", excerpt(line.text)),
             line.number);
      }
      return;
    }
    content(*text, line.number);
  }

  void content(std::string_view text, size_t number) {
    if (state_ == State::purpose) {
      if (text.empty()) {
        state_ = State::body;
      } else {
        comment_.purpose = single_spaced(comment_.purpose + ' ' + std::string(text));
      }
    } else if (state_ == State::special) {
      if (trim(text).empty()) {
        end_section();
        begin_section(std::string(kDefaultSection), number);
        state_ = State::body;
        return;
      }
      add(special_text(text), number);
    } else {
      add(text, number);
    }
  }

  // The indentation of the second line is taken off all that follow.
  std::string_view special_text(std::string_view text) {
    const size_t blanks = std::min(text.find_first_not_of(' '), text.size());
    leading_ = leading_ == std::string::npos ? blanks : std::min(leading_, blanks);
    return text.substr(leading_);
  }

  void add(std::string_view text, size_t number) {
    section_.lines.push_back({std::string(text), number});
  }

  void open(const DocKey& key, const DocLine& line) {
    const std::string word = lower(key.name);
    const auto text = body(line.text);
    if (is_spec_section(section_.name) && text && text->starts_with(' ')) {
      loss("section-split",
           fmt::format("\"{}:\" on an indented line ends the section \"{}\" and opens one of its "
                       "own",
                       key.name, section_.name),
           line.number);
    }
    end_section();
    state_ = State::special;
    std::string name = key.name;
    if (word == "description") {
      name = kDefaultSection;
      state_ = State::body;
    } else if (word == "context") {
      name = "Context";
    } else if (word == "return" || word == "returns" || word == "@return" || word == "@returns") {
      name = "Return";
    } else if (!word.starts_with('@')) {
      state_ = State::body;
    }
    begin_section(std::move(name), line.number);
    leading_ = std::string::npos;
    add(key.rest, line.number);
  }

  void begin_section(std::string name, size_t number) { section_ = {std::move(name), number, {}}; }

  void end_section() {
    if (section_.lines.empty()) {
      return;
    }
    if (is_parameter_key(section_.name, form_)) {
      std::string name = section_.name.substr(1);
      name = name.substr(0, name.find('-'));  // "-" is in no name
      if (is_key_of_any_form(lower(section_.name.substr(1)))) {
        loss(
            "section-ignored",
            fmt::format("\"{}:\" is taken for the text of a parameter \"{}\"", section_.name, name),
            section_.line);
      }
      comment_.params[name] = std::move(section_);
    } else {
      keep_section();
    }
    section_ = {};
  }

  void keep_section() {
    const auto [at, is_new] = indexes_.try_emplace(section_.name, comment_.sections.size());
    if (is_new) {
      comment_.sections.push_back(std::move(section_));
      return;
    }
    std::vector<DocLine>& lines = comment_.sections[at->second].lines;
    lines.push_back({"", section_.line});
    std::move(section_.lines.begin(), section_.lines.end(), std::back_inserter(lines));
  }

  void loss(std::string code, std::string message, size_t line) {
    comment_.losses.push_back({std::move(code), std::move(message), line});
  }

  DocForm form_;
  State state_ = State::name;
  DocComment comment_;
  DocSection section_;
  std::map<std::string, size_t> indexes_;  // of the sections, by name
  size_t leading_ = std::string::npos;
};

// "long-desc" as "Long-desc", or as "Long-Desc".
std::string capital(std::string_view key, bool each_word) {
  std::string out = lower(key);
  for (size_t i = 0; i < out.size(); i++) {
    if (i == 0 || (each_word && out[i - 1] == '-')) {
      out[i] = upper(std::string_view(&out[i], 1))[0];
    }
  }
  return out;
}

}  // namespace

const DocSection* DocComment::find(std::string_view key) const {
  for (const std::string& spelling :
       {std::string(key), '@' + std::string(key), capital(key, false), capital(key, true)}) {
    for (const DocSection& section : sections) {
      if (section.name == spelling) {
        return &section;
      }
    }
  }
  return nullptr;
}

bool DocComment::has_prefix(std::string_view prefix) const {
  return std::any_of(sections.begin(), sections.end(), [&](const DocSection& section) {
    const std::string word = lower(section.name);
    return word.starts_with(prefix) ||
           (word.starts_with('@') && std::string_view(word).substr(1).starts_with(prefix));
  });
}

std::optional<DocComment> parse_doc_comment(const std::vector<DocLine>& lines, DocForm form) {
  return Parser(form).parse(lines);
}

std::set<std::string, std::less<>> keys_in(const std::vector<DocLine>& lines) {
  std::set<std::string, std::less<>> keys;
  for (const DocLine& line : lines) {
    for (const DocForm form : {DocForm::blocks, DocForm::flat}) {
      if (const auto key = section_key(line.text, form)) {
        keys.insert(lower(key->name.starts_with('@') ? key->name.substr(1) : key->name));
      }
    }
  }
  return keys;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Finds the comments of a C file that hold specs, and what each belongs to.
#include <fmt/format.h>

#include <algorithm>

#include "kdoc/block_spec.h"
#include "kdoc/doc_comment.h"
#include "kdoc/flat_spec.h"
#include "kdoc/macro_specs.h"
#include "kdoc/spec_words.h"

namespace kapi {
namespace {

using Keys = std::set<std::string, std::less<>>;

bool has_any(const Keys& keys, std::initializer_list<std::string_view> wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](std::string_view key) { return keys.find(key) != keys.end(); });
}

DocForm form_of(const Keys& keys) {
  const bool has_blocks = has_any(keys, {"param", "error", "contexts"});
  const bool has_flat =
      has_any(keys, {"param-type", "param-flags", "param-constraint-type", "param-range",
                     "error-code", "return-type", "return-check-type", "return-check",
                     "signal-direction", "signal-action", "capability-allows", "capability-without",
                     "lock-acquired", "lock-released", "constraint-expr"});
  return has_flat && !has_blocks ? DocForm::flat : DocForm::blocks;
}

// How many of the words by which the generator knows a spec from other comments it has.
size_t indicators(const DocComment& comment, DocForm form) {
  constexpr std::string_view kFlat[] = {"api-type",   "context-flags", "param-type",
                                        "error-code", "capability",    "signal",
                                        "lock",       "side-effect",   "state-trans"};
  constexpr std::string_view kBlocks[] = {
      "api-type", "context-flags", "contexts",    "param-type", "error-code",  "capability",
      "signal",   "lock",          "state-trans", "constraint", "side-effect", "long-desc"};
  const auto has = [&](std::string_view word) { return comment.has_prefix(word); };
  return static_cast<size_t>(form == DocForm::flat
                                 ? std::count_if(std::begin(kFlat), std::end(kFlat), has)
                                 : std::count_if(std::begin(kBlocks), std::end(kBlocks), has));
}

// Enumerators where the newest form has short words; for some there are none.
bool has_long_tokens(const std::vector<DocLine>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const DocLine& line) {
    return line.text.find("KAPI_CTX_") != line.text.npos ||
           line.text.find("KAPI_TYPE_") != line.text.npos;
  });
}

class SourceReader {
 public:
  SourceReader(std::string_view text, const TextNotes& notes, const Constants& constants,
               SpecTexts& out)
      : text_(text), notes_(notes), constants_(constants), out_(out) {}

  void read() {
    while (next_comment()) {
      read_comment();
    }
  }

 private:
  // Moves behind the next line that is "/**".
  bool next_comment() {
    while (true) {
      const size_t start = text_.find("/**", at_);
      if (start == text_.npos) {
        return false;
      }
      line_ +=
          static_cast<size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                         text_.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
      at_ = start + 3;
      const size_t end = std::min(text_.find_first_not_of(" \t\f\v", at_), text_.size());
      const bool is_first = start == 0 || text_[start - 1] == '\n';
      if (is_first && end < text_.size() && text_[end] == '\n') {
        at_ = end + 1;
        line_++;
        return true;
      }
    }
  }

  // The lines of the comment; moves behind it. Empty if it has no end.
  std::vector<DocLine> take_lines() {
    const size_t end = text_.find("*/", at_);
    if (end == text_.npos) {
      return {};
    }
    std::vector<DocLine> lines;
    while (at_ < end) {
      const size_t stop = std::min(text_.find('\n', at_), text_.size());
      lines.push_back({expand_tabs(text_.substr(at_, stop - at_)), line_});
      at_ = std::min(stop + 1, text_.size());
      line_ += stop < text_.size() ? 1 : 0;
    }
    return lines;
  }

  void read_comment() {
    const size_t start = line_;
    const std::vector<DocLine> lines = take_lines();
    if (lines.empty()) {
      const size_t rest = text_.size() - at_;
      if (text_.find("*/", at_) == text_.npos) {
        if (may_hold_specs(text_.substr(at_, rest))) {
          notes_.add(Level::warning, "comment-open", "", "a comment without an end is not read",
                     start - 1);
        }
        at_ = text_.size();
      }
      return;
    }
    const Keys keys = keys_in(lines);
    if (keys.empty()) {
      return;
    }
    const DocForm form = form_of(keys);
    const auto comment = parse_doc_comment(lines, form);
    if (!comment) {
      return;
    }
    const size_t found = indicators(*comment, form);
    if (found >= (form == DocForm::flat ? 1 : 2)) {
      read_spec(*comment, form, has_long_tokens(lines));
    } else if (has_any(keys, {"contexts", "context-flags", "side-effect", "state-trans"})) {
      notes_.add(Level::warning, "not-a-spec", comment->name,
                 "a spec needs two of contexts:, long-desc:, lock:, signal:, capability:, "
                 "constraint:, side-effect:, state-trans: and the like; this comment is skipped",
                 comment->line);
    }
  }

  void read_spec(const DocComment& comment, DocForm form, bool long_tokens) {
    const auto prototype = parse_prototype(text_.substr(at_));
    if (!prototype) {
      notes_.add(Level::warning, "function-missing", comment.name,
                 "no function follows the spec, which is skipped", comment.line);
      return;
    }
    if (prototype->name != comment.name) {
      notes_.add(Level::warning, "function-mismatch", comment.name,
                 fmt::format("the spec is of \"{}\" and the function behind it is \"{}\"; it is "
                             "skipped, as the generator does",
                             excerpt(comment.name), excerpt(prototype->name)),
                 comment.line);
      return;
    }
    Api api;
    api.name = comment.name;
    api.kind = api.name.starts_with("sys_") ? "syscall" : "function";
    const SpecValues values(api, notes_, constants_);
    for (const DocLoss& loss : comment.losses) {
      values.warn(loss.code, loss.message, loss.line);
    }
    if (form == DocForm::flat) {
      read_flat_spec(comment, *prototype, values);
    } else {
      read_block_spec(comment, *prototype, values);
    }
    out_.forms.insert(form == DocForm::flat ? "kernel-doc flat"
                      : long_tokens         ? "kernel-doc blocks, KAPI_ tokens"
                                            : "kernel-doc blocks");
    Origin origin;
    origin.subject = api.name;
    origin.section = text_place(notes_.file(), comment.line);
    out_.origins.push_back(std::move(origin));
    out_.apis.push_back(std::move(api));
  }

  std::string_view text_;
  const TextNotes& notes_;
  const Constants& constants_;
  SpecTexts& out_;
  size_t at_ = 0;
  size_t line_ = 1;
};

}  // namespace

void read_source_text(std::string_view text, const std::string& file, const Constants& constants,
                      SpecTexts& out) {
  const TextNotes notes(file, out.diagnostics);
  SourceText source;
  read_lines_as_python(text, source);
  const size_t before = out.apis.size();
  SourceReader(source.text, notes, constants, out).read();
  if (has_macro_words(source.text)) {
    read_macro_specs(source.text, notes, constants, out);
  }
  if (source.bad_line != 0 && out.apis.size() != before) {
    notes.add(Level::note, "not-utf8", "",
              "the file is not UTF-8; its other bytes are shown as \\xNN", source.bad_line);
  }
}

}  // namespace kapi

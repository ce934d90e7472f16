// SPDX-License-Identifier: GPL-2.0-only
// The order of a page. Every member of the model has its place: a test fills each one and looks for
// it in each format.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/layout.h"
#include "report/page/accepts.h"
#include "report/page/page.h"
#include "report/page/words.h"
#include "report/text.h"

namespace kapi::page {
namespace {

std::string topic_of(const std::string& kind) {
  return kind == "syscall"    ? "system call"
         : kind == "function" ? "kernel function"
         : kind == "sysfs"    ? "sysfs attribute"
         : kind.empty()       ? "API"
                              : words(kind);
}

std::vector<Fact> facts_of(const Api& api) {
  const bool deprecated = api.deprecated.value_or(false);
  const std::string instead = api.replacement.empty() ? "" : "use " + api.replacement;
  const std::string number = api.cmd ? hex(api.cmd->value) : "";
  Facts facts;
  facts.add("Deprecated", deprecated && !instead.empty() ? instead : deprecated ? "yes" : "");
  facts.add("Replaced by", deprecated ? "" : api.replacement);
  facts.add("Since", api.since_version);
  facts.add("Command", api.cmd_name.empty() || number.empty()
                           ? api.cmd_name + number
                           : fmt::format("{} ({})", api.cmd_name, number));
  facts.add_bytes("Input", api.input_size).add_bytes("Output", api.output_size);
  facts.add("File operations", api.file_ops_name);
  facts.add("Subsystem", api.subsystem).add("Device type", api.device_type);
  return facts.add("Version of the spec", fmt::format("{}", api.version)).take();
}

std::string contexts_text(const Api& api) {
  std::vector<std::string> parts;
  for (const std::string& context : api.contexts) {
    parts.push_back(context == "sleepable"                        ? "may sleep"
                    : context == "process" || context == "atomic" ? context + " context"
                    : context == "irq_disabled"                   ? "interrupts disabled"
                    : context == "preempt_disabled"               ? "preemption disabled"
                                                                  : words(context));
  }
  return joined(parts);
}

class Builder {
 public:
  explicit Builder(const Api& api) : api_(api) {}

  void add(Section section) { sections_.push_back(std::move(section)); }
  void prose(std::string title, const std::string& text) {
    add({.title = std::move(title), .prose = prose_of({text})});
  }
  template <class Element, class ToItem>
  void list(std::string title, const std::vector<Element>& elements, ToItem to_item) {
    Section section{.title = std::move(title)};
    for (const Element& element : elements) {
      section.items.push_back(to_item(element));
    }
    add(std::move(section));
  }
  void list_members() {
    prose("Description", api_.long_description);
    list(api_.kind == "sysfs" ? "Attributes" : "Parameters", api_.params,
         [&](const Param& param) { return param_item(api_, param); });
    structs();
    add(api_.return_ ? return_section(api_) : Section{.title = "Return value"});
    list("Errors", api_.errors, error_item);
    list("Capabilities", api_.capabilities, capability_item);
    list("Signals", api_.signals, [&](const Signal& signal) { return signal_item(api_, signal); });
    list("Signal masks", api_.signal_masks, signal_mask_item);
    list("Constraints", api_.constraints, constraint_item);
    prose("Context", contexts_text(api_));
    list("Locking", api_.locks, lock_item);
    list("State transitions", api_.state_transitions, state_transition_item);
    list("Side effects", api_.side_effects, side_effect_item);
    if (api_.network) {
      for (Section& section : network_sections(api_)) {
        add(std::move(section));
      }
    }
    unresolved();
  }
  void list_rest() {
    prose("Notes", api_.notes);
    add({.title = "Examples", .code = one_line(api_.examples).empty() ? "" : api_.examples});
  }
  std::vector<Section> take() { return std::move(sections_); }

 private:
  void structs() {
    add({.title = "Structures"});
    for (const Struct& record : api_.structs) {
      Section section = struct_section(api_, record);
      if (section.empty()) {
        section.prose = {"The spec says no more of it."};
      }
      add(std::move(section));
    }
  }
  void unresolved() {
    Section section{.title = "Values not known",
                    .prose = {"The source text gives these values by names whose numbers were not "
                              "at hand."}};
    for (const Unresolved& value : api_.unresolved) {
      section.facts.push_back({value.path, value.expression});
    }
    if (!section.facts.empty()) {
      add(std::move(section));
    }
  }

  const Api& api_;
  std::vector<Section> sections_;
};

// "params.constraint_text" as "constraint text of params".
std::string omission_text(std::string_view path) {
  std::string text;
  while (!path.empty()) {
    const size_t dot = path.rfind('.');
    const std::string_view last = dot == path.npos ? path : path.substr(dot + 1);
    text += (text.empty() ? "" : " of ") + words(last);
    path = path.substr(0, dot == path.npos ? 0 : dot);
  }
  return text;
}

Section omissions(const Source& source) {
  std::vector<std::string> texts;
  for (const std::string& path : source.omits) {
    texts.push_back(omission_text(path));
  }
  if (texts.empty()) {
    return {.title = "Not covered"};
  }
  const std::string kind = source.kind.empty() ? "this kind" : "the kind " + source.kind;
  return {.title = "Not covered",
          .prose = {"Inputs of " + kind +
                        " cannot say the following, which may hold in the kernel all the same.",
                    joined(texts) + "."}};
}

Section no_spec(const Corpus& corpus, const Match& match) {
  const Coverage* specs = find_coverage(corpus, "specs");
  std::string why;
  if (specs != nullptr && specs->state != "complete") {
    why = " (" + (specs->detail.empty() ? words(specs->state) : specs->detail) + ")";
  }
  const bool unknown =
      std::any_of(match.syscalls.begin(), match.syscalls.end(),
                  [](const Syscall* syscall) { return !syscall->has_signature(); });
  return {.title = "Description",
          .prose = prose_of({"There is no API spec of this call" + why +
                                 "; this is what the image itself exposes.",
                             unknown ? "The image does not tell its parameters." : ""})};
}

Section table_section(const Match& match) {
  Section section{.title = "System call table"};
  if (match.syscalls.empty()) {
    return section;
  }
  section.table = Table{{"ABI", "Number", "Entry"}, {}};
  for (const Syscall* syscall : match.syscalls) {
    section.table->rows.push_back(
        {syscall->abi, fmt::format("{}", syscall->number), syscall->entry});
  }
  if (match.api != nullptr) {
    for (const Prototype& prototype : synopsis_of(nullptr, match.syscalls)) {
      section.code += plain_text(prototype) + "\n";
    }
  }
  return section;
}

std::string read_from(const Source& source) {
  constexpr size_t kShort = 12;  // digits of a build id that tell two builds apart
  return joined(
      {one_line(source.file), one_line(source.release), one_line(source.architecture),
       source.build_id.empty() ? "" : "build id " + one_line(source.build_id.substr(0, kShort))});
}

std::string place_of(const Corpus& corpus, const std::string& subject) {
  for (const Origin& origin : corpus.source.origins) {
    if (origin.subject == subject) {
      const std::string where = joined(
          {one_line(origin.section), origin.offset ? "at " + hex(origin.offset->value) : ""}, " ");
      return joined({where, origin.symbol.empty() ? "" : "symbol " + one_line(origin.symbol),
                     origin.address ? "address " + hex(origin.address->value) : ""});
    }
  }
  return {};
}

// A heading stays where something is nested below it.
void drop_empty(std::vector<Section>& sections) {
  std::vector<Section> kept;
  for (auto section = sections.rbegin(); section != sections.rend(); ++section) {
    const bool heads = !section->nested && !kept.empty() && kept.back().nested;
    if (!section->empty() || heads) {
      kept.push_back(std::move(*section));
    }
  }
  sections.assign(std::make_move_iterator(kept.rbegin()), std::make_move_iterator(kept.rend()));
}

}  // namespace

Page page_of(const Corpus& corpus, const Match& match) {
  Page page;
  page.name = match.name;
  if (match.of_table()) {
    add_table_entries(match, page);
    page.read_from = read_from(corpus.source);
    return page;
  }
  page.kind = match.api != nullptr ? match.api->kind : "syscall";
  page.call = call_name(match.name, page.kind);
  page.topic = topic_of(page.kind);
  page.synopsis = synopsis_of(match.api, match.syscalls);
  if (match.api == nullptr) {
    page.sections = {no_spec(corpus, match), table_section(match), accepts_section(match.syscalls)};
  } else {
    page.summary = match.api->description;
    page.facts = facts_of(*match.api);
    Builder builder(*match.api);
    builder.list_members();
    builder.add(table_section(match));
    builder.add(accepts_section(match.syscalls));
    builder.add(omissions(corpus.source));
    builder.list_rest();
    page.sections = builder.take();
  }
  drop_empty(page.sections);
  page.read_from = read_from(corpus.source);
  page.place = place_of(corpus, match.name);
  return page;
}

const Section* find_section(const Page& page, std::string_view title) {
  for (const Section& section : page.sections) {
    if (section.title == title) {
      return &section;
    }
  }
  return nullptr;
}

}  // namespace kapi::page

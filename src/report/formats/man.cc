// SPDX-License-Identifier: GPL-2.0-only
// A manual page, in the conventions of man-pages(7).
#include <algorithm>
#include <cctype>
#include <iterator>

#include "report/format.h"
#include "report/formats/man/roff.h"
#include "report/layout.h"
#include "report/page/page.h"

namespace kapi {
namespace {

using man::argument;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string_view section_of(const page::Page& page) {
  return page.kind == "syscall" || page.kind == "ioctl" ? "2" : page.kind == "sysfs" ? "5" : "9";
}
std::string title_of(const page::Page& page) {
  return (page.kind == "ioctl" && !page.call.starts_with("ioctl") ? "ioctl_" : "") + page.call;
}

// As man-pages(7) wants it: no capital, no full stop.
std::string phrase(const std::string& summary) {
  std::string text = one_line(summary);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  const auto at = [&](size_t i) {
    return static_cast<unsigned char>(i < text.size() ? text[i] : 0);
  };
  if (std::isupper(at(0)) != 0 && std::islower(at(1)) != 0) {
    text[0] = static_cast<char>(std::tolower(at(0)));
  }
  return text;
}

constexpr std::string_view kParagraph = ".PP\n";
constexpr std::string_view kInEntry = ".IP\n";

std::string prose(const std::vector<std::string>& texts, std::string_view separator) {
  std::string out;
  for (const std::string& text : texts) {
    for (const Paragraph& paragraph : paragraphs(text)) {
      out += out.empty() ? "" : separator;
      for (size_t i = 0; i < paragraph.lines.size(); i++) {
        out += i == 0 ? "" : ".br\n";
        out += man::running_text(paragraph.lines[i]);
      }
    }
  }
  return out;
}

// One below the other.
std::string facts(const std::vector<page::Fact>& list) {
  std::string out;
  for (const page::Fact& fact : list) {
    out += (out.empty() ? "" : ".br\n") + man::running_text(fact.label + ": " + fact.value);
  }
  return out;
}

// What is typed as it stands in bold, what is to be replaced in italics.
std::string tag(const page::Item& item) {
  const std::string term = man::without_user(one_line(item.term));
  const std::string name = one_line(item.name);
  const size_t at = name.empty() ? term.npos : term.rfind(name);
  const auto font = [](char letter, std::string_view text) {
    return text.empty() ? std::string()
                        : std::string("\\f") + letter + man::inline_text(text) + "\\fP";
  };
  if (term.empty()) {
    return "(unnamed)";
  }
  return at == term.npos ? font('B', term)
                         : font('B', std::string_view(term).substr(0, at)) + font('I', name) +
                               font('B', std::string_view(term).substr(at + name.size()));
}

std::string items(const std::vector<page::Item>& list) {
  std::string out;
  for (const page::Item& item : list) {
    const std::string body = joined({prose(item.prose, kInEntry), facts(item.facts)}, ".br\n");
    const std::string gloss = one_line(item.gloss);
    out += ".TP\n" + tag(item);
    if (body.empty()) {
      out += "\n" + man::running_text(gloss.empty() ? "Not described." : gloss);
    } else {
      out += (gloss.empty() ? "" : " (" + man::inline_text(gloss) + ")") + "\n" + body;
    }
  }
  return out;
}

std::string table_text(const page::Table& table) {
  std::string out = ".TS\nlb rb lb\nl r l.\n";
  std::vector<std::vector<std::string>> rows = table.rows;
  rows.insert(rows.begin(), table.heads);
  for (const std::vector<std::string>& row : rows) {
    for (size_t column = 0; column < row.size(); column++) {
      // "_" alone, and a line that begins with a dot, mean something else to tbl(1).
      out += (column == 0 ? "\\&" : "\t\\&") + man::inline_text(one_line(row[column]));
    }
    out += "\n";
  }
  return out + ".TE\n";
}

std::string body(const page::Section& section) {
  const std::string code =
      section.code.empty() ? "" : ".in +4n\n" + man::example(section.code) + ".in\n";
  const std::string parts =
      joined({prose(section.prose, kParagraph), code,
              section.table ? table_text(*section.table) : "", facts(section.facts)},
             kParagraph);
  return parts + items(section.items);
}

std::string heading(const page::Section& section) {
  return section.nested ? ".SS " + argument(section.title) + "\n"
                        : ".SH " + argument(upper(section.title)) + "\n";
}

std::string synopsis(const page::Page& page) {
  std::string out;
  for (const page::Prototype& prototype : page.synopsis) {
    out += man::prototype(prototype);
  }
  return out.empty() ? out : ".SH SYNOPSIS\n.nf\n" + out + ".fi\n";
}

std::string see_also(const page::Page& page) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view section) {
    out += (out.empty() ? ".SH SEE ALSO\n.BR " : " ,\n.BR ") + std::string(name) + " (" +
           std::string(section) + ")";
  };
  if (page.kind == "ioctl" || page.kind == "syscall") {
    add(page.kind == "ioctl" ? "ioctl" : "syscalls", "2");
  }
  if (page.kind == "sysfs") {
    add("sysfs", "5");
  }
  if (page::find_section(page, "Capabilities") != nullptr) {
    add("capabilities", "7");
  }
  if (page::find_section(page, "Signals") != nullptr) {
    add("signal", "7");
  }
  return out.empty() ? out : out + "\n";
}

// What belongs below VERSIONS; the rest identifies the call and belongs to its description.
bool of_versions(const page::Fact& fact) {
  return fact.label == "Since" || fact.label == "Version of the spec";
}

std::string description(const page::Page& page) {
  const page::Section* section = page::find_section(page, "Description");
  std::vector<page::Fact> identity;
  std::copy_if(page.facts.begin(), page.facts.end(), std::back_inserter(identity),
               [](const page::Fact& fact) { return !of_versions(fact); });
  const std::string words =
      prose(section != nullptr ? section->prose : std::vector{page.summary}, kParagraph);
  const std::string text = joined({words, facts(identity)}, kParagraph);
  return text.empty() ? text : ".SH DESCRIPTION\n" + text;
}

std::string subject_man(const Corpus& corpus, const Match& match, const FormatOptions&) {
  const page::Page page = page::page_of(corpus, match);
  const Source& source = corpus.source;
  const std::string built = man::build_date(source.banner);
  std::string out = "'\\\" t\n.\\\" SPDX-License-Identifier: GPL-2.0\n";
  out += ".TH " + argument(upper(title_of(page))) + " " + std::string(section_of(page)) + " " +
         (built.empty() ? argument(source.release) : built) + " " +
         argument(source.release.empty() ? "Linux" : "Linux " + source.release) +
         " \"Linux API\"\n";
  const std::string name = phrase(page.summary);
  out += ".SH NAME\n" + man::line_start(title_of(page)) + " \\- " +
         man::inline_text(name.empty() ? one_line(page.topic) : name) + "\n";
  out += synopsis(page) + description(page);

  std::vector<page::Fact> versions;
  std::copy_if(page.facts.begin(), page.facts.end(), std::back_inserter(versions), of_versions);
  std::string last;  // NOTES and EXAMPLES
  for (const page::Section& section : page.sections) {
    const bool late = section.title == "Notes" || section.title == "Examples";
    if (section.title != "Description") {
      (late ? last : out) += heading(section) + body(section);
    }
  }
  out += versions.empty() ? "" : ".SH VERSIONS\n" + facts(versions);
  return out + last + see_also(page) + ".SH COLOPHON\n" +
         man::running_text("Written from what " + page.read_from + " says of the " + page.topic +
                           " " + page.name + ".");
}

}  // namespace

extern const Format format_man;
const Format format_man = {.name = "man", .subject = subject_man};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// A page for the kernel's Documentation tree, which docutils and Sphinx read without a warning.
#include <algorithm>
#include <cctype>
#include <set>

#include "report/format.h"
#include "report/formats/rst/escape.h"
#include "report/layout.h"
#include "report/page/page.h"

namespace kapi {
namespace {

using rst::block_text;
using rst::inline_text;
using rst::literal;

constexpr size_t kWidth = 80;
constexpr size_t kBody = 4;

std::string spaces(size_t count) { return std::string(count, ' '); }
std::string or_unnamed(const std::string& text) { return text.empty() ? "\\(unnamed)" : text; }

// A block of running text. A line of one character repeated would make the line above a heading.
std::string block(const std::string& first, std::string_view text, size_t indent) {
  std::string out;
  const std::string lines = filled(first, block_text(text), indent, kWidth);
  for (size_t at = 0, end = 0; at < lines.size(); at = end + 1) {
    end = lines.find('\n', at);
    const size_t start = std::min(lines.find_first_not_of(' ', at), end);
    std::string line = lines.substr(at, end - at);
    if (at > 0 && start < end && lines.find_first_not_of(lines[start], start) >= end) {
      line.insert(start - at, lines[start] == '\\' ? "\\ " : "\\");
    }
    out += line + "\n";
  }
  return out;
}

// As a list of fields: `:Accepts: only the bits 0x7`.
std::string fields(const std::vector<page::Fact>& facts, size_t indent) {
  std::string out;
  for (const page::Fact& fact : facts) {
    out += block(spaces(indent) + ":" + or_unnamed(block_text(fact.label)) + ": ", fact.value,
                 indent + kBody);
  }
  return out.empty() ? out : out + "\n";
}

std::string prose(const std::vector<std::string>& texts, size_t indent) {
  std::string out;
  for (const std::string& text : texts) {
    for (const Paragraph& paragraph : paragraphs(text)) {
      for (const std::string& line : paragraph.lines) {
        const size_t own = line.find_first_not_of(' ');
        out += paragraph.keep_lines ? spaces(indent) + "| " + spaces(own) + inline_text(line) + "\n"
                                    : block(spaces(indent), line, indent);
      }
      out += "\n";
    }
  }
  return out;
}

std::string literal_block(const std::string& text, size_t indent) {
  return spaces(indent) + "::\n\n" + verbatim(text, indent + kBody) + "\n";
}

std::string items(const std::vector<page::Item>& items) {
  std::string out;
  for (const page::Item& item : items) {
    const std::string gloss = inline_text(item.gloss);
    const std::string body = prose(item.prose, kBody) + fields(item.facts, kBody);
    out += or_unnamed(item.code ? literal(item.term) : block_text(item.term));
    if (body.empty()) {  // a term must have a definition
      out += "\n" + prose({gloss.empty() ? "Not described." : item.gloss}, kBody);
    } else {
      out += gloss.empty() ? "" : " : " + gloss;
      out += "\n" + body;
    }
  }
  return out;
}

std::string table_text(const page::Table& table) {
  std::string out = ".. list-table::\n    :header-rows: 1\n\n";
  std::vector<std::vector<std::string>> rows = table.rows;
  rows.insert(rows.begin(), table.heads);
  for (const std::vector<std::string>& row : rows) {
    for (size_t column = 0; column < row.size(); column++) {
      out += (column == 0 ? "    * - " : "      - ") + block_text(row[column]) + "\n";
    }
  }
  return out + "\n";
}

// Headings, of which docutils wants each only once on a page.
class Headings {
 public:
  std::string title(const std::string& name) {
    const std::string text = unique(name);
    const std::string rule(text.size(), '=');
    return rule + "\n" + text + "\n" + rule + "\n\n";
  }
  std::string section(const std::string& name, char mark) {
    const std::string text = unique(name);
    return text + "\n" + std::string(text.size(), mark) + "\n\n";
  }

 private:
  std::string unique(const std::string& name) {
    std::string text = or_unnamed(block_text(name));
    std::string key;
    const auto fold = [&] {
      key = text;
      std::transform(key.begin(), key.end(), key.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    };
    for (fold(); !seen_.insert(key).second; fold()) {
      text += " (again)";
    }
    return text.size() < 4 ? text + std::string(4 - text.size(), ' ') : text;
  }

  std::set<std::string> seen_;
};

std::string subject_rst(const Corpus& corpus, const Match& match, const FormatOptions&) {
  const page::Page page = page::page_of(corpus, match);
  Headings headings;
  std::string out = ".. SPDX-License-Identifier: GPL-2.0\n\n";
  out += headings.title(page.name) + prose({page.summary}, 0);
  std::vector<page::Fact> facts = {{"Kind", page.topic}};
  facts.insert(facts.end(), page.facts.begin(), page.facts.end());
  facts.push_back({"Read from", page.read_from});
  out += fields(facts, 0);

  std::string code;
  for (const page::Prototype& prototype : page.synopsis) {
    code += plain_text(prototype) + "\n";
  }
  out += code.empty() ? code : headings.section("Synopsis", '=') + literal_block(code, 0);
  for (const page::Section& section : page.sections) {
    out += headings.section(section.title, section.nested ? '-' : '=') + prose(section.prose, 0);
    out += section.code.empty() ? "" : literal_block(section.code, 0);
    out += section.table ? table_text(*section.table) : "";
    out += fields(section.facts, 0) + items(section.items);
  }
  out.erase(out.find_last_not_of('\n') + 1);
  return out + "\n";
}

}  // namespace

extern const Format format_rst;
const Format format_rst = {.name = "rst", .subject = subject_rst};

}  // namespace kapi

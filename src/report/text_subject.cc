// SPDX-License-Identifier: GPL-2.0-only
// A page in a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "report/layout.h"
#include "report/page/page.h"
#include "report/text.h"

namespace kapi {
namespace {

constexpr size_t kIndent = 2;
constexpr size_t kBody = 6;         // of an entry that stands below its term
constexpr size_t kWidestTerm = 22;  // beside which an entry still stands

std::string spaces(size_t count) { return std::string(count, ' '); }

class TextPage {
 public:
  explicit TextPage(const FormatOptions& options)
      : colour_(options.colour), columns_(options.columns) {}

  std::string print(const page::Page& page) {
    out_ = painted(one_line(page.name), Style::bold, colour_);
    out_ += page.topic.empty() ? "\n" : " (" + one_line(page.topic) + ")\n";
    prose({page.summary}, kIndent);
    synopsis(page);
    if (!page.facts.empty()) {
      out_ += "\n";
      facts(page.facts, kIndent);
    }
    for (const page::Section& section : page.sections) {
      print(section);
    }
    out_ += "\n" + painted("Read from", Style::bold, colour_) + "\n" + spaces(kIndent) +
            page.read_from + "\n";
    return out_ + (page.place.empty() ? "" : spaces(kIndent) + page.place + "\n");
  }

 private:
  void print(const page::Section& section) {
    out_ += "\n" + (section.nested ? spaces(kIndent) : "") +
            painted(one_line(section.title), Style::bold, colour_) + "\n";
    const size_t indent = section.nested ? 2 * kIndent : kIndent;
    prose(section.prose, indent);
    if (!section.code.empty()) {
      out_ += verbatim(section.code, indent);
    }
    if (section.table) {
      print(*section.table, indent);
    }
    facts(section.facts, indent);
    items(section.items, indent);
  }

  void synopsis(const page::Page& page) {
    for (size_t i = 0; i < page.synopsis.size(); i++) {
      const page::Prototype& prototype = page.synopsis[i];
      const std::string line = spaces(kIndent) + plain_text(prototype);
      out_ += i == 0 ? "\n" : "";
      if (width(line) <= columns_) {
        out_ += line + "\n";
        continue;
      }
      // One parameter a line, below the first.
      const std::string head = line.substr(0, line.find('(') + 1);
      const size_t margin = width(head) < columns_ / 2 ? width(head) : 2 * kIndent + 4;
      out_ += head + (margin == width(head) ? "" : "\n" + spaces(margin));
      for (size_t j = 0; j < prototype.params.size(); j++) {
        out_ += (j == 0 ? "" : ",\n" + spaces(margin)) + prototype.params[j].text;
      }
      out_ += ");\n";
    }
  }

  void prose(const std::vector<std::string>& texts, size_t indent) {
    for (const std::string& text : texts) {
      bool first = true;
      for (const Paragraph& paragraph : paragraphs(text)) {
        out_ += first ? "" : "\n";
        first = false;
        for (const std::string& line : paragraph.lines) {
          const size_t own = indent + line.find_first_not_of(' ');
          out_ += filled(spaces(own), line, own, columns_);
        }
      }
    }
  }

  void facts(const std::vector<page::Fact>& facts, size_t indent) {
    for (const page::Fact& fact : facts) {
      out_ += filled(spaces(indent), fact.label + ": " + fact.value, indent + kIndent, columns_);
    }
  }

  void print(const page::Table& table, size_t indent) {
    std::vector<size_t> widths;
    for (size_t column = 0; column < table.heads.size(); column++) {
      std::vector<size_t> lengths = {width(table.heads[column])};
      for (const std::vector<std::string>& row : table.rows) {
        lengths.push_back(width(one_line(row[column])));
      }
      widths.push_back(column_width(lengths));
    }
    std::vector<std::vector<std::string>> rows = table.rows;
    rows.insert(rows.begin(), table.heads);
    for (const std::vector<std::string>& row : rows) {
      std::string line = spaces(indent);
      for (size_t column = 0; column < row.size(); column++) {
        const std::string cell = one_line(row[column]);
        const std::string padding(widths[column] - std::min(widths[column], width(cell)), ' ');
        const bool number = !cell.empty() && cell.find_first_not_of("0123456789") == cell.npos;
        line += (column == 0 ? "" : "  ") + (number ? padding + cell : cell + padding);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out_ += line + "\n";
    }
  }

  static std::string name_of(const page::Item& item) {
    const std::string term = one_line(item.term);
    return term.empty() ? "(unnamed)" : term;
  }
  static std::string term_of(const page::Item& item) {
    const std::string gloss = one_line(item.gloss);
    return joined({name_of(item), gloss.empty() ? "" : "(" + gloss + ")"}, " ");
  }

  // Beside their terms where all of these are short, else below them.
  void items(const std::vector<page::Item>& items, size_t indent) {
    size_t longest = 0;
    for (const page::Item& item : items) {
      longest = std::max(longest, width(term_of(item)));
    }
    const bool beside = longest <= kWidestTerm;
    const size_t body = indent + (beside ? longest + 2 : kBody - kIndent);
    for (const page::Item& item : items) {
      const size_t start = out_.size();
      prose(item.prose, body);
      facts(item.facts, body);
      const std::string term = term_of(item);
      const std::string said = out_.substr(start);
      out_.resize(start);
      std::string lines = filled(spaces(indent), term, indent + 2 * kIndent, columns_);
      lines.pop_back();
      // The term may have been broken, and is then not painted.
      const std::string bold = name_of(item);
      if (lines.compare(indent, bold.size(), bold) == 0) {
        lines.replace(indent, bold.size(), painted(bold, Style::bold, colour_));
      }
      out_ += lines;
      out_ += said.empty() || !beside ? "\n" + said : said.substr(indent + width(term));
    }
  }

  bool colour_;
  size_t columns_;
  std::string out_;
};

}  // namespace

std::string subject_text(const Corpus& corpus, const Match& match, const FormatOptions& options) {
  return TextPage(options).print(page::page_of(corpus, match));
}

}  // namespace kapi

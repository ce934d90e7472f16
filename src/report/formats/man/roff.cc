// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/man/roff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/layout.h"

namespace kapi::man {
namespace {

constexpr size_t kLine = 72;  // of the source, so that escapes have room

// The character that begins at `at`, which is moved behind it. The text is valid UTF-8.
uint32_t next_character(std::string_view text, size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  uint32_t character = lead < 0x80   ? lead
                       : lead < 0xe0 ? lead & 0x1f
                       : lead < 0xf0 ? lead & 0xf
                                     : lead & 7;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) {
    character = character << 6 | (static_cast<unsigned char>(text[at++]) & 0x3f);
  }
  return character;
}

std::string escaped(uint32_t character) {
  switch (character) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";  // what a program reads, not a hyphen
    case '\'':
      return "\\(aq";
    case '"':
      return "\\(dq";
    case '`':
      return "\\(ga";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return character < 0x80 ? std::string(1, static_cast<char>(character))
                              : fmt::format("\\[u{:04X}]", character);
  }
}

std::string quoted(const std::string& text) { return "\"" + inline_text(text) + "\""; }

bool ends_sentence(std::string_view text) {
  return text.ends_with('.') || text.ends_with('?') || text.ends_with('!');
}

}  // namespace

std::string without_user(std::string text) {
  constexpr std::string_view kMark = "__user ";
  const size_t at = text.find(kMark);
  return at == text.npos ? text : text.erase(at, kMark.size());
}

std::string inline_text(std::string_view text) {
  const std::string line = printable(text, true);
  std::string out;
  for (size_t at = 0; at < line.size();) {
    out += escaped(next_character(line, at));
  }
  return out;
}

std::string running_text(std::string_view text) {
  const std::string line = one_line(text);
  const size_t indentation = std::min(text.find_first_not_of(' '), text.size());
  std::string out;
  for (size_t i = 0; i < indentation; i++) {
    out += "\\ ";
  }
  std::string current;
  const auto flush = [&] {
    const std::string escaped = inline_text(current);
    out += (escaped.starts_with('.') && (out.empty() || out.ends_with('\n')) ? "\\&" : "") +
           escaped + "\n";
    current.clear();
  };
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = std::string_view(line).substr(at, end - at);
    if (!current.empty() && (ends_sentence(current) || current.size() + word.size() >= kLine)) {
      flush();
    }
    current += (current.empty() ? "" : " ") + std::string(word);
    at = end + 1;
  }
  flush();
  return out;
}

std::string line_start(std::string_view text) {
  const std::string line = inline_text(one_line(text));
  return (line.starts_with('.') ? "\\&" : "") + line;
}

std::string argument(std::string_view text) { return quoted(one_line(text)); }

std::string example(std::string_view text) {
  std::string out = ".EX\n";
  std::string lines = verbatim(text, 0);
  for (size_t at = 0, end = 0; at < lines.size(); at = end + 1) {
    end = lines.find('\n', at);
    const std::string line = inline_text(std::string_view(lines).substr(at, end - at));
    out += (line.starts_with('.') ? "\\&" : "") + line + "\n";
  }
  return out + ".EE\n";
}

std::string prototype(const page::Prototype& prototype) {
  const bool pointer = prototype.result.ends_with('*');
  const std::string head =
      prototype.result + (prototype.result.empty() || pointer ? "" : " ") + prototype.name + "(";
  if (prototype.params.empty()) {
    return ".B " + argument(plain_text(prototype)) + "\n";
  }
  const size_t margin = std::min<size_t>(width(head), 40);
  std::string out;
  std::string arguments;  // of the macro, bold and italic in turn
  std::string bold = head;
  size_t column = width(head);
  for (size_t i = 0; i < prototype.params.size(); i++) {
    const page::Declaration& declaration = prototype.params[i];
    const std::string text = without_user(declaration.text);
    const size_t name = declaration.name.empty() ? text.npos : text.rfind(declaration.name);
    if (i > 0 && column + 2 + width(text) > kLine) {
      out += ".BI" + arguments + " " + quoted(bold + ",") + "\n";
      arguments.clear();
      bold = std::string(margin, ' ');
      column = margin;
    } else if (i > 0) {
      bold += ", ";
    }
    column += 2 + width(text);
    bold += text.substr(0, name);
    if (name != text.npos) {
      arguments += " " + quoted(bold) + " " + argument(declaration.name);
      bold = text.substr(name + declaration.name.size());
    }
  }
  return out + ".BI" + arguments + " " + quoted(bold + ");") + "\n";
}

namespace {

bool digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// "(2026-08-14)", as distributions write it.
bool is_iso(std::string_view word) {
  return word.size() == 10 && word[4] == '-' && word[7] == '-' && digits(word.substr(0, 4)) &&
         digits(word.substr(5, 2)) && digits(word.substr(8));
}

}  // namespace

std::string build_date(std::string_view banner) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::string line = one_line(banner);
  std::vector<std::string_view> words;
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(line.find(' ', at), line.size());
    words.push_back(std::string_view(line).substr(at, end - at));
    at = end + 1;
  }
  for (size_t i = words.size(); i-- > 0;) {
    const std::string_view word = words[i];
    if (word.size() == 12 && word[0] == '(' && word[11] == ')' && is_iso(word.substr(1, 10))) {
      return std::string(word.substr(1, 10));
    }
    // "Fri Aug 14 12:00:00 UTC 2026", as the kernel's build has it from date(1).
    if (i >= 4 && digits(word) && word.size() == 4 && digits(words[i - 3]) &&
        words[i - 3].size() <= 2 && words[i - 4].size() == 3) {
      const size_t month = kMonths.find(words[i - 4]);
      if (month != kMonths.npos && month % 3 == 0) {
        return fmt::format("{}-{:02}-{:0>2}", word, month / 3 + 1, words[i - 3]);
      }
    }
  }
  return {};
}

}  // namespace kapi::man

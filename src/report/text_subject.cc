// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

// Where the corpus says it was read.
std::string origin_text(const Corpus& corpus, const std::string& subject) {
  for (const Origin& origin : corpus.source.origins) {
    if (origin.subject == subject) {
      const std::string place = joined(
          {one_line(origin.section), origin.offset ? "at " + hex(origin.offset->value) : ""}, " ");
      const std::string symbol = origin.symbol.empty() ? "" : "symbol " + one_line(origin.symbol);
      const std::string address = origin.address ? "address " + hex(origin.address->value) : "";
      return joined({place, symbol, address});
    }
  }
  return {};
}

std::string syscall_text(const Syscall& syscall) {
  std::string out =
      fmt::format("  {} {}  {}\n", one_line(syscall.abi), syscall.number, prototype_text(syscall));
  return out + "    entry " + one_line(syscall.entry) + "\n";
}

std::string no_spec_text(const Corpus& corpus) {
  const Coverage* specs = find_coverage(corpus, "specs");
  std::string why;
  if (specs != nullptr && specs->state != "complete") {
    why = ": " + (specs->detail.empty() ? specs->state : specs->detail);
  }
  return fmt::format("  no API spec{}; this is what the image exposes\n", one_line(why));
}

}  // namespace

std::string subject_text(const Corpus& corpus, const Match& match, const FormatOptions& options) {
  std::string out;
  if (match.api != nullptr) {
    out = api_text(*match.api, options);
  } else {
    out = painted(one_line(match.name), Style::bold, options.colour) + "\n" + no_spec_text(corpus);
  }
  if (!match.syscalls.empty()) {
    out += "\n" + painted("syscall table", Style::bold, options.colour) + "\n";
  }
  for (const Syscall* syscall : match.syscalls) {
    out += syscall_text(*syscall);
  }
  out += "\n" + painted("from", Style::bold, options.colour) + "\n  " + source_text(corpus.source) +
         "\n";
  if (const std::string origin = origin_text(corpus, match.name); !origin.empty()) {
    out += "  " + origin + "\n";
  }
  return out;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/junit/xml.h"

#include "kapi/base.h"

namespace kapi::junit {

std::string xml_text(std::string_view text) {
  const std::string safe = printable(text, true);
  std::string out;
  out.reserve(safe.size());
  for (size_t at = 0; at < safe.size(); at++) {
    const std::string_view rest = std::string_view(safe).substr(at);
    if (rest.starts_with("\uFFFE") || rest.starts_with("\uFFFF")) {
      out += rest.starts_with("\uFFFE") ? "\\ufffe" : "\\uffff";
      at += 2;
      continue;
    }
    switch (safe[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':  // also the end of "]]>"
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += safe[at];
    }
  }
  return out;
}

}  // namespace kapi::junit

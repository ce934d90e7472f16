// SPDX-License-Identifier: GPL-2.0-only
// What a constraint accepts, as a person would say it.
#include <fmt/format.h>

#include <limits>
#include <set>
#include <utility>

#include "report/layout.h"
#include "report/page/words.h"

namespace kapi::page {
namespace {

// A constraint whose members are taken one by one; what a phrase did not use is said after it.
class Phrase {
 public:
  Phrase(const Constraint& constraint, const Api& api, const std::string& path)
      : rest_(constraint), api_(api), path_(path) {}

  std::string text() {
    std::string what = by_type();
    if (what.empty() && rest_.type != "none") {
      what = words(rest_.type);
    }
    return joined({what, leftovers()}, "; ");
  }

 private:
  // The number, or the expression that stands in its place.
  std::string value(std::string_view member, std::string number) {
    if (!number.empty()) {
      return number;
    }
    const std::string path = path_ + "/" + std::string(member);
    for (const Unresolved& unresolved : api_.unresolved) {
      if (unresolved.path == path && said_.insert(path).second) {
        return unresolved.expression;
      }
    }
    return {};
  }
  std::string mask() {
    const auto bits = std::exchange(rest_.mask, std::nullopt);
    return value("mask", bits ? hex(bits->value) : "");
  }
  std::string values() {
    std::vector<std::string> texts;
    for (const int64_t number : std::exchange(rest_.values, {})) {
      texts.push_back(page::number(number));
    }
    return value("values", joined(texts));
  }
  std::string count(std::string_view member, std::optional<uint64_t>& of) {
    const auto number = std::exchange(of, std::nullopt);
    return value(member, number ? fmt::format("{}", *number) : "");
  }
  std::string range() {
    const std::string min = rest_.min ? "" : value("min", "");
    const std::string max = rest_.max ? "" : value("max", "");
    std::string text;
    if (min.empty() && max.empty()) {
      text = range_text(rest_.min, rest_.max);
    } else {
      const std::string low = rest_.min ? page::number(*rest_.min) : min;
      const std::string high = rest_.max ? page::number(*rest_.max) : max;
      text = low.empty()    ? high + " or less"
             : high.empty() ? low + " or more"
                            : low + " to " + high;
    }
    rest_.min.reset();
    rest_.max.reset();
    return text;
  }

  std::string by_type() {
    const std::string& type = rest_.type;
    if (type == "range") {
      const std::string text = range();
      return text == "any" ? "any value" : text;
    }
    if (type == "mask") {
      const bool none = rest_.mask && rest_.mask->value == 0;
      const std::string bits = mask();
      return none           ? "no bit: 0x0 only"
             : bits.empty() ? "certain bits only"
                            : "only the bits " + bits;
    }
    if (type == "enum") {
      const std::string list = values();
      return list.empty() ? "any value, as none is listed" : "one of " + list;
    }
    if (type == "alignment") {
      const std::string size = count("alignment", rest_.alignment);
      return size.empty() ? "aligned values" : "multiples of " + size;
    }
    if (type == "user_string") {
      const std::string length = range();
      return "a string in user memory" +
             (length == "any" ? "" : ", of " + length + " bytes without the NUL");
    }
    if (type == "user_ptr") {
      const std::string size = count("size", rest_.size);
      return "a pointer to user memory" + (size.empty() ? "" : " of " + size + " bytes");
    }
    return type == "power_of_two"   ? "powers of two"
           : type == "page_aligned" ? "multiples of the page size"
           : type == "nonzero"      ? "any value but 0"
           : type == "user_path"    ? "a path in user memory"
           : type == "buffer"       ? "a buffer"
           : type == "custom"       ? "what a check of its own lets through"
                                    : "";
  }

  std::string leftovers() {
    std::vector<std::string> parts;
    if (rest_.min || rest_.max) {
      parts.push_back(range());
    }
    for (const auto& [label, text] : {std::pair{"bits ", mask()},
                                      {"one of ", values()},
                                      {"multiples of ", count("alignment", rest_.alignment)},
                                      {"bytes: ", count("size", rest_.size)}}) {
      parts.push_back(text.empty() ? "" : label + text);
    }
    return joined(parts, "; ");
  }

  Constraint rest_;
  const Api& api_;
  const std::string& path_;
  std::set<std::string> said_;
};

}  // namespace

std::string range_text(const std::optional<int64_t>& min, const std::optional<int64_t>& max) {
  using Limits = std::numeric_limits<int64_t>;
  const bool low = min && *min != Limits::min();
  const bool high = max && *max != Limits::max();
  return low && high ? number(*min) + " to " + number(*max)
         : low       ? number(*min) + " or more"
         : high      ? number(*max) + " or less"
                     : "any";
}

std::string accepted_text(const Constraint& constraint, const Api& api, const std::string& path) {
  return Phrase(constraint, api, path).text();
}

}  // namespace kapi::page

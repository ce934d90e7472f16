// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/param_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "kdoc/doc_text.h"

namespace kapi {
namespace {

constexpr std::pair<std::string_view, std::string_view> kMembers[] = {
    {"type", "type"},
    {"flags", "flags"},
    {"size", "size"},
    {"constraint-type", "constraint-type"},
    {"constraint", "constraint"},
    {"cdesc", "constraint"},
    {"range", "range"},
    {"mask", "mask"},
    {"valid-mask", "mask"},
    {"valid-values", "enum-values"},
    {"alignment", "alignment"},
    {"size-param", "size-param"},
    {"struct-type", ""},  // known, and not used
    {"arch-mask", "arch-mask"},
};

// Null if a key ends no value.
const std::string_view* member_of(std::string_view key) {
  const auto* at = std::find_if(std::begin(kMembers), std::end(kMembers),
                                [&](const auto& entry) { return entry.first == key; });
  return at == std::end(kMembers) ? nullptr : &at->second;
}

std::string_view key_of(std::string_view line) {
  const size_t colon = line.find(':');
  return colon == line.npos ? std::string_view() : trim(line.substr(0, colon));
}

// Calls of a constraint with the member that the argument sets.
constexpr std::pair<std::string_view, std::string_view> kCalls[] = {
    {"range", "range"},       {"mask", "mask"},
    {"enum", "enum-values"},  {"alignment", "alignment"},
    {"power_of_two", ""},     {"page_aligned", ""},
    {"nonzero", ""},          {"user_string", "size"},
    {"user_path", ""},        {"user_ptr", ""},
    {"buffer", "size-param"}, {"custom", "constraint"},
};

class ParamReader {
 public:
  explicit ParamReader(const SpecValues& values) : values_(values) {}

  std::map<std::string, ParamBlock, std::less<>> read(const std::vector<DocLine>& lines) {
    for (size_t i = 0; i < lines.size();) {
      if (lines[i].is_blank()) {
        i++;
      } else if (!lines[i].is_indented()) {
        head(lines[i++]);
      } else {
        field(lines, i);
      }
    }
    return std::move(blocks_);
  }

 private:
  void head(const DocLine& line) {
    const std::vector<std::string> parts = split(line.text, ',', 2);
    block_ = &blocks_[parts[0]];
    block_->line = line.number;
    if (parts.size() == 2) {
      block_->members["type"] = {parts[1], line.number};
    }
  }

  void field(const std::vector<DocLine>& lines, size_t& i) {
    const DocLine& line = lines[i++];
    const std::string_view text = trim(line.text);
    if (text.find(':') == text.npos) {
      // Behind a key it would have been part of its value.
      values_.warn("generator-hangs",
                   fmt::format("the generator does not end on a block of \"param:\" whose first "
                               "line has no colon; lost: {}",
                               excerpt(text)),
                   line.number);
      return;
    }
    const std::string key(key_of(text));
    std::string value(trim(text.substr(text.find(':') + 1)));
    for (; i < lines.size() && (lines[i].is_blank() || lines[i].is_indented()); i++) {
      const std::string_view more = trim(lines[i].text);
      const std::string_view next = key_of(more);
      if (!next.empty() && (member_of(next) != nullptr || next == "desc")) {
        break;
      }
      if (!next.empty()) {
        values_.warn("key-unknown",
                     fmt::format("\"{}:\" is no key of a parameter: the line becomes text of "
                                 "\"{}:\"",
                                 excerpt(next), key),
                     lines[i].number);
      }
      value += more.empty() ? "" : " ";
      value += more;
    }
    set(key, single_spaced(value), line.number);
  }

  void set(const std::string& key, const std::string& value, size_t line) {
    const std::string_view* member = member_of(key);
    if (member == nullptr) {
      values_.warn(
          "key-unknown",
          fmt::format("\"{}:\" is no key of a parameter; lost: {}", excerpt(key), excerpt(value)),
          line);
    } else if (*member == "type") {
      type(value, line);
    } else if (*member == "flags") {
      flags(value, line);
    } else if (*member == "constraint-type") {
      constraint(value, line);
    } else if (*member == "arch-mask") {
      block_->arch_masks.push_back({value, line});
    } else if (!member->empty()) {
      block_->members[std::string(*member)] = {value, line};
    }
  }

  // "user_ptr, in, optional"
  void type(const std::string& value, size_t line) {
    std::vector<std::string> parts = split(value, ',');
    parts.erase(std::remove(parts.begin(), parts.end(), ""), parts.end());
    if (parts.empty()) {
      return;
    }
    const std::string type = canonical(parts[0], kTypeFamily);
    block_->members["type"] = {type, line};
    std::vector<std::string> flags;
    for (size_t i = 1; i < parts.size(); i++) {
      flags.push_back(canonical(parts[i], kFlagFamily));
    }
    const bool is_user = type == "KAPI_TYPE_USER_PTR" || type == "KAPI_TYPE_PATH";
    if (is_user && std::find(flags.begin(), flags.end(), "KAPI_PARAM_USER") == flags.end()) {
      flags.emplace_back("KAPI_PARAM_USER");
    }
    if (!flags.empty()) {
      ParamValue& known = block_->members["flags"];
      known.text += known.text.empty() ? "" : " | ";
      known.text += fmt::format("{}", fmt::join(flags, " | "));
      known.line = line;
    }
  }

  void flags(const std::string& value, size_t line) {
    ParamValue& known = block_->members["flags"];
    const std::string flags = canonical_list(value, kFlagFamily);
    const std::vector<std::string> now = split(flags, '|');
    for (const std::string& flag : split(known.text, '|')) {
      if (!flag.empty() && std::find(now.begin(), now.end(), flag) == now.end()) {
        values_.warn("key-repeated",
                     fmt::format("\"flags:\" replaces what stood before; lost: {}", excerpt(flag)),
                     line);
      }
    }
    known = {flags, line};
  }

  // "nonzero", "range(0, 4096)"; what is no such call is taken for an enumerator.
  void constraint(const std::string& value, size_t line) {
    const size_t open = value.find('(');
    const size_t close = value.rfind(')');
    const bool is_call = open != value.npos && open > 0 && close != value.npos && close > open;
    const std::string name =
        is_call || open == value.npos ? lower(trim(value.substr(0, open))) : value;
    const std::string wanted = name == "align" ? "alignment" : name;
    const auto* call = std::find_if(std::begin(kCalls), std::end(kCalls),
                                    [&](const auto& entry) { return entry.first == wanted; });
    if (call == std::end(kCalls)) {
      block_->members["constraint-type"] = {value, line};
      return;
    }
    block_->members["constraint-type"] = {canonical(wanted, kConstraintFamily), line};
    if (!is_call) {
      return;
    }
    const std::string argument(trim(std::string_view(value).substr(open + 1, close - open - 1)));
    if (!call->second.empty()) {
      block_->members[std::string(call->second)] = {argument, line};
    } else if (!argument.empty()) {
      values_.warn("text-lost",
                   fmt::format("{} takes no argument; lost: {}", name, excerpt(argument)), line);
    }
    if (wanted == "user_string" && !argument.empty()) {
      values_.warn("text-lost",
                   fmt::format("the kernel checks a string by its range and not by its size; lost: "
                               "{}",
                               excerpt(value)),
                   line);
    }
  }

  const SpecValues& values_;
  std::map<std::string, ParamBlock, std::less<>> blocks_;
  ParamBlock* block_ = nullptr;
};

}  // namespace

const ParamValue* ParamBlock::find(std::string_view member) const {
  const auto at = members.find(member);
  return at == members.end() ? nullptr : &at->second;
}

std::map<std::string, ParamBlock, std::less<>> read_param_blocks(const DocSection* section,
                                                                 const SpecValues& values) {
  if (section == nullptr) {
    return {};
  }
  return ParamReader(values).read(trim_lines(section->lines));
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/names.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "names/numbers.h"

namespace kapi {
namespace {

constexpr int kMaxBits = 4;      // of a value that is told bit by bit
constexpr size_t kMaxAlike = 4;  // names for one value of one family; more say nothing
constexpr size_t kMaxNames =
    256;  // of one value, so that a hostile corpus costs no more than others

size_t common_length(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                             a.begin());
}

}  // namespace

Names::Names(const Corpus& corpus) : architecture_(corpus.source.architecture) {
  for (const Constant& constant : corpus.constants) {
    by_value_[static_cast<uint64_t>(constant.value)].push_back({constant.name, constant.group});
  }
  for_each_builtin([&](std::string_view name, int64_t value) {
    by_value_[static_cast<uint64_t>(value)].push_back({std::string(name), ""});
  });
  std::erase_if(by_value_, [](const auto& entry) { return entry.second.size() > kMaxNames; });
  for (auto& [value, names] : by_value_) {
    std::sort(names.begin(), names.end(), [](const Named& a, const Named& b) {
      return std::tie(a.name, a.group) < std::tie(b.name, b.group);
    });
  }
}

struct Names::Search {
  std::vector<std::string> groups;
  std::vector<std::string> mentioned;

  // How well a name fits; 0 if it is of no family. A name is more like itself than like a longer
  // one that starts with it.
  size_t likeness(const Named& named) const {
    size_t best = 0;
    for (const std::string& group : groups) {
      const bool fits = named.group == group || named.name.starts_with(group);
      best = fits ? std::max(best, group.size() * 2) : best;
    }
    for (const std::string& mention : mentioned) {
      best = best == 0 ? 0
                       : std::max(best, common_length(named.name, mention) * 2 +
                                            static_cast<size_t>(named.name == mention));
    }
    return best;
  }
};

// Of several names that which fits best. Those that fit alike are names for one thing, as far as
// anybody can tell.
std::string Names::of_one(const Search& search, uint64_t value) const {
  const auto found = by_value_.find(value);
  if (found == by_value_.end()) {
    return {};
  }
  std::vector<std::string> best_names;
  size_t best = 1;
  for (const Named& named : found->second) {
    const size_t likeness = search.likeness(named);
    if (likeness > best) {
      best = likeness;
      best_names = {named.name};
    } else if (likeness == best && best_names.back() != named.name) {
      best_names.push_back(named.name);
    }
  }
  std::string text;
  if (best_names.size() > kMaxAlike) {
    return text;
  }
  for (const std::string& name : best_names) {
    text += (text.empty() ? "" : "/") + name;
  }
  return text;
}

bool Names::covers(const Search& search, const Constraint& accepted) const {
  const auto named = [&](uint64_t value) { return !of_one(search, value).empty(); };
  if (accepted.type == "mask" && accepted.mask && accepted.mask->value != 0) {
    for (uint64_t rest = accepted.mask->value; rest != 0; rest &= rest - 1) {
      if (!named(rest & -rest)) {
        return false;
      }
    }
    return true;
  }
  return accepted.type == "enum" && !accepted.values.empty() &&
         std::all_of(accepted.values.begin(), accepted.values.end(),
                     [&](int64_t value) { return named(static_cast<uint64_t>(value)); });
}

std::string Names::of_value(const Described& element, const Constraint& accepted,
                            uint64_t value) const {
  Search search{{}, mentioned_constants(element.words)};
  for (const ConstantFamily& family : constant_families(element)) {
    if (family.certain || covers({{family.group}, search.mentioned}, accepted)) {
      search.groups.push_back(family.group);
    }
  }
  std::string text = of_one(search, value);
  if (!text.empty() || value == 0 || accepted.type != "mask") {
    return text;
  }
  int bits = 0;
  for (uint64_t rest = value; rest != 0; rest &= rest - 1) {
    const std::string bit = of_one(search, rest & -rest);
    if (bit.empty() || ++bits > kMaxBits) {
      return {};
    }
    text += (text.empty() ? "" : " | ") + bit;
  }
  return text;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/names.h"

#include <algorithm>
#include <iterator>

#include "names/numbers.h"

namespace kapi {
namespace {

constexpr int kMaxBits = 4;      // of a value that is told bit by bit
constexpr size_t kMaxAlike = 4;  // names for one value of one family; more say nothing
// Of one value in one family, so that a hostile corpus costs no more than others.
constexpr size_t kMaxNames = 256;

size_t common_length(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                             a.begin());
}

}  // namespace

Names::Names(const Corpus& corpus) : architecture_(corpus.source.architecture) {
  const auto add = [this](int64_t value, std::string key, const std::string& name) {
    by_value_[static_cast<uint64_t>(value)].push_back({std::move(key), name});
  };
  for (const Constant& constant : corpus.constants) {
    if (constant.value) {
      add(*constant.value, constant.name, constant.name);
    }
    if (constant.value && !constant.enumeration.empty()) {
      add(*constant.value, "enum " + constant.enumeration + '/' + constant.name, constant.name);
    }
  }
  for_each_builtin([&](std::string_view name, int64_t value) {
    add(value, std::string(name), std::string(name));
  });
  for (auto& [value, names] : by_value_) {
    std::sort(names.begin(), names.end(),
              [](const Named& a, const Named& b) { return a.key < b.key; });
  }
}

struct Names::Search {
  std::vector<std::string> groups;
  std::vector<std::string> mentioned;

  // How well a name of a family fits: the longer what the family shares the better. A name is more
  // like itself than like a longer one that starts with it.
  size_t likeness(const std::string& group, const std::string& name) const {
    size_t best = group.size() * 2;
    for (const std::string& mention : mentioned) {
      best =
          std::max(best, common_length(name, mention) * 2 + static_cast<size_t>(name == mention));
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
  const std::vector<Named>& all = found->second;
  std::map<std::string_view, size_t> fitting;
  for (const std::string& group : search.groups) {
    const std::string prefix = group.starts_with("enum ") ? group + '/' : group;
    auto named = std::lower_bound(
        all.begin(), all.end(), prefix,
        [](const Named& candidate, const std::string& text) { return candidate.key < text; });
    for (; named != all.end() && named->key.starts_with(prefix); ++named) {
      size_t& likeness = fitting[named->name];
      likeness = std::max(likeness, search.likeness(group, named->name));
      if (fitting.size() > kMaxNames) {
        return {};
      }
    }
  }
  size_t best = 0;
  for (const auto& [name, likeness] : fitting) {
    best = std::max(best, likeness);
  }
  size_t count = 0;
  std::string text;
  for (const auto& [name, likeness] : fitting) {
    if (likeness == best) {
      text.append(text.empty() ? "" : "/").append(name);
      count++;
    }
  }
  return count > kMaxAlike ? std::string() : text;
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

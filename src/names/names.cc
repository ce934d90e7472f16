// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/names.h"

#include <algorithm>
#include <iterator>

#include "names/numbers.h"

namespace kapi {
namespace {

constexpr int kMaxBits = 4;  // of a value that is told bit by bit

size_t common_length(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                             a.begin());
}

}  // namespace

Names::Names(const Corpus& corpus) : architecture_(corpus.source.architecture) {
  for (const Constant& constant : corpus.constants) {
    by_value_[static_cast<uint64_t>(constant.value)].push_back(constant.name);
  }
  for_each_builtin([&](std::string_view name, int64_t value) {
    by_value_[static_cast<uint64_t>(value)].emplace_back(name);
  });
  for (auto& [value, names] : by_value_) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }
}

struct Names::Search {
  std::vector<std::string> families;
  std::vector<std::string> mentioned;

  // How well a name fits; 0 if it is of no family. A name is more like itself than like a longer
  // one that starts with it.
  size_t likeness(const std::string& name) const {
    size_t best = 0;
    for (const std::string& family : families) {
      best = name.starts_with(family) ? std::max(best, family.size() * 2) : best;
    }
    for (const std::string& mention : mentioned) {
      best = best == 0 ? 0
                       : std::max(best, common_length(name, mention) * 2 +
                                            static_cast<size_t>(name == mention));
    }
    return best;
  }
};

// Of several names that which fits best. Those that fit alike are names for one thing, as far as
// anybody can tell.
std::string Names::of_one(const Search& search, uint64_t value) const {
  const auto found = by_value_.find(value);
  std::string text;
  size_t best = 1;
  for (const std::string& name :
       found == by_value_.end() ? std::vector<std::string>() : found->second) {
    const size_t likeness = search.likeness(name);
    if (likeness > best) {
      best = likeness;
      text = name;
    } else if (likeness == best) {
      text += "/" + name;
    }
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

std::string Names::of_value(std::string_view api, std::string_view argument, std::string_view words,
                            const Constraint& accepted, uint64_t value) const {
  Search search{{}, mentioned_constants(words)};
  for (const ConstantFamily& family : constant_families(api, argument, words)) {
    Search alone{{family.prefix}, search.mentioned};
    if (family.certain || covers(alone, accepted)) {
      search.families.push_back(family.prefix);
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

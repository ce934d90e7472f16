// SPDX-License-Identifier: GPL-2.0-only
// The algebra of value sets on 64 bits, where nobody can try all values, against a second way to
// the same answer: the smallest value of one set that the other lacks is looked for bit by bit from
// the top. Two blocks of values about which both constraints say the same are looked into once.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "kapi/model.h"

namespace kapi {
namespace {

constexpr uint64_t kTop = uint64_t{1} << 63;

// One constraint on values of one type, as a question about a value and as the places where the
// answer can change.
class Reference {
 public:
  Reference(const Constraint& constraint, ValueType type) : constraint_(constraint), type_(type) {
    if (type.width < 64) {
      const uint64_t half = uint64_t{1} << (type.width - 1);
      cuts_ = {half, half << 1, ~half + 1};
    }
    cuts_.push_back(1);
    cuts_.push_back(kTop);
    const auto cut_out = [&](int64_t value) {
      cuts_.push_back(static_cast<uint64_t>(value));
      cuts_.push_back(static_cast<uint64_t>(value) + 1);
    };
    for (const auto& end : {constraint.min, constraint.max}) {
      if (end) {
        cut_out(*end);
      }
    }
    std::for_each(constraint.values.begin(), constraint.values.end(), cut_out);
    for (unsigned bit = 0; constraint.type == "power_of_two" && bit < 64; bit++) {
      cut_out(static_cast<int64_t>(uint64_t{1} << bit));
    }
  }

  bool accepts(uint64_t value) const {
    const unsigned unused = 64 - type_.width;
    const uint64_t narrowed = value << unused;
    const auto is_signed = static_cast<uint64_t>(static_cast<int64_t>(narrowed) >> unused);
    return value == (type_.is_signed ? is_signed : narrowed >> unused) && checks(value);
  }

  // What is to be said of the block of values that start with the upper `known` bits of `first`:
  // blocks of one size with the same text hold the same values, by their lower bits.
  void describe(uint64_t first, unsigned known, std::string& text) const {
    const uint64_t last = known == 64 ? first : first | (~uint64_t{0} >> known);
    for (const uint64_t cut : cuts_) {
      text += cut <= first ? 'a' : cut > last ? 'b' : 'i';
    }
    text += (first & ~last_mask()) != 0 ? 'x' : 'o';
  }

 private:
  uint64_t last_mask() const {
    if (constraint_.type == "mask") {
      return constraint_.mask->value;
    }
    return constraint_.type == "alignment"      ? ~(*constraint_.alignment - 1)
           : constraint_.type == "page_aligned" ? ~uint64_t{4095}
                                                : ~uint64_t{0};
  }

  bool checks(uint64_t value) const {
    const auto number = static_cast<int64_t>(value);
    const Constraint& c = constraint_;
    if (c.type == "range") {
      return (!c.min || *c.min <= number) && (!c.max || number <= *c.max);
    }
    if (c.type == "enum") {
      return c.values.empty() ||
             std::find(c.values.begin(), c.values.end(), number) != c.values.end();
    }
    if (c.type == "power_of_two") {
      return value != 0 && (value & (value - 1)) == 0;
    }
    return c.type == "nonzero" ? value != 0 : (value & ~last_mask()) == 0;
  }

  Constraint constraint_;
  ValueType type_;
  std::vector<uint64_t> cuts_;
};

class Search {
 public:
  Search(const Reference& has, const Reference& lacks) : has_(has), lacks_(lacks) {}

  std::optional<uint64_t> smallest() { return below(0, 0); }

 private:
  std::optional<uint64_t> below(uint64_t first, unsigned known) {
    if (known == 64) {
      return has_.accepts(first) && !lacks_.accepts(first) ? std::optional(first) : std::nullopt;
    }
    std::string key(1, static_cast<char>(known));
    has_.describe(first, known, key);
    lacks_.describe(first, known, key);
    const uint64_t lower = ~uint64_t{0} >> known;
    const auto seen = answers_.find(key);
    if (seen != answers_.end()) {
      return seen->second ? std::optional((first & ~lower) | (*seen->second & lower))
                          : std::nullopt;
    }
    auto found = below(first, known + 1);
    if (!found) {
      found = below(first | uint64_t{1} << (63 - known), known + 1);
    }
    answers_.emplace(std::move(key), found);
    return found;
  }

  const Reference& has_;
  const Reference& lacks_;
  std::map<std::string, std::optional<uint64_t>> answers_;
};

class Generator {
 public:
  uint64_t below(uint64_t bound) { return random_() % bound; }

  ValueType type() {
    constexpr unsigned kWidths[] = {8, 16, 32, 64, 64, 64, 31, 63};
    return {kWidths[below(std::size(kWidths))], below(2) == 1};
  }

  Constraint constraint() {
    constexpr const char* kTypes[] = {"range", "range",       "mask",         "mask",
                                      "enum",  "alignment",   "power_of_two", "nonzero",
                                      "none",  "page_aligned"};
    Constraint c;
    c.type = kTypes[below(std::size(kTypes))];
    if (c.type == "range") {
      c.min = below(5) == 0 ? std::nullopt : std::optional(number());
      c.max = below(5) == 0 ? std::nullopt : std::optional(number());
    } else if (c.type == "mask") {
      c.mask = Bits{static_cast<uint64_t>(number())};
    } else if (c.type == "enum") {
      for (uint64_t count = below(8); count > 0; count--) {
        c.values.push_back(number());
      }
      std::sort(c.values.begin(), c.values.end());
    } else if (c.type == "alignment") {
      c.alignment = uint64_t{1} << below(64);
    }
    return c;
  }

 private:
  // Near a power of two of either sign, or a power of two less something, or anything: where
  // mistakes of one live.
  int64_t number() {
    uint64_t value = 0;
    switch (below(4)) {
      case 0:
        value = random_();
        break;
      case 1:
        value = random_() >> below(64);
        break;
      default:
        value = (uint64_t{1} << below(64)) + below(5) - 2;
    }
    return static_cast<int64_t>(below(3) == 0 ? ~value + 1 : value);
  }

  std::mt19937_64 random_{20260211};
};

std::string text_of(const Constraint& constraint, ValueType type) {
  Api api;
  api.params.emplace_back().constraint = constraint;
  return to_json(api) + std::to_string(type.width) + (type.is_signed ? " signed" : " unsigned");
}

TEST_CASE("comparison agrees with a search bit by bit on wide types") {
  Generator generate;
  std::map<SetOrder, int> seen;
  for (int round = 0; round < 2000; round++) {
    const Constraint before = generate.constraint();
    const Constraint after = generate.constraint();
    const ValueType before_type = generate.type();
    const ValueType after_type = generate.below(3) == 0 ? generate.type() : before_type;
    const Reference old_values(before, before_type);
    const Reference new_values(after, after_type);
    const auto lost = Search(old_values, new_values).smallest();
    const auto gained = Search(new_values, old_values).smallest();

    const SetComparison result = compare_constraints(&before, &after, before_type, after_type);
    if (result.lost != lost || result.gained != gained) {
      FAIL(text_of(before, before_type)
           << "\n"
           << text_of(after, after_type) << "\nlost " << hex(result.lost.value_or(0)) << " for "
           << hex(lost.value_or(0)) << ", gained " << hex(result.gained.value_or(0)) << " for "
           << hex(gained.value_or(0)));
    }
    seen[result.order]++;
    for (const auto& value : {lost, gained}) {
      if (value) {
        CHECK(accepts(before, before_type, *value) == old_values.accepts(*value));
        CHECK(accepts(after, after_type, *value) == new_values.accepts(*value));
      }
    }
  }
  for (const SetOrder order :
       {SetOrder::equal, SetOrder::tightened, SetOrder::loosened, SetOrder::changed}) {
    CHECK(seen[order] > 60);
  }
}

}  // namespace
}  // namespace kapi

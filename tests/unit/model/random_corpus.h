// SPDX-License-Identifier: GPL-2.0-only
// Corpora filled by walking the member lists, so that a member added later is covered unasked.
#pragma once

#include <random>
#include <string>

#include "model/members.h"

namespace kapi {

class CorpusFiller {
 public:
  // `full`: every member is there and differs from its default. Otherwise members are left out and
  // values repeat, so that elements share names and whole elements are equal.
  CorpusFiller(uint64_t seed, bool full) : random_(seed), full_(full) {}

  Corpus corpus() {
    Corpus corpus;
    fill_members(corpus);
    return corpus;
  }

 private:
  uint64_t below(uint64_t bound) { return random_() % bound; }

  template <class T>
  void fill_members(T& record) {
    visit_members(record, [&](const char* name, auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::same_as<Member, std::string>) {
        const auto tokens = closed_tokens<T>(name);
        if (!tokens.empty()) {
          member = tokens[below(tokens.size())];
          return;
        }
      }
      if (full_ || is_required<T, Member>(name) || below(2) == 0) {
        fill(member);
      }
    });
  }

  template <Record T>
  void fill(T& out) {
    fill_members(out);
  }
  template <class T>
  void fill(std::optional<T>& out) {
    fill(out.emplace());
  }
  template <class T>
  void fill(std::vector<T>& out) {
    out.resize(1 + below(full_ ? 2 : 4));
    for (T& element : out) {
      fill(element);
    }
  }
  void fill(std::string& out) {
    static const char* const kPieces[] = {"a",  "b",    "Z",    "\"", "\\", "/", "~", "\n",
                                          "\t", "\x01", "\x7f", "é",  "€",  "😀", " ", "0x1f"};
    const uint64_t pieces = full_ ? std::size(kPieces) : 3;
    for (uint64_t count = 1 + below(full_ ? 8 : 2); count > 0; count--) {
      out += kPieces[below(pieces)];
    }
  }
  void fill(Bits& out) { fill(out.value); }
  void fill(bool& out) { out = full_ || below(2) == 0; }
  void fill(int&) {}  // the schema version
  void fill(Level& out) { out = kLevels[full_ ? 2 * below(2) : below(3)]; }
  template <std::integral T>
  void fill(T& out) {
    static const T kEdges[] = {std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), 1, 2};
    out = below(2) == 0 ? kEdges[below(4)] : static_cast<T>(full_ ? random_() : below(3));
    if (full_ && out == 0) {
      out = 7;
    }
  }

  std::mt19937_64 random_;
  bool full_;
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "image/kallsyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace kapi {
namespace {

// nm's letters: lower case is local, but for w and v, which are weak all the same.
Binding binding_of(char letter) {
  switch (letter) {
    case 'W':
    case 'w':
    case 'V':
    case 'v':
      return Binding::weak;
    case 'u':
      return Binding::other;
    default:
      return std::islower(static_cast<unsigned char>(letter)) != 0 ? Binding::local
                                                                   : Binding::global;
  }
}

SymbolKind kind_of(char letter) {
  switch (letter) {
    case 'T':
    case 't':
    case 'W':
    case 'w':
    case 'i':
      return SymbolKind::function;
    case 'A':
    case 'a':
      return SymbolKind::none;
    default:
      return SymbolKind::object;
  }
}

}  // namespace

Kallsyms::Kallsyms(const Cursor& bytes, const KallsymsTables& tables)
    : bytes_(bytes.with_endian(tables.endian)), tables_(tables) {
  read_names();
  std::vector<std::pair<uint32_t, uint32_t>> hashes;
  hashes.reserve(count());
  for (uint32_t i = 0; i < count(); i++) {
    hashes.emplace_back(NameBuckets::hash_of(name(i)), i);
  }
  by_name_ = NameBuckets(hashes);
  addresses_.resize(count());
}

void Kallsyms::read_names() {
  std::vector<std::string_view> tokens;
  for (size_t i = 0; i < kTokens; i++) {
    const uint16_t at = bytes_.window(tables_.token_index + 2 * i).u16();
    tokens.push_back(bytes_.window(tables_.token_table + at).cstring(kMaxKallsymsName + 1));
  }
  Cursor names = bytes_.window(tables_.names, tables_.names_end - tables_.names);
  letters_.reserve(tables_.count);
  begins_.reserve(tables_.count + 1);
  for (uint32_t i = 0; i < tables_.count; i++) {
    add_name(names, tokens);
  }
  begins_.push_back(static_cast<uint32_t>(text_.size()));
}

void Kallsyms::add_name(Cursor& names, const std::vector<std::string_view>& tokens) {
  const Cursor place = names;
  size_t size = names.u8();
  if ((size & 0x80) != 0) {
    size = (size & 0x7f) | size_t{names.u8()} << 7;
  }
  const size_t begin = text_.size();
  for (const std::byte token : names.take(size)) {
    text_ += tokens[static_cast<size_t>(token)];
    if (text_.size() - begin > kMaxKallsymsName) {
      place.fail(fmt::format("kallsyms symbol {} has a name of more than {} bytes", letters_.size(),
                             kMaxKallsymsName - 1));
    }
  }
  const std::string_view spelt = std::string_view(text_).substr(begin);
  const auto is_graphic = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; };
  if (spelt.size() < 2 || std::isalpha(static_cast<unsigned char>(spelt[0])) == 0 ||
      !std::all_of(spelt.begin(), spelt.end(), is_graphic)) {
    place.fail(fmt::format("kallsyms symbol {} is no letter and name: \"{}\"", letters_.size(),
                           printable(spelt)));
  }
  letters_.push_back(spelt[0]);
  begins_.push_back(static_cast<uint32_t>(begin));
  text_.erase(begin, 1);
  if (text_.size() > kMaxNames) {
    place.fail(fmt::format("the kallsyms names are more than {} bytes", kMaxNames));
  }
}

void Kallsyms::place(uint64_t base, const WordAt& word_at) {
  const uint64_t mask = tables_.word == 8 ? UINT64_MAX : UINT32_MAX;
  Cursor values = bytes_.window(tables_.values);
  uint64_t last = 0;
  for (size_t i = 0; i < count(); i++) {
    uint64_t address = 0;
    if (tables_.encoding == KallsymsTables::addresses) {
      const size_t at = tables_.values + i * tables_.word;
      address = word_at ? word_at(at) : bytes_.window(at).unsigned_of(tables_.word);
    } else {
      const uint32_t offset = values.u32();
      const auto absolute = static_cast<int32_t>(offset);
      address = tables_.encoding == KallsymsTables::offsets ? base + offset
                : absolute >= 0                             ? offset
                                                            : base + ~offset;
    }
    addresses_[i] = address & mask;
    if (addresses_[i] < last) {
      bytes_.window(tables_.values)
          .fail(
              fmt::format("kallsyms symbol {}, {}, is at {:#x}, before the one before it at {:#x}",
                          i, printable(name(i)), addresses_[i], last));
    }
    last = addresses_[i];
  }
}

std::string_view Kallsyms::name(size_t index) const {
  return std::string_view(text_).substr(begins_[index], begins_[index + 1] - begins_[index]);
}

Symbol Kallsyms::symbol(size_t index) const {
  const uint64_t address = addresses_[index];
  const auto next = std::upper_bound(addresses_.begin(), addresses_.end(), address);
  Symbol symbol;
  symbol.name = name(index);
  symbol.address = address;
  symbol.size = next == addresses_.end() ? 0 : *next - address;
  symbol.size_is_bound = true;
  symbol.binding = binding_of(letters_[index]);
  symbol.kind = kind_of(letters_[index]);
  symbol.defined = true;
  return symbol;
}

std::optional<Symbol> Kallsyms::find(std::string_view wanted) const {
  std::optional<Symbol> local;
  for (const uint32_t index : by_name_.candidates(wanted)) {
    if (name(index) != wanted) {
      continue;
    }
    if (binding_of(letters_[index]) != Binding::local) {
      return symbol(index);
    }
    if (!local) {
      local = symbol(index);
    }
  }
  return local;
}

std::vector<Symbol> Kallsyms::at(uint64_t address) const {
  const auto [first, last] = std::equal_range(addresses_.begin(), addresses_.end(), address);
  std::vector<Symbol> found;
  for (auto each = first; each != last; ++each) {
    found.push_back(symbol(static_cast<size_t>(each - addresses_.begin())));
  }
  return found;
}

bool Kallsyms::has_address(uint64_t address) const {
  return std::binary_search(addresses_.begin(), addresses_.end(), address);
}

std::vector<Symbol> Kallsyms::with_prefix(std::string_view prefix) const {
  std::vector<Symbol> found;
  for (size_t i = 0; i < count(); i++) {
    if (name(i).starts_with(prefix)) {
      found.push_back(symbol(i));
    }
  }
  std::sort(found.begin(), found.end(), [](const Symbol& a, const Symbol& b) {
    return a.address != b.address ? a.address < b.address : a.name < b.name;
  });
  return found;
}

}  // namespace kapi

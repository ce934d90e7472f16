// SPDX-License-Identifier: GPL-2.0-only
#include "code/program.h"

#include <fmt/format.h>

#include <algorithm>

namespace kapi::code {
namespace {

constexpr uint64_t kExecutable = 4;  // SHF_EXECINSTR
// struct jump_entry, bug_entry, exception_table_entry of x86_64: 32-bit distances from themselves.
constexpr uint64_t kJumpEntry = 16;
constexpr uint64_t kBugEntry = 12;
constexpr uint64_t kBugFlags = 10;
constexpr uint64_t kWarning = 1;
constexpr uint64_t kExceptionEntry = 12;
// arch/x86/include/asm/extable_fixup_types.h, Linux 5.17 on.
constexpr uint32_t kTypeMask = 0xff;
constexpr uint32_t kImmediateToRegister = 17;

}  // namespace

Program::Program(std::shared_ptr<const Image> image, ExactTypes* types) : image_(std::move(image)) {
  for (const Section& section : image_->sections()) {
    if (section.allocated && section.has_bytes && (section.flags & kExecutable) != 0) {
      code_.push_back({section.address, section.address + section.size});
    }
  }
  functions_ = image_->symbols_with_prefix("");
  std::erase_if(functions_, [this](const Symbol& symbol) {
    return symbol.kind != SymbolKind::function || !is_code(symbol.address);
  });
  read_jump_labels();
  read_bugs();
  read_exceptions();
  if (types != nullptr) {
    read_prototypes(*types);
  }
}

std::optional<Program::Range> Program::table(const char* start, const char* stop) const {
  const auto first = image_->symbol(start);
  const auto last = image_->symbol(stop);
  if (!first || !last || last->address < first->address ||
      !image_->covers(first->address, last->address - first->address)) {
    return std::nullopt;
  }
  return Range{first->address, last->address};
}

namespace {
uint64_t relative(const Image& image, uint64_t at) {
  return at + static_cast<uint64_t>(int64_t{static_cast<int32_t>(image.word_at(at, 4))});
}
}  // namespace

void Program::read_jump_labels() {
  const auto range = table("__start___jump_table", "__stop___jump_table");
  for (uint64_t at = range ? range->first : 0; range && at + kJumpEntry <= range->last;
       at += kJumpEntry) {
    jump_labels_[relative(*image_, at)] = relative(*image_, at + 4);
  }
}

void Program::read_bugs() {
  const auto range = table("__start___bug_table", "__stop___bug_table");
  for (uint64_t at = range ? range->first : 0; range && at + kBugEntry <= range->last;
       at += kBugEntry) {
    bugs_[relative(*image_, at)] = (image_->word_at(at + kBugFlags, 2) & kWarning) != 0;
  }
}

void Program::read_exceptions() {
  const auto range = table("__start___ex_table", "__stop___ex_table");
  for (uint64_t at = range ? range->first : 0; range && at + kExceptionEntry <= range->last;
       at += kExceptionEntry) {
    Fixup fixup;
    fixup.address = relative(*image_, at + 4);
    const auto data = static_cast<uint32_t>(image_->word_at(at + 8, 4));
    if ((data & kTypeMask) == kImmediateToRegister) {
      fixup.reg_index = static_cast<uint8_t>(data >> 8 & 0xf);
      fixup.value = static_cast<uint64_t>(int64_t{static_cast<int32_t>(data) >> 16});
    }
    fixups_[relative(*image_, at)] = fixup;
  }
}

// A name that several functions have says nothing of any of them.
void Program::read_prototypes(ExactTypes& types) {
  std::vector<FunctionName> names;
  std::unordered_map<std::string_view, size_t> count;
  for (const Symbol& symbol : functions_) {
    names.push_back({std::string(symbol.name), 0});
    count[symbol.name]++;
  }
  const auto prototypes = types.functions(names);
  for (size_t i = 0; i < prototypes.size(); i++) {
    if (prototypes[i].size() == 1 && count[functions_[i].name] == 1) {
      const Prototype& prototype = prototypes[i].front();
      shapes_[functions_[i].address] = {static_cast<unsigned>(prototype.parameters.size()),
                                        types.graph().size_of(prototype.result) > 8};
    }
  }
}

unsigned Program::parameters(uint64_t function) const {
  const auto it = shapes_.find(function);
  return it == shapes_.end() ? kAnyParameters : it->second.parameters;
}

std::optional<bool> Program::has_wide_result(uint64_t function) const {
  const auto it = shapes_.find(function);
  return it == shapes_.end() ? std::nullopt : std::optional(it->second.wide_result);
}

bool Program::is_code(uint64_t address) const {
  return std::any_of(code_.begin(), code_.end(), [address](const Range& range) {
    return address >= range.first && address < range.last;
  });
}

const Instruction* Program::at(uint64_t address) const {
  const auto it = instructions_.find(address);
  if (it != instructions_.end()) {
    return it->second.get();
  }
  std::unique_ptr<Instruction> instruction;
  if (is_code(address)) {
    if (const auto decoded = decoder_.decode(image_->at(address).span(), address)) {
      instruction = std::make_unique<Instruction>(*decoded);
    }
  }
  return instructions_.emplace(address, std::move(instruction)).first->second.get();
}

uint64_t Program::jump_label(uint64_t address) const {
  const auto it = jump_labels_.find(address);
  return it == jump_labels_.end() ? 0 : it->second;
}

bool Program::is_warning(uint64_t address) const {
  const auto it = bugs_.find(address);
  return it != bugs_.end() && it->second;
}

std::optional<Fixup> Program::fixup(uint64_t address) const {
  const auto it = fixups_.find(address);
  return it == fixups_.end() ? std::nullopt : std::optional(it->second);
}

const std::vector<std::string_view>& Program::names(uint64_t address) const {
  const auto [it, added] = names_.try_emplace(address);
  if (added) {
    for (const Symbol& symbol : image_->symbols_at(address)) {
      if (symbol.kind == SymbolKind::function || symbol.kind == SymbolKind::none) {
        it->second.push_back(symbol.name);
      }
    }
  }
  return it->second;
}

uint64_t Program::function_of(uint64_t address) const {
  const auto it =
      std::upper_bound(functions_.begin(), functions_.end(), address,
                       [](uint64_t key, const Symbol& symbol) { return key < symbol.address; });
  return it == functions_.begin() ? 0 : std::prev(it)->address;
}

std::string Program::place(uint64_t address) const {
  const auto it =
      std::upper_bound(functions_.begin(), functions_.end(), address,
                       [](uint64_t key, const Symbol& symbol) { return key < symbol.address; });
  if (it == functions_.begin()) {
    return fmt::format("{:#x}", address);
  }
  const Symbol& symbol = *std::prev(it);
  return fmt::format("{}+{:#x}", symbol.name, address - symbol.address);
}

std::optional<uint64_t> Program::address_of(std::string_view function) const {
  const auto symbol = image_->symbol(function);
  return symbol ? std::optional(symbol->address) : std::nullopt;
}

}  // namespace kapi::code

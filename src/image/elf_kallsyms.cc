// SPDX-License-Identifier: GPL-2.0-only
#include "image/elf_kallsyms.h"

#include <fmt/format.h>

#include "image/data_areas.h"
#include "image/find_kallsyms.h"

namespace kapi {
namespace {

constexpr std::string_view kBanner = "Linux version ";

// What every kernel has: code at an address that the image covers; and where data is listed too,
// the words that linux_banner stands for.
void check_known(const Kallsyms& symbols, const Cursor& bytes, const AddressMap& map) {
  const auto fail = [&](std::string reason) {
    bytes.window(symbols.tables().values)
        .fail("the kallsyms tables do not belong to this image: " + std::move(reason),
              "its symbols are not used: name the vmlinux of the same build");
  };
  auto text = symbols.find("_stext");
  if (!text) {
    text = symbols.find("_text");
  }
  if (!text) {
    fail("they name neither _stext nor _text");
  }
  if (map.find(text->address) == nullptr) {
    fail(fmt::format("{} is at {:#x}, where the image has nothing", text->name, text->address));
  }
  const auto banner = symbols.find("linux_banner");
  if (!banner) {
    return;
  }
  const bool stands = map.covers(banner->address, kBanner.size());
  const auto found =
      stands ? map.at(banner->address).take(kBanner.size()) : std::span<const std::byte>();
  if (std::string_view(reinterpret_cast<const char*>(found.data()), found.size()) != kBanner) {
    fail(fmt::format("linux_banner is at {:#x}, where \"{}\" does not stand", banner->address,
                     kBanner));
  }
}

}  // namespace

std::unique_ptr<const Kallsyms> read_elf_kallsyms(
    const ElfFile& elf, const AddressMap& map,
    const std::function<uint64_t(uint64_t)>& pointer_at) {
  std::optional<InputError> refusal;
  for (const DataArea& area : data_areas(elf)) {
    try {
      const WordAt word_at = [&](size_t offset) { return pointer_at(area.address + offset); };
      const auto tables = find_kallsyms(area.bytes, elf.word(), false, word_at);
      if (!tables) {
        continue;
      }
      auto symbols = std::make_unique<Kallsyms>(area.bytes, *tables);
      symbols->place(tables->relative_base ? word_at(*tables->relative_base) : 0, word_at);
      check_known(*symbols, area.bytes, map);
      return symbols;
    } catch (const InputError& error) {
      refusal = refusal ? refusal : std::optional(error);
    }
  }
  if (refusal) {
    throw InputError(*refusal);
  }
  return nullptr;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "image/flat_image.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>

#include "image/find_kallsyms.h"
#include "image/flat_parts.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

// Documentation/arch/arm64/booting.rst, Documentation/arch/riscv/boot-image-header.rst
struct Header {
  Arch arch;
  std::string_view magic;
};
constexpr size_t kMagicAt = 0x38;
constexpr Header kHeaders[] = {
    {Arch::arm64, "ARM\x64"sv},
    {Arch::riscv64, "RSC\x05"sv},
};
// A kernel without a header is of the architecture whose entry code or syscall wrappers it has.
struct Witness {
  Arch arch;
  std::string_view symbol;
};
constexpr Witness kWitnesses[] = {
    {Arch::arm64, "__arm64_sys_read"},   {Arch::s390x, "__s390x_sys_read"},
    {Arch::riscv64, "__riscv_sys_read"}, {Arch::x86_64, "__x64_sys_read"},
    {Arch::i386, "__ia32_sys_read"},     {Arch::arm, "vector_swi"},
    {Arch::mips, "handle_sys"},
};

Arch arch_by_header(const Cursor& bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.span().data()), bytes.size());
  for (const Header& header : kHeaders) {
    if (text.size() > kMagicAt && text.substr(kMagicAt).starts_with(header.magic)) {
      return header.arch;
    }
  }
  return Arch::unknown;
}

Arch arch_by_symbols(const Kallsyms& symbols) {
  for (const Witness& witness : kWitnesses) {
    if (symbols.find(witness.symbol)) {
      return witness.arch;
    }
  }
  return Arch::unknown;
}

// What is known of the image while it is taken apart.
class Reader {
 public:
  Reader(std::span<const std::byte> bytes, const std::string& file)
      : bytes_(bytes, file, Image::kFlatSection, 0, Endian::little) {}

  std::optional<FlatImage> read() {
    shape_.arch = arch_by_header(bytes_);
    try {
      read_symbols();
    } catch (const InputError& error) {
      symbols_.reset();
      if (shape_.arch == Arch::unknown) {
        throw;
      }
      note(Level::error, "kallsyms-unreadable", error.reason(), error.place().offset);
    }
    if (symbols_ == nullptr && shape_.arch == Arch::unknown) {
      return std::nullopt;
    }
    if (symbols_ == nullptr && shape_.diagnostics.empty()) {
      note(Level::warning, "link-address-unknown",
           "the image has no kallsyms tables (CONFIG_KALLSYMS), and nothing else says where it is "
           "linked",
           std::nullopt);
    }
    add_sections();
    FlatImage image;
    image.shape = std::move(shape_);
    image.symbols = std::move(symbols_);
    return image;
  }

 private:
  void read_symbols() {
    const bool known = shape_.arch != Arch::unknown;  // little-endian and 64 bits, by its header
    const auto tables =
        find_kallsyms(bytes_, known ? std::optional<size_t>(8) : std::nullopt, !known, WordAt());
    if (!tables) {
      return;
    }
    bytes_ = bytes_.with_endian(tables->endian);
    shape_.endian = tables->endian;
    shape_.bits = static_cast<unsigned>(tables->word * 8);
    symbols_ = std::make_unique<Kallsyms>(bytes_, *tables);
    symbols_->place(0, WordAt());
    if (!known) {
      shape_.arch = arch_by_symbols(*symbols_);
    }
    runs_ =
        shape_.bits == 64 ? find_relative_runs(bytes_, shape_.arch) : std::vector<RelativeRun>();
    const LinkAddress link = find_link_address(bytes_, *symbols_, runs_);
    symbols_->place(link.base, WordAt());
    address_ = link.image;
  }

  void note(Level level, std::string code, std::string message, std::optional<uint64_t> offset) {
    shape_.diagnostics.push_back(
        {level, std::move(code), "", std::move(message), std::string(Image::kFlatSection), offset});
  }

  void add(std::string_view name, uint32_t type, Extent extent, uint64_t entry_size,
           bool allocated) {
    Section section;
    section.name = name;
    section.index = static_cast<uint32_t>(shape_.sections.size());
    section.type = type;
    section.flags = allocated ? SHF_ALLOC : 0;
    section.address = address_ + extent.offset;
    section.offset = extent.offset;
    section.size = extent.size;
    section.allocated = allocated;
    section.has_bytes = type != SHT_NULL;
    shape_.sections.push_back(std::move(section));
    shape_.shapes.push_back({4, entry_size});
  }

  // Only the first is what addresses are found in; the others lie within it.
  void add_sections() {
    add("", SHT_NULL, {}, 0, false);
    add(Image::kFlatSection, SHT_PROGBITS, {0, bytes_.size()}, 0, true);
    for (const RelativeRun& run : runs_) {
      add(".rela.dyn", SHT_RELA, {run.offset, run.count * sizeof(Elf64_Rela)}, sizeof(Elf64_Rela),
          true);
    }
    auto btf = between("__start_BTF", "__stop_BTF");
    if (btf || (btf = find_btf(bytes_))) {
      add(".BTF", SHT_PROGBITS, *btf, 0, false);
    }
    auto notes = between("__start_notes", "__stop_notes");
    if (notes || (notes = find_build_id_note(bytes_))) {
      add(".notes", SHT_NOTE, *notes, 0, false);
    }
  }

  std::optional<Extent> between(std::string_view start, std::string_view stop) const {
    const auto from = symbols_ == nullptr ? std::nullopt : symbols_->find(start);
    const auto to = from ? symbols_->find(stop) : std::nullopt;
    if (!to || from->address < address_ || to->address <= from->address ||
        to->address - address_ > bytes_.size()) {
      return std::nullopt;
    }
    return Extent{static_cast<size_t>(from->address - address_),
                  static_cast<size_t>(to->address - from->address)};
  }

  Cursor bytes_;
  ImageShape shape_;
  std::unique_ptr<Kallsyms> symbols_;
  std::vector<RelativeRun> runs_;
  uint64_t address_ = 0;
};

}  // namespace

std::optional<FlatImage> read_flat_image(std::span<const std::byte> bytes,
                                         const std::string& file) {
  return Reader(bytes, file).read();
}

}  // namespace kapi

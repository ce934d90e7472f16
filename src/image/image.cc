// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/image.h"

#include <elf.h>
#include <fmt/format.h>

#include <mutex>

#include "image/address_map.h"
#include "image/elf_file.h"
#include "image/notes.h"
#include "image/relocations.h"
#include "image/symbol_table.h"

namespace kapi {
namespace {

constexpr size_t kMaxBanner = 4096;

// An ELF file behind the interface. All of it is immutable but for the relocations and the indices
// of the symbol table, which are built once by whichever thread asks first.
class ElfImage : public Image {
 public:
  explicit ElfImage(const std::string& path)
      : map_(std::make_unique<MappedFile>(path)), path_(path), elf_(map_->bytes(), path) {}
  ElfImage(std::span<const std::byte> bytes, std::string file) : elf_(bytes, std::move(file)) {}
  ElfImage(std::vector<std::byte> bytes, std::string file)
      : owned_(std::move(bytes)), elf_(owned_, std::move(file)) {}

  const std::string& file() const override { return elf_.file(); }
  const std::string& path() const override { return path_; }
  std::span<const std::byte> bytes() const override { return elf_.bytes(); }
  const std::vector<std::string>& wrapping() const override { return wrapping_; }
  ImageFormat format() const override { return elf_.format(); }
  Arch arch() const override { return elf_.arch(); }
  unsigned bits() const override { return elf_.bits(); }
  Endian endian() const override { return elf_.endian(); }

  const std::vector<Section>& sections() const override { return elf_.sections(); }
  const Section* section(std::string_view name) const override {
    for (const Section& section : elf_.sections()) {
      if (section.name == name && section.type != SHT_NULL) {
        return &section;
      }
    }
    return nullptr;
  }
  Cursor contents(const Section& section) const override { return elf_.contents(section); }

  std::string_view symbols_from() const override { return has_symbols() ? ".symtab" : ""; }
  std::optional<Symbol> symbol(std::string_view name) const override {
    return symbols_ ? symbols_->find(name) : std::nullopt;
  }
  std::vector<Symbol> symbols_at(uint64_t address) const override {
    return symbols_ ? symbols_->at(address) : std::vector<Symbol>();
  }
  std::vector<Symbol> symbols_with_prefix(std::string_view prefix) const override {
    return symbols_ ? symbols_->with_prefix(prefix) : std::vector<Symbol>();
  }
  bool has_symbols() const override { return symbols_ && symbols_->count() > 1; }

  Cursor at(uint64_t address) const override { return addresses_.at(address); }
  std::optional<Location> locate(uint64_t address) const override {
    const AddressMap::Range* range = addresses_.find(address);
    if (range == nullptr) {
      return std::nullopt;
    }
    return Location{std::string(range->name), range->file_offset + (address - range->address)};
  }
  bool covers(uint64_t address, uint64_t size) const override {
    return addresses_.covers(address, size);
  }
  uint64_t pointer_at(uint64_t address) const override { return word_at(address, elf_.word()); }
  uint64_t word_at(uint64_t address, size_t size) const override {
    const uint64_t in_file = at(address).unsigned_of(size);
    return relocations().value(address, size).value_or(in_file);
  }

  std::string build_id() const override { return read_build_id(elf_); }
  std::string compiler() const override { return read_compiler(elf_); }
  std::string banner() const override {
    const std::optional<Symbol> banner = symbol("linux_banner");
    if (!banner || !covers(banner->address, 1)) {
      return {};
    }
    std::string_view text = at(banner->address).cstring(kMaxBanner);
    while (text.ends_with('\n')) {
      text.remove_suffix(1);
    }
    return to_utf8(text);
  }

  const std::vector<Diagnostic>& diagnostics() const override {
    relocations();
    return diagnostics_;
  }

 private:
  const Relocations& relocations() const {
    std::call_once(relocations_once_, [this] {
      relocations_.emplace(elf_, addresses_);
      diagnostics_ = elf_.diagnostics();
      const auto& more = relocations_->diagnostics();
      diagnostics_.insert(diagnostics_.end(), more.begin(), more.end());
    });
    return *relocations_;
  }

  std::unique_ptr<const SymbolTable> open_symbols() const {
    for (const Section& section : elf_.sections()) {
      if (section.type == SHT_SYMTAB) {
        return std::make_unique<const SymbolTable>(elf_, section);
      }
    }
    return nullptr;
  }

  std::unique_ptr<const MappedFile> map_;  // null when the bytes are somebody else's
  std::vector<std::byte> owned_;
  std::string path_;
  std::vector<std::string> wrapping_;
  ElfFile elf_;
  AddressMap addresses_{elf_};
  std::unique_ptr<const SymbolTable> symbols_ = open_symbols();
  mutable std::once_flag relocations_once_;
  mutable std::optional<Relocations> relocations_;
  mutable std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::shared_ptr<const Image> Image::open(const std::string& path) {
  return std::make_shared<const ElfImage>(path);
}

std::shared_ptr<const Image> Image::from_memory(std::span<const std::byte> bytes,
                                                std::string file) {
  return std::make_shared<const ElfImage>(bytes, std::move(file));
}

std::shared_ptr<const Image> Image::from_bytes(std::vector<std::byte> bytes, std::string file) {
  return std::make_shared<const ElfImage>(std::move(bytes), std::move(file));
}

std::string_view name(Arch arch) {
  switch (arch) {
    case Arch::x86_64:
      return "x86_64";
    case Arch::i386:
      return "i386";
    case Arch::arm64:
      return "arm64";
    case Arch::arm:
      return "arm";
    case Arch::s390x:
      return "s390x";
    case Arch::riscv64:
      return "riscv64";
    case Arch::riscv32:
      return "riscv32";
    case Arch::ppc64:
      return "ppc64";
    case Arch::ppc:
      return "ppc";
    case Arch::mips:
      return "mips";
    case Arch::unknown:
      break;
  }
  return "unknown";
}

std::string_view name(ImageFormat format) {
  switch (format) {
    case ImageFormat::elf_exec:
      return "ET_EXEC";
    case ImageFormat::elf_dyn:
      return "ET_DYN";
    case ImageFormat::elf_rel:
      return "ET_REL";
    case ImageFormat::flat:
      return "flat";
  }
  return "ET_NONE";
}

}  // namespace kapi

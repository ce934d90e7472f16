// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/image.h"

#include <elf.h>

#include <cstring>
#include <mutex>

#include "image/address_map.h"
#include "image/banner.h"
#include "image/elf_file.h"
#include "image/elf_kallsyms.h"
#include "image/flat_image.h"
#include "image/not_elf.h"
#include "image/notes.h"
#include "image/payload.h"
#include "image/relocations.h"
#include "image/symbol_table.h"

namespace kapi {
namespace {

// The bytes of an image, wherever they come from.
struct Input {
  std::string file;
  std::string path;                       // of the file that `bytes` are, if they are one
  std::unique_ptr<const MappedFile> map;  // null when the bytes are owned, or somebody else's
  std::vector<std::byte> owned;
  std::span<const std::byte> bytes;
  std::vector<std::string> wrapping;
};

bool is_elf(std::span<const std::byte> bytes) {
  return bytes.size() >= SELFMAG && std::memcmp(bytes.data(), ELFMAG, SELFMAG) == 0;
}

// One form of an image behind the interface. All of it is immutable but for the relocations and the
// symbols, which are read once by whichever thread asks first.
class KernelImage : public Image {
 public:
  explicit KernelImage(std::unique_ptr<const Input> input)
      : input_(std::move(input)), elf_(input_->bytes, input_->file) {
    open_symbol_table();
  }
  KernelImage(std::unique_ptr<const Input> input, FlatImage flat)
      : input_(std::move(input)), elf_(input_->bytes, input_->file, std::move(flat.shape)) {
    // They were read with the image.
    std::call_once(kallsyms_once_, [&] { kallsyms_ = std::move(flat.symbols); });
  }

  const std::string& file() const override { return elf_.file(); }
  const std::string& path() const override { return input_->path; }
  std::span<const std::byte> bytes() const override { return elf_.bytes(); }
  const std::vector<std::string>& wrapping() const override { return input_->wrapping; }
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

  std::string_view symbols_from() const override {
    return has_symbol_table() ? ".symtab" : kallsyms() != nullptr ? "kallsyms" : "";
  }
  bool has_symbols() const override { return !symbols_from().empty(); }
  std::optional<Symbol> symbol(std::string_view name) const override {
    return has_symbol_table()      ? symbols_->find(name)
           : kallsyms() != nullptr ? kallsyms()->find(name)
                                   : std::nullopt;
  }
  std::vector<Symbol> symbols_at(uint64_t address) const override {
    return has_symbol_table()      ? symbols_->at(address)
           : kallsyms() != nullptr ? kallsyms()->at(address)
                                   : std::vector<Symbol>();
  }
  std::vector<Symbol> symbols_with_prefix(std::string_view prefix) const override {
    return has_symbol_table()      ? symbols_->with_prefix(prefix)
           : kallsyms() != nullptr ? kallsyms()->with_prefix(prefix)
                                   : std::vector<Symbol>();
  }

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
  std::string compiler() const override {
    std::string compiler = read_compiler(elf_);
    return compiler.empty() ? compiler_of_banner(banner()) : compiler;
  }
  std::string banner() const override {
    if (const std::optional<Symbol> banner = symbol("linux_banner")) {
      return covers(banner->address, 1) ? banner_text(at(banner->address)) : "";
    }
    return has_symbol_table() ? "" : find_banner(elf_);
  }

  const std::vector<Diagnostic>& diagnostics() const override {
    std::call_once(diagnostics_once_, [this] {
      kallsyms();
      diagnostics_ = elf_.diagnostics();
      const auto& more = relocations().diagnostics();
      diagnostics_.insert(diagnostics_.end(), more.begin(), more.end());
      if (kallsyms_failure_) {
        diagnostics_.push_back(*kallsyms_failure_);
      }
    });
    return diagnostics_;
  }

 private:
  const Relocations& relocations() const {
    std::call_once(relocations_once_, [this] { relocations_.emplace(elf_, addresses_); });
    return *relocations_;
  }

  void open_symbol_table() {
    for (const Section& section : elf_.sections()) {
      if (section.type == SHT_SYMTAB) {
        symbols_ = std::make_unique<const SymbolTable>(elf_, section);
        return;
      }
    }
  }
  bool has_symbol_table() const { return symbols_ && symbols_->count() > 1; }

  // Null if the image has a symbol table, or nothing of the kind.
  const Kallsyms* kallsyms() const {
    std::call_once(kallsyms_once_, [this] {
      if (has_symbol_table() || elf_.format() == ImageFormat::elf_rel) {
        return;
      }
      try {
        kallsyms_ = read_elf_kallsyms(elf_, addresses_,
                                      [this](uint64_t address) { return pointer_at(address); });
      } catch (const InputError& error) {
        kallsyms_failure_ = {Level::error,   "kallsyms-unreadable", "",
                             error.reason(), error.place().section, error.place().offset};
      }
    });
    return kallsyms_.get();
  }

  std::unique_ptr<const Input> input_;  // stays where it is: cursors point to its name
  ElfFile elf_;
  AddressMap addresses_{elf_};
  std::unique_ptr<const SymbolTable> symbols_;
  mutable std::once_flag kallsyms_once_;
  mutable std::unique_ptr<const Kallsyms> kallsyms_;
  mutable std::optional<Diagnostic> kallsyms_failure_;
  mutable std::once_flag relocations_once_;
  mutable std::optional<Relocations> relocations_;
  mutable std::once_flag diagnostics_once_;
  mutable std::vector<Diagnostic> diagnostics_;
};

std::shared_ptr<const Image> make_image(std::unique_ptr<Input> input) {
  if (auto kernel = unwrap_kernel(Cursor(input->bytes, input->file, "", 0, Endian::little))) {
    input->owned = std::move(kernel->bytes);
    input->bytes = input->owned;
    input->wrapping = std::move(kernel->wrapping);
    input->path.clear();
    input->map.reset();
  }
  if (!is_elf(input->bytes)) {
    auto flat = read_flat_image(input->bytes, input->file);
    if (!flat) {
      refuse_not_elf(input->bytes, input->file);
    }
    return std::make_shared<const KernelImage>(std::move(input), std::move(*flat));
  }
  return std::make_shared<const KernelImage>(std::move(input));
}

}  // namespace

std::shared_ptr<const Image> Image::open(const std::string& path) {
  auto input = std::make_unique<Input>();
  input->file = path;
  input->path = path;
  input->map = std::make_unique<const MappedFile>(path);
  input->bytes = input->map->bytes();
  return make_image(std::move(input));
}

std::shared_ptr<const Image> Image::from_memory(std::span<const std::byte> bytes,
                                                std::string file) {
  auto input = std::make_unique<Input>();
  input->file = std::move(file);
  input->bytes = bytes;
  return make_image(std::move(input));
}

std::shared_ptr<const Image> Image::from_bytes(std::vector<std::byte> bytes, std::string file) {
  auto input = std::make_unique<Input>();
  input->file = std::move(file);
  input->owned = std::move(bytes);
  input->bytes = input->owned;
  return make_image(std::move(input));
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

// SPDX-License-Identifier: GPL-2.0-only
// image: a kernel image as addresses, sections and symbols.
//
//   auto image = Image::open("vmlinux");
//   if (auto symbol = image->symbol("linux_banner"))
//     std::string_view banner = image->at(symbol->address).cstring();
//
// The file is mapped, and only what is asked for is touched. Addresses are those the image was
// linked at; a relocatable file (ET_REL, a module) has none, so its allocated sections are laid out
// one after the other from kModuleBase and symbols and relocations follow.
//
// A kernel as shipped is unpacked first (a vmlinuz: see wrapping()). It has no symbol table, so its
// symbols are those of the kallsyms tables that it carries for its own use; and it may be a flat
// image (arm64, riscv, arm, s390x): the kernel's bytes as they lie in memory, from its link address
// on, without headers. Such an image has one section of all its bytes, kFlatSection, and within it
// those whose place is certain (.BTF, .notes, .rela.dyn).
//
// An Image is immutable; indices of symbols and relocations are built by the first question that
// needs them, and questions may come from several threads at once. A file that is cut short while
// it is mapped is beyond what can be checked (SIGBUS).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"

namespace kapi {

enum class Arch { unknown, x86_64, i386, arm64, arm, s390x, riscv64, riscv32, ppc64, ppc, mips };
// The kernel's own words: "x86_64", "arm64", "ppc64", …
std::string_view name(Arch arch);

enum class ImageFormat { elf_exec, elf_dyn, elf_rel, flat };
std::string_view name(ImageFormat format);  // "ET_EXEC", "ET_DYN", "ET_REL", "flat"

struct Section {
  std::string name;
  uint32_t index = 0;    // in the section header table
  uint32_t type = 0;     // SHT_*
  uint64_t flags = 0;    // SHF_*
  uint64_t address = 0;  // as linked, or as laid out here for ET_REL; 0 if not allocated
  uint64_t offset = 0;   // in the file
  uint64_t size = 0;
  uint32_t link = 0;
  uint32_t info = 0;
  bool allocated = false;
  bool has_bytes = false;  // false for SHT_NOBITS
};

enum class Binding { local, global, weak, other };
enum class SymbolKind { none, object, function, section, file, other };

struct Symbol {
  std::string_view name;  // owned by the image
  uint64_t address = 0;
  uint64_t size = 0;
  Binding binding = Binding::local;
  SymbolKind kind = SymbolKind::none;
  bool defined = false;  // has a section, or is absolute
  // kallsyms holds no sizes: `size` is then the distance to the next symbol of a higher address,
  // and what the symbol names may be smaller.
  bool size_is_bound = false;
};

// Where an address lies in the file.
struct Location {
  std::string section;
  uint64_t file_offset = 0;
};

class Image {
 public:
  static constexpr uint64_t kModuleBase = 0x10000;
  static constexpr std::string_view kFlatSection = "Image";

  // Maps and checks the file, unpacking it if it is packed. Throws InputError if it cannot be
  // opened, is not a regular file, or holds neither an ELF file whose headers hold together nor a
  // flat kernel image.
  static std::shared_ptr<const Image> open(const std::string& path);
  // The same over bytes in memory (tests, fuzzing); the bytes must outlive the image.
  static std::shared_ptr<const Image> from_memory(std::span<const std::byte> bytes,
                                                  std::string file);
  // The same over bytes that the image is to keep: the member `file` of a package, say.
  static std::shared_ptr<const Image> from_bytes(std::vector<std::byte> bytes, std::string file);
  virtual ~Image() = default;

  // What the user called it.
  virtual const std::string& file() const = 0;
  // The whole image, for readers that parse it by other means (libdw). The path is empty where the
  // image is not a file as it stands: after from_memory, and when it was unpacked.
  virtual const std::string& path() const = 0;
  virtual std::span<const std::byte> bytes() const = 0;
  // What it was unpacked from, outermost first: {"bzImage", "xz"}; empty if it was not packed.
  virtual const std::vector<std::string>& wrapping() const = 0;

  virtual ImageFormat format() const = 0;
  virtual Arch arch() const = 0;
  virtual unsigned bits() const = 0;  // 32 or 64: the size of an address
  virtual Endian endian() const = 0;

  virtual const std::vector<Section>& sections() const = 0;
  // The first section of that name, or null.
  virtual const Section* section(std::string_view name) const = 0;
  // The bytes of a section; throws if it has none or they lie outside the file.
  virtual Cursor contents(const Section& section) const = 0;

  // Where symbols come from: ".symtab", or "kallsyms" where an image has none; empty if it has
  // neither. What kallsyms says of a symbol is its name, address, binding and kind, as nm's letter
  // has them; without CONFIG_KALLSYMS_ALL it holds functions only.
  virtual std::string_view symbols_from() const = 0;
  // The first defined symbol of that name (a global one before a local one). None of the three
  // lists source file names, unnamed symbols, or the mapping symbols ($x, $d) of Arm and RISC-V.
  // Throws InputError if the symbol table is malformed; kallsyms tables that contradict themselves
  // are a diagnostic, and no symbols.
  virtual std::optional<Symbol> symbol(std::string_view name) const = 0;
  // All defined symbols at exactly this address, in symbol table order.
  virtual std::vector<Symbol> symbols_at(uint64_t address) const = 0;
  // All defined symbols whose name begins with `prefix`, sorted by address, then name.
  virtual std::vector<Symbol> symbols_with_prefix(std::string_view prefix) const = 0;
  virtual bool has_symbols() const = 0;

  // The bytes from an address to the end of its section. Throws InputError if no section with bytes
  // in the file covers it.
  virtual Cursor at(uint64_t address) const = 0;
  virtual std::optional<Location> locate(uint64_t address) const = 0;
  // True if [address, address + size) has bytes in the file.
  virtual bool covers(uint64_t address, uint64_t size) const = 0;
  // The pointer-sized word at an address after relocation: the value a relocation of the running
  // image puts there, or else the word in the file.
  virtual uint64_t pointer_at(uint64_t address) const = 0;
  // The integer of `size` (1, 2, 4, 8) bytes at an address, after relocation where one covers
  // exactly it. Both throw InputError where a relocation covers only part of the place, or is of a
  // type that does not put an address there; an address of an undefined symbol reads as 0.
  virtual uint64_t word_at(uint64_t address, size_t size) const = 0;

  // Lower-case hex of the GNU build id note; empty if there is none.
  virtual std::string build_id() const = 0;
  // From .comment, "GCC: (Debian 12.2.0-14) 12.2.0", or else as the banner names it; empty if
  // there is neither.
  virtual std::string compiler() const = 0;
  // The text of linux_banner without its newline; empty if there is none.
  virtual std::string banner() const = 0;

  // What was noticed in the headers and relocations (which this indexes): sections outside the
  // file, relocations that were dropped or cannot be read, addresses of undefined symbols.
  virtual const std::vector<Diagnostic>& diagnostics() const = 0;
};

// An image with the symbols of its separate debug file, which is of the same build. Throws
// InputError if the sections of the two do not stand at the same addresses.
std::shared_ptr<const Image> with_symbols_of(std::shared_ptr<const Image> image,
                                             std::shared_ptr<const Image> debug);

// Whether a file begins like a kernel as it is shipped, which Image::open() reads: in a form that
// boot loaders read, or packed. An ELF file does not. Some forms say it late: `head` is to hold
// kKernelHead bytes, or the whole file if it is smaller.
inline constexpr size_t kKernelHead = 0x10010;
bool is_shipped_kernel(std::span<const std::byte> head);

// The .config that an image carries (CONFIG_IKCONFIG), unpacked; nothing if it carries none. Throws
// InputError if it cannot be unpacked.
std::optional<std::string> embedded_config(const Image& image);

}  // namespace kapi

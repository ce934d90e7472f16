// SPDX-License-Identifier: GPL-2.0-only
#include "image/elf_file.h"

#include <fmt/format.h>
#include <gelf.h>

#include <bit>
#include <cstring>
#include <memory>

#include "image/not_elf.h"

namespace kapi {
namespace {

constexpr size_t kMaxSectionName = 1024;
// An object of a kernel built with -ffunction-sections has some 100,000.
constexpr size_t kMaxSections = 1 << 20;

constexpr std::string_view kCutShort = "the file may have been cut short: copy or build it again";

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, EndElf>;

Arch arch_of(uint16_t machine, unsigned bits) {
  switch (machine) {
    case EM_X86_64:
      return Arch::x86_64;
    case EM_386:
      return Arch::i386;
    case EM_AARCH64:
      return Arch::arm64;
    case EM_ARM:
      return Arch::arm;
    case EM_S390:
      return bits == 64 ? Arch::s390x : Arch::unknown;
    case EM_RISCV:
      return bits == 64 ? Arch::riscv64 : Arch::riscv32;
    case EM_PPC64:
      return Arch::ppc64;
    case EM_PPC:
      return Arch::ppc;
    case EM_MIPS:
      return Arch::mips;
    default:
      return Arch::unknown;
  }
}

}  // namespace

ElfFile::ElfFile(std::span<const std::byte> bytes, std::string file)
    : bytes_(bytes), file_(std::move(file)) {
  if (bytes_.size() < SELFMAG || std::memcmp(bytes_.data(), ELFMAG, SELFMAG) != 0) {
    refuse_not_elf(bytes_, file_);
  }
  check_header();
  static const unsigned version = elf_version(EV_CURRENT);
  // libelf takes a mutable pointer for writers; a handle that is never updated is only read.
  auto* memory = reinterpret_cast<char*>(const_cast<std::byte*>(bytes_.data()));
  const ElfHandle elf(version == EV_NONE ? nullptr : elf_memory(memory, bytes_.size()));
  if (elf == nullptr || elf_kind(elf.get()) != ELF_K_ELF) {
    fail(0, fmt::format("libelf cannot read the ELF headers: {}", elf_errmsg(-1)));
  }
  read_sections(elf.get());
  read_segments(elf.get());
  if (format_ == ImageFormat::elf_rel) {
    lay_out();
  }
}

ElfFile::ElfFile(std::span<const std::byte> bytes, std::string file, ImageShape shape)
    : bytes_(bytes),
      file_(std::move(file)),
      format_(ImageFormat::flat),
      arch_(shape.arch),
      bits_(shape.bits),
      endian_(shape.endian),
      sections_(std::move(shape.sections)),
      shapes_(std::move(shape.shapes)),
      diagnostics_(std::move(shape.diagnostics)) {}

void ElfFile::fail(std::optional<uint64_t> offset, std::string reason, std::string hint) const {
  throw InputError({file_, "", offset}, std::move(reason), std::move(hint));
}

bool ElfFile::in_file(uint64_t offset, uint64_t size) const {
  return offset <= bytes_.size() && size <= bytes_.size() - offset;
}

Cursor ElfFile::slice(uint64_t offset, uint64_t size, std::string_view label) const {
  return {bytes_.subspan(offset, size), file_, label, offset, endian_};
}

Cursor ElfFile::contents(const Section& section) const {
  const Section& own = sections_.at(section.index);
  if (!own.has_bytes) {
    throw InputError({file_, own.name, std::nullopt}, "has no bytes in the file",
                     "a separate debug file holds no code and data: name the image it belongs to");
  }
  if (!in_file(own.offset, own.size)) {
    throw InputError({file_, own.name, own.offset},
                     fmt::format("a section of {:#x} bytes lies outside the file of {:#x} bytes",
                                 own.size, bytes_.size()),
                     std::string(kCutShort));
  }
  return slice(own.offset, own.size, own.name);
}

// What libelf would refuse without a place, or answer with no sections at all.
void ElfFile::check_header() {
  if (bytes_.size() < EI_NIDENT) {
    fail(0, "the ELF header is cut short", std::string(kCutShort));
  }
  const auto ident = [&](size_t i) { return static_cast<unsigned>(bytes_[i]); };
  if (ident(EI_CLASS) != ELFCLASS32 && ident(EI_CLASS) != ELFCLASS64) {
    fail(EI_CLASS, fmt::format("ELF class {} is neither 32 nor 64 bits", ident(EI_CLASS)));
  }
  if (ident(EI_DATA) != ELFDATA2LSB && ident(EI_DATA) != ELFDATA2MSB) {
    fail(EI_DATA, fmt::format("ELF byte order {} is unknown", ident(EI_DATA)));
  }
  bits_ = ident(EI_CLASS) == ELFCLASS64 ? 64 : 32;
  endian_ = ident(EI_DATA) == ELFDATA2LSB ? Endian::little : Endian::big;
  const size_t header_size = bits_ == 64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
  if (bytes_.size() < header_size) {
    fail(0, "the ELF header is cut short", std::string(kCutShort));
  }
  Cursor header = slice(0, header_size, "");
  header.skip(EI_NIDENT);
  const uint16_t type = header.u16();
  if (type != ET_REL && type != ET_EXEC && type != ET_DYN) {
    fail(EI_NIDENT, fmt::format("an ELF file of type {}{}", type, type == ET_CORE ? " (core)" : ""),
         "expected an executable or shared image (a vmlinux) or a relocatable one (a module)");
  }
  format_ = type == ET_REL    ? ImageFormat::elf_rel
            : type == ET_EXEC ? ImageFormat::elf_exec
                              : ImageFormat::elf_dyn;
  arch_ = arch_of(header.u16(), bits_);
  header.skip(4);              // e_version
  header.unsigned_of(word());  // e_entry
  const uint64_t segments = header.unsigned_of(word());
  section_headers_ = header.unsigned_of(word());
  header.skip(4 + 2);  // e_flags, e_ehsize
  const uint16_t segment_size = header.u16();
  const uint16_t segment_count = header.u16();
  const uint16_t section_size = header.u16();
  const uint16_t section_count = header.u16();
  const auto check = [&](const char* what, uint64_t offset, uint16_t size, uint64_t expected,
                         uint64_t count) {
    if (offset == 0) {
      return;
    }
    if (count != 0 && size != expected) {
      fail(0, fmt::format("{} headers of {} bytes, expected {}", what, size, expected));
    }
    if (!in_file(offset, expected * count)) {
      fail(offset,
           fmt::format("{} {} headers of {} bytes lie outside the file of {:#x} bytes", count, what,
                       expected, bytes_.size()),
           std::string(kCutShort));
    }
  };
  check("section", section_headers_, section_size,
        bits_ == 64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr),
        // With e_shnum 0, the number is in the header of section 0.
        section_count == 0 ? 1 : section_count);
  check("program", segments, segment_size, bits_ == 64 ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr),
        segment_count == PN_XNUM ? 0 : segment_count);
  section_header_size_ = section_size;
}

void ElfFile::read_sections(Elf* elf) {
  size_t count = 0;
  if (section_headers_ == 0) {
    return;
  }
  if (elf_getshdrnum(elf, &count) != 0 || count == 0 ||
      !in_file(section_headers_, count * section_header_size_)) {
    fail(section_headers_, fmt::format("{} section headers do not fit into the file", count),
         std::string(kCutShort));
  }
  if (count > kMaxSections) {
    fail(section_headers_,
         fmt::format("{} sections, at most {} are supported", count, kMaxSections));
  }
  sections_.resize(count);
  shapes_.resize(count);
  std::vector<uint64_t> names(count);
  for (size_t i = 0; i < count; i++) {
    GElf_Shdr header;
    if (gelf_getshdr(elf_getscn(elf, i), &header) == nullptr) {
      fail(section_headers_ + i * section_header_size_,
           fmt::format("section header {} cannot be read: {}", i, elf_errmsg(-1)));
    }
    Section& section = sections_[i];
    section.index = static_cast<uint32_t>(i);
    section.type = header.sh_type;
    section.flags = header.sh_flags;
    section.address = header.sh_addr;
    section.offset = header.sh_offset;
    section.size = header.sh_size;
    section.link = header.sh_link;
    section.info = header.sh_info;
    section.allocated = (header.sh_flags & SHF_ALLOC) != 0;
    section.has_bytes = header.sh_type != SHT_NOBITS && header.sh_type != SHT_NULL;
    shapes_[i] = {header.sh_addralign, header.sh_entsize};
    names[i] = header.sh_name;
  }
  size_t names_index = 0;
  if (elf_getshdrstrndx(elf, &names_index) != 0) {
    fail(section_headers_, fmt::format("the section names: {}", elf_errmsg(-1)));
  }
  read_section_names(names_index, names);
  for (const Section& section : sections_) {
    if (section.has_bytes && !in_file(section.offset, section.size)) {
      diagnostics_.push_back(
          {Level::error, "section-outside-file", section.name,
           fmt::format("a section of {:#x} bytes lies outside the file of {:#x} bytes",
                       section.size, bytes_.size()),
           section.name, section.offset});
    }
  }
}

void ElfFile::read_section_names(size_t names_index, const std::vector<uint64_t>& name_offsets) {
  if (names_index == SHN_UNDEF) {
    return;
  }
  if (names_index >= sections_.size()) {
    fail(section_headers_, fmt::format("section {} of {} is to hold the section names", names_index,
                                       sections_.size()));
  }
  sections_[names_index].name = ".shstrtab";
  const Cursor names = contents(sections_[names_index]);
  for (Section& section : sections_) {
    if (name_offsets[section.index] >= names.size()) {
      fail(section_headers_ + section.index * section_header_size_,
           fmt::format("the name of section {} at {:#x} lies outside the {:#x} bytes of names",
                       section.index, name_offsets[section.index], names.size()));
    }
    section.name = names.window(name_offsets[section.index]).cstring(kMaxSectionName);
  }
}

void ElfFile::read_segments(Elf* elf) {
  size_t count = 0;
  if (elf_getphdrnum(elf, &count) != 0) {
    fail(0, fmt::format("the program headers: {}", elf_errmsg(-1)), std::string(kCutShort));
  }
  if (count > kMaxSections) {
    fail(0, fmt::format("{} program headers, at most {} are supported", count, kMaxSections));
  }
  for (size_t i = 0; i < count; i++) {
    GElf_Phdr header;
    if (gelf_getphdr(elf, static_cast<int>(i), &header) == nullptr) {
      fail(0, fmt::format("program header {} cannot be read: {}", i, elf_errmsg(-1)));
    }
    segments_.push_back(
        {header.p_type, header.p_vaddr, header.p_offset, header.p_filesz, header.p_align});
  }
}

// A relocatable file is linked by its loader; here its allocated sections simply follow each other
// in order of index, which is all that addresses need to tell them apart.
void ElfFile::lay_out() {
  const uint64_t limit = bits_ == 64 ? UINT64_MAX : UINT32_MAX;
  uint64_t next = Image::kModuleBase;
  for (Section& section : sections_) {
    if (!section.allocated) {
      section.address = 0;
      continue;
    }
    const uint64_t alignment = std::max<uint64_t>(shapes_[section.index].alignment, 1);
    const uint64_t header = section_headers_ + section.index * section_header_size_;
    if (!std::has_single_bit(alignment)) {
      fail(header, fmt::format("section {} has alignment {}, which is not a power of two",
                               section.name, alignment));
    }
    const uint64_t padding = -next & (alignment - 1);
    if (padding > limit - next || section.size > limit - next - padding) {
      fail(header, fmt::format("section {} of {:#x} bytes, aligned to {:#x}, does not fit into the "
                               "address space",
                               section.name, section.size, alignment));
    }
    section.address = next + padding;
    next = section.address + section.size;
  }
}

}  // namespace kapi

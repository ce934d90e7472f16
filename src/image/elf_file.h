// SPDX-License-Identifier: GPL-2.0-only
// What the headers of an ELF file say, checked against its size. libelf decodes them; the contents
// of sections are never its business, so that it neither copies nor converts whole tables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/base.h"
#include "kapi/image.h"

// libelf's handle, which stays private to the source file.
typedef struct Elf Elf;

namespace kapi {

// What Section has no member for.
struct SectionShape {
  uint64_t alignment = 0;
  uint64_t entry_size = 0;
};

struct Segment {
  uint32_t type = 0;  // PT_*
  uint64_t address = 0;
  uint64_t offset = 0;
  uint64_t file_size = 0;
  uint64_t alignment = 0;
};

// What an ElfFile says of an image that has no headers.
struct ImageShape {
  Arch arch = Arch::unknown;
  unsigned bits = 64;
  Endian endian = Endian::little;
  std::vector<Section> sections;  // [i].index == i
  std::vector<SectionShape> shapes;
  std::vector<Diagnostic> diagnostics;
};

class ElfFile {
 public:
  // `bytes` must outlive this. Throws InputError if they are not an ELF image or its headers do not
  // hold together; a section outside the file is a diagnostic.
  ElfFile(std::span<const std::byte> bytes, std::string file);
  // A flat image: everything works as for an ELF file with these sections.
  ElfFile(std::span<const std::byte> bytes, std::string file, ImageShape shape);
  // Cursors point to the file name and the section names in here.
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;

  const std::string& file() const { return file_; }
  std::span<const std::byte> bytes() const { return bytes_; }
  ImageFormat format() const { return format_; }
  Arch arch() const { return arch_; }
  unsigned bits() const { return bits_; }
  size_t word() const { return bits_ / 8; }
  Endian endian() const { return endian_; }

  const std::vector<Section>& sections() const { return sections_; }  // [i].index == i
  const SectionShape& shape(const Section& section) const { return shapes_[section.index]; }
  const std::vector<Segment>& segments() const { return segments_; }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

  // Throws InputError if the section has no bytes or they lie outside the file.
  Cursor contents(const Section& section) const;
  bool in_file(uint64_t offset, uint64_t size) const;
  // Bytes [offset, offset + size) of the file, which must be in it. `label` names them in errors.
  Cursor slice(uint64_t offset, uint64_t size, std::string_view label) const;

 private:
  void check_header();
  void read_sections(Elf* elf);
  void read_section_names(size_t names_index, const std::vector<uint64_t>& name_offsets);
  void read_segments(Elf* elf);
  void lay_out();
  [[noreturn]] void fail(std::optional<uint64_t> offset, std::string reason,
                         std::string hint = {}) const;

  std::span<const std::byte> bytes_;
  std::string file_;
  ImageFormat format_ = ImageFormat::elf_exec;
  Arch arch_ = Arch::unknown;
  unsigned bits_ = 64;
  Endian endian_ = Endian::little;
  uint64_t section_headers_ = 0;  // file offset
  uint64_t section_header_size_ = 0;
  std::vector<Section> sections_;
  std::vector<SectionShape> shapes_;
  std::vector<Segment> segments_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace kapi

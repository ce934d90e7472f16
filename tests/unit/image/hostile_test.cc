// SPDX-License-Identifier: GPL-2.0-only
// Files that are no image, cut short, or lie: each gives one message that says what and where.
#include <doctest/doctest.h>

#include "fixture.h"

namespace kapi {
namespace {

std::string open_error(const Bytes& bytes) {
  return error_of([&] { bytes.image(); });
}

TEST_CASE("paths that are not files") {
  CHECK(contains(error_of([] { Image::open("/"); }), "/: is a directory"));
  CHECK(contains(error_of([] { Image::open("/dev/null"); }), "is not a regular file"));
  CHECK(contains(error_of([] { Image::open("/nonexistent/vmlinux"); }),
                 "/nonexistent/vmlinux: cannot be opened: No such file"));
}

TEST_CASE("files that are not ELF say what they seem to be") {
  CHECK(open_error(Bytes("")) == "test.elf: is empty, expected an ELF file");
  CHECK(contains(open_error(Bytes("Kernel API specification\n")), "it looks like text"));
  CHECK(contains(open_error(Bytes(std::string("\x01\x02\x03\x04\x00", 5))), "is not an ELF file"));
  CHECK(contains(open_error(Bytes("!<arch>\ndebian-binary   ")), "a Debian package; unpack it"));
  CHECK(contains(open_error(Bytes("!<arch>\nbuilt-in.o/    ")), "an archive"));
  CHECK(contains(open_error(Bytes("\x1f\x8b\x08 and so on")), "gzip"));
  std::string bzimage(0x1000, '\x90');
  bzimage.replace(0, 2, "MZ").replace(0x202, 4, "HdrS");
  CHECK(contains(open_error(Bytes(bzimage)), "bzImage"));
  CHECK(contains(open_error(Bytes("MZ and some program")), "an EFI program without a kernel"));
}

TEST_CASE("any file cut short is refused at some place, or read as far as its headers go") {
  for (const char* file : {"x86_64.exec", "arm64.pie", "i386.pie", "s390x.rel"}) {
    CAPTURE(file);
    const Bytes whole = Bytes::of(file);
    for (size_t size = 0; size < whole.size(); size = size < 256 ? size + 1 : size + 97) {
      CAPTURE(size);
      Bytes bytes = whole;
      bytes.resize(size);
      // The section headers come last.
      CHECK(open_error(bytes) != "");
    }
  }
  Bytes bytes = Bytes::of("x86_64.exec");
  const auto offset = bytes.get<Elf64_Ehdr>(0).e_shoff;
  bytes.resize(bytes.size() - 1);
  CHECK(contains(open_error(bytes), "test.elf at " + hex(offset) + ": "));
  CHECK(contains(open_error(bytes), "section headers of 64 bytes lie outside the file"));
  CHECK(contains(open_error(bytes), "cut short"));
  bytes.resize(20);
  CHECK(contains(open_error(bytes), "test.elf at 0x0: the ELF header is cut short"));
}

TEST_CASE("headers of the file that make no sense") {
  const auto changed = [](auto change) {
    Bytes bytes = Bytes::of("x86_64.exec");
    return open_error(bytes.change_elf(change));
  };
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_ident[EI_CLASS] = 3; }),
                 "test.elf at 0x4: ELF class 3"));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_ident[EI_DATA] = 0; }),
                 "test.elf at 0x5: ELF byte order 0"));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_type = ET_CORE; }), "type 4 (core)"));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_shentsize = 40; }),
                 "section headers of 40 bytes, expected 64"));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_shnum = 0x7000; }), "outside the file"));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_shoff = UINT64_MAX - 8; }),
                 "at 0xfffffffffffffff7: "));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_phoff = 1ULL << 40; }),
                 "program headers of 56 bytes lie outside"));
  CHECK(contains(changed([](Elf64_Ehdr& elf) { elf.e_shstrndx = 999; }),
                 "is to hold the section names"));
}

TEST_CASE("a number of sections too large for the file, where e_shnum does not hold it") {
  Bytes bytes = Bytes::of("x86_64.exec");
  const auto elf = bytes.get<Elf64_Ehdr>(0);
  for (const uint64_t count : {uint64_t{1} << 20, uint64_t{1} << 58, UINT64_MAX}) {
    CAPTURE(count);
    bytes.change_elf([](Elf64_Ehdr& header) { header.e_shnum = 0; });
    auto first = bytes.get<Elf64_Shdr>(elf.e_shoff);
    first.sh_size = count;
    bytes.put(elf.e_shoff, first);
    CHECK(open_error(bytes) != "");
  }
}

TEST_CASE("a section that lies outside the file") {
  Bytes bytes = Bytes::of("x86_64.exec");
  bytes.change(".rodata", [](Elf64_Shdr& header) { header.sh_size = 1 << 20; });
  const auto image = bytes.image();
  const Section& rodata = *image->section(".rodata");
  REQUIRE(codes(*image) == "section-outside-file");
  CHECK(image->diagnostics()[0].level == Level::error);
  CHECK(image->diagnostics()[0].subject == ".rodata");
  CHECK(image->diagnostics()[0].offset == rodata.offset);
  CHECK(contains(error_of([&] { image->contents(rodata); }),
                 "test.elf: .rodata at " + hex(rodata.offset) + ": a section of 0x100000 bytes"));
  CHECK(!image->covers(rodata.address, 1));
}

TEST_CASE("a section without bytes") {
  Bytes bytes = Bytes::of("x86_64.exec");
  bytes.change(".rodata", [](Elf64_Shdr& header) { header.sh_type = SHT_NOBITS; });
  const auto image = bytes.image();
  CHECK(contains(error_of([&] { image->contents(*image->section(".rodata")); }),
                 "test.elf: .rodata: has no bytes in the file; a separate debug file"));
  CHECK(image->banner().empty());
}

TEST_CASE("section names that lie outside their table or have no end") {
  Bytes bytes = Bytes::of("x86_64.exec");
  const size_t header = bytes.header(".rodata");
  bytes.change(".rodata", [](Elf64_Shdr& section) { section.sh_name = 0x10000; });
  CHECK(contains(open_error(bytes), "test.elf at " + hex(header) + ": the name of section"));
  bytes = Bytes::of("x86_64.exec");
  bytes.change(".shstrtab", [](Elf64_Shdr& section) { section.sh_size -= 1; });
  CHECK(contains(open_error(bytes), "a string without an end"));
}

TEST_CASE("symbols that lie") {
  const auto lookup = [](auto change) {
    Bytes bytes = Bytes::of("x86_64.exec");
    const auto table = bytes.get<Elf64_Shdr>(bytes.header(".symtab"));
    // The last one: a global.
    const size_t at = table.sh_offset + table.sh_size - sizeof(Elf64_Sym);
    auto symbol = bytes.get<Elf64_Sym>(at);
    change(symbol);
    bytes.put(at, symbol);
    const auto image = bytes.image();
    const std::string message = error_of([&] {
      image->symbols_at(1);
      image->symbol("pointer_table");
    });
    const std::string place = "test.elf: .symtab at " + hex(at) + ": symbol ";
    return message.starts_with(place) ? message : "elsewhere: " + message;
  };
  CHECK(contains(lookup([](Elf64_Sym& symbol) { symbol.st_name = 1 << 20; }),
                 "its name at 0x100000 lies outside the "));
  CHECK(contains(lookup([](Elf64_Sym& symbol) { symbol.st_shndx = 0x1000; }),
                 "it lies in section 4096 of "));
}

TEST_CASE("symbol names without an end, and no table of names") {
  Bytes bytes = Bytes::of("x86_64.exec");
  bytes.change(".strtab", [](Elf64_Shdr& section) { section.sh_size -= 1; });
  const auto image = bytes.image();
  CHECK(contains(error_of([&] { image->symbol("pointer_table"); }), "test.elf: .strtab at 0x"));
  bytes.change(".symtab", [](Elf64_Shdr& section) { section.sh_link = 77; });
  CHECK(contains(open_error(bytes), ".symtab at 0x"));
  CHECK(contains(open_error(bytes), "is to hold the symbol names"));
}

TEST_CASE("layouts of a relocatable file that no address space holds") {
  const auto changed = [](auto change) {
    Bytes bytes = Bytes::of("x86_64.rel");
    return open_error(bytes.change(".bss", change));
  };
  CHECK(contains(changed([](Elf64_Shdr& bss) { bss.sh_size = UINT64_MAX; }),
                 "does not fit into the address space"));
  CHECK(contains(changed([](Elf64_Shdr& bss) {
                   bss.sh_addralign = 1ULL << 63;
                   bss.sh_size = 1ULL << 63;
                 }),
                 "does not fit into the address space"));
  CHECK(contains(changed([](Elf64_Shdr& bss) { bss.sh_addralign = 24; }),
                 "section .bss has alignment 24, which is not a power of two"));
}

TEST_CASE("relocations that cannot be read are said so, and nothing is read past them") {
  const auto refused = [](const char* file, const char* section, auto change) {
    Bytes bytes = Bytes::of(file);
    const uint64_t slot = table_slot(*bytes.image(), 0);
    bytes.change(section, change);
    const auto image = bytes.image();
    CHECK(codes(*image) == "relocations-unreadable");
    const std::string error = error_of([&] { image->pointer_at(slot); });
    CHECK(contains(error, section));
    return error;
  };
  CHECK(contains(refused("arm64.pie", ".rela.dyn", [](Elf64_Shdr& h) { h.sh_entsize = 16; }),
                 "relocations of 16 bytes each, expected 24"));
  CHECK(contains(refused("arm64.pie", ".rela.dyn", [](Elf64_Shdr& h) { h.sh_size -= 1; }),
                 "no whole number of relocations"));
  CHECK(contains(refused("x86_64.rel", ".rela.rodata", [](Elf64_Shdr& h) { h.sh_info = 99; }),
                 "relocations for section 99 of "));
  CHECK(contains(refused("x86_64.rel", ".rela.rodata", [](Elf64_Shdr& h) { h.sh_link = 0; }),
                 "the table has no symbols"));
}

TEST_CASE("a relocation outside the image is dropped and reported") {
  Bytes bytes = Bytes::of("arm64.pie");
  const auto table = bytes.get<Elf64_Shdr>(bytes.header(".rela.dyn"));
  auto entry = bytes.get<Elf64_Rela>(table.sh_offset);
  entry.r_offset = 0x7fffffff;
  bytes.put(table.sh_offset, entry);
  const auto image = bytes.image();
  CHECK(codes(*image) == "relocations-outside");
  CHECK(image->diagnostics()[0].message ==
        "1 of 5 relocations apply to no bytes of the file and were dropped");
  CHECK(image->at(image->pointer_at(table_slot(*image, 1))).cstring() == "one");
}

TEST_CASE("many relocations for one place, many tables over one another") {
  Bytes bytes = Bytes::of("x86_64.many-sections");
  const auto elf = bytes.get<Elf64_Ehdr>(0);
  const auto index = bytes.get<Elf64_Shdr>(elf.e_shoff).sh_link;  // e_shstrndx is SHN_XINDEX
  REQUIRE(index > 0xff00);
  // Every section becomes a table of the same bytes, for the section .many.0.
  for (size_t i = 10; i < 0xff00; i++) {
    const size_t at = elf.e_shoff + i * sizeof(Elf64_Shdr);
    auto header = bytes.get<Elf64_Shdr>(at);
    header.sh_type = SHT_RELA;
    header.sh_info = 4;
    header.sh_entsize = sizeof(Elf64_Rela);
    header.sh_offset = 0;
    header.sh_size = 1000 * sizeof(Elf64_Rela);
    bytes.put(at, header);
  }
  const auto image = bytes.image();
  CHECK(codes(*image) == "relocations-unreadable");
  CHECK(contains(error_of([&] { image->word_at(Image::kModuleBase, 1); }),
                 "the relocation tables lie one over the other"));

  Bytes crowded = Bytes::of("arm64.pie");
  const auto table = crowded.get<Elf64_Shdr>(crowded.header(".rela.dyn"));
  const auto entry = crowded.get<Elf64_Rela>(table.sh_offset);
  crowded.change(".rela.dyn", [&](Elf64_Shdr& header) {
    header.sh_offset = table.sh_offset;
    header.sh_size = 9 * sizeof entry;
  });
  for (size_t i = 0; i < 9; i++) {
    crowded.put(table.sh_offset + i * sizeof entry, entry);
  }
  CHECK(contains(error_of([&] { crowded.image()->pointer_at(entry.r_offset); }),
                 "more than 8 relocations for one place"));
}

TEST_CASE("RELR that is malformed") {
  const auto with = [](uint64_t first, uint64_t second) {
    Bytes bytes = Bytes::of("arm64.relr");
    const auto table = bytes.get<Elf64_Shdr>(bytes.header(".relr.dyn"));
    REQUIRE(table.sh_size == 16);
    bytes.put(table.sh_offset, first);
    bytes.put(table.sh_offset + 8, second);
    const auto image = bytes.image();
    REQUIRE(codes(*image) == "malformed-relr");
    CHECK(image->diagnostics()[0].section == ".relr.dyn");
    return image->diagnostics()[0].message;
  };
  const auto image = Image::open(fixture_path("arm64.relr"));
  const uint64_t slot = table_slot(*image, 0);
  CHECK(with(0x3, 0x3) == "entry 0: a bitmap without an address before it");
  CHECK(with(0x10, 0x3) == "entry 0: its address has no bytes in the file");
  CHECK(with(slot, (1ULL << 63) | 1) ==
        "entry 1: its bitmap marks places that have no bytes in the file");
}

TEST_CASE("PT_DYNAMIC that names tables which are not there") {
  Bytes bytes = Bytes::of("x86_64.pie");
  const auto dynamic = bytes.get<Elf64_Shdr>(bytes.header(".dynamic"));
  const uint64_t slot = table_slot(*bytes.image(), 0);
  bytes.change_elf([](Elf64_Ehdr& elf) { elf.e_shoff = elf.e_shnum = elf.e_shstrndx = 0; });
  for (size_t at = 0; at < dynamic.sh_size; at += sizeof(Elf64_Dyn)) {
    auto entry = bytes.get<Elf64_Dyn>(dynamic.sh_offset + at);
    if (entry.d_tag == DT_RELASZ) {
      entry.d_un.d_val = 1 << 30;
      bytes.put(dynamic.sh_offset + at, entry);
    }
  }
  const auto image = bytes.image();
  CHECK(codes(*image) == "relocations-unreadable");
  CHECK(contains(error_of([&] { image->pointer_at(slot); }), "PT_LOAD at 0x"));
}

}  // namespace
}  // namespace kapi

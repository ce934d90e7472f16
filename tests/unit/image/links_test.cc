// SPDX-License-Identifier: GPL-2.0-only
// What fixtures/image/pointers.c says is what is read, however and for whichever machine it was
// linked: in place, by RELA, REL or RELR, in either byte order and word size.
#include <doctest/doctest.h>

#include <algorithm>

#include "fixture.h"

namespace kapi {
namespace {

struct Link {
  const char* file;
  ImageFormat format;
  Arch arch;
  unsigned bits;
  Endian endian;
};

constexpr ImageFormat kRel = ImageFormat::elf_rel;
constexpr ImageFormat kExec = ImageFormat::elf_exec;
constexpr ImageFormat kDyn = ImageFormat::elf_dyn;

const Link kLinks[] = {
    {"x86_64.rel", kRel, Arch::x86_64, 64, Endian::little},
    {"i386.rel", kRel, Arch::i386, 32, Endian::little},
    {"arm64.rel", kRel, Arch::arm64, 64, Endian::little},
    {"arm.rel", kRel, Arch::arm, 32, Endian::little},
    {"s390x.rel", kRel, Arch::s390x, 64, Endian::big},
    {"riscv64.rel", kRel, Arch::riscv64, 64, Endian::little},
    {"ppc64.rel", kRel, Arch::ppc64, 64, Endian::big},
    {"ppc.rel", kRel, Arch::ppc, 32, Endian::big},
    {"mips64.rel", kRel, Arch::mips, 64, Endian::little},
    {"mips.rel", kRel, Arch::mips, 32, Endian::little},
    {"x86_64.exec", kExec, Arch::x86_64, 64, Endian::little},
    {"x86_64.emit-relocs", kExec, Arch::x86_64, 64, Endian::little},
    {"i386.exec", kExec, Arch::i386, 32, Endian::little},
    {"arm64.exec", kExec, Arch::arm64, 64, Endian::little},
    {"arm.exec", kExec, Arch::arm, 32, Endian::little},
    {"s390x.exec", kExec, Arch::s390x, 64, Endian::big},
    {"riscv64.exec", kExec, Arch::riscv64, 64, Endian::little},
    {"ppc64.exec", kExec, Arch::ppc64, 64, Endian::big},
    {"ppc.exec", kExec, Arch::ppc, 32, Endian::big},
    {"mips64.exec", kExec, Arch::mips, 64, Endian::little},
    {"mips.exec", kExec, Arch::mips, 32, Endian::little},
    {"x86_64.pie", kDyn, Arch::x86_64, 64, Endian::little},
    {"x86_64.lld-pie", kDyn, Arch::x86_64, 64, Endian::little},
    {"x86_64.relr", kDyn, Arch::x86_64, 64, Endian::little},
    {"i386.pie", kDyn, Arch::i386, 32, Endian::little},
    {"arm64.pie", kDyn, Arch::arm64, 64, Endian::little},
    {"arm64.lld-pie", kDyn, Arch::arm64, 64, Endian::little},
    {"arm64.relr", kDyn, Arch::arm64, 64, Endian::little},
    {"arm.pie", kDyn, Arch::arm, 32, Endian::little},
    {"s390x.pie", kDyn, Arch::s390x, 64, Endian::big},
    {"riscv64.lld-pie", kDyn, Arch::riscv64, 64, Endian::little},
    {"riscv32.lld-pie", kDyn, Arch::riscv32, 32, Endian::little},
    {"ppc64.pie", kDyn, Arch::ppc64, 64, Endian::big},
    {"ppc.pie", kDyn, Arch::ppc, 32, Endian::big},
    {"mips64.pie", kDyn, Arch::mips, 64, Endian::little},
    {"mips.pie", kDyn, Arch::mips, 32, Endian::little},
};

bool is_at(const Image& image, uint64_t address, std::string_view name) {
  const auto symbols = image.symbols_at(address);
  return std::any_of(symbols.begin(), symbols.end(),
                     [&](const Symbol& symbol) { return symbol.name == name; });
}

void check_table(const Image& image) {
  CHECK(image.at(image.pointer_at(table_slot(image, 0))).cstring() == "alpha");
  CHECK(image.at(image.pointer_at(table_slot(image, 1))).cstring() == "one");
  CHECK(image.at(image.pointer_at(table_slot(image, 2))).cstring() == "gamma");
  CHECK(image.pointer_at(table_slot(image, 3)) == 0);
  CHECK(is_at(image, image.pointer_at(table_slot(image, 4)), "global_function"));
  CHECK(is_at(image, image.pointer_at(table_slot(image, 5)), "local_function"));
}

TEST_CASE("pointers read back what the source says") {
  for (const Link& link : kLinks) {
    CAPTURE(link.file);
    const auto image = Image::open(fixture_path(link.file));
    CHECK(image->format() == link.format);
    CHECK(image->arch() == link.arch);
    CHECK(image->bits() == link.bits);
    CHECK(image->endian() == link.endian);
    check_table(*image);
    const unsigned size = link.format == kRel ? 7 : 6;
    CHECK(image->word_at(image->symbol("table_size")->address, 4) == size);
    CHECK(image->word_at(image->symbol("big_number")->address, 8) == 0x0123456789abcdef);
    CHECK(image->banner() == "Linux version 6.99.0-fixture (who@where) (cc 1.0) #1 SMP");
    if (link.format == kRel) {
      CHECK(image->pointer_at(table_slot(*image, 6)) == 0);
      CHECK(codes(*image) == "undefined-symbols");
      CHECK(contains(image->diagnostics()[0].message, "undefined_function"));
    } else {
      CHECK(codes(*image) == "");
    }
  }
}

TEST_CASE("a kernel-like arm64 link holds zero where the address belongs") {
  const auto image = Image::open(fixture_path("arm64.pie"));
  CHECK(image->at(table_slot(*image, 0)).u64() == 0);
  CHECK(image->pointer_at(table_slot(*image, 0)) != 0);
}

TEST_CASE("where a relative relocation covers a place, its addend counts and not the word") {
  Bytes bytes = Bytes::of("x86_64.pie");
  const auto before = bytes.image();
  const uint64_t slot = table_slot(*before, 0);
  const uint64_t expected = before->pointer_at(slot);
  bytes.put<uint64_t>(before->locate(slot)->file_offset, 0x1234);
  CHECK(bytes.image()->pointer_at(slot) == expected);
}

TEST_CASE("relocations that --emit-relocs left are never applied again") {
  Bytes bytes = Bytes::of("x86_64.emit-relocs");
  const auto relocations = bytes.get<Elf64_Shdr>(bytes.header(".rela.rodata"));
  for (size_t at = 0; at < relocations.sh_size; at += sizeof(Elf64_Rela)) {
    auto entry = bytes.get<Elf64_Rela>(relocations.sh_offset + at);
    entry.r_addend += 0x1000;
    bytes.put(relocations.sh_offset + at, entry);
  }
  check_table(*bytes.image());
}

TEST_CASE("without section headers, program headers say what lies where") {
  for (const char* file : {"x86_64.pie", "arm64.pie", "arm64.relr", "riscv64.lld-pie"}) {
    CAPTURE(file);
    Bytes bytes = Bytes::of(file);
    const auto whole = bytes.image();
    const uint64_t slot = table_slot(*whole, 1);
    bytes.change_elf([](Elf64_Ehdr& elf) { elf.e_shoff = elf.e_shnum = elf.e_shstrndx = 0; });
    const auto bare = bytes.image();
    CHECK(bare->sections().empty());
    CHECK(!bare->has_symbols());
    CHECK(!bare->symbol("pointer_table"));
    CHECK(bare->at(bare->pointer_at(slot)).cstring() == "one");
    CHECK(bare->locate(slot)->section == "PT_LOAD");
    CHECK(bare->locate(slot)->file_offset == whole->locate(slot)->file_offset);
    CHECK(codes(*bare) == "");
  }
}

TEST_CASE("a relocatable file is laid out from kModuleBase") {
  const auto image = Image::open(fixture_path("x86_64.rel"));
  uint64_t next = Image::kModuleBase;
  for (const Section& section : image->sections()) {
    if (!section.allocated) {
      CHECK(section.address == 0);
      continue;
    }
    CHECK(section.address >= next);
    CHECK(section.address < next + 64);
    next = section.address + section.size;
  }
  // .rodata holds 8-byte words and a table that gcc aligns to 32.
  CHECK(image->section(".rodata")->address % 32 == 0);
  const Symbol function = *image->symbol("global_function");
  CHECK(image->locate(function.address)->section == ".text");
}

TEST_CASE("what is not an absolute address is refused, not misread") {
  const auto image = Image::open(fixture_path("x86_64.distance"));
  check_table(*image);
  const uint64_t distance = image->symbol("distance")->address;
  const std::string error = error_of([&] { image->word_at(distance, 4); });
  CHECK(contains(error, "relocation type 2 of x86_64 is not understood"));
  CHECK(contains(error, ".rodata.distance at 0x"));
}

TEST_CASE("half of a relocated word is refused, and bytes beside it are not") {
  const auto image = Image::open(fixture_path("x86_64.rel"));
  const uint64_t slot = table_slot(*image, 0);
  CHECK(contains(error_of([&] { image->word_at(slot, 4); }), "a relocation of 8 bytes"));
  CHECK(contains(error_of([&] { image->word_at(slot + 4, 4); }), "a relocation of 8 bytes"));
  CHECK(image->word_at(table_slot(*image, 3), 4) == 0);
  CHECK(contains(error_of([&] { image->word_at(slot, 3); }), "3 bytes is not supported"));
}

TEST_CASE("section and symbol numbers of more than 16 bits") {
  const auto image = Image::open(fixture_path("x86_64.many-sections"));
  CHECK(image->sections().size() > 0xff10);
  REQUIRE(image->symbol("last_symbol"));
  CHECK(image->at(image->symbol("last_symbol")->address).cstring() == "last");
  CHECK(image->locate(image->symbol("last_symbol")->address)->section == ".last");
  const uint64_t target = image->pointer_at(image->symbol("last_pointer")->address);
  CHECK(image->at(target).cstring() == "last");
}

}  // namespace
}  // namespace kapi

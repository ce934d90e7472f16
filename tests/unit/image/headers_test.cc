// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "fixture.h"

namespace kapi {
namespace {

TEST_CASE("what an image is called and holds") {
  const std::string path = fixture_path("x86_64.exec");
  const auto image = Image::open(path);
  CHECK(image->file() == path);
  CHECK(image->path() == path);
  CHECK(image->bytes().size() == Bytes::of("x86_64.exec").size());
  const Bytes bytes = Bytes::of("x86_64.exec");
  const auto in_memory = bytes.image();
  CHECK(in_memory->file() == "test.elf");
  CHECK(in_memory->path().empty());
}

TEST_CASE("sections by name and number") {
  const auto image = Image::open(fixture_path("x86_64.exec"));
  const Section* section = image->section(".rodata");
  REQUIRE(section != nullptr);
  CHECK(&image->sections()[section->index] == section);
  CHECK(section->type == SHT_PROGBITS);
  CHECK(section->allocated);
  CHECK(section->has_bytes);
  CHECK(image->contents(*section).size() == section->size);
  CHECK(image->contents(*section).place().offset == section->offset);
  CHECK(image->section(".nosuch") == nullptr);
  CHECK(image->section("") == nullptr);
}

TEST_CASE("addresses and places in the file") {
  const auto image = Image::open(fixture_path("x86_64.exec"));
  const Section& section = *image->section(".rodata");
  CHECK(image->covers(section.address, section.size));
  CHECK(!image->covers(section.address, section.size + 1));
  CHECK(!image->covers(section.address - 1, 1));
  CHECK(!image->covers(section.address, UINT64_MAX));
  CHECK(!image->covers(UINT64_MAX, 1));
  CHECK(image->at(section.address + 3).remaining() == section.size - 3);
  CHECK(image->at(section.address + 3).place().offset == section.offset + 3);
  CHECK(!image->locate(0));
  CHECK(error_of([&] { image->at(0x10); }) ==
        image->file() + ": no section with bytes in the file holds address 0x10");
}

TEST_CASE("build id and compiler") {
  for (const char* file : {"x86_64.exec", "s390x.exec", "arm.exec"}) {
    CAPTURE(file);
    const auto image = Image::open(fixture_path(file));
    CHECK(image->build_id() == "00112233445566778899aabbccddeeff");
    CHECK(image->compiler().starts_with("GCC: "));
  }
  // LLD's own line stands first or last in .comment; only the compiler's is the compiler's.
  CHECK(contains(Image::open(fixture_path("x86_64.relr"))->compiler(), "clang version"));
  CHECK(Image::open(fixture_path("x86_64.rel"))->build_id().empty());
}

TEST_CASE("the build id and the banner without section headers") {
  Bytes bytes = Bytes::of("x86_64.exec");
  bytes.change_elf([](Elf64_Ehdr& elf) { elf.e_shoff = elf.e_shnum = elf.e_shstrndx = 0; });
  CHECK(bytes.image()->build_id() == "00112233445566778899aabbccddeeff");
  CHECK(bytes.image()->banner() == Image::open(fixture_path("x86_64.exec"))->banner());
  CHECK(bytes.image()->compiler() == "cc 1.0");  // which the banner names
}

TEST_CASE("a note that lies about its size ends the search") {
  Bytes bytes = Bytes::of("x86_64.exec");
  const auto note = bytes.get<Elf64_Shdr>(bytes.header(".note.gnu.build-id"));
  bytes.put<uint32_t>(note.sh_offset + 4, 0xfffffff0);
  CHECK(bytes.image()->build_id().empty());
}

TEST_CASE("a section at address 0 shadows no other") {
  Bytes bytes = Bytes::of("x86_64.exec");
  // As .data..percpu of an x86-64 kernel.
  bytes.change(".comment", [](Elf64_Shdr& header) { header.sh_flags |= SHF_ALLOC; });
  const auto image = bytes.image();
  CHECK(image->locate(0)->section == ".comment");
  CHECK(image->at(image->pointer_at(table_slot(*image, 0))).cstring() == "alpha");
}

TEST_CASE("where sections overlap, the one that begins first keeps its bytes") {
  Bytes bytes = Bytes::of("x86_64.exec");
  const auto rodata = bytes.get<Elf64_Shdr>(bytes.header(".rodata"));
  const auto comment_size = bytes.get<Elf64_Shdr>(bytes.header(".comment")).sh_size;
  bytes.change(".comment", [&](Elf64_Shdr& header) {
    header.sh_flags |= SHF_ALLOC;
    header.sh_addr = rodata.sh_addr + rodata.sh_size - 2;
  });
  const auto image = bytes.image();
  const uint64_t end = rodata.sh_addr + rodata.sh_size;
  CHECK(image->locate(end - 1)->section == ".rodata");
  CHECK(image->locate(end)->section == ".comment");
  CHECK(image->locate(end)->file_offset == image->section(".comment")->offset + 2);
  CHECK(image->covers(end, comment_size - 2));
  CHECK(!image->covers(end, comment_size - 1));
}

}  // namespace
}  // namespace kapi

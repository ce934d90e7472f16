// SPDX-License-Identifier: GPL-2.0-only
// Kernels as shipped, in every form of the kallsyms tables: what is read of a stripped or flat
// image is what nm shows of the vmlinux it was made from.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <tuple>
#include <vector>

#include "fixture.h"

namespace kapi {
namespace {

struct Form {
  const char* name;
  ImageFormat format;
  Arch arch;
  unsigned bits;
  Endian endian;
};
const Form kForms[] = {
    {"x86_64-6.1", ImageFormat::elf_exec, Arch::x86_64, 64, Endian::little},
    {"x86_64-6.12", ImageFormat::elf_exec, Arch::x86_64, 64, Endian::little},
    {"x86_64-addresses", ImageFormat::elf_exec, Arch::x86_64, 64, Endian::little},
    {"i386-6.12", ImageFormat::elf_exec, Arch::i386, 32, Endian::little},
    {"s390x-6.0", ImageFormat::flat, Arch::s390x, 64, Endian::big},
    {"s390x-addresses", ImageFormat::flat, Arch::s390x, 64, Endian::big},
    {"s390x-4.4", ImageFormat::flat, Arch::s390x, 64, Endian::big},
    {"arm64-6.1", ImageFormat::flat, Arch::arm64, 64, Endian::little},
    {"arm64-6.12", ImageFormat::flat, Arch::arm64, 64, Endian::little},
};

std::string path_of(const std::string& name) {
  return std::string(KAPI_FIXTURES) + "/kallsyms/" + name;
}

std::string read_all(const std::string& name) {
  std::ifstream file(path_of(name), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Address, name, whether it is global or weak: of all that kallsyms holds.
using Entry = std::tuple<uint64_t, std::string, bool>;

std::vector<Entry> by_nm(const std::string& name) {
  constexpr uint64_t kPercpu = 4096;  // below are absolute symbols that x86_64 keeps
  std::istringstream lines(read_all(name + ".nm"));
  const bool percpu = name == "x86_64-6.1" || name == "x86_64-6.12";
  std::vector<Entry> entries;
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string address;
    char letter = 0;
    std::string symbol;
    words >> address >> letter >> symbol;
    const uint64_t value = std::stoull(address, nullptr, 16);
    const bool absolute = letter == 'A' || letter == 'a';
    if (symbol.starts_with("kallsyms_") || symbol.starts_with("$") ||
        (absolute && (!percpu || value >= kPercpu))) {
      continue;
    }
    const bool local = std::islower(letter) != 0 && letter != 'w' && letter != 'v';
    entries.emplace_back(value, symbol, !local);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<Entry> by_image(const Image& image) {
  std::vector<Entry> entries;
  for (const Symbol& symbol : image.symbols_with_prefix("")) {
    entries.emplace_back(symbol.address, std::string(symbol.name),
                         symbol.binding != Binding::local);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

TEST_CASE("every form of the tables says what nm says") {
  for (const Form& form : kForms) {
    CAPTURE(form.name);
    const auto image = Image::open(path_of(form.name));
    CHECK(codes(*image) == "");
    CHECK(image->symbols_from() == "kallsyms");
    CHECK(image->has_symbols());
    CHECK(image->format() == form.format);
    CHECK(image->arch() == form.arch);
    CHECK(image->bits() == form.bits);
    CHECK(image->endian() == form.endian);
    CHECK(image->wrapping().empty());
    const std::vector<Entry> expected = by_nm(form.name);
    CHECK(expected.size() > 700);
    CHECK(by_image(*image) == expected);
    for (const Entry& entry : expected) {
      const auto symbols = image->symbols_at(std::get<0>(entry));
      CHECK(std::any_of(symbols.begin(), symbols.end(),
                        [&](const Symbol& symbol) { return symbol.name == std::get<1>(entry); }));
    }
  }
}

TEST_CASE("an image as shipped answers as the vmlinux it was made from") {
  for (const Form& form : kForms) {
    CAPTURE(form.name);
    const auto image = Image::open(path_of(form.name));
    const auto vmlinux = Image::open(path_of(std::string(form.name) + ".vmlinux"));
    CHECK(vmlinux->symbols_from() == ".symtab");
    CHECK(image->banner() == vmlinux->banner());
    CHECK(image->build_id() == vmlinux->build_id());
    CHECK(!image->build_id().empty());
    CHECK(image->compiler() == "gcc");  // of the banner
    REQUIRE(image->section(".BTF") != nullptr);
    const auto btf = image->contents(*image->section(".BTF")).span();
    const auto expected = vmlinux->contents(*vmlinux->section(".BTF")).span();
    CHECK(std::equal(btf.begin(), btf.end(), expected.begin(), expected.end()));
    // Every word of the array, whether it stands in the file or is put there by a relocation.
    const auto start = image->symbol("__start_kapi_specs");
    const auto stop = image->symbol("__stop_kapi_specs");
    REQUIRE(start);
    REQUIRE(stop);
    CHECK(stop->address > start->address);
    for (uint64_t at = start->address; at < stop->address; at += image->bits() / 8) {
      CHECK(image->pointer_at(at) == vmlinux->pointer_at(at));
      CHECK(image->pointer_at(at) != 0);
    }
    CHECK(image->locate(start->address)->file_offset != 0);
  }
}

TEST_CASE("a size is the distance to the next higher address, and says so") {
  const auto image = Image::open(path_of("x86_64-6.12"));
  const auto vmlinux = Image::open(path_of("x86_64-6.12.vmlinux"));
  for (const char* name : {"linux_banner", "__x64_sys_read", "__start_kapi_specs"}) {
    CAPTURE(name);
    const auto symbol = image->symbol(name);
    const auto exact = vmlinux->symbol(name);
    REQUIRE(symbol);
    REQUIRE(exact);
    CHECK(symbol->size_is_bound);
    CHECK(!exact->size_is_bound);
    CHECK(symbol->size >= exact->size);
    CHECK(!image->symbols_at(symbol->address + symbol->size).empty());
  }
  CHECK(image->symbol("filler_0002_of_0123456789")->binding == Binding::weak);
  CHECK(image->symbol("filler_0001_of_0123456789")->binding == Binding::local);
  CHECK(image->symbol("filler_0000_of_0123456789")->kind == SymbolKind::object);
  CHECK(image->symbol("__x64_sys_read")->kind == SymbolKind::function);
  CHECK(!image->symbol("no_such_symbol"));
}

std::string damaged(std::string text, size_t at, const std::string& bytes) {
  return text.replace(at, bytes.size(), bytes);
}

size_t tokens_in(const std::string& text) {
  const size_t digits = text.find(std::string("0\0001\0002\0003\0004\0005\0", 12));
  REQUIRE(digits != std::string::npos);
  return digits;
}

TEST_CASE("tables that contradict each other are refused whole") {
  for (const char* name : {"x86_64-6.1", "x86_64-6.12", "i386-6.12"}) {
    CAPTURE(name);
    const std::string text = read_all(name);
    const size_t digits = tokens_in(text);
    size_t refused = 0;
    for (size_t back = 4096; back >= 8; back -= 8) {
      const std::string bytes = damaged(text, digits - back, std::string(8, '\xee'));
      const auto image = Image::from_memory(std::as_bytes(std::span(bytes)), "damaged");
      if (image->symbols_from().empty()) {
        CHECK(image->symbols_with_prefix("").empty());
        CHECK(!image->symbol("linux_banner"));
        // Without its tokens it has no tables at all; else it says which do not agree.
        refused += codes(*image) == "kallsyms-unreadable" ? 1 : 0;
      }
    }
    CHECK(refused > 0);
  }
}

TEST_CASE("tables of another image are refused") {
  std::string text = read_all("x86_64-6.12");
  const size_t banner = text.find("Linux version ");
  REQUIRE(banner != std::string::npos);
  text[banner] = 'M';
  const auto image = Image::from_memory(std::as_bytes(std::span(text)), "other");
  CHECK(image->symbols_from() == "");
  REQUIRE(image->diagnostics().size() == 1);
  CHECK(contains(image->diagnostics()[0].message, "linux_banner"));
  CHECK(image->diagnostics()[0].section == ".rodata");
}

TEST_CASE("an ELF file without section headers has its symbols and its banner all the same") {
  std::string text = read_all("x86_64-6.12");
  Elf64_Ehdr header;
  std::memcpy(&header, text.data(), sizeof header);
  header.e_shoff = 0;
  header.e_shnum = 0;
  header.e_shstrndx = 0;
  std::memcpy(text.data(), &header, sizeof header);
  const auto whole = Image::open(path_of("x86_64-6.12"));
  const auto bare = Image::from_memory(std::as_bytes(std::span(text)), "bare");
  CHECK(bare->sections().empty());
  CHECK(bare->symbols_from() == "kallsyms");
  CHECK(by_image(*bare) == by_image(*whole));
  CHECK(bare->banner() == whole->banner());
  CHECK(bare->build_id() == whole->build_id());
  // Nor does the banner need the tables.
  text.replace(tokens_in(text), 2, "??");
  const auto mute = Image::from_memory(std::as_bytes(std::span(text)), "mute");
  CHECK(!mute->has_symbols());
  CHECK(mute->banner() == whole->banner());
}

TEST_CASE("a flat image that nothing places is refused or says so") {
  std::string text = read_all("s390x-6.0");
  const auto bytes = [&] { return std::as_bytes(std::span(text)); };
  text.replace(tokens_in(text), 2, "??");
  CHECK(contains(error_of([&] { Image::from_memory(bytes(), "flat"); }), "is not an ELF file"));
  // With the header of an architecture it is an image, of which nothing is known by address.
  text.replace(0x38, 4, "ARM\x64");
  const auto image = Image::from_memory(bytes(), "flat");
  CHECK(image->format() == ImageFormat::flat);
  CHECK(image->arch() == Arch::arm64);
  CHECK(!image->has_symbols());
  CHECK(codes(*image) == "link-address-unknown");
}

TEST_CASE("a cut image is refused at any place, or answers") {
  for (const char* name : {"arm64-6.12", "x86_64-6.1"}) {
    const std::string whole = read_all(name);
    for (size_t size = 0; size < whole.size(); size += whole.size() / 40) {
      const std::string text = whole.substr(0, size);
      try {
        const auto image = Image::from_memory(std::as_bytes(std::span(text)), "cut");
        image->diagnostics();
        CHECK((image->symbols_from() == "" || image->symbol("_stext")));
      } catch (const InputError& error) {
        CHECK(!error.reason().empty());
      }
    }
  }
}

}  // namespace
}  // namespace kapi

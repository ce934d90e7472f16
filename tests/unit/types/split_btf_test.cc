// SPDX-License-Identifier: GPL-2.0-only
// The BTF of modules over that of their vmlinux: by pahole, and written word by word.
#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <thread>

#include "btf_bytes.h"
#include "fixture.h"

namespace kapi {
namespace {

constexpr uint32_t kInt = 1 << 24;
constexpr uint32_t kPointer = 2 << 24;
constexpr uint32_t kStruct = 4 << 24;
constexpr uint32_t kForward = 7 << 24;
constexpr uint32_t kTypedef = 8 << 24;
constexpr uint32_t kFunction = 12 << 24;
constexpr uint32_t kPrototype = 13 << 24;

const TypeName kGadget{TypeTag::structure, "gadget"};

Cursor raw(const std::string& bytes) {
  return {std::as_bytes(std::span(bytes)), "raw", ".BTF", 0x1000, Endian::little};
}

std::shared_ptr<const BtfBase> base_of(const std::string& bytes) {
  const auto owned = std::make_shared<std::string>(bytes);
  return open_btf_base(raw(*owned), owned);
}

TEST_CASE("a module by pahole says the same in BTF over its base and in DWARF") {
  const auto module = shapes_image("split.ko");
  const auto base = open_btf_base(shapes_image("gcc"));
  REQUIRE(base);
  CHECK(needs_btf_base(*module));
  CHECK_FALSE(needs_btf_base(*shapes_image("module.ko")));
  const auto btf = open_btf(module, base);
  const auto dwarf = open_dwarf(module);
  REQUIRE(btf);
  const std::string text = imported_text(*btf, kGadget);
  CHECK(text.find("struct gadget size 64 {\n  node @0 gadget_node_t\n") != text.npos);
  CHECK(text.find("  bits @48:0 bits 13 u64\n") != text.npos);
  for (const TypeName& name :
       {kGadget, TypeName{TypeTag::enumeration, "gadget_mode"},
        TypeName{TypeTag::typedef_, "gadget_node_t"}, TypeName{TypeTag::structure, "shapes"},
        TypeName{TypeTag::structure, "kernel_api_spec"},
        TypeName{TypeTag::base, "unsigned long"}}) {
    CHECK(imported_text(*btf, name) == imported_text(*dwarf, name));
  }
  CHECK(imported_text(*btf, {TypeTag::structure, "gizmo"}) == "(absent)");
}

TEST_CASE("the enumerators of a module come behind those of its base") {
  const auto base_image = shapes_image("gcc");
  auto expected = open_btf(base_image)->enumerators();
  expected.push_back({"GADGET_OFF", 0});
  expected.push_back({"GADGET_ON", 7});
  CHECK(open_btf(shapes_image("split.ko"), open_btf_base(base_image))->enumerators() == expected);
}

TEST_CASE("a base is needed, and is not used where none is") {
  const auto module = shapes_image("split.ko");
  CHECK_THROWS_WITH_AS(open_btf(module), doctest::Contains("strings that do not begin"),
                       InputError);
  std::vector<Diagnostic> diagnostics;
  const auto types = open_types(module, diagnostics);
  CHECK(diagnostics.empty());  // nobody has asked for a type
  CHECK(imported_text(*types, kGadget) == imported_text(*open_dwarf(module), kGadget));
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "btf-base-missing");
  CHECK(diagnostics[0].level == Level::warning);
  CHECK(types->origin() == "DWARF");

  const auto alone = shapes_image("module.ko");
  CHECK(imported_text(*open_btf(alone, open_btf_base(shapes_image("clang"))),
                      {TypeTag::structure, "shapes"}) ==
        imported_text(*open_btf(alone), {TypeTag::structure, "shapes"}));
}

TEST_CASE("the BTF of another vmlinux is refused") {
  const auto module = shapes_image("split.ko");
  for (const char* other : {"gcc-dwarf4", "clang", "i386", "s390x", "pie"}) {
    CAPTURE(other);
    const auto image = shapes_image(other);
    const bool same =
        open_btf(image) &&
        image->contents(*image->section(".BTF")).size() ==
            shapes_image("gcc")->contents(*shapes_image("gcc")->section(".BTF")).size();
    if (same) {
      continue;  // the same types in the same order: the right base
    }
    CHECK_THROWS_AS(open_btf(module, open_btf_base(image)), InputError);
  }
}

TEST_CASE("one base serves several threads") {
  const auto module = shapes_image("split.ko");
  const auto base = open_btf_base(shapes_image("gcc"));
  std::array<std::string, 4> texts;
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&] {
      text = imported_text(*open_btf(module, base), {TypeTag::structure, "shapes"});
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const std::string& text : texts) {
    CHECK(text == imported_text(*open_btf(shapes_image("gcc")), {TypeTag::structure, "shapes"}));
  }
}

// ---- word by word ------------------------------------------------------------------------------

// "" at 0, "int" at 1, "node" at 5: type 1 int, 2 node of an int, 3 a prototype.
BtfBytes small_base(Endian endian = Endian::little) {
  BtfBytes btf(endian, std::string("\0int\0node\0", 10));
  btf.type(1, kInt, 4, {0x01000020});
  btf.type(5, kStruct | 1, 4, {1, 1, 0});
  btf.type(0, kPrototype, 1);
  return btf;
}

// "own" at 10, "use" at 14: type 4 own of a node, 5 a function.
BtfBytes small_split(Endian endian = Endian::little) {
  BtfBytes btf(endian, std::string("own\0use\0", 8));
  btf.type(10, kStruct | 1, 4, {5, 2, 0});
  btf.type(14, kFunction, 3);
  return btf;
}

// "reason at offset", or what was imported.
std::string outcome(const std::string& split, const std::string& base) {
  try {
    return imported_text(*open_btf(raw(split), base_of(base)), {TypeTag::structure, "own"});
  } catch (const InputError& error) {
    REQUIRE(error.place().offset);
    return error.reason() + " at " + std::to_string(*error.place().offset - 0x1000);
  }
}

TEST_CASE("numbers and names go on where those of the base end") {
  for (const Endian endian : {Endian::little, Endian::big}) {
    CHECK(outcome(small_split(endian).text(), small_base(endian).text()) ==
          "base int size 4 signed\n"
          "struct node size 4 {\n  int @0 int\n}\n"
          "struct own size 4 {\n  node @0 struct node\n}\n");
  }
  BtfBytes nothing_new(Endian::little, "");
  CHECK(outcome(nothing_new.text(), small_base().text()) == "(absent)");
}

TEST_CASE("what does not fit the base is told, never read") {
  const auto base = small_base();
  const auto with = [](size_t offset, uint32_t value) {
    return small_split().with_word(offset, value);
  };
  CHECK(outcome(with(24, 18), base.text()) ==
        "type 4: a name at 0x12, the strings end at 0x12 at 24");
  CHECK(outcome(with(24, 12), base.text()) ==
        "type 4: a name at 0xc, which is within another at 24");
  CHECK(outcome(with(36, 6), base.text()) ==
        "type 4: a name at 0x6, which is within another at 36");
  CHECK(outcome(with(40, 6), base.text()) == "type id 6 is referred to, the last one is 5 at 40");
  CHECK(outcome(with(40, 3), base.text()) ==
        "type 3 is a FUNC_PROTO, which cannot be meant here at 40");
  CHECK(outcome(with(40, 5), base.text()) == "type 5 is a FUNC, which cannot be meant here at 40");
  CHECK(outcome(with(56, 2), base.text()) ==
        "type 2 is a STRUCT, which cannot be meant here at 56");
  CHECK(outcome(small_split().with_byte(67, 'x'), base.text()) ==
        "strings that do not end with a NUL at 60");
  CHECK(outcome(small_split(Endian::big).text(), base.text()) ==
        "BTF of another endianness than that which it continues at 0");

  // Another base: one type less, one text more, one type more.
  BtfBytes fewer(Endian::little, std::string("\0int\0node\0", 10));
  fewer.type(1, kInt, 4, {0x01000020});
  fewer.type(5, kStruct | 1, 4, {1, 1, 0});
  CHECK(outcome(small_split().text(), fewer.text()) ==
        "type 3 is a STRUCT, which cannot be meant here at 56");
  BtfBytes longer(Endian::little, std::string("\0int\0node\0x\0", 12));
  longer.type(1, kInt, 4, {0x01000020});
  longer.type(5, kStruct | 1, 4, {1, 1, 0});
  longer.type(0, kPrototype, 1);
  CHECK(outcome(small_split().text(), longer.text()) ==
        "type 5: a name at 0xe, which is within another at 48");
}

TEST_CASE("a chain of type tags may end in the base only") {
  constexpr uint32_t kTag = 18 << 24;
  BtfBytes base(Endian::little, std::string("\0int\0tag\0", 9));
  base.type(5, kTag, 2);
  base.type(5, kTag, 1);  // a circle
  BtfBytes split(Endian::little, std::string("own\0", 4));
  split.type(9, kStruct | 1, 8, {0, 4, 0});
  split.type(0, kPointer, 1);
  CHECK(outcome(split.text(), base.text()) == "a chain of type tags without an end at 24");
}

// ---- .BTF.base ---------------------------------------------------------------------------------

// A module image with the sections .BTF and .BTF.base, as bytes of an ELF file of nothing else.
class ModuleBytes {
 public:
  ModuleBytes(const std::string& btf, const std::string& base) {
    const std::string names("\0.shstrtab\0.BTF\0.BTF.base\0", 26);
    std::string body;
    std::vector<std::array<uint64_t, 3>> sections;  // name, offset, size
    const auto add = [&](uint64_t name, const std::string& content) {
      sections.push_back({name, 64 + body.size(), content.size()});
      body += content + std::string(7 - (content.size() + 7) % 8, '\0');
    };
    add(1, names);
    add(11, btf);
    if (!base.empty()) {
      add(16, base);
    }
    bytes_ = std::string(
        "\x7f"
        "ELF\2\1\1\0\0\0\0\0\0\0\0\0",
        16);
    half(1);   // ET_REL
    half(62);  // x86_64
    word(1);
    quad(0);
    quad(0);
    quad(64 + body.size());
    word(0);
    const uint64_t count = sections.size() + 1;
    for (const uint64_t value :
         {uint64_t{64}, uint64_t{0}, uint64_t{0}, uint64_t{64}, count, uint64_t{1}}) {
      half(value);
    }
    bytes_ += body + std::string(64, '\0');
    for (const auto& [name, offset, size] : sections) {
      word(name);
      word(name == 1 ? 3 : 1);
      for (const uint64_t value : {uint64_t{0}, uint64_t{0}, offset, size}) {
        quad(value);
      }
      word(0);
      word(0);
      quad(1);
      quad(0);
    }
  }
  std::shared_ptr<const Image> image() const {
    return Image::from_memory(std::as_bytes(std::span(bytes_)), "module.ko");
  }

 private:
  void half(uint64_t value) { put(value, 2); }
  void word(uint64_t value) { put(value, 4); }
  void quad(uint64_t value) { put(value, 8); }
  void put(uint64_t value, size_t size) {
    for (size_t i = 0; i < size; i++) {
      bytes_ += static_cast<char>(value >> (8 * i) & 0xff);
    }
  }

  std::string bytes_;
};

// "int" at 1, "node" at 5, "far" at 10: type 1 an int, 2 the size of a node, 3 the name of far.
BtfBytes distilled_base(uint32_t node_size = 4) {
  BtfBytes btf(Endian::little, std::string("\0int\0node\0far\0", 14));
  btf.type(1, kInt, 4, {0x01000020});
  btf.type(5, kStruct, node_size);
  btf.type(10, kForward, 0);
  return btf;
}

// Type 4 own of a node, an int and a pointer to far; "own" at 14.
BtfBytes over_distilled() {
  BtfBytes btf(Endian::little, std::string("own\0", 4));
  btf.type(14, kStruct | 3, 16, {5, 2, 0, 1, 1, 32, 10, 5, 64});
  btf.type(0, kPointer, 3);
  return btf;
}

// A later vmlinux: other numbers, other texts. "far" at 1, "int" at 5, "node" at 9, "more" at 14.
BtfBytes later_base() {
  BtfBytes btf(Endian::little, std::string("\0far\0int\0node\0more\0", 19));
  btf.type(14, kTypedef, 2);
  btf.type(5, kInt, 4, {0x01000020});
  btf.type(1, kStruct | 1, 4, {14, 1, 0});
  btf.type(9, kStruct | 1, 8, {14, 1, 0});  // another node, of another size
  btf.type(9, kStruct | 1, 4, {14, 1, 0});
  return btf;
}

TEST_CASE("with a distilled base a module is read by itself, and whole with any base that has it") {
  const ModuleBytes module(over_distilled().text(), distilled_base().text());
  CHECK_FALSE(needs_btf_base(*module.image()));
  CHECK(imported_text(*open_btf(module.image()), {TypeTag::structure, "own"}) ==
        "base int size 4 signed\n"
        "struct far\n"
        "struct node\n"
        "struct own size 16 {\n  node @0 struct node\n  int @4 int\n  far @8 *struct far\n}\n");
  CHECK(imported_text(*open_btf(module.image()), {TypeTag::structure, "node"}) == "(absent)");
  const auto reader = open_btf(module.image(), base_of(later_base().text()));
  CHECK(imported_text(*reader, {TypeTag::structure, "own"}) ==
        "base int size 4 signed\n"
        "struct far\n"
        "struct node size 4 {\n  more @0 more\n}\n"
        "struct own size 16 {\n  node @0 struct node\n  int @4 int\n  far @8 *struct far\n}\n"
        "typedef more int\n");
  CHECK(imported_text(*reader, {TypeTag::structure, "far"}) ==
        "base int size 4 signed\nstruct far size 4 {\n  more @0 more\n}\ntypedef more int\n");
}

TEST_CASE("a base that lacks what the distilled one names is refused") {
  const auto refused = [](const ModuleBytes& module, const BtfBytes& base) -> std::string {
    try {
      open_btf(module.image(), base_of(base.text()));
      return "read";
    } catch (const InputError& error) {
      CHECK(error.place().section == ".BTF.base");
      return error.reason();
    }
  };
  const ModuleBytes grown(over_distilled().text(), distilled_base(12).text());
  CHECK(refused(grown, later_base()) ==
        "the module needs a base with 'struct node of 12 bytes', and this one has none");
  const ModuleBytes module(over_distilled().text(), distilled_base().text());
  BtfBytes twice = later_base();
  twice.type(9, kStruct | 1, 4, {1, 1, 0});
  CHECK(refused(module, twice) ==
        "the module needs a base with 'struct node of 4 bytes', and this one has several");
  BtfBytes odd = distilled_base();
  odd.type(1, kTypedef, 1);
  const ModuleBytes lying(BtfBytes(Endian::little, "").text(), odd.text());
  CHECK(refused(lying, later_base()) == "type 4 is none that .BTF.base holds: TYPEDEF 'int'");
}

}  // namespace
}  // namespace kapi

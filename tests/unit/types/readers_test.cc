// SPDX-License-Identifier: GPL-2.0-only
// Types of real compilers, as BTF and as DWARF. What is expected is written by hand from shapes.c
// and the ABIs.
#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <iterator>

#include "fixture.h"

namespace kapi {
namespace {

const TypeName kShapes{TypeTag::structure, "shapes"};
const TypeName kSpec{TypeTag::structure, "kernel_api_spec"};

// As x86_64 has shapes.c; the types come in the order of the printer.
constexpr const char* kShapesText = R"(base _Bool size 1 bool
base char size 1 char
base double size 8 float
base int size 4 signed
base long size 8 signed
base long long size 8 signed
base short size 2 signed
base signed char size 1 signed char
base unsigned char size 1 char
base unsigned int size 4
base unsigned long size 8
base unsigned long long size 8
base unsigned short size 2
enum color size 4 {
  RED 0
  GREEN 5
  BLUE 2147483648
}
enum level size 4 signed {
  LOW -3
  MIDDLE -2
  HIGH 7
}
enum wide size 8 {
  NARROW 1
  WIDE 1250999896491
}
struct flags size 8 {
  first @0:0 bits 3 unsigned int
  second @0:3 bits 5 int
  third @1:4 bits 12 unsigned int
  wide @3:0 bits 37 u64
  last @7:5 bits 1 bool
}
struct node size 24 {
  next @0 *struct node
  hidden @8 *struct opaque
  count @16 *counter_t
}
struct opaque
struct shapes size 264 {
  tiny @0 signed char
  small @1 unsigned char
  negative_short @2 short
  big_short @4 unsigned short
  number @8 int
  positive @12 unsigned int
  word @16 long
  unsigned_word @24 unsigned long
  negative @32 long long
  huge @40 unsigned long long
  yes @48 bool
  no @49 bool
  letter @50 char
  fraction @56 double
  color @64 enum color
  level @68 enum level
  wide @72 enum wide
  value @80 union value
  flags @88 struct flags
  tight @96 struct tight
  counter @108 counter_t
  label @112 label_t
  nothing @120 *const char
  nowhere @128 *const char
  full @136 [4]char
  name @140 [16]char
  names @160 *const *const char
  numbers @168 [3]int
  nodes @184 [2]struct node
  first @232 *const struct node
  hot @240 restrict *volatile int
  compare @248 compare_t
  - @256 struct size 8 {
    inner @0 int
    - @4 union size 2 {
      left @0 short
      right @0 short
    }
  }
  tail @264 []int
}
struct tight size 11 {
  tag @0 char
  value @1 u64
  rest @9 short
}
union value size 8 {
  whole @0 u64
  halves @0 [2]u32
  bytes @0 [8]unsigned char
}
typedef bool _Bool
typedef compare_t *func(*const void, *const void, ...) int
typedef counter_t struct size 4 {
  counter @0 int
}
typedef label_t const *const char
typedef u32 unsigned int
typedef u64 unsigned long long
)";

TEST_CASE("gcc on x86_64, BTF and DWARF 5") {
  const auto image = shapes_image("gcc");
  const auto btf = open_btf(image);
  const auto dwarf = open_dwarf(image);
  REQUIRE(btf);
  REQUIRE(dwarf);
  CHECK(btf->origin() == "BTF");
  CHECK(dwarf->origin() == "DWARF");
  CHECK(imported_text(*btf, kShapes) == kShapesText);
  CHECK(imported_text(*dwarf, kShapes) == kShapesText);
}

TEST_CASE("other compilers and versions of DWARF tell the same types") {
  for (const char* name : {"gcc-dwarf4", "gcc-type-units", "gcc-type-units4", "gcc-compressed",
                           "clang", "module.ko", "pie"}) {
    CAPTURE(name);
    const auto image = shapes_image(name);
    const auto dwarf = open_dwarf(image);
    REQUIRE(dwarf);
    CHECK(imported_text(*dwarf, kShapes) == kShapesText);
    if (const auto btf = open_btf(image)) {
      CHECK(imported_text(*btf, kShapes) == kShapesText);
    }
  }
}

TEST_CASE("DWARF 2 has bit-fields of another form and no restrict") {
  std::string expected = kShapesText;
  expected.erase(expected.find("restrict "), 9);
  CHECK(imported_text(*open_dwarf(shapes_image("gcc-strict2")), kShapes) == expected);
}

TEST_CASE("BTF and DWARF agree on every machine, and API specs have their sizes there") {
  struct Case {
    const char* name;
    uint64_t spec_size;  // kapi-format: measured on each ABI
  };
  for (const Case& machine : {Case{"gcc", 26400}, Case{"clang", 26400}, Case{"s390x", 26400},
                              Case{"i386", 18408}, Case{"s390x-dwarf4", 26400}}) {
    CAPTURE(machine.name);
    const auto image = shapes_image(machine.name);
    const auto btf = open_btf(image);
    const auto dwarf = open_dwarf(image);
    REQUIRE(btf);
    REQUIRE(dwarf);
    for (const TypeName& type : {kShapes, kSpec}) {
      CHECK(imported_text(*btf, type) == imported_text(*dwarf, type));
    }
    TypeGraph graph;
    const auto spec = btf->import(graph, kSpec);
    REQUIRE(spec);
    CHECK(graph.size_of(*spec) == machine.spec_size);
  }
}

TEST_CASE("bit-fields of a big-endian machine count from the most significant bit") {
  for (const char* name : {"s390x", "s390x-dwarf4"}) {
    TypeGraph graph;
    const auto flags = open_dwarf(shapes_image(name))->import(graph, {TypeTag::structure, "flags"});
    REQUIRE(flags);
    // The order of declaration is that of the bits, so the offsets are those of little-endian.
    CHECK(find_member(graph, *flags, "second")->bit_offset == 3);
    CHECK(find_member(graph, *flags, "third")->bit_offset == 12);
    CHECK(find_member(graph, *flags, "wide")->bit_offset == 24);
    CHECK(find_member(graph, *flags, "last")->bit_offset == 61);
  }
}

TEST_CASE("pointers and long follow the machine") {
  TypeGraph graph;
  const auto reader = open_btf(shapes_image("i386"));
  const auto shapes = reader->import(graph, kShapes);
  REQUIRE(shapes);
  CHECK(graph.size_of(find_member(graph, *shapes, "label")->type) == 4);
  CHECK(graph.size_of(find_member(graph, *shapes, "word")->type) == 4);
  // double and u64 are aligned to 4 there.
  CHECK(find_member(graph, *shapes, "fraction")->bit_offset == 44 * 8);
}

TEST_CASE("what a pointer leads to is imported in place when asked for") {
  for (const char* origin : {"BTF", "DWARF"}) {
    const auto image = shapes_image("gcc");
    const auto reader = std::string(origin) == "BTF" ? open_btf(image) : open_dwarf(image);
    TypeGraph graph;
    const auto api = reader->import(graph, {TypeTag::structure, "syscall_metadata"});
    CHECK_FALSE(api);  // not in this image
    CHECK(graph.size() == 1);

    // A spec points to no record; a node to itself and to one that is declared only.
    const auto node = reader->import(graph, {TypeTag::structure, "node"});
    REQUIRE(node);
    const auto next = find_member(graph, *node, "next");
    CHECK(std::get<PointerType>(graph[next->type]).target == *node);
    const auto opaque = graph.find({TypeTag::structure, "opaque"});
    REQUIRE(opaque);
    CHECK_FALSE(std::get<RecordType>(graph[*opaque]).complete);
    CHECK_FALSE(reader->import(graph, {TypeTag::structure, "opaque"}));

    const size_t before = graph.size();
    CHECK(reader->import(graph, {TypeTag::structure, "node"}) == *node);
    CHECK(graph.size() == before);
  }
}

TEST_CASE("a record known by name is completed in its node") {
  for (const char* origin : {"BTF", "DWARF"}) {
    const auto image = shapes_image("gcc");
    const auto reader = std::string(origin) == "BTF" ? open_btf(image) : open_dwarf(image);
    TypeGraph graph;
    const TypeId declared = graph.add(RecordType{"tight", false, false, 0, {}});
    CHECK(reader->import(graph, {TypeTag::structure, "tight"}) == declared);
    CHECK(graph.size_of(declared) == 11);
    CHECK(reader->import(graph, kShapes));
    CHECK(graph.find_all({TypeTag::structure, "tight"}) == std::vector<TypeId>{declared});
  }
}

TEST_CASE("what is reached on several ways is one type") {
  const auto image = shapes_image("gcc");
  for (const auto& reader : {open_btf(image), open_dwarf(image)}) {
    TypeGraph graph;
    CHECK(reader->import(graph, {TypeTag::structure, "node"}));  // by a pointer
    CHECK(reader->import(graph, kShapes));                       // by value
    CHECK(reader->import(graph, {TypeTag::typedef_, "counter_t"}));
    CHECK(graph.find_all({TypeTag::typedef_, "counter_t"}).size() == 1);
    CHECK(graph.print() == kShapesText);
  }
}

TEST_CASE("names of each tag, base types by any compiler's spelling") {
  const auto image = shapes_image("gcc");
  for (const auto& reader : {open_btf(image), open_dwarf(image)}) {
    TypeGraph graph;
    CHECK(reader->import(graph, {TypeTag::union_, "value"}));
    CHECK(reader->import(graph, {TypeTag::enumeration, "level"}));
    CHECK(reader->import(graph, {TypeTag::typedef_, "compare_t"}));
    CHECK(reader->import(graph, {TypeTag::base, "unsigned long"}));
    CHECK_FALSE(reader->import(graph, {TypeTag::structure, "value"}));
    CHECK_FALSE(reader->import(graph, {TypeTag::base, "compare_t"}));
    CHECK_FALSE(reader->import(graph, {TypeTag::structure, ""}));
    CHECK(reader->import(graph, {TypeTag::base, "long unsigned int"}));
  }
}

TEST_CASE("DWARF keeps the dimensions of arrays; pahole's BTF multiplies them") {
  const auto image = shapes_image("gcc");
  const TypeName grid{TypeTag::structure, "grid"};
  CHECK(imported_text(*open_dwarf(image), grid) ==
        "base int size 4 signed\nbase short size 2 signed\n"
        "struct grid size 12 {\n  cell @0 [2][3]short\n  none @12 []int\n}\n");
  CHECK(imported_text(*open_btf(image), grid) ==
        "base int size 4 signed\nbase short size 2 signed\n"
        "struct grid size 12 {\n  cell @0 [6]short\n  none @12 []int\n}\n");
}

TEST_CASE("BTF comes first, and DWARF serves what it lacks") {
  std::vector<Diagnostic> diagnostics;
  const auto both = open_types(shapes_image("gcc"), diagnostics);
  TypeGraph graph;
  CHECK(both->import(graph, kShapes));
  CHECK(both->origin() == "BTF");
  const auto dwarf = open_types(shapes_image("gcc-strict2"), diagnostics);
  CHECK(dwarf->import(graph, kSpec));
  CHECK(dwarf->origin() == "DWARF");
  CHECK_FALSE(dwarf->import(graph, {TypeTag::structure, "no_such"}));
  CHECK(diagnostics.empty());
}

TEST_CASE("names that DWARF lacks stay absent, however many are asked for") {
  for (const char* name : {"gcc", "gcc-compressed", "clang", "module.ko"}) {
    const auto reader = open_dwarf(shapes_image(name));
    TypeGraph graph;
    for (int i = 0; i < 40; i++) {
      CHECK_FALSE(reader->import(graph, {TypeTag::structure, "absent_" + std::to_string(i)}));
      // A word of the strings, and a name of another tag.
      CHECK_FALSE(reader->import(graph, {TypeTag::structure, "halves"}));
      CHECK_FALSE(reader->import(graph, {TypeTag::union_, "shapes"}));
    }
    CHECK(reader->import(graph, kShapes));
  }
}

TEST_CASE("an image in memory has its types too") {
  std::ifstream file(KAPI_FIXTURES "/types/gcc", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto image = Image::from_memory(std::as_bytes(std::span(bytes)), "memory");
  CHECK(imported_text(*open_dwarf(image), kShapes) == kShapesText);
  CHECK(imported_text(*open_btf(image), kShapes) == kShapesText);
}

TEST_CASE("an image without types has no reader") {
  std::vector<Diagnostic> diagnostics;
  const auto image = Image::open(KAPI_FIXTURES "/kernel-none");
  CHECK_FALSE(open_btf(image));
  CHECK_FALSE(open_dwarf(image));
  TypeGraph graph;
  CHECK_FALSE(open_types(image, diagnostics)->import(graph, kSpec));
  CHECK(diagnostics.empty());
}

TEST_CASE("damaged DWARF is refused or read, by error only") {
  std::ifstream file(KAPI_FIXTURES "/types/gcc", std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(file), {}};
  const auto intact = shapes_image("gcc");
  int refused = 0;
  for (const char* name : {".debug_info", ".debug_abbrev", ".debug_str"}) {
    const Section* section = intact->section(name);
    REQUIRE(section);
    for (uint64_t at = 0; at < section->size; at += 37) {
      std::string bytes = whole;
      bytes[section->offset + at] = static_cast<char>(bytes[section->offset + at] ^ 0x5a);
      const auto image = Image::from_memory(std::as_bytes(std::span(bytes)), "damaged");
      try {
        TypeGraph graph;
        open_dwarf(image)->import(graph, kShapes);
        const std::string text = graph.print();
        CHECK(TypeGraph::parse(text).print() == text);
      } catch (const InputError& error) {
        refused++;
        CHECK(error.place().file == "damaged");
        CHECK(error.place().section == ".debug_info");
      }
    }
  }
  CHECK(refused > 10);
}

}  // namespace
}  // namespace kapi

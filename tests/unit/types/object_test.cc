// SPDX-License-Identifier: GPL-2.0-only
// Values of shapes.c read back from images of three machines, by BTF and by DWARF.
#include <doctest/doctest.h>

#include "fixture.h"

namespace kapi {
namespace {

struct Subject {
  std::shared_ptr<const Image> image;
  TypeGraph graph;
  std::unique_ptr<ObjectReader> reader;

  Object shapes() {
    const auto type = graph.find({TypeTag::structure, "shapes"});
    const auto symbol = image->symbol("shapes");
    REQUIRE(type);
    REQUIRE(symbol);
    return reader->object(*type, symbol->address);
  }
};

std::unique_ptr<Subject> subject(const std::string& name, bool dwarf) {
  auto subject = std::make_unique<Subject>();
  subject->image = shapes_image(name);
  const auto types = dwarf ? open_dwarf(subject->image) : open_btf(subject->image);
  REQUIRE(types);
  REQUIRE(types->import(subject->graph, {TypeTag::structure, "shapes"}));
  subject->reader = std::make_unique<ObjectReader>(subject->image, subject->graph);
  return subject;
}

int64_t integer(const Object& object, const char* member) {
  const auto found = object.member(member);
  REQUIRE(found);
  const auto value = found->integer();
  REQUIRE(value);
  return *value;
}

void check_values(const Object& shapes) {
  CHECK(integer(shapes, "tiny") == -2);
  CHECK(integer(shapes, "small") == 0xfe);
  CHECK(integer(shapes, "negative_short") == -300);
  CHECK(integer(shapes, "big_short") == 0xfedc);
  CHECK(integer(shapes, "number") == -70000);
  CHECK(integer(shapes, "positive") == 0xfedcba98);
  CHECK(integer(shapes, "word") == -5);
  CHECK(integer(shapes, "unsigned_word") == 0x89abcdef);
  CHECK(integer(shapes, "negative") == -0x123456789abc);
  CHECK(shapes.member("huge")->bits() == 0xfedcba9876543210);
  CHECK(shapes.member("number")->bits() == uint32_t(-70000));
  CHECK(integer(shapes, "yes") == 1);
  CHECK(integer(shapes, "no") == 0);
  CHECK(integer(shapes, "letter") == 'k');
  CHECK_FALSE(shapes.member("fraction")->bits());
  CHECK(integer(shapes, "color") == 0x80000000);
  CHECK(integer(shapes, "level") == -3);
  CHECK(integer(shapes, "wide") == 0x123456789ab);
  CHECK(integer(shapes, "inner") == 17);
  CHECK(integer(shapes, "left") == -18);
  CHECK(integer(*shapes.member("counter"), "counter") == 42);
  CHECK(shapes.member("value")->member("halves")->element(1)->bits() == 0x05060708U);

  const Object flags = *shapes.member("flags");
  CHECK(integer(flags, "first") == 5);
  CHECK(integer(flags, "second") == -7);
  CHECK(integer(flags, "third") == 0xabc);
  CHECK(flags.member("second")->bits() == 0x19U);
  CHECK(integer(flags, "wide") == 0x123456789a);
  CHECK(integer(flags, "last") == 1);

  const Object tight = *shapes.member("tight");
  CHECK(integer(tight, "tag") == 't');
  CHECK(integer(tight, "value") == 0x1122334455667788);
  CHECK(integer(tight, "rest") == -2);
}

void check_text_and_pointers(const Object& shapes) {
  CHECK(shapes.member("label")->string() == "a label");
  CHECK(shapes.member("full")->string() == "full");
  CHECK(shapes.member("name")->string() == "a name");
  CHECK_FALSE(shapes.member("nothing")->string());
  CHECK(shapes.member("nothing")->is_null());
  CHECK_FALSE(shapes.member("nothing")->target());
  CHECK_FALSE(shapes.member("label")->is_null());
  CHECK_FALSE(shapes.member("number")->is_null());
  CHECK_FALSE(shapes.member("numbers")->string());

  const Object numbers = *shapes.member("numbers");
  CHECK(numbers.count() == 3);
  CHECK(numbers.element(1)->integer() == -20);
  CHECK_FALSE(numbers.element(3));
  CHECK(shapes.member("tail")->count() == 0);
  CHECK_FALSE(shapes.member("tail")->element(0));
  CHECK_FALSE(shapes.member("number")->element(0));

  const Object names = *shapes.member("names");
  CHECK(names.pointee(0)->string() == "zero");
  CHECK(names.pointee(2)->string() == "two");
  CHECK(names.target()->string() == "zero");

  const Object first = *shapes.member("first");
  CHECK(first.target()->address() == shapes.member("nodes")->element(1)->address());
  const auto next = shapes.member("nodes")->element(0)->member("next")->target();
  // Either the object lies in .bss, which has no bytes in the file, or it is all zero.
  CHECK((!next || next->member("next")->is_null()));
  CHECK(shapes.member("compare")->target());
  CHECK_FALSE(shapes.member("no_such_member"));
  CHECK_FALSE(shapes.member("number")->member("number"));
}

TEST_CASE("objects read the same on every machine and from either source of types") {
  for (const char* name : {"gcc", "clang", "s390x", "s390x-dwarf4", "i386", "module.ko", "pie"}) {
    for (const bool dwarf : {false, true}) {
      CAPTURE(name);
      CAPTURE(dwarf);
      const auto subject = kapi::subject(name, dwarf);
      const Object shapes = subject->shapes();
      check_values(shapes);
      CHECK(subject->reader->take_diagnostics().empty());
      check_text_and_pointers(shapes);
      subject->reader->take_diagnostics();
    }
  }
}

TEST_CASE("a pointer to nowhere is a diagnostic at the pointer") {
  const auto subject = kapi::subject("gcc", false);
  subject->reader->set_subject("sys_shape/description");
  const Object nowhere = *subject->shapes().member("nowhere");
  CHECK_FALSE(nowhere.string());
  const auto diagnostics = subject->reader->take_diagnostics();
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].level == Level::error);
  CHECK(diagnostics[0].code == "pointer-to-nowhere");
  CHECK(diagnostics[0].subject == "sys_shape/description");
  CHECK(diagnostics[0].message.find("leads to 0x1234") != std::string::npos);
  CHECK(diagnostics[0].section == ".rodata");
  CHECK(diagnostics[0].offset == subject->image->locate(nowhere.address())->file_offset);
  CHECK(subject->reader->take_diagnostics().empty());
}

TEST_CASE("an object that is not in the image reads as nothing, with a diagnostic") {
  const auto subject = kapi::subject("gcc", false);
  const auto type = subject->graph.find({TypeTag::structure, "shapes"});
  const Object lost = subject->reader->object(*type, 0x1000);
  CHECK_FALSE(lost.member("number")->integer());
  CHECK_FALSE(lost.member("flags")->member("third")->bits());
  CHECK_FALSE(lost.member("name")->string());
  CHECK_FALSE(lost.member("label")->is_null());
  CHECK(lost.member("numbers")->count() == 0);
  CHECK(subject->reader->take_diagnostics().size() == 5);
}

TEST_CASE("an array that runs out of the file is cut where it does") {
  const auto subject = kapi::subject("gcc", false);
  const Section* section = subject->image->section(".rodata");
  REQUIRE(section);
  TypeGraph graph = TypeGraph::parse(
      "base int size 4 signed\nbase char size 1 char\n"
      "typedef many [1000000000000]int\ntypedef text [64]char\ntypedef wide *int\n");
  ObjectReader reader(subject->image, graph);
  const uint64_t last = section->address + section->size - 16;
  const Object many = reader.object(*graph.find({TypeTag::typedef_, "many"}), last);
  CHECK(many.count() == 4);
  CHECK(many.element(3)->integer());
  const auto diagnostics = reader.take_diagnostics();
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].code == "array-cut");
  CHECK_FALSE(reader.object(*graph.find({TypeTag::typedef_, "text"}), last).string());
  CHECK(reader.take_diagnostics()[0].code == "text-unreadable");

  for (uint64_t i = 0; i < 2 * ObjectReader::kMaxDiagnostics; i++) {
    CHECK_FALSE(many.element(1000000000 + i)->integer());
  }
  const auto bounded = reader.take_diagnostics();
  CHECK(bounded.size() == ObjectReader::kMaxDiagnostics);
  CHECK(bounded.back().code == "diagnostics-cut");
}

TEST_CASE("integers of a size no machine reads at once are refused") {
  const auto subject = kapi::subject("gcc", false);
  TypeGraph graph = TypeGraph::parse("base huge size 16\nbase odd size 3\n");
  ObjectReader reader(subject->image, graph);
  const uint64_t address = subject->shapes().address();
  CHECK_FALSE(reader.object(*graph.find({TypeTag::base, "huge"}), address).bits());
  CHECK_FALSE(reader.object(*graph.find({TypeTag::base, "odd"}), address).bits());
  CHECK(reader.take_diagnostics().size() == 2);
}

}  // namespace
}  // namespace kapi

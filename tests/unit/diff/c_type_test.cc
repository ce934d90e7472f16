// SPDX-License-Identifier: GPL-2.0-only
#include "diff/c_type.h"

#include <doctest/doctest.h>

namespace kapi {
namespace {

CType type_of(const std::string& text, const std::string& token = "", uint64_t bits = 64,
              const std::string& name = "x") {
  Param param;
  param.name = name;
  param.type_name = text;
  param.type = token;
  return c_type(param, bits);
}

TEST_CASE("widths and signs of C types") {
  struct Case {
    const char* text;
    unsigned width64;
    unsigned width32;
    bool is_signed;
  };
  for (const Case& c :
       {Case{"int", 32, 32, true}, Case{"int x", 32, 32, true}, Case{"unsigned", 32, 32, false},
        Case{"unsigned int x", 32, 32, false}, Case{"long", 64, 32, true},
        Case{"unsigned long x", 64, 32, false}, Case{"long unsigned int", 64, 32, false},
        Case{"long long", 64, 64, true}, Case{"unsigned short x", 16, 16, false},
        Case{"signed char", 8, 8, true}, Case{"umode_t x", 16, 16, false},
        Case{"size_t x", 64, 32, false}, Case{"__u64", 64, 64, false},
        Case{"const s32 x", 32, 32, true}, Case{"loff_t x", 64, 64, true},
        Case{"const char __user *x", 64, 32, false}, Case{"int x[2]", 64, 32, false}}) {
    CAPTURE(c.text);
    for (const uint64_t bits : {64U, 32U}) {
      const auto scalar = type_of(c.text, "", bits).scalar;
      REQUIRE(scalar.has_value());
      CHECK(scalar->width == (bits == 64 ? c.width64 : c.width32));
      CHECK(scalar->is_signed == c.is_signed);
    }
  }
}

TEST_CASE("what a text does not tell is not guessed") {
  // Whether char is signed, what a typedef or an enum means, how long a long is on no machine.
  for (const char* text : {"char", "struct foo x", "enum bar x", "dev_t x", ""}) {
    CAPTURE(text);
    CHECK_FALSE(type_of(text).scalar.has_value());
  }
  CHECK_FALSE(type_of("unsigned long x", "", 0).scalar.has_value());
}

TEST_CASE("a name in the text is no part of the type") {
  CHECK(same_spelling(type_of("int x"), type_of("int flags", "", 64, "flags")));
  CHECK(same_spelling(type_of("const char * x"), type_of("const char *name", "", 64, "name")));
  CHECK_FALSE(same_spelling(type_of("int x"), type_of("long x")));
  CHECK(type_of("x").spelling == std::vector<std::string>{"x"});
}

TEST_CASE("types compare by what they are") {
  const auto relation = [](const char* a, const char* b) {
    CHECK(relate(type_of(a), type_of(b)) == relate(type_of(b), type_of(a)));
    return relate(type_of(a), type_of(b));
  };
  CHECK(relation("int x", "int y") == TypeRelation::unproven);  // y may be anything
  CHECK(relation("const char *x", "char __user * x") == TypeRelation::respelled);
  CHECK(relation("unsigned int", "u32") == TypeRelation::respelled);
  CHECK(relation("unsigned long", "unsigned int") == TypeRelation::changed);
  CHECK(relation("int", "unsigned int") == TypeRelation::changed);
  CHECK(relation("unsigned long", "void *x") == TypeRelation::changed);
  CHECK(relation("struct a *x", "struct b *x") == TypeRelation::unproven);
  CHECK(relation("dev_t", "u32") == TypeRelation::unproven);
  CHECK(relate(type_of("int x", "int"), type_of("int x", "fd")) == TypeRelation::changed);
  CHECK(relate(type_of("int x", ""), type_of("int x", "fd")) == TypeRelation::unproven);
}

TEST_CASE("an unknown value type is that of the other side, or the widest") {
  const ValueTypes one = value_types(ValueType{32, false}, std::nullopt);
  CHECK(one.new_type.width == 32);
  CHECK_FALSE(one.new_type.is_signed);
  const ValueTypes none = value_types(std::nullopt, std::nullopt);
  CHECK(none.old_type.width == 64);
  CHECK(none.old_type.is_signed);
}

}  // namespace
}  // namespace kapi

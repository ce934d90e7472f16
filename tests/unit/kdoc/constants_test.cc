// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <limits>

#include "kapi/kdoc.h"

namespace kapi {
namespace {

std::optional<int64_t> value_of(std::string_view expression) {
  return Constants().evaluate(expression);
}

TEST_CASE("expressions have the values that C gives them") {
  CHECK(value_of("0x1f") == 31);
  CHECK(value_of("0755") == 493);
  CHECK(value_of("0b101") == 5);
  CHECK(value_of("'A'") == 65);
  CHECK(value_of("'\\n'") == 10);
  CHECK(value_of("'\\0'") == 0);
  CHECK(value_of("1 + 2 * 3") == 7);
  CHECK(value_of("(1 + 2) * 3") == 9);
  CHECK(value_of("1 << 4 | 1") == 17);
  CHECK(value_of("6 & 3 ^ 1") == 3);
  CHECK(value_of("10 - 4 - 3") == 3);
  CHECK(value_of("-7 / 2") == -3);
  CHECK(value_of("-7 % 2") == -1);
  CHECK(value_of("-1 >> 1") == -1);
  CHECK(value_of("!0 + !5") == 1);
  CHECK(value_of("2 > 1 ? 10 : 20") == 10);
  CHECK(value_of("0 || 2 && 0") == 0);
  CHECK(value_of("3 == 3") == 1);
  CHECK(value_of("  42\n") == 42);
}

TEST_CASE("types narrow values as they do in C") {
  CHECK(value_of("~0U") == 0xffffffff);
  CHECK(value_of("~0") == -1);
  CHECK(value_of("~0UL") == -1);
  CHECK(value_of("0xffffffff + 1") == 0);
  CHECK(value_of("4294967295 + 1") == int64_t{4294967296});
  CHECK(value_of("(unsigned char)300") == 44);
  CHECK(value_of("(__u32)-1") == 0xffffffff);
  CHECK(value_of("(s64)-1") == -1);
  CHECK(value_of("(signed char)0xff") == -1);
  CHECK(value_of("-1 < 0U") == 0);
  CHECK(value_of("1U << 31") == int64_t{0x80000000});
  CHECK(value_of("1 << 31") == std::numeric_limits<int32_t>::min());
  CHECK(value_of("(__force __poll_t)0x2000") == 0x2000);
  CHECK(value_of("sizeof(int)") == 4);
  CHECK(value_of("sizeof(unsigned long long)") == 8);
  CHECK(value_of("sizeof(struct iovec *)") == 8);
  CHECK(value_of("sizeof(__u16) * 3") == 6);
}

TEST_CASE("what C leaves undefined, and what is no constant, has no value") {
  for (const char* text : {"",
                           "1 /0",
                           "1 % 0",
                           "1 << 32",
                           "1 << -1",
                           "1.5",
                           "\"x\"",
                           "f(1)",
                           "NOWHERE",
                           "1 +",
                           "(1",
                           "1)",
                           "1 2",
                           "sizeof(struct iovec)",
                           "a.b",
                           "x = 1",
                           "9999999999999999999999",
                           "'ab'",
                           "0x",
                           "08",
                           "1 ? 2",
                           "(int)",
                           "@",
                           "{1}",
                           "GENMASK(3, 5)",
                           "GENMASK(64, 0)"}) {
    CAPTURE(text);
    CHECK(!value_of(text));
  }
  CHECK(value_of("(-9223372036854775807 - 1) / -1") == std::numeric_limits<int64_t>::min());
  CHECK(value_of("(-9223372036854775807 - 1) % -1") == 0);
}

TEST_CASE("names that are the same everywhere are known") {
  CHECK(value_of("INT_MAX") == 2147483647);
  CHECK(value_of("S64_MAX") == std::numeric_limits<int64_t>::max());
  CHECK(value_of("SIZE_MAX") == -1);
  CHECK(value_of("PATH_MAX") == 4096);
  CHECK(value_of("CAP_SYS_ADMIN") == 21);
  CHECK(value_of("CAP_CHECKPOINT_RESTORE") == 40);
  CHECK(value_of("S_IRWXU | S_IRWXG | S_IRWXO") == 0777);
  CHECK(value_of("GENMASK(7, 4)") == 0xf0);
  CHECK(value_of("BIT(40)") == int64_t{1} << 40);
  CHECK(value_of("_AC(1, UL) << 40") == int64_t{1} << 40);
  CHECK(value_of("-EINTR") == -4);
  CHECK(!value_of("O_DIRECTORY"));  // differs by architecture
  CHECK(!value_of("PAGE_SIZE"));
}

TEST_CASE("errno numbers are those of most architectures, until a header gives the target's") {
  Constants constants;
  CHECK(constants.errno_of("ENOENT") == 2);
  CHECK(constants.errno_of("EWOULDBLOCK") == 11);
  CHECK(constants.errno_of("EHWPOISON") == 133);
  CHECK(constants.errno_of("ERESTARTSYS") == 512);
  CHECK(!constants.errno_of("ENOTHING"));
  CHECK(!constants.errno_of("INT_MAX"));
  CHECK(!constants.errno_of("E2BIG + 1"));
  constants.add_header("#define EDEADLK 45\n#define EDEADLOCK EDEADLK\n");
  CHECK(constants.errno_of("EDEADLOCK") == 45);
  CHECK(constants.errno_of("EHWPOISON") == 133);
}

TEST_CASE("macros of a header are replaced as text") {
  Constants constants;
  constants.add_header(
      "#ifndef _H\n#define _H\n"
      "#define ONE 1 /* a comment */\n"
      "# define SUM ONE + 2 // another\n"
      "#define MASK \\\n\t(ONE | \\\n\t 0x10)\n"
      "#define CALL(x) (x)\n"
      "#define STRING \"a /* b\"\n"
      "#define AFTER 5\n"
      "#define SELF SELF\n"
      "#define LOOP_A LOOP_B\n#define LOOP_B LOOP_A\n"
      "#define MISSING (ONE | NOWHERE)\n"
      "#endif\n");
  CHECK(constants.evaluate("SUM * 2") == 5);
  CHECK(constants.evaluate("MASK") == 0x11);
  CHECK(constants.evaluate("AFTER") == 5);
  for (const char* name : {"CALL", "STRING", "SELF", "LOOP_A", "MISSING", "_H"}) {
    CAPTURE(name);
    CHECK(!constants.evaluate(name));
  }
}

TEST_CASE("enumerations count as C does") {
  Constants constants;
  constants.add_header(
      "enum a { A0, A1, A5 = 5, A6, A_NEG = -2, A_NEXT,\n"
      "  A_EXPR = (A5 | (1 << 4)), /* x, y */ A_LAST };\n"
      "#define LIKE LIKE\n"
      "typedef enum __attribute__((packed)) {\n  LIKE = 7,\n#define LIKE LIKE\n  LIKER,\n} "
      "like_t;\n"
      "enum a f(enum a x);\n"
      "enum b { B0 = A_LAST };\n");
  CHECK(constants.evaluate("A0") == 0);
  CHECK(constants.evaluate("A1") == 1);
  CHECK(constants.evaluate("A6") == 6);
  CHECK(constants.evaluate("A_NEXT") == -1);
  CHECK(constants.evaluate("A_EXPR") == 21);
  CHECK(constants.evaluate("A_LAST") == 22);
  CHECK(constants.evaluate("LIKE") == 7);
  CHECK(constants.evaluate("LIKER") == 8);
  CHECK(constants.evaluate("B0") == 22);
}

TEST_CASE("what depends on a condition is taken for what it is") {
  Constants constants;
  constants.add_header(
      "#ifdef __LP64__\n#define WIDE 64\n#else\n#define WIDE 32\n#endif\n"
      "#ifdef A\n#define SAME 3\n#else\n#define SAME 3\n#endif\n"
      "#if 0\n#define DEAD 1\n#endif\n"
      "enum c { C0,\n#ifdef X\n C1,\n#endif\n C2, C9 = 9, C10 };\n");
  CHECK(!constants.evaluate("WIDE"));
  CHECK(constants.evaluate("SAME") == 3);
  CHECK(!constants.evaluate("DEAD"));
  CHECK(constants.evaluate("C0") == 0);
  CHECK(!constants.evaluate("C2"));
  CHECK(constants.evaluate("C10") == 10);
}

TEST_CASE("a default gives way, whichever header comes first") {
  const char* generic = "#ifndef O_DIRECT\n#define O_DIRECT 00040000\n#endif\n";
  const char* own = "#define O_DIRECT 0200000\n";
  for (const bool generic_first : {true, false}) {
    Constants constants;
    constants.add_header(generic_first ? generic : own);
    constants.add_header(generic_first ? own : generic);
    CHECK(constants.evaluate("O_DIRECT") == 0200000);
  }
  Constants constants;
  constants.add("FIRST", 1);
  constants.add("FIRST", 2);
  constants.add_header("#define FIRST 3\n#define SECOND 4\n");
  constants.add_header("#define SECOND 5\n");
  CHECK(constants.evaluate("FIRST") == 1);
  CHECK(constants.evaluate("SECOND") == 4);
}

TEST_CASE("hostile headers and expressions end soon") {
  Constants constants;
  std::string doubling = "#define D0 1\n";
  for (int i = 1; i < 64; i++) {
    doubling += "#define D" + std::to_string(i) + " (D" + std::to_string(i - 1) + " + D" +
                std::to_string(i - 1) + ")\n";
  }
  constants.add_header(doubling);
  CHECK(constants.evaluate("D5") == 32);
  CHECK(!constants.evaluate("D60"));
  CHECK(!constants.evaluate(std::string(60000, '(') + "1"));
  CHECK(!constants.evaluate(std::string(60000, '-') + "1"));
  CHECK(!constants.evaluate(std::string(10'000'000, '1')));
  constants.add_header("enum { X /* never closed");
  constants.add_header("enum { Y = (((");
  constants.add_header("#define");
  constants.add_header("#define Z '\\");
  constants.add_header(std::string("#define N\0 1\n", 13));
  constants.add_header(std::string(100000, '{'));
  CHECK(!constants.evaluate("Z"));
}

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Text that no compiler takes: a diagnostic with its place, and nothing else lost.
#include "macro_sample.h"

using namespace kapi;
using Strings = std::vector<std::string>;

namespace {

const std::string kNext =
    "\nDEFINE_KERNEL_API_SPEC(sys_next)\nKAPI_DESCRIPTION(\"next\")\nKAPI_END_SPEC;\n";

void check_next(const MacroSample& sample) {
  REQUIRE(!sample.specs.apis.empty());
  CHECK(sample.specs.apis.back().name == "sys_next");
  CHECK(sample.specs.apis.back().description == "next");
}

std::string repeated(const std::string& text, size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (size_t i = 0; i < times; i++) {
    all += text;
  }
  return all;
}

}  // namespace

TEST_CASE("a spec without its end") {
  SUBCASE("before another") {
    const MacroSample sample("DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_DESCRIPTION(\"x\")" + kNext);
    CHECK(sample.specs.apis.size() == 2);
    CHECK(sample.api().description == "x");
    CHECK(sample.problems() == Strings{"unterminated-spec fs/x.c:3"});
    check_next(sample);
  }
  SUBCASE("before code") {
    const MacroSample sample(
        "DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_DESCRIPTION(\"x\")\nint f(void)\n{\n\treturn 1;\n}" +
        kNext);
    CHECK(sample.has_problem("unterminated-spec fs/x.c:5"));
    CHECK(sample.api().description == "x");
    check_next(sample);
  }
  SUBCASE("at the end of the file") {
    const MacroSample sample("DEFINE_KERNEL_API_SPEC(sys_x)\nKAPI_DESCRIPTION(\"x\")\n/* never");
    CHECK(sample.problems() == Strings{"unterminated-spec fs/x.c:3"});
    CHECK(sample.api().description == "x");
  }
  SUBCASE("nor that of its arguments") {
    const MacroSample sample("DEFINE_KERNEL_API_SPEC(sys_x\n" + kNext);
    CHECK(sample.specs.apis.size() == 1);
    CHECK(sample.problems() == Strings{"unterminated-spec fs/x.c:1"});
    check_next(sample);
  }
  SUBCASE("in braces") {
    const MacroSample sample(
        "static struct kapi_ioctl_spec x = {\n.cmd = 1,\n.api_spec = { .name = \"x\",\n" + kNext);
    CHECK(sample.api().name == "x");
    CHECK(sample.api().cmd == Bits{1});
    CHECK(sample.problems() == Strings{"unterminated-spec fs/x.c:5"});
    check_next(sample);
  }
}

TEST_CASE("brackets and quotes that do not match") {
  SUBCASE("an item without its end") {
    const auto sample = macro_spec(
        "KAPI_PARAM(0, \"a\", \"int\", \"\")\nKAPI_PARAM(1, \"b\", \"int\", \"\")\n"
        "KAPI_PARAM_END\nKAPI_PARAM_COUNT(2)");
    CHECK(sample.problems() == Strings{"unbalanced-brackets fs/x.c:3"});
    CHECK(sample.api().params.size() == 2);
  }
  SUBCASE("an end too many") {
    const auto sample = macro_spec("KAPI_PARAM_END\nKAPI_DESCRIPTION(\"x\")");
    CHECK(sample.problems() == Strings{"unbalanced-brackets fs/x.c:2"});
    CHECK(sample.api().description == "x");
  }
  SUBCASE("a parenthesis") {
    const auto sample = macro_spec("KAPI_DESCRIPTION(\"x\"\nKAPI_NOTES(\"n\")");
    CHECK(sample.problems() == Strings{"unbalanced-brackets fs/x.c:2"});
    CHECK(sample.api().description == "x");
    CHECK(sample.api().notes == "n");
  }
  SUBCASE("a quote") {
    const auto sample = macro_spec("KAPI_DESCRIPTION(\"x)\nKAPI_NOTES(\"n\")");
    CHECK(sample.has_problem("unterminated-string fs/x.c:2"));
    CHECK(sample.api().notes == "n");
  }
}

TEST_CASE("items that nobody knows") {
  const auto sample = macro_spec(R"(KAPI_FUTURE(1, "a (b", { 2, 3 })
	MY_OWN
	.colour[3].of = { "red", { 1, 2 }, },
	.params[4000000000] = { .name = "far" },
	.params[-1].name = "near",
	.params[MANY].name = "some",
	.params = 5,
	.errors[0].name.length = 3,
	KAPI_PARAM(0, "a")
	KAPI_PARAM_END
	KAPI_PARAM_COUNT
	= 7,
	KAPI_DESCRIPTION("kept"))");
  CHECK(sample.problems() ==
        Strings{"macro-arguments fs/x.c:10", "macro-arguments fs/x.c:12", "unknown-macro fs/x.c:2",
                "unknown-macro fs/x.c:3", "unknown-member fs/x.c:4", "index-out-of-range fs/x.c:5",
                "index-unresolved fs/x.c:6", "index-unresolved fs/x.c:7",
                "unreadable-item fs/x.c:8", "unknown-member fs/x.c:9", "unreadable-item fs/x.c:13",
                "element-uncounted fs/x.c:1", "element-uncounted fs/x.c:1"});
  CHECK(sample.api().description == "kept");
}

TEST_CASE("conditional text") {
  const MacroSample sample(R"(
#if 0
DEFINE_KERNEL_API_SPEC(sys_off)
#if 1
KAPI_END_SPEC;
#endif
#else
DEFINE_KERNEL_API_SPEC(sys_on)
#ifdef CONFIG_NET
	KAPI_DESCRIPTION("net")
#endif
KAPI_END_SPEC;
#endif
#define DEFINE_MORE(x) \
	DEFINE_KERNEL_API_SPEC(x)
)");
  REQUIRE(sample.specs.apis.size() == 1);
  CHECK(sample.api().name == "sys_on");
  CHECK(sample.api().description == "net");
  CHECK(sample.problems() == Strings{"conditional-text fs/x.c:8"});
}

TEST_CASE("bytes that are not UTF-8, and text past its room") {
  const auto sample = macro_spec("KAPI_DESCRIPTION(\"a\\xff\")\nKAPI_NOTES(\"a\xfe\")\n" +
                                 std::string("KAPI_SINCE_VERSION(\"") + std::string(40, 'v') +
                                 "\")\nKAPI_EXAMPLES(\"a\\0b\")");
  CHECK(sample.api().description == "a\\xff");
  CHECK(sample.api().notes == "a\\xfe");
  CHECK(sample.api().since_version == std::string(40, 'v'));
  CHECK(sample.api().examples == "a");
  CHECK(sample.problems() ==
        Strings{"not-utf8 fs/x.c:2", "not-utf8 fs/x.c:3", "text-too-long fs/x.c:4"});
}

TEST_CASE("sheer size") {
  constexpr size_t kMany = 100000;
  for (const char* piece : {"(",           "{",           "[",
                            "}",           ")",           "a(",
                            "\"",          "'",           ".x[",
                            ".params[",    "\\",          "#",
                            "= {",         "KAPI_PARAM(", "KAPI_DESCRIPTION(\"x\"",
                            "ARRAY_SIZE(", "-",           ".errors[0] = {",
                            "junk ",       ",",           "/*",
                            "sizeof",      "\"a\" ",      ".a = 1 "}) {
    CAPTURE(piece);
    const std::string flood = repeated(piece, kMany);
    const MacroSample in_items("DEFINE_KERNEL_API_SPEC(sys_x)\n" + flood + "\nKAPI_END_SPEC;\n");
    CHECK(in_items.specs.diagnostics.size() <= 100);
    const MacroSample in_value("DEFINE_KERNEL_API_SPEC(sys_x)\n.description = " + flood +
                               "\n.version = " + flood + "\nKAPI_END_SPEC;\n");
    CHECK(in_value.specs.diagnostics.size() <= 100);
    const MacroSample outside(flood + " kernel_api_spec x[" + flood);
    CHECK(outside.specs.diagnostics.size() <= 100);
  }
  const MacroSample openers(repeated("DEFINE_KERNEL_API_SPEC(", kMany));
  CHECK(openers.specs.apis.empty());
}

// SPDX-License-Identifier: GPL-2.0-only
// Files as nobody should write them: what can be read is, the rest is said, and it ends soon.
#include <doctest/doctest.h>

#include "spec_text.h"

namespace kapi {
namespace {

using namespace std::string_literals;
using test::block_source;
using test::kFunction;
using test::losses;
using test::Losses;
using test::only_api;
using test::read;

std::string good() { return block_source("notes: fine\n"); }

TEST_CASE("a spec is found behind whatever stands before it") {
  for (const std::string& before :
       {std::string("/**\n"), std::string("/** */\n/*\n*/"), std::string("/**\n */\n"),
        std::string("/**\n * a - b\n * contexts: x\n * lock: y, z */\n"), std::string(100, '\0'),
        std::string("\"/*\"\n"), std::string("/**\n * DOC: x\n */\n"), std::string("\xff\xfe\n"),
        std::string("int f(void)\n{\n"), std::string(200000, '*') + '\n'}) {
    CAPTURE(before.substr(0, 40));
    const SpecTexts texts = read(before + '\n' + good());
    CHECK(texts.apis.size() == 1);
  }
}

TEST_CASE("a comment without an end") {
  const SpecTexts texts = read(good() + "/**\n * sys_b - b\n *\n * contexts: process\n");
  CHECK(texts.apis.size() == 1);
  CHECK(losses(texts) == Losses{"comment-open:12"});
  CHECK(losses(read("/**\n * nothing of ours\n")) == Losses{});
}

TEST_CASE("line ends of all kinds") {
  std::string dos;
  std::string mac;
  for (const char c : good()) {
    dos += c == '\n' ? "\r\n" : std::string(1, c);
    mac += c == '\n' ? '\r' : c;
  }
  const Api expected = only_api(read(good()));
  CHECK(expected.name == "sys_thing");
  CHECK(only_api(read(dos)) == expected);
  CHECK(only_api(read(mac)) == expected);
}

TEST_CASE("tabs, NUL, and bytes that are not UTF-8") {
  const SpecTexts texts = read(block_source("lock: a\0b, mutex\n\tdesc: caf\xe9\tau lait\n"s));
  CHECK(losses(texts) == Losses{"not-utf8:7"});
  CHECK(only_api(texts).locks ==
        std::vector<Lock>{{"ab", "mutex", "internal", "caf\\xe9   au lait"}});
}

TEST_CASE("lines without a star, and text before the end") {
  const SpecTexts texts = read(
      "/**\n * sys_thing - text\n *\n * contexts: process\n"
      "long-desc without a star\n * long-desc: Words\n * notes: last */\n" +
      std::string(kFunction));
  CHECK(losses(texts) == Losses{"text-lost:5", "text-lost:7"});
  CHECK(only_api(texts).long_description == "Words");
}

TEST_CASE("more than there is room for") {
  std::string lines;
  for (int i = 0; i < 40; i++) {
    lines += "error: EPERM, again\n\n";
  }
  const SpecTexts texts = read(block_source(lines));
  CHECK(losses(texts) == Losses{"does-not-compile:6"});
  CHECK(only_api(texts).errors.size() == 40);
}

TEST_CASE("ten megabytes of anything end soon") {
  constexpr size_t kSize = 10'000'000;
  const auto repeat = [](std::string_view unit) {
    std::string out;
    while (out.size() < kSize) {
      out += unit;
    }
    return out;
  };
  for (const std::string_view unit :
       {"x", "*", ":", "* lock:", "/**", "/**\n", "/**\n * a - b\n */\n", " ", "\n", "(", "*a",
        "\xff", "\t", "@a: b"}) {
    CAPTURE(unit);
    const std::string text = repeat(unit);
    may_hold_specs(text);
    CHECK(read(text).apis.empty());
  }
  for (const std::string_view unit : {"x", "x:", "x: y ", "kapi-a:", ","}) {
    CAPTURE(unit);
    const SpecTexts texts = read(block_source("lock: a, mutex\n  desc: " + repeat(unit) + "\n"));
    CHECK(texts.apis.size() == 1);
  }
  for (const std::string_view unit :
       {"kapi-x: a\n", "@p: a\n", "lock: a\n", "  a: b\n", "param: a\n  b\n", "\n"}) {
    CAPTURE(unit);
    const SpecTexts texts =
        read(block_source("notes: a\n" + repeat(unit).substr(0, kSize / 20) + '\n'));
    CHECK(texts.apis.size() == 1);
  }
}

TEST_CASE("the words without which there is no spec") {
  for (const char* text :
       {" * contexts: process", "*lock:", "\t*\tcapability: CAP_X\n", "a\n * long-desc: x",
        "DEFINE_KERNEL_API_SPEC(sys_x)", "DEFINE_SYSFS_API_SPEC(x)", "DEFINE_KAPI_IOCTL_SPEC(x)",
        "KAPI_DEFINE_IOCTL_SPEC(x)", "DEFINE_IOCTL_API_SPEC(x)", "struct kapi_ioctl_spec x",
        " * context: x", " * state-trans: x", " * param-type: x", " * error-code: x",
        " * api-type: x", " * side-effect: x", " * signal: x", " * context-flags: x"}) {
    CAPTURE(text);
    CHECK(may_hold_specs(text));
  }
  for (const char* text : {"", "lock:", "// lock:", " * clock:", " * Context: any",
                           " * lock :", " * a lock:", "x * lock:", "** lock:", "SPEC",
                           "API_SPECIAL_CASE", "* lock", ":"}) {
    CAPTURE(text);
    CHECK(!may_hold_specs(text));
  }
}

}  // namespace
}  // namespace kapi

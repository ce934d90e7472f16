// SPDX-License-Identifier: GPL-2.0-only
// The lines of a .config, and what is none.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "kapi/source.h"

namespace kapi {
namespace {

using Lines = std::vector<std::string>;

struct Reading {
  Lines lines;
  std::vector<Diagnostic> diagnostics;
};

Reading read(const std::string& text) {
  Reading reading;
  reading.lines = read_config(text, "test.config", reading.diagnostics);
  return reading;
}

TEST_CASE("each form of a value") {
  const Reading reading = read(
      "# Linux/x86 6.12.0 Kernel Configuration\n"
      "\n"
      "CONFIG_TRISTATE=m\n"
      "CONFIG_BOOL=y\n"
      "CONFIG_OFF=n\n"
      "# CONFIG_UNSET is not set\n"
      "CONFIG_NUMBER=17\n"
      "CONFIG_NEGATIVE=-1\n"
      "CONFIG_HEX=0x1000000\n"
      "CONFIG_EMPTY=\"\"\n"
      "CONFIG_TEXT=\"a \\\"b\\\" \\\\ # = c\"\n"
      "CONFIG_64BIT=y\r\n"
      "  CONFIG_lower_Case=y\t\n"
      "CONFIG_LAST=y");
  CHECK(reading.diagnostics.empty());
  CHECK(reading.lines == Lines{"CONFIG_64BIT=y", "CONFIG_BOOL=y", "CONFIG_EMPTY=\"\"",
                               "CONFIG_HEX=0x1000000", "CONFIG_LAST=y", "CONFIG_NEGATIVE=-1",
                               "CONFIG_NUMBER=17", "CONFIG_TEXT=\"a \\\"b\\\" \\\\ # = c\"",
                               "CONFIG_TRISTATE=m", "CONFIG_lower_Case=y"});
}

TEST_CASE("the last line of a symbol counts, as it does for the kernel's build") {
  CHECK(read("CONFIG_A=m\nCONFIG_B=y\nCONFIG_A=y\n").lines == Lines{"CONFIG_A=y", "CONFIG_B=y"});
  CHECK(read("CONFIG_A=y\nCONFIG_B=y\nCONFIG_A=n\n").lines == Lines{"CONFIG_B=y"});
  CHECK(read("CONFIG_A=y\nCONFIG_B=y\n# CONFIG_A is not set\n").lines == Lines{"CONFIG_B=y"});
}

TEST_CASE("a line that cannot be read is told with its number") {
  for (const char* bad : {"CONFIG_X",          "CONFIG_=y",       "CONFIG_X=",
                          "CONFIG_X=yes",      "CONFIG_X=Y",      "CONFIG_X= y",
                          "CONFIG_X =y",       "CONFIG_X=0x",     "CONFIG_X=12z",
                          "CONFIG_X=-",        "CONFIG_X=\"open", "CONFIG_X=\"a\"b",
                          "CONFIG_X=\"a\\\"",  "CONFIG-X=y",      "X=y",
                          "export CONFIG_X=y", "<<<<<<<",         "CONFIG_X=y # remark",
                          "CONFIG_X=\"\xff\"", "\xff\xfe"}) {
    CAPTURE(bad);
    const Reading reading = read(std::string("CONFIG_A=y\n") + bad + "\nCONFIG_B=y\n");
    CHECK(reading.lines == Lines{"CONFIG_A=y", "CONFIG_B=y"});
    REQUIRE(reading.diagnostics.size() == 1);
    CHECK(reading.diagnostics[0].code == "config-line");
    CHECK(reading.diagnostics[0].level == Level::warning);
    CHECK(reading.diagnostics[0].subject == "config");
    CHECK(reading.diagnostics[0].section == "line 2");
    CHECK(is_utf8(reading.diagnostics[0].message));
    CHECK(reading.diagnostics[0].message.size() < 400);
  }
}

TEST_CASE("a text that is no configuration is refused") {
  for (const std::string text :
       {"", "\n", "# CONFIG_A is not set\n", "#!/bin/sh\necho\n", "CONFIG_A=y\nls\n",
        "\x7f"
        "ELF\x02\x01\x01",
        "{\n  \"schema\": 1\n}\n"}) {
    CAPTURE(text);
    std::vector<Diagnostic> diagnostics;
    CHECK_THROWS_AS(read_config(text, "file", diagnostics), InputError);
    CHECK(diagnostics.empty());
  }
}

TEST_CASE("what is packed by gzip is read alike") {
  const auto bytes = [](const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  const std::string text = bytes(std::string(KAPI_FIXTURE_SOURCES) + "/config/aio.config");
  const std::string image = bytes(std::string(KAPI_FIXTURES) + "/config/aio");
  const size_t start = image.find("IKCFG_ST") + 8;
  const std::string packed = image.substr(start, image.find("IKCFG_ED") - start);
  CHECK(read(packed).lines == read(text).lines);
  CHECK(read(text).lines.size() == 16);
  CHECK_THROWS_AS(read(packed.substr(0, packed.size() / 2)), InputError);
}

}  // namespace
}  // namespace kapi

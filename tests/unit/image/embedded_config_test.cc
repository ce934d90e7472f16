// SPDX-License-Identifier: GPL-2.0-only
// The configuration that an image carries, found by symbols or by its marks.
#include <doctest/doctest.h>

#include "fixture.h"

namespace kapi {
namespace {

std::string config_fixture(const std::string& name) {
  return std::string(KAPI_FIXTURES) + "/config/" + name;
}

TEST_CASE("an image's configuration is found by symbols or by its marks") {
  std::ifstream file(std::string(KAPI_FIXTURE_SOURCES) + "/config/aio.config", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(text.find("CONFIG_AIO=y") != text.npos);
  for (const char* name : {"aio", "aio-stripped", "aio-no-end"}) {
    CAPTURE(name);
    CHECK(embedded_config(*Image::open(config_fixture(name))) == text);
  }
  CHECK_FALSE(embedded_config(*Image::open(config_fixture("aio-silent"))));
}

TEST_CASE("marks that mark nothing are passed over; damage is refused") {
  for (const char* name : {"aio", "aio-stripped", "aio-no-end"}) {
    CAPTURE(name);
    std::ifstream file(config_fixture(name), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const size_t data = bytes.find("IKCFG_ST") + 8;
    const auto open = [&](const std::string& of) {
      return Image::from_memory(std::as_bytes(std::span(of)), "image");
    };
    std::string damaged = bytes;
    damaged[data + 40] = static_cast<char>(~damaged[data + 40]);
    CHECK_THROWS_AS(embedded_config(*open(damaged)), InputError);
    std::string no_magic = bytes;
    no_magic[data] = 'x';
    if (std::string(name) == "aio-stripped") {
      CHECK_FALSE(embedded_config(*open(no_magic)));  // the words of some string table
    } else {
      CHECK_THROWS_AS(embedded_config(*open(no_magic)), InputError);
    }
    std::string no_end = bytes;
    no_end.replace(no_end.find("IKCFG_ED"), 8, "IKCFG_XX");
    CHECK(embedded_config(*open(no_end)) == embedded_config(*open(bytes)));
  }
}

}  // namespace
}  // namespace kapi

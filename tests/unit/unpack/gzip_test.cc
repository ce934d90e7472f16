// SPDX-License-Identifier: GPL-2.0-only
// What gzip packed, and what only looks like it: bounded, and refused with a reason.
#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

#include "kapi/unpack.h"

namespace kapi {
namespace {

std::string packed(const std::string& text) {
  z_stream stream = {};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string unpacked(const std::string& bytes, size_t limit = 1 << 20) {
  return gunzip(Cursor(std::as_bytes(std::span(bytes)), "file", ".rodata", 0x100, Endian::little),
                limit);
}

// Why it was refused; empty if it was not.
std::string refusal(const std::string& bytes, size_t limit = 1 << 20) {
  try {
    unpacked(bytes, limit);
    return {};
  } catch (const InputError& error) {
    CHECK(error.place() == Place{"file", ".rodata", 0x100});
    return error.reason();
  }
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string config_of(size_t lines) {
  std::string text;
  for (size_t i = 0; i < lines; i++) {
    text += "CONFIG_OPTION_" + std::to_string(i * 7919) + "=y\n";
  }
  return text;
}

TEST_CASE("what was packed is unpacked") {
  for (const std::string& text :
       {std::string(), std::string("CONFIG_AIO=y\n"), config_of(20'000)}) {
    CHECK(unpacked(packed(text)) == text);
    CHECK(unpacked(packed(text) + "IKCFG_ED and what follows it") == text);
  }
}

TEST_CASE("the cursor's position is where it begins") {
  const std::string bytes = "skip" + packed("text");
  Cursor cursor(std::as_bytes(std::span(bytes)), "file", "", 0, Endian::little);
  cursor.skip(4);
  CHECK(gunzip(cursor, 100) == "text");
}

TEST_CASE("the limit is one of the text") {
  const std::string text = config_of(5'000);
  CHECK(unpacked(packed(text), text.size()) == text);
  CHECK(contains(refusal(packed(text), text.size() - 1), "unpacks to more than"));
  // 256 MB of zeros in 256 KB: refused after the limit, not after the end.
  const std::string bomb = packed(std::string(size_t{256} << 20, '\0'));
  CHECK(bomb.size() < size_t{1} << 20);
  CHECK(contains(refusal(bomb, 1 << 16), "unpacks to more than 65536 bytes"));
  CHECK(contains(refusal(packed("x"), 0), "unpacks to more than 0 bytes"));
  CHECK(unpacked(packed(""), 0).empty());
}

TEST_CASE("cut short anywhere it is refused") {
  const std::string whole = packed(config_of(300));
  for (size_t size = 0; size < whole.size(); size++) {
    CAPTURE(size);
    CHECK(contains(refusal(whole.substr(0, size)), "cut short"));
  }
}

TEST_CASE("a damaged byte is noticed, wherever it changes the text") {
  const std::string text = config_of(300);
  const std::string whole = packed(text);
  constexpr size_t kHeader = 10;
  size_t refused = 0;
  for (size_t at = 0; at < whole.size(); at++) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    if (refusal(damaged).empty()) {
      CHECK(unpacked(damaged) == text);  // a time stamp, say
      CHECK(at < kHeader);
    } else {
      refused++;
    }
  }
  CHECK(refused >= whole.size() - kHeader);
  std::string bad_checksum = whole;
  bad_checksum[whole.size() - 8] = static_cast<char>(~bad_checksum[whole.size() - 8]);
  CHECK(contains(refusal(bad_checksum), "incorrect data check"));
  std::string bad_length = whole;
  bad_length[whole.size() - 1] = static_cast<char>(~bad_length[whole.size() - 1]);
  CHECK(contains(refusal(bad_length), "incorrect length check"));
}

TEST_CASE("what is not gzip is refused") {
  for (const std::string bytes : {"CONFIG_AIO=y\n", "\x1f\x8b", "\x78\x9c\x03\x00\x00\x00\x00\x01",
                                  "\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00\x00"}) {
    CHECK_FALSE(refusal(bytes).empty());
  }
}

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "kapi/base.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

TEST_CASE("UTF-8 as RFC 3629 has it") {
  for (const auto valid : {""sv, "ascii"sv, "\0"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv,
                           "\xed\x9f\xbf"sv, "\xee\x80\x80"sv, "\xef\xbf\xbf"sv,
                           "\xf0\x90\x80\x80"sv, "\xf4\x8f\xbf\xbf"sv, "a\xc3\xa9z"sv}) {
    CAPTURE(hex(fnv1a64(valid)));
    CHECK(is_utf8(valid));
    CHECK(to_utf8(valid) == valid);
  }
  for (const auto invalid : {
           "\x80"sv, "\xbf"sv,                             // no lead byte
           "\xc0\x80"sv, "\xc1\xbf"sv,                     // overlong
           "\xe0\x9f\xbf"sv, "\xf0\x8f\xbf\xbf"sv,         // overlong
           "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv,             // surrogates
           "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv,     // past U+10FFFF
           "\xff"sv, "\xfe"sv,                             // never
           "\xc2"sv, "\xe0\xa0"sv, "\xf0\x90\x80"sv,       // cut short
           "\xc2\x41"sv, "\xe1\x80\xc0"sv, "a\xf1\x80z"sv  // broken off
       }) {
    CAPTURE(hex(fnv1a64(invalid)));
    CHECK(!is_utf8(invalid));
    CHECK(is_utf8(to_utf8(invalid)));
  }
}

TEST_CASE("text that is not UTF-8 keeps every byte in sight") {
  CHECK(to_utf8("caf\xe9") == "caf\\xe9");
  CHECK(to_utf8("\\ \xff \xc3\xa9") == "\\\\ \\xff \xc3\xa9");
  // Valid text is not touched, not even its backslashes.
  CHECK(to_utf8("\\xff") == "\\xff");
  CHECK(to_utf8("\xe2\x82") == "\\xe2\\x82");
}

TEST_CASE("nothing that a terminal obeys is left in printable text") {
  CHECK(printable("plain caf\xc3\xa9") == "plain caf\xc3\xa9");
  CHECK(printable("\x1b[31mred") == "\\x1b[31mred");
  CHECK(printable("a\nb\tc\r") == "a\\x0ab\\x09c\\x0d");
  CHECK(printable("a\nb\tc\r", true) == "a\nb\tc\\x0d");
  CHECK(printable("\x7f\0"sv) == "\\x7f\\x00");
  // CSI, as UTF-8 and as the single byte an 8-bit terminal takes for it.
  CHECK(printable("\xc2\x9b\x33m") == "\\x9b3m");
  CHECK(printable("\x9b\x33m") == "\\x9b3m");
  CHECK(printable("\xc2\xa0") == "\xc2\xa0");
  CHECK(printable("\xc2") == "\\xc2");
}

TEST_CASE("nothing that makes text read in another order than it is stored in is left") {
  // U+200E, U+200F; U+2028 to U+202E; U+2066 to U+2069.
  CHECK(printable("a\xe2\x80\x8e.\xe2\x80\x8f.") == "a\\u200e.\\u200f.");
  CHECK(printable("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac") ==
        "\\u2028\\u2029\\u202a\\u202b\\u202c");
  CHECK(printable("\xe2\x80\xad\xe2\x80\xae", true) == "\\u202d\\u202e");
  CHECK(printable("\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9") ==
        "\\u2066\\u2067\\u2068\\u2069");
  // Their neighbours stay: U+200D, U+2010, U+2027, U+202F, U+2065, U+206A.
  for (const auto neighbour : {"\xe2\x80\x8d"sv, "\xe2\x80\x90"sv, "\xe2\x80\xa7"sv,
                               "\xe2\x80\xaf"sv, "\xe2\x81\xa5"sv, "\xe2\x81\xaa"sv}) {
    CHECK(printable(neighbour) == neighbour);
  }
}

TEST_CASE("hexadecimal there and back") {
  for (const uint64_t value : {uint64_t{0}, uint64_t{0x1f}, uint64_t{1} << 63, UINT64_MAX}) {
    CHECK(parse_hex(hex(value)) == value);
  }
  CHECK(hex(0x1f) == "0x1f");
  CHECK(parse_hex("0x0000000000000000001") == 1);
  for (const char* bad : {"", "0x", "1f", "0x1g", "0x 1", "0x-1", "-0x1", "0x1 ",
                          "0x10000000000000000", "0X1f", "0x0x1"}) {
    CAPTURE(bad);
    CHECK(!parse_hex(bad));
  }
}

TEST_CASE("the hash is FNV-1a of 64 bits") {
  // Test vectors of draft-eastlake-fnv.
  CHECK(fnv1a64("") == 0xcbf29ce484222325);
  CHECK(fnv1a64("a") == 0xaf63dc4c8601ec8c);
  CHECK(fnv1a64("foobar") == 0x85944171f73967e8);
}

TEST_CASE("levels have names") {
  CHECK(name(Level::note) == "note");
  CHECK(name(Level::warning) == "warning");
  CHECK(name(Level::error) == "error");
}

}  // namespace
}  // namespace kapi

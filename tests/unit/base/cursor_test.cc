// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <array>

#include "kapi/base.h"

namespace kapi {
namespace {

constexpr auto kBytes = std::to_array<uint8_t>({0x81, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88});

Cursor cursor(Endian endian, uint64_t file_offset = 0x100) {
  return {std::as_bytes(std::span(kBytes)), "vmlinux", ".BTF", file_offset, endian};
}

Cursor text_cursor(std::string_view text) {
  return {std::as_bytes(std::span(text)), "vmlinux", "", 0, Endian::little};
}

template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("integers in both byte orders") {
  Cursor little = cursor(Endian::little);
  CHECK(little.u8() == 0x81);
  CHECK(little.u16() == 0x0302);
  CHECK(little.u32() == 0x07060504);
  CHECK(little.remaining() == 1);
  Cursor big = cursor(Endian::big);
  CHECK(big.u8() == 0x81);
  CHECK(big.u16() == 0x0203);
  CHECK(big.u32() == 0x04050607);
  CHECK(cursor(Endian::little).u64() == 0x8807060504030281);
  CHECK(cursor(Endian::big).u64() == 0x8102030405060788);
}

TEST_CASE("integers of a size that is data") {
  CHECK(cursor(Endian::big).unsigned_of(1) == 0x81);
  CHECK(cursor(Endian::big).unsigned_of(2) == 0x8102);
  CHECK(cursor(Endian::big).unsigned_of(4) == 0x81020304);
  CHECK(cursor(Endian::big).signed_of(1) == -0x7f);
  CHECK(cursor(Endian::big).signed_of(2) == -0x7efe);
  CHECK(cursor(Endian::little).signed_of(2) == 0x0281);
  CHECK(cursor(Endian::big).signed_of(8) == static_cast<int64_t>(0x8102030405060788));
  for (const size_t size : {0u, 3u, 5u, 16u}) {
    CHECK(error_of([&] {
            cursor(Endian::little).unsigned_of(size);
          }).ends_with("bytes is not supported"));
  }
}

TEST_CASE("a read past the end names the place where the value begins") {
  Cursor bytes = cursor(Endian::little);
  bytes.skip(6);
  CHECK(error_of([&] { bytes.u32(); }) ==
        "vmlinux: .BTF at 0x106: an integer needs 4 bytes, 2 left");
  // A failed read moves nothing.
  CHECK(bytes.u16() == 0x8807);
  CHECK(bytes.at_end());
  CHECK(error_of([&] { bytes.u8(); }) == "vmlinux: .BTF at 0x108: an integer needs 1 byte, 0 left");
  CHECK(error_of([&] { bytes.skip(1); }) ==
        "vmlinux: .BTF at 0x108: skipping needs 1 byte, 0 left");
  CHECK(error_of([&] { bytes.take(SIZE_MAX); }).find("at 0x108: a block needs") !=
        std::string::npos);
}

TEST_CASE("windows keep the place in the file") {
  const Cursor window = cursor(Endian::little).window(2, 4);
  CHECK(window.size() == 4);
  CHECK(window.position() == 0);
  CHECK(window.place().offset == 0x102);
  Cursor inner = window.window(1);
  CHECK(inner.size() == 3);
  CHECK(inner.u8() == 0x04);
  CHECK(inner.place().offset == 0x104);
  CHECK(error_of([&] { inner.u32(); }) ==
        "vmlinux: .BTF at 0x104: an integer needs 4 bytes, 2 left");
  CHECK(window.window(4).size() == 0);
}

TEST_CASE("windows and positions outside are refused, also where the sum would overflow") {
  const Cursor bytes = cursor(Endian::little);
  CHECK(error_of([&] { bytes.window(9); }).find("past the end") != std::string::npos);
  CHECK(error_of([&] { bytes.window(2, 7); }) ==
        "vmlinux: .BTF at 0x102: a block of 7 bytes, 6 left");
  CHECK(error_of([&] { bytes.window(2, SIZE_MAX); }) != "");
  CHECK(error_of([&] { bytes.window(SIZE_MAX, 2); }) != "");
  Cursor moved = bytes;
  moved.seek(8);
  CHECK(moved.at_end());
  CHECK(error_of([&] { moved.seek(9); }) != "");
}

TEST_CASE("strings end at their NUL, within the limit and the window") {
  using namespace std::string_view_literals;
  Cursor bytes = text_cursor("one\0\0two\0rest"sv);
  CHECK(bytes.cstring() == "one");
  CHECK(bytes.cstring() == "");
  CHECK(bytes.cstring(4) == "two");
  CHECK(error_of([&] { bytes.cstring(); }) == "vmlinux at 0x9: a string without an end");
  bytes.seek(0);
  CHECK(error_of([&] { bytes.cstring(3); }) == "vmlinux at 0x0: a string of more than 3 bytes");
  CHECK(error_of([&] { bytes.window(0, 3).cstring(); }) ==
        "vmlinux at 0x0: a string without an end");
  CHECK(error_of([] { Cursor().cstring(); }) != "");
}

TEST_CASE("the byte order of a copy can be another") {
  CHECK(cursor(Endian::big).with_endian(Endian::little).u16() == 0x0281);
}

TEST_CASE("a place leaves out what is absent") {
  CHECK(Place{"a", ".b", 0x10}.text() == "a: .b at 0x10");
  CHECK(Place{"a", "", std::nullopt}.text() == "a");
  CHECK(Place{"a", "", 0}.text() == "a at 0x0");
  CHECK(Place{"", ".b", 1}.text() == ".b at 0x1");
  CHECK(Place{"", "", 1}.text() == "offset 0x1");
  CHECK(Place{}.text() == "");
}

TEST_CASE("an error says place, reason and hint, and keeps them apart") {
  const InputError error({"a", "", std::nullopt}, "is bad", "mend it");
  CHECK(std::string(error.what()) == "a: is bad; mend it");
  CHECK(error.reason() == "is bad");
  CHECK(error.hint() == "mend it");
  CHECK(error.place().file == "a");
  CHECK(std::string(InputError({}, "is bad").what()) == "is bad");
}

}  // namespace
}  // namespace kapi

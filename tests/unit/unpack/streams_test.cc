// SPDX-License-Identifier: GPL-2.0-only
// What the real tools pack is unpacked to the byte; what follows it is left alone; anything cut
// short, damaged or too large is refused with a reason.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "kapi/unpack.h"

namespace kapi {
namespace {

struct Tool {
  const char* command;
  Packing packing;
  bool has_checksum;  // of what was packed
};
constexpr std::array kTools = {
    Tool{"gzip -n -9 -c", Packing::gzip, true},
    Tool{"xz --check=crc32 -c", Packing::xz, true},
    Tool{"xz --format=lzma -9 -c", Packing::lzma, false},
    Tool{"zstd -q -c", Packing::zstd, true},
    Tool{"lz4 -q -9 -c", Packing::lz4, true},
    Tool{"lz4 -q -l -9 -c", Packing::lz4, false},  // the legacy frame, as kernels are packed
    Tool{"bzip2 -9 -c", Packing::bzip2, true},
    Tool{"lzop -q -9 -c", Packing::lzo, true},
};

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string packed_by(const char* command, const std::string& text) {
  std::string folder = (std::filesystem::temp_directory_path() / "kapi-unpack.XXXXXX").string();
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  const auto in = std::filesystem::path(folder) / "in";
  const auto out = std::filesystem::path(folder) / "out";
  std::ofstream(in, std::ios::binary) << text;
  const std::string line = std::string(command) + " <'" + in.string() + "' >'" + out.string() + "'";
  REQUIRE(std::system(line.c_str()) == 0);
  std::string packed = content(out);
  std::filesystem::remove_all(folder);
  return packed;
}

// Like machine code: some of it repeats, some does not.
std::string sample(size_t size) {
  std::string text;
  uint64_t state = 1;
  while (text.size() < size) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    text += std::to_string(state >> 40) + " and again ";
  }
  text.resize(size);
  return text;
}

Cursor cursor_of(const std::string& bytes) {
  return {std::as_bytes(std::span(bytes)), "file", "part", 0x1000, Endian::little};
}

std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string refusal(const std::string& bytes, Packing packing, size_t limit = size_t{64} << 20) {
  try {
    unpack(cursor_of(bytes), packing, limit);
    return {};
  } catch (const InputError& error) {
    CHECK(error.place() == Place{"file", "part", 0x1000});
    return error.reason();
  }
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("what a tool packs is recognised and unpacked, and what follows is left alone") {
  // Whole blocks of the legacy lz4 frame unpack to 8 MiB; the last may be such a one.
  for (const size_t size : {size_t{1}, size_t{100'000}, size_t{8} << 20, (size_t{16} << 20) + 5}) {
    const std::string text = sample(size);
    for (const Tool& tool : kTools) {
      if (size > 100'000 && tool.packing != Packing::lz4) {
        continue;
      }
      CAPTURE(tool.command);
      CAPTURE(size);
      const std::string packed = packed_by(tool.command, text);
      CHECK(packing_at(cursor_of(packed)) == tool.packing);
      // The kernel's build appends the size of what it packed.
      const auto appended = static_cast<uint32_t>(size);
      const std::string size_word(reinterpret_cast<const char*>(&appended), sizeof appended);
      for (const std::string& rest : {std::string(), size_word}) {
        const Unpacked unpacked = unpack(cursor_of(packed + rest), tool.packing, size_t{64} << 20);
        CHECK(unpacked.consumed == packed.size());
        CHECK(text_of(unpacked.bytes) == text);
      }
    }
  }
}

TEST_CASE("the cursor's position is where a stream begins") {
  const std::string text = sample(5000);
  for (const Tool& tool : kTools) {
    CAPTURE(tool.command);
    const std::string bytes = "before" + packed_by(tool.command, text) + "after, and more of it";
    Cursor cursor = cursor_of(bytes);
    cursor.skip(6);
    CHECK(packing_at(cursor) == tool.packing);
    const Unpacked unpacked = unpack(cursor, tool.packing, text.size());
    CHECK(text_of(unpacked.bytes) == text);
    CHECK(bytes.substr(6 + unpacked.consumed, 5) == "after");
  }
}

TEST_CASE("cut short anywhere it is refused") {
  const std::string text = sample(3000);
  for (const Tool& tool : kTools) {
    CAPTURE(tool.command);
    const std::string packed = packed_by(tool.command, text);
    for (size_t size = 0; size < packed.size(); size += size < 64 ? 1 : 7) {
      CAPTURE(size);
      const std::string reason = refusal(packed.substr(0, size), tool.packing);
      CHECK_FALSE(reason.empty());
      if (size > 64) {
        CHECK(contains(reason, "cut short"));
      }
    }
  }
}

TEST_CASE("a damaged byte is refused where the format can know, and never more than wrong bytes") {
  const std::string text = sample(3000);
  for (const Tool& tool : kTools) {
    CAPTURE(tool.command);
    const std::string packed = packed_by(tool.command, text);
    for (size_t at = 0; at < packed.size(); at += at < 64 ? 1 : 5) {
      CAPTURE(at);
      std::string damaged = packed;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
      if (refusal(damaged, tool.packing).empty() && tool.has_checksum) {
        CHECK(text_of(unpack(cursor_of(damaged), tool.packing, 1 << 20).bytes) == text);
      }
    }
  }
}

TEST_CASE("a limit is of what comes out, to the byte") {
  const std::string text = sample(70'000);
  for (const Tool& tool : kTools) {
    CAPTURE(tool.command);
    const std::string packed = packed_by(tool.command, text);
    CHECK(refusal(packed, tool.packing, text.size()).empty());
    CHECK(contains(refusal(packed, tool.packing, text.size() - 1),
                   "unpacks to more than 69999 bytes"));
  }
}

TEST_CASE("a bomb is refused by its ratio, long before the limit") {
  const std::string zeros(size_t{32} << 20, '\0');
  for (const char* command : {"xz -c", "zstd -q -c", "bzip2 -c", "gzip -9 -c"}) {
    CAPTURE(command);
    const std::string bomb = packed_by(command, zeros);
    const auto packing = packing_at(cursor_of(bomb));
    REQUIRE(packing);
    UnpackBudget budget{kMaxUnpackedKernel};
    CHECK_THROWS_WITH_AS(unpack(cursor_of(bomb), *packing, budget),
                         doctest::Contains("unpacks to more than 256 times its size"), InputError);
    CHECK(kMaxUnpackedKernel - budget.left <= zeros.size());
  }
}

TEST_CASE("a budget is shared, and what was no stream costs it too") {
  const std::string text = sample(50'000);
  const std::string packed = packed_by("gzip -c", text);
  UnpackBudget budget{120'000};
  unpack(cursor_of(packed), Packing::gzip, budget);
  CHECK(budget.left == 70'000);
  CHECK_THROWS_AS(unpack(cursor_of(packed.substr(0, packed.size() - 4)), Packing::gzip, budget),
                  InputError);
  CHECK(budget.left == 20'000);
  CHECK_THROWS_WITH_AS(unpack(cursor_of(packed), Packing::gzip, budget),
                       doctest::Contains("unpacks to more than 20000 bytes"), InputError);
  CHECK(budget.left == 0);
}

TEST_CASE("streams of one file are joined, as parallel packers write them") {
  const std::string first = sample(4000);
  const std::string second = "the second part";
  for (const char* command : {"gzip -c", "xz -c", "zstd -q -c", "lz4 -q -c", "bzip2 -c"}) {
    CAPTURE(command);
    const std::string packed = packed_by(command, first) + packed_by(command, second);
    const auto packing = packing_at(cursor_of(packed));
    REQUIRE(packing);
    UnpackBudget budget{size_t{1} << 20};
    const Unpacked whole = unpack_streams(cursor_of(packed + "rest"), *packing, budget);
    CHECK(text_of(whole.bytes) == first + second);
    CHECK(whole.consumed == packed.size());
  }
}

TEST_CASE("what is not packed has no packing") {
  for (const std::string& bytes :
       {std::string(), std::string("\x1f"), std::string("\x1f\x8b\x07"), std::string("BZh9text"),
        std::string("\177ELF"), std::string(64, '\0'), std::string("\x5d\0\0\0\4", 5),
        std::string("\x5d\0\0\0\0\0\0\0\0\0\0\0\0\0", 14)}) {
    CHECK_FALSE(packing_at(cursor_of(bytes)));
  }
}

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Members of packages: where their paths and links lead, and what is refused. The archives are
// written here, field by field, since no tool would write them.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "kapi/unpack.h"

namespace kapi {
namespace {

// One member of a ustar archive.
std::string member(const std::string& path, char type, const std::string& data,
                   const std::string& target = "", uint64_t claimed = UINT64_MAX) {
  std::string header(512, '\0');
  const auto put = [&](size_t at, const std::string& text) {
    header.replace(at, text.size(), text);
  };
  const auto octal = [](uint64_t value, int width) {
    char text[32];
    std::snprintf(text, sizeof text, "%0*llo", width, static_cast<unsigned long long>(value));
    return std::string(text);
  };
  put(0, path.substr(0, 100));
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal(claimed == UINT64_MAX ? data.size() : claimed, 11));
  put(136, "00000000000");
  put(148, "        ");
  header[156] = type;
  put(157, target.substr(0, 100));
  put(257, "ustar");
  put(263, "00");
  unsigned sum = 0;
  for (const char c : header) {
    sum += static_cast<unsigned char>(c);
  }
  put(148, octal(sum, 6) + std::string(1, '\0'));
  return header + data + std::string((512 - data.size() % 512) % 512, '\0');
}

const std::string kEnd(1024, '\0');

Cursor cursor_of(const std::string& bytes) {
  return {std::as_bytes(std::span(bytes)), "package", "", 0, Endian::little};
}

std::string listed(const std::string& tar) {
  const std::string bytes = tar + kEnd;
  std::string text;
  for (const PackageMember& found : Package(cursor_of(bytes)).members()) {
    text += found.path;
    text += found.target.empty() ? "" : " -> " + found.target;
    text += "\n";
  }
  return text;
}

TEST_CASE("paths are those below the root of a system") {
  CHECK(listed(member("./a/b", '0', "x")) == "a/b\n");
  CHECK(listed(member("/a//b/./c", '0', "x")) == "a/b/c\n");
  CHECK(listed(member("./", '5', "") + member("a", '5', "")) == "a\n");
  CHECK(listed(member("l", '2', "", "../x") + member("a", '0', "x") +
               member("h", '1', "", "./a")) == "l -> ../x\na\nh -> a\n");
}

TEST_CASE("a path that leads out of the package is left out and counted") {
  const std::string bytes = member("../../etc/passwd", '0', "x") + member("a/../../b", '0', "x") +
                            member("/../c", '0', "x") + member("boot/vmlinux", '0', "y") + kEnd;
  std::string paths;
  const size_t left_out =
      Package(cursor_of(bytes)).each([&](const PackageMember& found, MemberData&) {
        paths += found.path;
        return true;
      });
  CHECK(left_out == 3);
  CHECK(paths == "boot/vmlinux");
}

TEST_CASE("links are followed within the package and nowhere else") {
  const std::string bytes =
      member("boot/vmlinux-1", '0', "x") + member("boot/vmlinux", '2', "", "vmlinux-1") +
      member("abs", '2', "", "/boot/vmlinux") + member("usr/lib/up", '2', "", "../../boot") +
      member("hard", '1', "", "boot/vmlinux-1") + member("out", '2', "", "../../etc/passwd") +
      member("gone", '2', "", "nothing") + member("loop", '2', "", "loop2") +
      member("loop2", '2', "", "loop") + member("folder", '5', "") + kEnd;
  const auto members = Package(cursor_of(bytes)).members();
  const auto resolved = [&](const char* path) {
    return resolve_member(members, path).value_or("nothing");
  };
  for (const char* path : {"boot/vmlinux-1", "/boot/vmlinux-1", "./boot//vmlinux", "abs", "hard",
                           "usr/lib/up/vmlinux", "usr/lib/up/../boot/vmlinux"}) {
    CAPTURE(path);
    CHECK(resolved(path) == "boot/vmlinux-1");
  }
  for (const char* path : {"out", "gone", "loop", "folder", "", "..", "../boot/vmlinux-1", "no",
                           "boot/vmlinux-1/more"}) {
    CAPTURE(path);
    CHECK(resolved(path) == "nothing");
  }
  CHECK_FALSE(resolve_member(members, std::string(1 << 20, '/') + "boot/vmlinux-1"));
}

TEST_CASE("a member is read whole, and no further than its limit") {
  const std::string data(100'000, 'd');
  const std::string bytes =
      member("a", '0', "first") + member("b", '0', data) + member("c", '0', "last") + kEnd;
  const Package package(cursor_of(bytes));
  const auto read = [&](const std::string& path, size_t limit) {
    std::string text;
    package.each([&](const PackageMember& found, MemberData& source) {
      if (found.path == path) {
        const auto got = source.read(limit);
        text.assign(reinterpret_cast<const char*>(got.data()), got.size());
        CHECK(source.read(limit).empty());
        return false;
      }
      return true;
    });
    return text;
  };
  CHECK(read("a", 100) == "first");
  CHECK(read("b", data.size()) == data);
  CHECK(read("c", 4) == "last");
  CHECK_THROWS_WITH_AS(read("b", data.size() - 1),
                       doctest::Contains("holds a file of more than 99999 bytes: b"), InputError);
}

TEST_CASE("a package that is cut short, or claims what is not there, is refused") {
  const std::string whole = member("a", '0', std::string(2000, 'x')) + member("b", '0', "y");
  CHECK(Package(cursor_of(whole + kEnd)).format() == "tar");
  for (size_t size = 512; size <= whole.size(); size += 128) {
    CAPTURE(size);
    const std::string cut = whole.substr(0, size);
    CHECK_THROWS_AS(Package(cursor_of(cut)).members(), InputError);
  }
  const std::string claims = member("a", '0', "x", "", uint64_t{1} << 32) + kEnd;
  CHECK_THROWS_AS(Package(cursor_of(claims)).members(), InputError);
  for (const std::string bytes : {"", "!<arch>\n", "no package at all"}) {
    CHECK_FALSE(Package::is_package(cursor_of(bytes)));
    CHECK_THROWS_WITH_AS(Package(cursor_of(bytes)), doctest::Contains("is no package"), InputError);
  }
}

TEST_CASE("the containers of Debian and RPM packages are checked before what is in them") {
  const auto field = [](std::string text, size_t width) {
    text.resize(width, ' ');
    return text;
  };
  const auto ar_member = [&](const std::string& name, const std::string& data, size_t size) {
    return field(name, 16) + std::string(32, ' ') + field(std::to_string(size), 10) + "`\n" + data +
           (data.size() % 2 != 0 ? "\n" : "");
  };
  const std::string tar = member("boot/vmlinuz-1", '0', "kernel") + kEnd;
  const std::string start = "!<arch>\n" + ar_member("debian-binary", "2.0\n", 4);
  const std::string deb =
      start + ar_member("control.tar", "odd", 3) + ar_member("data.tar/", tar, tar.size());
  const Package package(cursor_of(deb));
  CHECK(package.format() == "deb");
  REQUIRE(package.members().size() == 1);
  CHECK(package.members()[0].path == "boot/vmlinuz-1");
  const auto refusal = [](const std::string& bytes) {
    try {
      Package(cursor_of(bytes)).members();
      return std::string();
    } catch (const InputError& error) {
      return std::string(error.what());
    }
  };
  CHECK(refusal(deb.substr(0, deb.size() - 1)).find("the package was cut short") !=
        std::string::npos);
  CHECK(refusal(start).find("without a member data.tar") != std::string::npos);
  CHECK(refusal(start + ar_member("data.tar", tar, SIZE_MAX / 2)).find("cut short") !=
        std::string::npos);
  CHECK(refusal(start + field("data.tar", 60)).find("no member of an ar archive") !=
        std::string::npos);
  const std::string rpm = "\xed\xab\xee\xdb" + std::string(92, '\0');
  CHECK(refusal(rpm + "not a header").find("no header begins here") != std::string::npos);
  const std::string huge =
      std::string("\x8e\xad\xe8\x01\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", 16);
  CHECK(refusal(rpm + huge).find("skipping needs") != std::string::npos);
}

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include <string>

#include "kapi/policy.h"

namespace kapi {
namespace {

const ReportedFinding kBare = {"00000000000000aa", "", "", {}};

TEST_CASE("a first waiver makes a whole policy") {
  CHECK(with_waiver("", {{kBare}, "fine", {}}) ==
        "version = 1\n\n[[waiver]]\nfingerprint = \"00000000000000aa\"\nreason = \"fine\"\n");
}

TEST_CASE("what is known of a finding is a comment, and its consequences come along") {
  const ReportedFinding finding = {"00000000000000aa",
                                   "error-removed",
                                   "sys_open/errors/EIO",
                                   {{"00000000000000bb", "error-added", "x\n[[waiver]]", {}}}};
  const std::string text = with_waiver("", {{finding}, "fine", date_from_text("2027-03-31")});
  CHECK(text ==
        "version = 1\n\n[[waiver]]\nfingerprint = [\n"
        "  \"00000000000000aa\",  # error-removed sys_open/errors/EIO\n"
        "  \"00000000000000bb\",  # error-added x\\x0a[[waiver]]\n"
        "]\nreason = \"fine\"\nexpires = 2027-03-31\n");
  CHECK(read_policy(text, "p").problems.empty());
}

TEST_CASE("all else stays as it was, byte for byte") {
  for (const char* const before : {"version = 1", "version = 1\n", "# mine\r\nversion=1\r\n\r\n",
                                   "version = 1\n[severity]\nerror-added = 'info' # why\n"}) {
    CAPTURE(before);
    const std::string after = with_waiver(before, {{kBare}, "fine", {}});
    CHECK(after.starts_with(before));
    CHECK(read_policy(after, "p").problems.empty());
    CHECK(read_policy(after, "p").policy.waivers.size() == 1);
  }
}

TEST_CASE("a reason is read as it was given") {
  for (const std::string& reason :
       {std::string("say \"so\" \\ \\n"), std::string("two\nlines\tand \x01\x7f\x1b[31m"),
        std::string("”ünïcode” 🐧"), std::string("]]]\n[[waiver]]\n")}) {
    CAPTURE(reason);
    const PolicyFile file = read_policy(with_waiver("", {{kBare}, reason, {}}), "p");
    REQUIRE(file.problems.empty());
    REQUIRE(file.policy.waivers.size() == 1);
    CHECK(file.policy.waivers.front().reason == reason);
  }
}

}  // namespace
}  // namespace kapi

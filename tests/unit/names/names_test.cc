// SPDX-License-Identifier: GPL-2.0-only
// Names are given where the family is sure, and nowhere else: a wrong name misleads more than a
// bare number.
#include "kapi/names.h"

#include <doctest/doctest.h>

#include <csignal>
#include <cstring>

namespace kapi {
namespace {

// As include/uapi/asm-generic/fcntl.h, linux/sched.h and linux/mman.h have them.
Corpus corpus() {
  Corpus corpus;
  corpus.source.architecture = "x86_64";
  corpus.constants = {{"CLONE_PARENT_SETTID", "", "", 0x100000},
                      {"MADV_COLD", "", "", 20},
                      {"MADV_NORMAL", "", "", 0},
                      {"O_APPEND", "", "", 02000},
                      {"O_CREAT", "", "", 0100},
                      {"O_EXCL", "", "", 0200},
                      {"O_NDELAY", "", "", 04000},
                      {"O_NOATIME", "", "", 01000000},
                      {"O_NONBLOCK", "", "", 04000},
                      {"O_TRUNC", "", "", 01000},
                      {"SHELF_DEEP", "", "", 1},
                      {"SHELF_DRY", "", "", 2}};
  return corpus;
}

Constraint mask(uint64_t bits) {
  Constraint constraint;
  constraint.type = "mask";
  constraint.mask = Bits{bits};
  return constraint;
}
Constraint values(std::vector<int64_t> list) {
  Constraint constraint;
  constraint.type = "enum";
  constraint.values = std::move(list);
  return constraint;
}

TEST_CASE("the well-known arguments of syscalls") {
  const Names names(corpus());
  CHECK(names.of_value({"sys_openat", "flags", "", ""}, mask(0x7fffc3), 01000000) == "O_NOATIME");
  CHECK(names.of_value({"sys_open", "mode", "", ""}, mask(07777), 01000) == "S_ISVTX");
  CHECK(names.of_value({"sys_madvise", "behavior", "", ""}, values({0, 20}), 0) == "MADV_NORMAL");
  CHECK(names.of_value({"sys_madvise", "behavior", "", ""}, values({0, 20}), 19).empty());
  CHECK(names.of_value({"sys_other", "flags", "", ""}, mask(0x7fffc3), 01000000).empty());
}

TEST_CASE("a value of several bits, bit by bit, if each has a name") {
  const Names names(corpus());
  CHECK(names.of_value({"sys_open", "flags", "", ""}, mask(~0ULL), 0300) == "O_CREAT | O_EXCL");
  CHECK(names.of_value({"sys_open", "flags", "", ""}, mask(~0ULL), 0300 | 1ULL << 40).empty());
  CHECK(names.of_value({"sys_madvise", "behavior", "", ""}, values({0, 20}), 0300).empty());
}

TEST_CASE("the words of a spec name the family, if it names all that is accepted") {
  const Names names(corpus());
  const std::string words = "any of SHELF_DEEP and SHELF_DRY, at most SHELF_MAX";
  CHECK(names.of_value({"shelve", "how", "", words}, mask(3), 2) == "SHELF_DRY");
  CHECK(names.of_value({"shelve", "how", "", words}, mask(7), 2).empty());
  CHECK(names.of_value({"shelve", "how", "", words}, values({1, 2}), 1) == "SHELF_DEEP");
  // What open says of its mode is about its flags.
  const std::string mode = "permission bits, with O_CREAT or O_EXCL";
  CHECK(names.of_value({"store", "mode", "", mode}, mask(07777), 01000).empty());
  CHECK(names.of_value({"sys_open", "mode", "", mode}, mask(07777), 01000) == "S_ISVTX");
}

TEST_CASE("a type that is an enumeration has the names of its own enumerators only") {
  Corpus with_enum = corpus();
  with_enum.constants.push_back({"SHELF_TOP", "shelf", "", 2});
  with_enum.constants.push_back({"OTHER", "shelves", "", 1});
  const Names names(with_enum);
  const auto name_of = [&](const char* type, uint64_t value) {
    return names.of_value({"shelve", "how", type, "one of SHELF_DEEP and SHELF_DRY"},
                          values({1, 2}), value);
  };
  CHECK(name_of("enum shelf how", 2) == "SHELF_TOP");
  CHECK(name_of("enum shelf", 1).empty());
  CHECK(name_of("enum shelves how", 1) == "OTHER");
  CHECK(name_of("int how", 2) == "SHELF_DRY");
}

TEST_CASE("of two names for one number the one that the words mention") {
  const Names names(corpus());
  const auto non_block = [&](const char* words) {
    return names.of_value({"sys_open", "flags", "", words}, mask(~0ULL), 04000);
  };
  CHECK(non_block("O_NONBLOCK does not wait") == "O_NONBLOCK");
  CHECK(non_block("O_NDELAY does not wait") == "O_NDELAY");
  CHECK(non_block("how to open") == "O_NDELAY/O_NONBLOCK");
}

TEST_CASE("too many names for one number are none") {
  const auto name_among = [](int count) {
    Corpus many = corpus();
    for (int i = 0; i < count; i++) {
      many.constants.push_back({"O_X" + std::to_string(i), "", "", 01000000});
    }
    return Names(many).of_value({"sys_open", "flags", "int flags", "O_NOATIME"}, mask(~0ULL),
                                01000000);
  };
  CHECK(name_among(3) == "O_NOATIME");
  CHECK(name_among(1000).empty());

  Corpus alike = corpus();
  for (const char* name : {"O_A", "O_B", "O_C"}) {
    alike.constants.push_back({name, "", "", 1 << 30});
  }
  const auto first = [&] {
    return Names(alike).of_value({"sys_open", "flags", "", ""}, mask(~0ULL), 1 << 30);
  };
  CHECK(first() == "O_A/O_B/O_C");
  alike.constants.push_back({"O_D", "", "", 1 << 30});
  alike.constants.push_back({"O_E", "", "", 1 << 30});
  CHECK(first().empty());
}

TEST_CASE("what a text mentions") {
  using Texts = std::vector<std::string>;
  CHECK(mentioned_constants("O_CREAT|O_EXCL, not o_CREAT; O_CREAT again (AT_FDCWD)") ==
        Texts{"O_CREAT", "O_EXCL", "AT_FDCWD"});
  CHECK(mentioned_constants("PATH_MAX CONFIG_NET CAP_CHOWN INT_MIN PAGE_SIZE _O O_ 9_A EINVAL")
            .empty());
  CHECK(mentioned_constants("O_CREAT\xff\xfe"
                            "O_EXCL\0"
                            "_") == Texts{"O_CREAT", "O_EXCL"});
}

TEST_CASE("families") {
  const auto prefixes = [](const char* words) {
    std::string text;
    for (const auto& family : constant_families({"f", "x", "int x", words})) {
      text += family.group + (family.certain ? "! " : " ");
    }
    return text;
  };
  CHECK(prefixes("LANDLOCK_ACCESS_FS_EXECUTE or LANDLOCK_ACCESS_NET_BIND_TCP") ==
        "LANDLOCK_ACCESS_ ");
  CHECK(prefixes("LANDLOCK_ACCESS_FS_EXECUTE") == "LANDLOCK_ ");
  CHECK(prefixes("AT_EMPTY_PATH with O_PATH") == "AT_ O_ ");
  CHECK(prefixes("").empty());
  CHECK(constant_families({"sys_mmap", "prot", "", "MAP_SHARED"})[0].group == "PROT_");
}

TEST_CASE("numbers that differ by architecture") {
  CHECK(errno_name(-4) == "EINTR");
  CHECK(errno_name(4) == "EINTR");
  CHECK(errno_name(-512) == "ERESTARTSYS");
  CHECK(errno_name(-35).empty());
  CHECK(errno_name(-35, "x86_64") == "EDEADLK");
  CHECK(errno_name(-35, "mips64el").empty());
  CHECK(errno_name(-11, "arm64") == "EAGAIN");
  CHECK(errno_name(0).empty());
  CHECK(errno_name(INT64_MIN).empty());
  CHECK(signal_name(15) == "SIGTERM");
  CHECK(signal_name(17).empty());
  CHECK(signal_name(17, "x86_64") == "SIGCHLD");
  CHECK(signal_name(17, "sparc64").empty());
  CHECK(signal_name(0).empty());
  CHECK(signal_name(64, "x86_64").empty());
  CHECK(capability_name(0) == "CAP_CHOWN");
  CHECK(capability_name(40) == "CAP_CHECKPOINT_RESTORE");
  CHECK(capability_name(41).empty());
}

#if defined(__GLIBC__) && (defined(__x86_64__) || defined(__aarch64__))
TEST_CASE("errno and signals are called as the C library calls them") {
  for (int number = 1; number <= 133; number++) {
    const char* name = strerrorname_np(number);
    CHECK(errno_name(-number, "x86_64") == (name == nullptr ? "" : name));
  }
  for (int number = 1; number <= 31; number++) {
    const std::string name = signal_name(number, "x86_64");
    CHECK(name == (number == SIGIO ? "SIGIO" : std::string("SIG") + sigabbrev_np(number)));
  }
}
#endif

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Layouts as compiled: which growth keeps a contract and which breaks it, as the kernel's own
// history has both.
#include "diff/layout.h"

#include <doctest/doctest.h>

#include <map>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

Corpus holding(std::vector<Struct> types, std::vector<Syscall> syscalls = {}) {
  Corpus corpus;
  corpus.source = full_source();
  corpus.coverage = {complete("types"), complete("syscalls/x86_64"), complete("signatures/x86_64")};
  corpus.types = std::move(types);
  corpus.syscalls = syscalls.empty() ? std::vector{full_syscall("one", 1)} : std::move(syscalls);
  canonicalise(corpus);
  return corpus;
}

// Rule and severity of each finding, "struct-resized breaking", before and after the fold.
using Judged = std::multiset<std::string>;
Judged judged(const Report& report) {
  Judged all;
  for (const Finding& f : report.findings) {
    all.insert(f.rule + " " + std::string(name(f.severity)));
  }
  return all;
}
Judged judged(const Struct& before, const Struct& after) {
  const Corpus old_corpus = holding({before});
  const Corpus new_corpus = holding({after});
  CHECK(compare(old_corpus, old_corpus).findings.empty());
  const Report forth = compare(old_corpus, new_corpus);
  CHECK(twins(forth) == said(compare(new_corpus, old_corpus)));
  return judged(forth);
}
// The one finding that is left when all that one change did is told together.
Finding folded(const Corpus& before, const Corpus& after) {
  Report report = compare(before, after);
  fold(report);
  REQUIRE(report.findings.size() == 1);
  return report.findings.front();
}
Finding folded(const Struct& before, const Struct& after) {
  return folded(holding({before}), holding({after}));
}

Field array(const std::string& name, uint64_t offset, uint64_t size, const std::string& type) {
  Field field = layout_field(name, offset);
  field.type = "array";
  field.type_name = type;
  field.size = size;
  return field;
}

Field bits(const std::string& name, uint64_t bit, uint64_t width) {
  Field field = layout_field(name, bit / 8, 8);
  field.bit_offset = bit % 8;
  field.bits = width;
  return field;
}

Field record(const std::string& name, uint64_t offset, uint64_t size, const std::string& type) {
  Field field = layout_field(name, offset);
  field.type = "struct";
  field.type_name = type;
  field.size = size;
  return field;
}

TEST_CASE("what is named reserved") {
  const auto reserved = [](const std::string& name) { return is_reserved(layout_field(name, 0)); };
  for (const char* name :
       {"reserved", "__reserved_1", "__spare2", "pad", "__pad1", "_pad2_", "f_spare", "unused",
        "__linux_unused", "resv", "rsvd_2", "in.pad", "padding", "__unused4", "__align", ""}) {
    CHECK_MESSAGE(reserved(name), name);
  }
  for (const char* name : {"flags", "nr_unused", "pad_config", "reserved_clusters", "res", "padded",
                           "spare_disks", "fill_level"}) {
    CHECK_MESSAGE(reserved(name) == (std::string(name) == "res"), name);
  }
  Field pointer = layout_field("unused", 0, 8);
  pointer.type = "ptr";
  CHECK_FALSE(is_reserved(pointer));
}

TEST_CASE("struct statx: a field takes the first of the spare words") {
  const Struct before =
      layout("statx", {layout_field("stx_mask", 0, 8), array("__spare3", 8, 96, "__u64[12]")});
  const Struct after =
      layout("statx", {layout_field("stx_mask", 0, 8), layout_field("stx_subvol", 8, 8),
                       array("__spare3", 16, 88, "__u64[11]")});
  CHECK(judged(before, after) == Judged{"struct-field-added info", "struct-reserved-changed info"});
  const Finding finding = folded(before, after);
  CHECK(finding.rule == "struct-field-added");
  CHECK(finding.message ==
        "struct statx: the new field stx_subvol takes reserved bytes (__u64 (uint, 8 bytes) at "
        "offset 8)");
  CHECK(finding.evidence == "used by one");
  CHECK(judged(after, before) ==
        Judged{"struct-field-removed review", "struct-reserved-changed info"});
}

TEST_CASE("struct perf_event_attr: a bit of the reserved ones, and a word at the end") {
  const Struct before =
      layout("perf_event_attr", {layout_field("type", 0), layout_field("size", 4),
                                 bits("inherit", 64, 1), bits("__reserved_1", 65, 63)});
  const Struct after = layout(
      "perf_event_attr",
      {layout_field("type", 0), layout_field("size", 4), bits("inherit", 64, 1),
       bits("inherit_thread", 65, 1), bits("__reserved_1", 66, 62), layout_field("config3", 16, 8)},
      24);
  CHECK(judged(before, after) == Judged{"struct-extended info", "struct-field-added info",
                                        "struct-field-added info", "struct-reserved-changed info"});
}

TEST_CASE("bits that moved or got wider break") {
  const Struct before = layout("flags", {bits("a", 0, 1), bits("b", 1, 2), bits("c", 3, 1)}, 8);
  CHECK(judged(before, layout("flags", {bits("a", 0, 1), bits("b", 4, 2), bits("c", 3, 1)}, 8)) ==
        Judged{"struct-field-moved breaking"});
  CHECK(judged(before, layout("flags", {bits("a", 0, 1), bits("b", 4, 4), bits("c", 3, 1)}, 8)) ==
        Judged{"struct-field-moved breaking", "struct-field-resized breaking"});
}

TEST_CASE("union bpf_attr: another command's arguments beside those there are") {
  Struct before = layout("bpf_attr", {layout_field("map_type", 0), layout_field("prog_type", 0),
                                      layout_field("insns", 8, 8)});
  before.kind = "union";
  Struct after = before;
  after.fields.push_back(layout_field("link_create.prog_fd", 0));
  after.fields.push_back(layout_field("link_create.cookie", 8, 8));
  after.fields.push_back(layout_field("link_create.expected_revision", 16, 8));
  after.size = 24;
  CHECK(judged(before, after) == Judged{"struct-extended info", "struct-field-added info",
                                        "struct-field-added info", "struct-field-added info"});
  CHECK(folded(before, after).message.starts_with("union bpf_attr"));
}

TEST_CASE("a field that came to share its place with others is the same field") {
  const Struct before = layout("io_uring_sqe", {layout_field("off", 0, 8)});
  CHECK(judged(before,
               layout("io_uring_sqe", {layout_field("off", 0, 8), layout_field("addr2", 0, 8)})) ==
        Judged{"struct-field-added info"});
  // The union got a name of its own: sources must write it.
  CHECK(judged(before, layout("io_uring_sqe",
                              {layout_field("u.addr2", 0, 8), layout_field("u.off", 0, 8)})) ==
        Judged{"struct-field-added info", "struct-field-renamed review"});
}

TEST_CASE("padding is room, and so is a reserved field of the same size") {
  const Struct padded = layout("mount_attr", {layout_field("a", 0), layout_field("b", 8, 8)});
  CHECK(judged(padded, layout("mount_attr", {layout_field("a", 0), layout_field("c", 4),
                                             layout_field("b", 8, 8)})) ==
        Judged{"struct-field-added info"});
  const Struct reserved =
      layout("kvm_enable_cap", {layout_field("cap", 0), layout_field("pad", 4)});
  CHECK(judged(reserved,
               layout("kvm_enable_cap", {layout_field("cap", 0), layout_field("flags", 4)})) ==
        Judged{"struct-field-added info", "struct-reserved-changed info"});
  // What is reserved got another name: no program sees it.
  CHECK(judged(reserved,
               layout("kvm_enable_cap", {layout_field("cap", 0), layout_field("__reserved", 4)})) ==
        Judged{"struct-reserved-changed info"});
}

TEST_CASE("the end of a struct, by how its size travels") {
  const std::vector<Field> shorter = {layout_field("flags", 0, 8), layout_field("mode", 8, 8)};
  std::vector<Field> longer = shorter;
  longer.push_back(layout_field("resolve", 16, 8));
  const auto grown = [&](const std::string& name, const std::vector<std::string>& users = {"one"}) {
    return judged(layout(name, shorter, 0, users), layout(name, longer, 0, users));
  };
  // Nothing says which size a program was compiled with.
  CHECK(grown("sysinfo") == Judged{"struct-field-added breaking", "struct-resized breaking"});
  CHECK(folded(layout("sysinfo", shorter), layout("sysinfo", longer)).rule == "struct-field-added");
  CHECK(grown("open_how") == Judged{"struct-extended info", "struct-field-added info"});
  CHECK(grown("drm_version") == Judged{"struct-extended info", "struct-field-added info"});
  // Passed by nobody knows what.
  CHECK(grown("ethtool_some", {"uapi"}) ==
        Judged{"struct-field-added review", "struct-resized review"});
  // No part of the surface: --scope all.
  CHECK(grown("task_struct", {}) == Judged{"struct-field-added info", "struct-resized info"});

  SUBCASE("in itself") {
    CHECK(judged(layout("mine", {layout_field("size", 0), layout_field("a", 4)}),
                 layout("mine",
                        {layout_field("size", 0), layout_field("a", 4), layout_field("b", 8)})) ==
          Judged{"struct-extended info", "struct-field-added info"});
    // A length of data, not of the struct.
    CHECK(judged(layout("sock_fprog", {layout_field("len", 0), layout_field("a", 4)}),
                 layout("sock_fprog",
                        {layout_field("len", 0), layout_field("a", 4), layout_field("b", 8)})) ==
          Judged{"struct-field-added breaking", "struct-resized breaking"});
  }
  SUBCASE("in the argument after it") {
    Syscall syscall = full_syscall("one", 1);
    syscall.params[0].name = "uargs";
    syscall.params[0].type = "ptr";
    syscall.params[0].type_name = "struct mine *";
    syscall.params[1].name = "size";
    const Corpus before = holding({layout("mine", shorter)}, {syscall});
    const Corpus after = holding({layout("mine", longer)}, {syscall});
    CHECK(judged(compare(before, after)) ==
          Judged{"struct-extended info", "struct-field-added info"});
    CHECK(judged(compare(after, before)) ==
          Judged{"struct-field-removed breaking", "struct-truncated breaking"});
  }
}

TEST_CASE("an array of any length at the end") {
  const Struct before = layout("list", {layout_field("count", 0)});
  CHECK(judged(before, layout("list", {layout_field("count", 0), array("items", 4, 0, "__u32[]")},
                              4)) == Judged{"struct-field-added info"});
}

TEST_CASE("struct linux_dirent: the last array was always one of any length") {
  Field open = array("d_name", 10, 0, "char[]");
  open.size.reset();
  const Struct before =
      layout("linux_dirent", {layout_field("d_ino", 0, 8), array("d_name", 10, 1, "char[1]")}, 16);
  const Struct after = layout("linux_dirent", {layout_field("d_ino", 0, 8), open}, 16);
  CHECK(judged(before, after) == Judged{"struct-field-resized info"});
  CHECK(folded(before, after).message ==
        "struct linux_dirent: the size of the field d_name changed from 1 to any number of bytes");
  const Struct fixed =
      layout("linux_dirent", {layout_field("d_ino", 0, 8), array("d_name", 10, 4, "char[4]")}, 16);
  CHECK(judged(fixed, after) == Judged{"struct-field-resized review"});
}

TEST_CASE("in the middle") {
  const Struct before = layout("open_how", {layout_field("flags", 0), layout_field("mode", 4)});
  const Struct after = layout(
      "open_how", {layout_field("flags", 0), layout_field("extra", 4), layout_field("mode", 8)});
  CHECK(judged(before, after) == Judged{"struct-field-added breaking",
                                        "struct-field-moved breaking", "struct-resized breaking"});
  const Finding finding = folded(before, after);
  CHECK(finding.rule == "struct-field-added");
  CHECK(finding.consequences.size() == 2);
}

TEST_CASE("the same bytes as another type") {
  const auto retyped = [](const std::string& type, const std::string& type_name, uint64_t size) {
    Field field = layout_field("value", 0, size);
    Field other = field;
    other.type = type;
    other.type_name = type_name;
    return judged(layout("args", {field}), layout("args", {other}));
  };
  CHECK(retyped("uint", "unsigned int", 4) == Judged{"struct-field-type-respelled info"});
  CHECK(retyped("enum", "enum mode", 4) == Judged{"struct-field-type-respelled info"});
  CHECK(retyped("int", "int", 4) == Judged{"struct-field-type-changed review"});
  CHECK(retyped("ptr", "void *", 8) == Judged{"struct-field-type-changed review"});
  CHECK(retyped("float", "float", 4) == Judged{"struct-field-type-changed breaking"});
  const auto rearrayed = [](const std::string& before, const std::string& after) {
    return judged(layout("args", {array("x", 0, 16, before)}),
                  layout("args", {array("x", 0, 16, after)}));
  };
  CHECK(rearrayed("char[16]", "__u8[16]") == Judged{"struct-field-type-respelled info"});
  CHECK(rearrayed("__u8[16]", "__u32[4]") == Judged{"struct-field-type-changed review"});
}

TEST_CASE("a record under another name is the same if its layout is") {
  const Struct timespec =
      layout("timespec", {layout_field("sec", 0, 8), layout_field("nsec", 8, 8)});
  Struct same = timespec;
  same.name = "__kernel_timespec";
  const Struct other = layout("timeval", {layout_field("sec", 0), array("x", 4, 12, "__u32[3]")});
  const auto with = [&](const std::string& type) {
    return holding({timespec, same, other, layout("args", {record("t", 0, 16, "struct " + type)})});
  };
  CHECK(judged(compare(with("timespec"), with("__kernel_timespec"))) ==
        Judged{"struct-field-type-respelled info"});
  CHECK(judged(compare(with("timespec"), with("timeval"))) ==
        Judged{"struct-field-type-changed breaking"});
  CHECK(judged(compare(with("timespec"), with("unknown"))) ==
        Judged{"struct-field-type-changed review"});
}

TEST_CASE("a struct that grew because one inside it did is told with that one") {
  const auto kernel = [](uint64_t inner) {
    std::vector<Field> fields = {layout_field("a", 0)};
    if (inner == 8) {
      fields.push_back(layout_field("b", 4));
    }
    return holding(
        {layout("inner", fields),
         layout("outer", {record("in", 0, inner, "struct inner"), layout_field("after", inner)}),
         layout("outmost", {record("list", 0, 2 * (inner + 4), "struct outer[2]")})});
  };
  const Finding finding = folded(kernel(4), kernel(8));
  CHECK(finding.rule == "struct-field-added");
  CHECK(finding.subject == "struct/inner/fields/b");
  CHECK(finding.consequences.size() == 6);
  // A change of its own is a finding of its own.
  Corpus both = kernel(8);
  both.types[1].fields.push_back(layout_field("own", 12));
  Report report = compare(kernel(4), both);
  fold(report);
  CHECK(report.findings.size() == 2);
}

TEST_CASE("a type that one side alone reaches") {
  const Struct type = layout("args", {layout_field("a", 0)}, 0, {"two"});
  const Corpus with = holding({type}, {full_syscall("one", 1), full_syscall("two", 2)});
  SUBCASE("because the syscall is gone") {
    const Corpus without = holding({}, {full_syscall("one", 1)});
    CHECK(judged(compare(with, without)) ==
          Judged{"struct-removed info", "syscall-removed breaking"});
    const Finding finding = folded(with, without);
    CHECK(finding.rule == "syscall-removed");
    CHECK(finding.consequences.front().message ==
          "struct args is reached by no syscall any more (4 bytes, 1 field)");
    CHECK(folded(without, with).rule == "syscall-added");
  }
  SUBCASE("because its arguments changed") {
    Corpus without = holding({}, with.syscalls);
    without.syscalls[1].params.pop_back();
    CHECK(folded(with, without).rule == "syscall-signature-changed");
  }
  SUBCASE("because the signature is not known on the other side") {
    Corpus without = holding({}, with.syscalls);
    without.syscalls[1].signature_from.clear();
    without.syscalls[1].params.clear();
    CHECK(compare(with, without).findings.empty());
  }
  SUBCASE("because the other side was read in part") {
    Corpus without = holding({}, {full_syscall("one", 1)});
    without.coverage.back().state = "partial";
    CHECK(judged(compare(with, without)) == Judged{"syscall-removed breaking"});
  }
  SUBCASE("because headers declare it, and both sides were read with them") {
    Corpus declared = holding({layout("args", {layout_field("a", 0)}, 0, {"uapi"})});
    Corpus without = holding({});
    CHECK(compare(declared, without).findings.empty());  // whatever the other headers declare
    for (Corpus* corpus : {&declared, &without}) {
      corpus->coverage.push_back(complete("constants"));
      canonicalise(*corpus);
    }
    CHECK(judged(compare(declared, without)) == Judged{"struct-removed review"});
    CHECK(judged(compare(without, declared)) == Judged{"struct-added info"});
  }
}

TEST_CASE("who uses a type is no part of the contract, and told as evidence") {
  const Struct before =
      layout("args", {layout_field("a", 0)}, 0, {"a", "b", "c", "d", "e", "uapi"});
  Struct after = before;
  after.users = {"a"};
  after.description = "What it is for.";
  CHECK(judged(before, after).empty());
  after.fields[0].offset = 4;
  after.size = 8;
  const Finding finding = folded(before, after);
  CHECK(finding.evidence == "used by a, b, c, d and 1 more; declared by installed headers");
  CHECK(finding.fingerprint == folded(layout("args", before.fields), after).fingerprint);
}

TEST_CASE("an argument that points to another struct") {
  const Struct small = layout("small", {layout_field("a", 0)});
  const Struct large = layout("large", {layout_field("a", 0), layout_field("b", 4)});
  Struct same = small;
  same.name = "same";
  const auto taking = [&](const std::string& type) {
    Syscall syscall = full_syscall("one", 1);
    syscall.params[0].type = "ptr";
    syscall.params[0].type_name = "struct " + type + " *";
    return holding({small, large, same}, {syscall});
  };
  const Report report = compare(taking("small"), taking("large"));
  CHECK(judged(report) == Judged{"syscall-signature-changed breaking"});
  CHECK(report.findings.front().before == "struct small *: 4 bytes, 1 field");
  CHECK(judged(compare(taking("small"), taking("same"))) == Judged{"syscall-param-respelled info"});

  SUBCASE("also where the sources of the signatures differ, which nothing else tells") {
    Corpus other = taking("large");
    other.syscalls[0].signature_from = "DWARF";
    CHECK(judged(compare(taking("small"), other)) == Judged{"syscall-signature-changed breaking"});
    other = taking("small");
    other.syscalls[0].signature_from = "DWARF";
    other.syscalls[0].params[0].type_name = "const struct same *";
    other.syscalls[0].params[0].flags = {"const"};
    other.syscalls[0].return_ = Return{"long", "int", "", {}, {}, {}, {}, ""};
    CHECK(compare(taking("small"), other).findings.empty());
    other.syscalls[0].params[1].size = 8;
    CHECK(judged(compare(taking("small"), other)) == Judged{"syscall-signature-changed breaking"});
  }
}

// A layout that a compiler could have made, and one that an edit made of it.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t below(uint64_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state_ >> 33) % bound;
  }

  Field field(uint64_t offset) {
    constexpr const char* kNames[] = {"a", "b", "c", "d", "e", "f", "pad", "__reserved"};
    if (below(6) == 0) {
      return bits(kNames[below(8)], offset * 8 + below(8), 1 + below(8));
    }
    Field made = below(5) == 0 ? record("in", offset, 8, "struct inner")
                               : layout_field(kNames[below(8)], offset, uint64_t{1} << below(4));
    made.type = below(8) == 0 ? "int" : made.type;
    return made;
  }
  Struct type(const std::string& name) {
    std::vector<Field> fields;
    uint64_t offset = 0;
    for (uint64_t i = 0; i < 1 + below(6); i++) {
      fields.push_back(field(offset));
      offset += below(4) == 0 ? 0 : fields.back().size.value_or(0) + below(2) * 4;
    }
    return layout(name, fields, offset + 8);
  }
  void edit(Struct& type) {
    auto& fields = type.fields;
    const size_t at = below(fields.size());
    switch (below(6)) {
      case 0:
        fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(at), field(below(32)));
        break;
      case 1:
        fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 2:
        fields[at].offset = below(32);
        break;
      case 3:
        fields[at] = field(fields[at].offset);
        break;
      case 4:
        *type.size += 8;
        fields.push_back(field(*type.size - 8));
        break;
      default:
        fields[at].name += "x";
        break;
    }
    if (fields.empty()) {
      fields.push_back(field(0));
    }
  }

 private:
  uint64_t state_;
};

TEST_CASE("any two layouts: silent against itself, twins when swapped, and nothing goes unsaid") {
  for (uint64_t seed = 0; seed < 3000; seed++) {
    Random random(seed);
    Corpus before = holding({random.type("inner"), random.type("open_how"), random.type("outer")});
    Corpus after = before;
    for (uint64_t i = 0; i < 1 + random.below(3); i++) {
      random.edit(after.types[random.below(3)]);
    }
    CAPTURE(seed);
    REQUIRE(compare(before, before).findings.empty());
    const Report forth = compare(before, after);
    REQUIRE(twins(forth) == said(compare(after, before)));
    bool same = true;
    for (size_t i = 0; i < 3; i++) {
      // The order of fields, and twins of one name and place, are no layout.
      auto sorted = [](Struct type) {
        std::sort(type.fields.begin(), type.fields.end(), [](const Field& a, const Field& b) {
          return std::tie(a.offset, a.bit_offset, a.name, a.type, a.size, a.bits) <
                 std::tie(b.offset, b.bit_offset, b.name, b.type, b.size, b.bits);
        });
        return type;
      };
      same = same && sorted(before.types[i]) == sorted(after.types[i]);
    }
    if (!same) {
      REQUIRE_FALSE(forth.findings.empty());
    }
    for (const Finding& finding : forth.findings) {
      REQUIRE(finding.rule != "spec-changed");
      REQUIRE(finding.before != finding.after);
    }
    Report told = forth;
    fold(told);
    size_t kept = told.findings.size();
    for (const Finding& finding : told.findings) {
      kept += finding.consequences.size();
    }
    REQUIRE(kept == forth.findings.size());
  }
}

}  // namespace
}  // namespace kapi

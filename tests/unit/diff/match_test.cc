// SPDX-License-Identifier: GPL-2.0-only
// Which element is which, seen through the findings.
#include <doctest/doctest.h>

#include "sample.h"

namespace kapi {
namespace {

using namespace testing;

Corpus corpus_of(Api api) {
  Corpus corpus;
  corpus.source = full_source();
  corpus.coverage = {complete("specs")};
  corpus.apis = {std::move(api)};
  canonicalise(corpus);
  return corpus;
}

Api api_with_params(std::vector<Param> params) {
  Api api;
  api.name = "sys_one";
  api.kind = "syscall";
  api.params = std::move(params);
  return api;
}

Param param(const std::string& name, const std::string& type = "int") {
  Param p;
  p.name = name;
  p.type_name = type + " " + name;
  p.type = type == "int" ? "int" : "uint";
  return p;
}

// Compares both ways and holds the two to be twins.
Report compare_apis(const Api& before, const Api& after) {
  const Corpus old_corpus = corpus_of(before);
  const Corpus new_corpus = corpus_of(after);
  const Report forth = compare(old_corpus, new_corpus);
  CHECK(twins(forth) == said(compare(new_corpus, old_corpus)));
  return forth;
}

Report compare_params(std::vector<Param> before, std::vector<Param> after) {
  return compare_apis(api_with_params(std::move(before)), api_with_params(std::move(after)));
}

TEST_CASE("parameters are renamed in place, with their type") {
  const Report report = compare_params({param("fd"), param("flags")}, {param("fd"), param("how")});
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].rule == "param-renamed");
  CHECK(report.findings[0].subject == "sys_one/params");
  CHECK(report.findings[0].before == "flags");
  CHECK(report.findings[0].after == "how");

  CHECK(rules_of(compare_params({param("fd"), param("flags")},
                                {param("fd"), param("how", "unsigned int")})) ==
        std::set<std::string>{"param-removed", "param-added"});
  CHECK(rules_of(compare_params({param("a"), param("b")}, {param("c"), param("a")})) ==
        std::set<std::string>{"param-removed", "param-added"});
}

TEST_CASE("what else changed of a renamed parameter has one subject from either side") {
  Param before = param("zeta");
  Param after = param("alpha");
  after.description = "New words.";
  const Report report = compare_params({before}, {after});
  CHECK(rules_of(report) == std::set<std::string>{"param-renamed", "words-changed"});
  for (const Finding& finding : report.findings) {
    if (finding.rule == "words-changed") {
      CHECK(finding.subject == "sys_one/params/alpha");
    }
  }
}

TEST_CASE("order is judged among the parameters of both sides") {
  CHECK(rules_of(compare_params({param("a"), param("b")}, {param("b"), param("a")})) ==
        std::set<std::string>{"param-reordered"});
  CHECK(
      rules_of(compare_params({param("a"), param("b")}, {param("new"), param("a"), param("b")})) ==
      std::set<std::string>{"param-added"});
  CHECK(
      rules_of(compare_params({param("gone"), param("a"), param("b")}, {param("b"), param("a")})) ==
      std::set<std::string>{"param-removed", "param-reordered"});
}

TEST_CASE("a link follows its parameter, not the index") {
  Param buf = param("buf");
  buf.size_param = 1;
  Param moved = buf;
  moved.size_param = 2;
  CHECK(rules_of(compare_params({buf, param("len")}, {moved, param("flags"), param("len")})) ==
        std::set<std::string>{"param-added"});
  // The index stayed and what stands there did not.
  const Report report = compare_params({buf, param("len")}, {buf, param("flags"), param("len")});
  CHECK(rules_of(report) == std::set<std::string>{"param-added", "param-size-link-changed"});
  Param nowhere = buf;
  nowhere.size_param = 7;
  CHECK(rules_of(compare_params({buf, param("len")}, {nowhere, param("len")})) ==
        std::set<std::string>{"param-size-link-changed"});
  Param negative = buf;
  negative.size_param = -3;
  CHECK(compare_params({negative, param("len")}, {negative, param("len")}).findings.empty());
}

TEST_CASE("two errors with one number, and two with one name") {
  Api before = api_with_params({});
  before.errors = {{"EAGAIN", -11, "a", ""}, {"EWOULDBLOCK", -11, "b", ""}};
  Api after = before;
  after.errors.pop_back();
  const Report gone = compare_apis(before, after);
  REQUIRE(gone.findings.size() == 1);
  CHECK(gone.findings[0].subject == "sys_one/errors/EWOULDBLOCK");
  CHECK(gone.findings[0].before == "EWOULDBLOCK (-11)");
  CHECK(gone.findings[0].after.empty());

  before.errors = {{"EINVAL", -22, "one", ""}, {"EINVAL", -22, "two", ""}};
  after.errors = {{"EINVAL", -22, "two", ""}};
  CHECK(rules_of(compare_apis(before, after)) == std::set<std::string>{"error-removed"});
}

TEST_CASE("one capability may do several things") {
  Api before = api_with_params({});
  before.capabilities = {{"CAP_SYS_ADMIN", 21, "bypass_check", "", "", "", {}, {}}};
  Api after = before;
  after.capabilities.push_back({"CAP_SYS_ADMIN", 21, "perform_operation", "", "", "", {}, {}});
  CHECK(rules_of(compare_apis(before, after)) ==
        std::set<std::string>{"capability-required-added"});
  // The name may be prose: the number tells that it is the same.
  Api described = before;
  described.capabilities[0].name = "Required for mounting";
  CHECK(rules_of(compare_apis(before, described)) == std::set<std::string>{"words-changed"});
}

TEST_CASE("a struct may grow at its end if it carries its size") {
  Api before = api_with_params({param("how"), param("usize")});
  before.params[0].type_name = "struct how *how";
  before.params[0].size_param = 1;
  Field flags = full_field("flags", 0);
  Field mode = full_field("mode", 4);
  Field more = full_field("more", 8);
  before.structs = {{"how", "", 8, {}, {flags, mode}, "", {}, ""}};
  Api after = before;
  after.structs[0].size = 12;
  after.structs[0].fields.push_back(more);
  CHECK(compare_apis(before, after).summary().info == 2);
  CHECK(compare_apis(before, after).summary().breaking == 0);

  SUBCASE("not if nothing tells its size") {
    before.params[0].size_param.reset();
    after.params[0].size_param.reset();
    CHECK(rules_of(compare_apis(before, after)) ==
          std::set<std::string>{"struct-resized", "struct-field-added"});
  }
  SUBCASE("not if a field moved") {
    after.structs[0].fields[1].offset = 8;
    after.structs[0].fields[2].offset = 4;
    CHECK(rules_of(compare_apis(before, after)).count("struct-resized") == 1);
    CHECK(rules_of(compare_apis(before, after)).count("struct-field-moved") == 1);
  }
  SUBCASE("not if the new field stands in the old part") {
    after.structs[0].fields[2].offset = 6;
    CHECK(rules_of(compare_apis(before, after)).count("struct-resized") == 1);
  }
}

TEST_CASE("fields are renamed where they alone stand in their place") {
  Api before = api_with_params({});
  before.structs = {
      {"s", "", 8, {}, {full_field("flags", 0), full_field("__reserved", 4)}, "", {}, ""}};
  Api after = before;
  after.structs[0].fields[1] = full_field("mode", 4);
  CHECK(rules_of(compare_apis(before, after)) == std::set<std::string>{"struct-field-renamed"});
  // In a union two of them do.
  before.structs[0].fields.push_back(full_field("other", 4));
  after.structs[0].fields.push_back(full_field("another", 4));
  CHECK(rules_of(compare_apis(before, after)) ==
        std::set<std::string>{"struct-field-removed", "struct-field-added"});
}

TEST_CASE("lists that no kernel has cost no more than they are long") {
  constexpr size_t kMany = 3000;
  const auto many = [](const std::string& prefix) {
    Api api = api_with_params({});
    api.structs = {{"s", "", 8 * kMany, {}, {}, "", {}, ""}};
    for (size_t i = 0; i < kMany; i++) {
      const std::string name = prefix + std::to_string(i);
      api.params.push_back(param(name));
      api.params.back().size_param = static_cast<int64_t>(i);
      api.structs[0].fields.push_back(full_field(name, 8 * i));
      api.errors.push_back({name, -1, "", ""});
    }
    return api;
  };
  const Report report = compare(corpus_of(many("a")), corpus_of(many("b")));
  CHECK(rules_of(report) == std::set<std::string>{"param-renamed", "struct-field-renamed",
                                                  "error-removed", "error-added"});
  CHECK(report.findings.size() == 4 * kMany);
}

Corpus syscalls(std::vector<Syscall> list) {
  Corpus corpus;
  corpus.source = full_source();
  corpus.coverage = {complete("signatures/x86_64"), complete("syscalls/x86_64")};
  corpus.syscalls = std::move(list);
  canonicalise(corpus);
  return corpus;
}

Syscall syscall_of(const std::string& name, uint64_t number, std::vector<Param> params) {
  return {name, "x86_64", number, "__x64_sys_" + name, "metadata", std::move(params), {}};
}

Param argument(const std::string& name, const std::string& type_name, const std::string& type,
               std::optional<uint64_t> size) {
  Param p;
  p.name = name;
  p.type_name = type_name;
  p.type = type;
  p.size = size;
  return p;
}

TEST_CASE("a syscall argument changed only if that is proved") {
  const auto both = [](const Param& before, const Param& after) {
    const Corpus a = syscalls({syscall_of("x", 1, {before})});
    const Corpus b = syscalls({syscall_of("x", 1, {after})});
    CHECK(twins(compare(a, b)) == said(compare(b, a)));
    return rules_of(compare(a, b));
  };
  const std::set<std::string> changed = {"syscall-signature-changed"};
  const std::set<std::string> respelled = {"syscall-param-respelled"};
  // name_to_handle_at between 6.1 and 6.12.
  CHECK(both(argument("mnt_id", "int *", "ptr", 8), argument("mnt_id", "void *", "ptr", 8)) ==
        respelled);
  CHECK(both(argument("a", "foo_t", "", {}), argument("a", "unsigned int", "uint", 4)) ==
        respelled);
  // One side's types do not hold it.
  CHECK(both(argument("a", "foo_t", "", {}), argument("a", "foo_t", "uint", 4)).empty());
  CHECK(both(argument("a", "int", "int", 4), argument("a", "unsigned int", "uint", 4)) ==
        std::set<std::string>{"syscall-param-sign-changed"});
  CHECK(both(argument("a", "int", "int", 4), argument("a", "long", "int", 8)) == changed);
  CHECK(both(argument("a", "unsigned long", "uint", 8), argument("a", "void *", "ptr", 8)) ==
        changed);
  CHECK(both(argument("a", "off_t", "int", 4), argument("a", "off_t", "int", 8)) == changed);
  CHECK(both(argument("a", "int", "int", 4), argument("b", "int", "int", 4)) ==
        std::set<std::string>{"syscall-param-renamed"});
}

TEST_CASE("all that changed of a signature is one finding") {
  const Corpus a = syscalls(
      {syscall_of("x", 1, {argument("p", "int", "int", 4), argument("q", "int", "int", 4)})});
  const Corpus b = syscalls(
      {syscall_of("x", 1, {argument("p", "long", "int", 8), argument("q", "void *", "ptr", 8)})});
  const Report report = compare(a, b);
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].subject == "syscall/x86_64/x");
  CHECK(report.findings[0].before == "(int p, int q)");
  CHECK(report.findings[0].after == "(long p, void * q)");
  CHECK(report.findings[0].message ==
        "syscall x (x86_64) takes (long p, void * q) instead of (int p, int q)");
}

TEST_CASE("another way to name all entries is one finding per ABI") {
  std::vector<Syscall> before = {syscall_of("one", 1, {}), syscall_of("two", 2, {})};
  std::vector<Syscall> after = before;
  for (Syscall& syscall : after) {
    syscall.entry = "__do_sys_" + syscall.name;
  }
  const Report report = compare(syscalls(before), syscalls(after));
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].subject == "syscall/x86_64");
  CHECK(report.findings[0].before == "__x64_sys_*");
  CHECK(report.findings[0].after == "__do_sys_*");
  CHECK(report.findings[0].severity == Severity::info);
}

TEST_CASE("one syscall under two numbers") {
  // The x32 table carries native and compat entries of one name.
  Syscall compat = syscall_of("x", 512, {});
  compat.entry = "__x64_compat_sys_x";
  const Corpus before = syscalls({syscall_of("x", 13, {}), compat});
  CHECK(compare(before, before).findings.empty());
  const Report gone = compare(before, syscalls({syscall_of("x", 13, {})}));
  REQUIRE(gone.findings.size() == 1);
  CHECK(gone.findings[0].rule == "syscall-removed");
  CHECK(gone.findings[0].before == "number 512");
}

TEST_CASE("a number that went to another syscall") {
  CHECK(rules_of(
            compare(syscalls({syscall_of("old", 7, {})}), syscalls({syscall_of("new", 7, {})}))) ==
        std::set<std::string>{"syscall-removed", "syscall-added"});
}

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// The JSON form: what the revisions print otherwise, and what is no JSON.
#include <doctest/doctest.h>

#include <algorithm>

#include "kapi/kdoc.h"

namespace {

using kapi::Diagnostic;
using Names = std::vector<std::string>;

struct Read {
  std::optional<kapi::DebugfsSpec> spec;
  std::vector<Diagnostic> diagnostics;

  const kapi::Api& api() const { return spec->api; }
  bool omits(const char* path) const {
    return std::find(spec->omits.begin(), spec->omits.end(), path) != spec->omits.end();
  }
  Names codes() const {
    Names codes;
    for (const auto& d : diagnostics) {
      codes.push_back(d.code + " " + d.section);
    }
    return codes;
  }
};

Read read(const std::string& text) {
  Read out;
  out.spec = kapi::read_debugfs_json(text, "f", out.diagnostics);
  return out;
}

TEST_CASE("locks until RFC v4 carry four flags") {
  const auto scope = [](const char* acquired, const char* released, const char* held) {
    const Read json = read(std::string("{\"name\": \"x\", \"locks\": [{\"name\": \"l\", \"type\": "
                                       "\"mutex\", \"acquired\": ") +
                           acquired + ", \"released\": " + released +
                           ", \"held_on_entry\": " + held + ", \"held_on_exit\": " + held + "}]}");
    REQUIRE(json.spec);
    return json.api().locks.at(0).scope;
  };
  CHECK(scope("true", "true", "false") == "internal");
  CHECK(scope("true", "false", "false") == "acquires");
  CHECK(scope("false", "true", "false") == "releases");
  CHECK(scope("false", "false", "true") == "caller_held");
}

TEST_CASE("an attribute of RFC v2") {
  const Read json = read(
      "{\n  \"name\": \"x_show\",\n  \"api_type\": \"sysfs\",\n  \"parameters\": [\n    {\n"
      "      \"name\": \"v\",\n      \"type\": \"int\",\n      \"type_class\": \"hex\",\n"
      "      \"flags\": \"0x600\",\n      \"sysfs_path\": \"/sys/x\",\n      \"permissions\": "
      "\"0644\",\n      \"units\": \"ms\",\n      \"step\": 5\n    }\n  ],\n"
      "  \"since_version\": \"6.1\",\n  \"deprecated\": true,\n  \"replacement\": \"y\",\n"
      "  \"subsystem\": \"mm\"\n}\n");
  REQUIRE(json.spec);
  CHECK(json.api().kind == "sysfs");
  const kapi::Param& param = json.api().params.at(0);
  CHECK(param.type == "hex");
  CHECK(param.flags == Names{"sysfs_ro", "sysfs_wo"});
  CHECK(param.sysfs_permissions == "0644");
  CHECK(param.step == 5);
  CHECK(json.api().deprecated == true);
  CHECK(json.api().subsystem == "mm");
  CHECK(json.omits("signals"));       // not before PATCH v3
  CHECK(json.omits("capabilities"));  // not in RFC v1
  CHECK(json.omits("cmd"));
}

TEST_CASE("texts that are not escaped, as until RFC v5") {
  const Read json = read(
      "{\n  \"name\": \"x\",\n  \"description\": \"say \"hello\", then go\",\n"
      "  \"long_description\": \"C:\\new\",\n  \"examples\": \"a(\"b\");\n\nc();\",\n"
      "  \"notes\": \"\"\n}\n");
  REQUIRE(json.spec);
  CHECK(json.api().description == "say \"hello\", then go");
  CHECK(json.api().long_description == "C:\\new");
  CHECK(json.api().examples == "a(\"b\");\n\nc();");
  CHECK(json.codes() == Names{"not-escaped f:1"});
}

TEST_CASE("escapes of the kernel and of those who print JSON again") {
  const Read json =
      read(R"({"name":"x","description":"\"\\\n\t\u001b\u00e9\ud83d\udc27","notes":"\/"})");
  REQUIRE(json.spec);
  CHECK(json.api().description == "\"\\\n\t\x1b\u00e9\U0001f427");
  CHECK(json.api().notes == "/");
  CHECK(json.diagnostics.empty());
}

TEST_CASE("a list that was too long for its array") {
  const Read json =
      read("{\n\"name\": \"x\",\n\"errors\": [\n{\n\"code\": -5,\n\"name\": \"EIO\"\n},\n]\n}");
  REQUIRE(json.spec);
  CHECK(json.api().errors.at(0).name == "EIO");
  CHECK(json.codes() == Names{"count-too-large f:8"});
}

TEST_CASE("a text that ends early keeps what was complete") {
  const std::string whole =
      "{\n  \"name\": \"x\",\n  \"errors\": [\n    {\n      \"code\": -5,\n      \"name\": "
      "\"EIO\"\n    },\n    {\n      \"code\": -12,\n      \"name\": \"ENOMEM\"\n    }\n  ],\n"
      "  \"notes\": \"a\\u001bb\\\\\"\n}";
  CHECK(read(whole).diagnostics.empty());
  for (size_t end = 1; end < whole.size(); end++) {
    const Read json = read(whole.substr(0, end));
    CAPTURE(whole.substr(0, end));
    REQUIRE(json.diagnostics.size() == 1);
    if (!json.spec) {
      CHECK(end < whole.find(",\n  \"errors"));
      continue;
    }
    CHECK(json.diagnostics[0].code == "json-broken");
    CHECK(json.api().notes.empty() == (end <= whole.rfind('"')));
    for (const auto& error : json.api().errors) {
      CHECK(
          (error == kapi::Error{"EIO", -5, "", ""} || error == kapi::Error{"ENOMEM", -12, "", ""}));
    }
  }
}

TEST_CASE("other JSON") {
  CHECK_FALSE(read("").spec);
  CHECK_FALSE(read("[]").spec);
  CHECK_FALSE(read("{}").spec);
  CHECK(read("{\"name\": 5}").codes() == Names{"wrong-type f:1", "not-a-spec f:1"});
  CHECK(read("{\"name\": \"x\", \"errors\": [1], \"notes\": 7, \"locks\": {}}").codes() ==
        Names{"wrong-type f:1", "wrong-type f:1", "wrong-type f:1"});
  CHECK(read("{\"name\": \"x\", \"version\": 99999999999999999999}").codes() ==
        Names{"json-broken f:1"});
  CHECK(read(std::string(100000, '[')).codes() == Names{"not-a-spec f:1"});
}

TEST_CASE("what neither form says stays open, what one says does not") {
  kapi::DebugfsSpec text;
  text.api.name = "x";
  text.api.unresolved = {
      {"locks/l/type", "unknown"}, {"params/p/constraint", "?"}, {"return", "?"}};
  text.omits = {"params.constraint.values", "return.type", "signals.timing", "structs"};
  kapi::DebugfsSpec json;
  json.api.name = "x";
  json.api.unresolved = {{"return", "?"}};
  json.omits = {"params.constraint", "signals", "structs"};
  const kapi::DebugfsSpec both = kapi::merge_debugfs(text, json);
  CHECK(both.omits == Names{"params.constraint.values", "signals.timing", "structs"});
  REQUIRE(both.api.unresolved.size() == 2);
  CHECK(both.api.unresolved[0].path == "params/p/constraint");
  CHECK(both.api.unresolved[1].path == "return");
}

}  // namespace

// SPDX-License-Identifier: GPL-2.0-only
#include <doctest/doctest.h>

#include "random_corpus.h"

namespace kapi {
namespace {

const std::string kText = R"({
  "schema": 3,
  "source": {
    "kind": "elf",
    "bits": 64,
    "endianness": "little"
  },
  "coverage": [
    {
      "fact": "specs",
      "state": "complete",
      "read": 1,
      "total": 1
    }
  ],
  "apis": [
    {
      "name": "sys_a",
      "version": 1,
      "params": [
        {
          "name": "flags",
          "flags": [
            "in"
          ],
          "constraint": {
            "type": "mask",
            "mask": "0x1f"
          }
        }
      ],
      "errors": [
        {
          "name": "EINVAL",
          "code": -22,
          "description": "tab\t, quote\", é"
        }
      ]
    }
  ],
  "diagnostics": [
    {
      "level": "note",
      "code": "count-clamped",
      "message": "17 of 16",
      "offset": "0x200"
    }
  ]
}
)";

std::string with(std::string_view what, std::string_view by) {
  std::string text = kText;
  const size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

TEST_CASE("what is written is what the corpus holds, and absent is absent") {
  Corpus corpus;
  corpus.source.kind = "elf";
  corpus.source.bits = 64;
  corpus.source.endianness = "little";
  Coverage& coverage = corpus.coverage.emplace_back();
  coverage.fact = "specs";
  coverage.state = "complete";
  coverage.read = 1;
  coverage.total = 1;
  Api& api = corpus.apis.emplace_back();
  api.name = "sys_a";
  api.version = 1;
  Param& param = api.params.emplace_back();
  param.name = "flags";
  param.flags = {"in"};
  param.constraint.emplace().type = "mask";
  param.constraint->mask = Bits{0x1f};
  Error& error = api.errors.emplace_back();
  error.name = "EINVAL";
  error.code = -22;
  error.description = "tab\t, quote\", é";
  Diagnostic& diagnostic = corpus.diagnostics.emplace_back();
  diagnostic.level = Level::note;
  diagnostic.code = "count-clamped";
  diagnostic.message = "17 of 16";
  diagnostic.offset = 0x200;

  CHECK(to_json(corpus) == kText);
  CHECK(corpus_from_json(kText, "a.json") == corpus);

  CHECK(to_json(Api()) == "{\n  \"name\": \"\",\n  \"version\": 0\n}\n");
}

// True if every member of every struct differs from its default.
template <class T>
bool is_full(const T& value) {
  if constexpr (Maybe<T>) {
    return value && is_full(*value);
  } else if constexpr (List<T>) {
    return !value.empty() &&
           std::all_of(value.begin(), value.end(), is_full<typename T::value_type>);
  } else if constexpr (Record<T>) {
    bool full = true;
    visit_members(value, [&](const char*, const auto& member) { full = full && is_full(member); });
    return full;
  } else if constexpr (std::same_as<T, Level>) {
    return value != Diagnostic().level;
  } else {
    return std::same_as<T, int> || value != T{};
  }
}

TEST_CASE("everything written is read back") {
  for (uint64_t seed = 0; seed < 60; seed++) {
    const bool full = seed % 3 == 0;
    Corpus corpus = CorpusFiller(seed, full).corpus();
    REQUIRE((!full || is_full(corpus)));
    const std::string text = to_json(corpus);
    REQUIRE(corpus_from_json(text, "a.json") == corpus);

    canonicalise(corpus);
    const std::string canonical = to_json(corpus);
    Corpus again = corpus_from_json(canonical, "a.json");
    canonicalise(again);
    REQUIRE(to_json(again) == canonical);
  }
}

TEST_CASE("an element without a name survives") {
  Corpus corpus;
  corpus.apis.emplace_back().locks.emplace_back();
  corpus.apis[0].params.emplace_back().constraint.emplace();
  corpus.source.spec_evidence = {""};
  CHECK(corpus_from_json(to_json(corpus), "a.json") == corpus);
}

TEST_CASE("text that is not UTF-8 is written as UTF-8") {
  Corpus corpus;
  corpus.apis.emplace_back().description = "a\xff\\";
  const std::string text = to_json(corpus);
  CHECK(is_utf8(text));
  CHECK(corpus_from_json(text, "a.json").apis[0].description == "a\\xff\\\\");
}

InputError refused(const std::string& text) {
  try {
    corpus_from_json(text, "a.json");
  } catch (const InputError& error) {
    return error;
  }
  FAIL("accepted: " << text.substr(0, 2000));
  throw std::logic_error("unreachable");
}

void check_refused(const std::string& text, std::string_view pointer, std::string_view reason) {
  const InputError error = refused(text);
  CHECK(error.place().file == "a.json");
  CHECK(error.place().section == pointer);
  INFO(error.what());
  CHECK(error.reason().find(reason) != std::string::npos);
}

TEST_CASE("what the schema does not allow is refused with its place") {
  const struct {
    std::string_view what;
    std::string_view by;
    std::string_view pointer;
    std::string_view reason;
  } kCases[] = {
      {R"("name": "sys_a")", R"("nmae": "sys_a")", "/apis/0/nmae", "known are name, kind, version"},
      {R"("name": "sys_a")", R"("a/b~": "sys_a")", "/apis/0/a~1b~0", "unknown member"},
      {R"("name": "sys_a",)", "", "/apis/0", R"(the member "name" is missing)"},
      {R"("version": 1,)", "", "/apis/0", R"(the member "version" is missing)"},
      {R"("type": "mask",)", "", "/apis/0/params/0/constraint", R"("type" is missing)"},
      {R"("fact": "specs",)", "", "/coverage/0", R"("fact" is missing)"},
      {R"("mask": "0x1f")", R"("mask": "0x1F")", "/apis/0/params/0/constraint/mask", "\"0x1F\""},
      {R"("mask": "0x1f")", R"("mask": "0x01")", "/apis/0/params/0/constraint/mask", "hexadecimal"},
      {R"("mask": "0x1f")", R"("mask": 31)", "/apis/0/params/0/constraint/mask", "the number 31"},
      {R"("mask": "0x1f")", R"("min": 9223372036854775808)", "/apis/0/params/0/constraint/min",
       "from -9223372036854775808 to 9223372036854775807"},
      {R"("mask": "0x1f")", R"("min": 1.0)", "/apis/0/params/0/constraint/min", "an integer"},
      {R"("mask": "0x1f")", R"("size": -1)", "/apis/0/params/0/constraint/size", "from 0 to"},
      {R"("mask": "0x1f")", R"("values": [])", "/apis/0/params/0/constraint/values", "empty list"},
      {R"("mask": "0x1f")", R"("values": [1, null])", "/apis/0/params/0/constraint/values/1",
       "found null"},
      {R"("mask": "0x1f")", R"("values": {"0": 1})", "/apis/0/params/0/constraint/values",
       "expected a list, found an object"},
      {R"("in")", "1", "/apis/0/params/0/flags/0", "expected a string, found the number 1"},
      {R"("name": "sys_a")", R"("name": true)", "/apis/0/name", "expected a string, found true"},
      {R"("kind": "elf")", R"("kind": "")", "/source/kind", "leave the member out"},
      {R"("little")", R"("middle")", "/source/endianness", "one of little, big"},
      {R"("complete")", R"("done")", "/coverage/0/state", "one of complete, partial"},
      {R"("note")", R"("fatal")", "/diagnostics/0/level", "one of note, warning, error"},
      {R"("0x200")", "512", "/diagnostics/0/offset", "hexadecimal"},
      {R"("code": -22)", R"("code": -22, "code": -22)", "/apis/0/errors/0/code", "twice"},
      {R"("schema": 3)", R"("schema": "2")", "/schema", "expected the number of a schema version"},
  };
  for (const auto& c : kCases) {
    CAPTURE(c.by);
    check_refused(with(c.what, c.by), c.pointer, c.reason);
  }
  check_refused("[]", "", "not a stored corpus");
  check_refused("{}", "", "not a stored corpus");
  check_refused("null", "", "not a stored corpus");
}

TEST_CASE("the schema version is looked at before anything else") {
  for (const char* text :
       {R"({"schema": 4, "news": [{}], "apis": 3})", R"({"apis": 3, "apis": 4, "schema": 4})"}) {
    const InputError error = refused(text);
    CHECK(error.place().section == "/schema");
    CHECK(error.reason() == "schema version 4, but this build reads version 3");
    CHECK(!error.hint().empty());
  }
  check_refused(R"({"schema": 18446744073709551615})", "/schema", "version 18446744073709551615");
  check_refused(R"({"schema": -1})", "/schema", "version -1");
}

TEST_CASE("what is not JSON is refused with the offset of the offending byte") {
  const struct {
    std::string text;
    uint64_t offset;
  } kCases[] = {
      {"", 0},
      {"{", 1},
      {"{\"schema\": 3,}", 13},
      {"{\"schema\": 3} x", 14},
      {"{\"schema\": 3}{", 13},
      {"{\"schema\": tru}", 14},
      {"{\"schema\": \"a\nb\"}", 13},
      {"{\"schema\": 'a'}", 11},
      {"{\"schema\": \"\xff\"}", 12},
      {std::string("\0", 1), 0},
  };
  for (const auto& c : kCases) {
    CAPTURE(c.text);
    const InputError error = refused(c.text);
    CHECK(error.place().offset == c.offset);
    CHECK(error.reason().starts_with("not JSON: line "));
  }
  // A message does not repeat the input.
  CHECK(refused("\"" + std::string(100000, 'x')).reason().size() < 300);
  CHECK(refused("[1e99999]").reason().find("number overflow") != std::string::npos);
}

TEST_CASE("deep nesting is refused, at any depth") {
  for (const char* opening : {"[", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 100000; i++) {
      text += opening;
    }
    CHECK(refused(text).reason().find("levels deep") != std::string::npos);
  }
}

TEST_CASE("a stored corpus is recognised by its first member") {
  CHECK(is_corpus_json(kText));
  CHECK(is_corpus_json("\xef\xbb\xbf {\n\"apis\" : ["));
  CHECK(is_corpus_json("{\"schema\""));
  CHECK(!is_corpus_json("{\"sche"));
  CHECK(!is_corpus_json("{\"findings\": []}"));
  CHECK(!is_corpus_json("{}"));
  CHECK(!is_corpus_json("[\"schema\"]"));
  CHECK(
      !is_corpus_json("\x7f"
                      "ELF"));
  CHECK(!is_corpus_json(""));
}

}  // namespace
}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// KAPI_RECORD=1 writes the schema of the documentation anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "random_corpus.h"

namespace kapi {
namespace {

using Json = nlohmann::json;

TEST_CASE("the schema in the documentation is the one of this build") {
  const std::string path = KAPI_FIXTURE_SOURCES "/../docs/schema/corpus.schema.json";
  const std::string schema = corpus_json_schema();
  if (std::getenv("KAPI_RECORD") != nullptr) {
    std::ofstream(path) << schema;
  }
  std::ifstream file(path);
  std::stringstream stored;
  stored << file.rdbuf();
  CHECK(stored.str() == schema);
}

// Walks a document and its schema together, as far as the schema's own vocabulary goes.
void check_allowed(const Json& root, const Json& schema, const Json& document) {
  if (schema.contains("$ref")) {
    const auto target = schema["$ref"].get<std::string>().substr(1);
    check_allowed(root, root.at(Json::json_pointer(target)), document);
    return;
  }
  if (schema.contains("const")) {
    CHECK(document == schema["const"]);
    return;
  }
  if (schema.contains("enum")) {
    const Json& values = schema["enum"];
    CHECK(std::find(values.begin(), values.end(), document) != values.end());
    return;
  }
  const std::string type = schema.at("type");
  CHECK(type == (document.is_number() ? "integer" : document.type_name()));
  if (type == "array") {
    CHECK(document.size() >= schema.at("minItems"));
    for (const Json& item : document) {
      check_allowed(root, schema.at("items"), item);
    }
  } else if (type == "object") {
    CHECK(schema.at("additionalProperties") == false);
    for (const Json& required : schema.value("required", Json::array())) {
      CHECK(document.contains(required.get<std::string>()));
    }
    for (const auto& [name, member] : document.items()) {
      REQUIRE(schema.at("properties").contains(name));
      check_allowed(root, schema["properties"][name], member);
    }
    // A full document leaves nothing of the schema unvisited.
    CHECK(document.size() == schema["properties"].size());
  }
}

TEST_CASE("a corpus with every member has exactly the members of the schema") {
  const Json schema = Json::parse(corpus_json_schema());
  check_allowed(schema, schema, Json::parse(to_json(CorpusFiller(1, true).corpus())));
}

TEST_CASE("the schema names its dialect and one definition per struct") {
  const Json schema = Json::parse(corpus_json_schema());
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema["properties"]["schema"]["const"] == kCorpusSchema);
  CHECK(schema["properties"]["apis"]["items"]["$ref"] == "#/$defs/Api");
  const Json& defs = schema["$defs"];
  for (const char* name : {"Api", "Param", "Constraint", "Diagnostic", "Source", "Origin"}) {
    CHECK(defs.contains(name));
  }
  CHECK(defs["Constraint"]["required"] == Json::array({"type"}));
  CHECK(defs["Error"]["required"] == Json::array({"name", "code"}));
  CHECK(defs["Constraint"]["properties"]["mask"]["pattern"] == "^0x(0|[1-9a-f][0-9a-f]{0,15})$");
  CHECK(defs["Param"]["properties"]["size"]["maximum"] == UINT64_MAX);
  CHECK(defs["Constraint"]["properties"]["min"]["minimum"] == INT64_MIN);
}

}  // namespace
}  // namespace kapi

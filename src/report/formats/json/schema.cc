// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats/json/json.h"

namespace kapi {
namespace {

class SchemaWriter {
 public:
  SchemaWriter() : model_(Json::parse(corpus_json_schema())), definitions_(model_["$defs"]) {}

  Json report() {
    Json schema = {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "kapitool report"},
        {"description",
         "What changed between two kernels, as `kapitool diff --format json` writes it. "
         "`findings`, "
         "`coverage` and `preflight` are always there, and empty if there is none; all else that "
         "is absent is left out. A finding with a `waiver`, or that is `known` from the baseline, "
         "does not count for `breaking`, `review` and `info` of the summary."},
    };
    schema.update(record<Report>());
    Json used = Json::object();
    keep_used(schema, used);
    schema["$defs"] = std::move(used);
    return schema;
  }

 private:
  template <class T>
  Json record() {
    Json properties = Json::object();
    Json required = Json::array();
    const T empty{};
    T::members(empty, [&](const char* member, const auto& value) {
      properties[member] = of(value);
      if (!may_be_absent<T>(member)) {
        required.push_back(member);
      } else if (const Json type = properties[member].value("type", Json()); type == "string") {
        properties[member]["minLength"] = 1;
      } else if (type == "array") {
        properties[member]["minItems"] = 1;
      } else if (type == "boolean") {
        properties[member] = {{"const", true}};
      }
    });
    if constexpr (std::is_same_v<T, Finding> || std::is_same_v<T, Consequence>) {
      properties["fingerprint"]["pattern"] = "^[0-9a-f]{16}$";
    }
    return {{"type", "object"},
            {"properties", properties},
            {"required", required},
            {"additionalProperties", false}};
  }

  static Json of(const std::string&) { return {{"type", "string"}}; }
  static Json of(bool) { return {{"type", "boolean"}}; }
  static Json of(int) { return {{"const", kReportSchema}}; }  // the version is the one plain int
  static Json of(uint64_t) { return {{"type", "integer"}, {"minimum", 0}}; }
  static Json of(Severity) {
    Json names = Json::array();
    for (const Severity severity : {Severity::info, Severity::review, Severity::breaking}) {
      names.push_back(std::string(name(severity)));
    }
    return {{"enum", names}};
  }
  Json of(const Source&) { return model_["properties"]["source"]; }
  Json of(const Summary&) { return define<Summary>("Summary"); }
  Json of(const std::vector<Compared>&) { return list(define<Compared>("Compared")); }
  Json of(const std::vector<Difference>&) { return list(define<Difference>("Difference")); }
  Json of(const std::vector<Finding>&) { return list(define<Finding>("Finding")); }
  Json of(const std::vector<Consequence>&) { return list(define<Consequence>("Consequence")); }
  Json of(const std::optional<Waiver>&) { return define<Waiver>("Waiver"); }

  static Json list(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

  template <class T>
  Json define(const std::string& title) {
    definitions_[title] = record<T>();
    return {{"$ref", "#/$defs/" + title}};
  }

  // Copies the definitions that `json` refers to, directly or by way of others.
  void keep_used(const Json& json, Json& used) const {
    constexpr std::string_view kPrefix = "#/$defs/";
    for (const auto& [key, value] : json.items()) {
      if (value.is_structured()) {
        keep_used(value, used);
      } else if (key == "$ref") {
        const std::string target = value.get<std::string>().substr(kPrefix.size());
        if (!used.contains(target)) {
          used[target] = definitions_.at(target);
          keep_used(definitions_.at(target), used);
        }
      }
    }
  }

  Json model_;
  Json definitions_;
};

}  // namespace

std::string report_json_schema() { return json_text(SchemaWriter().report()); }

}  // namespace kapi

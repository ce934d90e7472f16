// SPDX-License-Identifier: GPL-2.0-only
#include <limits>
#include <nlohmann/json.hpp>

#include "model/members.h"

namespace kapi {
namespace {

using Json = nlohmann::ordered_json;

// "Param" for kapi::Param, as both compilers spell it: "[with T = kapi::Param; …]" and
// "[T = kapi::Param]".
template <class T>
std::string type_name() {
  const std::string_view text = __PRETTY_FUNCTION__;
  constexpr std::string_view kBefore = "T = kapi::";
  const size_t begin = text.find(kBefore) + kBefore.size();
  return std::string(text.substr(begin, text.find_first_of(";]", begin) - begin));
}

class SchemaWriter {
 public:
  Json corpus() {
    Json schema = {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "kapitool corpus"},
        {"description",
         "What one kernel image promises to userspace, as `kapitool extract` writes it. What is "
         "absent is left out: there are no nulls and no empty lists. Masks, addresses and file "
         "offsets are hexadecimal strings."},
    };
    schema.update(record_schema<Corpus>());
    schema["$defs"] = definitions_;
    return schema;
  }

 private:
  template <class T>
  Json record_schema() {
    Json properties = Json::object();
    Json required = Json::array();
    const T record{};
    visit_members(record, [&](const char* name, const auto& member) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::same_as<Member, std::string>) {
        properties[name] = string_schema<T>(name);
      } else {
        properties[name] = value_schema<Member>();
      }
      if (is_required<T, Member>(name)) {
        required.push_back(name);
      }
    });
    Json schema = {{"type", "object"}, {"properties", properties}};
    if (!required.empty()) {
      schema["required"] = required;
    }
    schema["additionalProperties"] = false;
    return schema;
  }

  template <class Owner>
  static Json string_schema(std::string_view member) {
    if (const auto tokens = closed_tokens<Owner>(member); !tokens.empty()) {
      return {{"enum", std::vector<std::string>(tokens.begin(), tokens.end())}};
    }
    Json schema = {{"type", "string"}};
    if (!is_required<Owner, std::string>(member)) {
      schema["minLength"] = 1;
    }
    return schema;
  }

  template <class T>
  Json value_schema() {
    if constexpr (Maybe<T>) {
      return value_schema<typename T::value_type>();
    } else if constexpr (List<T>) {
      return {
          {"type", "array"}, {"items", value_schema<typename T::value_type>()}, {"minItems", 1}};
    } else if constexpr (std::same_as<T, Bits>) {
      return {{"type", "string"}, {"pattern", "^0x(0|[1-9a-f][0-9a-f]{0,15})$"}};
    } else if constexpr (std::same_as<T, Level>) {
      Json names = Json::array();
      for (const Level level : kLevels) {
        names.push_back(std::string(name(level)));
      }
      return {{"enum", names}};
    } else if constexpr (std::same_as<T, std::string>) {
      return {{"type", "string"}};
    } else if constexpr (std::same_as<T, bool>) {
      return {{"type", "boolean"}};
    } else if constexpr (std::same_as<T, int>) {
      return {{"const", kCorpusSchema}};  // the version is the one plain int
    } else if constexpr (Record<T>) {
      return reference<T>();
    } else {
      using Limits = std::numeric_limits<T>;
      return {{"type", "integer"}, {"minimum", Limits::min()}, {"maximum", Limits::max()}};
    }
  }

  template <class T>
  Json reference() {
    const std::string name = type_name<T>();
    if (!definitions_.contains(name)) {
      definitions_[name] = nullptr;  // takes its place before those that it refers to
      definitions_[name] = record_schema<T>();
    }
    return {{"$ref", "#/$defs/" + name}};
  }

  Json definitions_ = Json::object();
};

}  // namespace

std::string corpus_json_schema() { return SchemaWriter().corpus().dump(2) + "\n"; }

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// What the json format and its schema must agree on. How the model's own types look in JSON is the
// model's business: they are taken over from what it writes.
#pragma once

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>

#include "kapi/report.h"

namespace kapi {

using Json = nlohmann::ordered_json;

// Members of a report and its parts that are left out where they are empty.
template <class Owner>
constexpr bool may_be_absent(std::string_view member) {
  constexpr std::string_view kOptional[] = {"before", "after",  "witness", "evidence",
                                            "cause",  "waiver", "known",   "consequences"};
  if (std::is_same_v<Owner, Finding> || std::is_same_v<Owner, Consequence> ||
      std::is_same_v<Owner, Difference>) {
    return member == "effect" ||
           std::find(std::begin(kOptional), std::end(kOptional), member) != std::end(kOptional);
  }
  return (std::is_same_v<Owner, Compared> && member == "detail") ||
         (std::is_same_v<Owner, Waiver> && member == "expires");
}

inline std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "diff/struct_growth.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "diff/c_type.h"
#include "diff/layout.h"

namespace kapi {
namespace {

// More than any spec can hold, so that made-up ones cost little.
constexpr size_t kMostParams = 64;
constexpr size_t kMostFields = 256;

bool carries_size(const Side& side) {
  const auto& fields = side.structure->fields;
  const bool in_itself = std::any_of(fields.begin(), fields.end(), [](const Field& field) {
    return field.offset == 0 && field.name == "size";
  });
  const auto& params = side.api->params;
  return in_itself || (params.size() <= kMostParams &&
                       std::any_of(params.begin(), params.end(), [&](const Param& param) {
                         const auto words = c_type(param, side.bits).bare;
                         return param.size_param && std::find(words.begin(), words.end(),
                                                              side.structure->name) != words.end();
                       }));
}

using Places = std::set<std::tuple<std::string, uint64_t, std::optional<uint64_t>>>;

Places places_of(const std::vector<Field>& fields) {
  Places places;
  for (const Field& field : fields) {
    places.emplace(field.name, field.offset, field.size);
  }
  return places;
}

bool grows(const Struct& before, const Struct& after) {
  return before.size && after.size && *after.size > *before.size;
}

}  // namespace

bool is_extended(const Change& change) {
  return is_layout(change) ? change.size_travels && change.old_stays &&
                                 grows(*change.old_side.structure, *change.new_side.structure)
                           : extends(change.old_side, change.new_side);
}

bool is_truncated(const Change& change) {
  return is_layout(change) ? change.size_travels && change.new_stays &&
                                 grows(*change.new_side.structure, *change.old_side.structure)
                           : extends(change.new_side, change.old_side);
}

bool extends(const Side& shorter, const Side& longer) {
  const Struct& before = *shorter.structure;
  const Struct& after = *longer.structure;
  if (!grows(before, after) || before.fields.size() > kMostFields ||
      after.fields.size() > kMostFields) {
    return false;
  }
  const Places old_places = places_of(before.fields);
  const Places new_places = places_of(after.fields);
  const bool all_stay =
      std::includes(new_places.begin(), new_places.end(), old_places.begin(), old_places.end());
  const bool new_at_end =
      std::all_of(new_places.begin(), new_places.end(), [&](const Places::value_type& place) {
        return std::get<1>(place) >= *before.size || old_places.count(place) != 0;
      });
  return all_stay && new_at_end && carries_size(shorter) && carries_size(longer);
}

}  // namespace kapi

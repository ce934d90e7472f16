// SPDX-License-Identifier: GPL-2.0-only
// What a BTF holds of each of many names, in one pass over its types.
#include <bpf/btf.h>

#include <set>
#include <unordered_map>

#include "types/btf_source.h"

namespace kapi {

// Of this BTF itself first, then of what it continues.
template <class Visit>
void BtfSource::for_each_type(Visit visit) const {
  for (uint64_t id = base_count() + 1; id <= count(); id++) {
    visit(*this, SourceId{id, 0}, type(id));
  }
  if (base_) {
    base_->for_each_type(visit);
  }
}

std::optional<std::pair<TypeTag, std::string_view>> BtfSource::definition(
    const btf_type* type) const {
  TypeTag tag{};
  switch (btf_kind(type)) {
    case BTF_KIND_STRUCT:
      tag = TypeTag::structure;
      break;
    case BTF_KIND_UNION:
      tag = TypeTag::union_;
      break;
    case BTF_KIND_ENUM:
    case BTF_KIND_ENUM64:
      tag = TypeTag::enumeration;
      break;
    case BTF_KIND_TYPEDEF:
      tag = TypeTag::typedef_;
      break;
    default:
      return std::nullopt;
  }
  if ((tag == TypeTag::enumeration && btf_vlen(type) == 0) ||
      (part_ == Part::distilled && btf_is_composite(type))) {
    return std::nullopt;
  }
  const std::string_view name = text(type->name_off);
  return name.empty() ? std::nullopt : std::optional(std::pair(tag, name));
}

std::vector<std::vector<SourceId>> BtfSource::find_all(const std::vector<TypeName>& names) {
  std::unordered_multimap<std::string_view, size_t> wanted;
  for (size_t i = 0; i < names.size(); i++) {
    wanted.emplace(names[i].name, i);
  }
  std::vector<std::vector<SourceId>> found(names.size());
  for_each_type([&](const BtfSource& source, SourceId id, const btf_type* type) {
    if (const auto named = source.definition(type)) {
      const auto [first, last] = wanted.equal_range(named->second);
      for (auto it = first; it != last; ++it) {
        if (names[it->second].tag == named->first) {
          found[it->second].push_back(id);
        }
      }
    }
  });
  return found;
}

std::vector<std::vector<FunctionShape>> BtfSource::functions(
    const std::vector<FunctionName>& names) {
  std::unordered_multimap<std::string_view, size_t> wanted;
  for (size_t i = 0; i < names.size(); i++) {
    wanted.emplace(names[i].name, i);
  }
  std::vector<std::vector<FunctionShape>> found(names.size());
  for_each_type([&](const BtfSource& source, SourceId id, const btf_type* type) {
    if (!btf_is_func(type)) {
      return;
    }
    const auto [first, last] = wanted.equal_range(source.text(type->name_off));
    if (first == last) {
      return;
    }
    const auto named = function(id);
    const Shape prototype = shape(named->prototype, Detail::whole);
    FunctionShape shape{prototype.refs.at(0), {}};
    for (size_t i = 1; i < prototype.refs.size(); i++) {
      shape.parameters.emplace_back(named->parameters.at(i - 1), prototype.refs[i]);
    }
    for (auto it = first; it != last; ++it) {
      found[it->second].push_back(shape);
    }
  });
  return found;
}

std::vector<TypeName> BtfSource::names() {
  std::set<std::pair<TypeTag, std::string_view>> all;
  for_each_type([&](const BtfSource& source, SourceId, const btf_type* type) {
    if (const auto named = source.definition(type)) {
      all.insert(*named);
    }
  });
  std::vector<TypeName> names;
  names.reserve(all.size());
  for (const auto& [tag, name] : all) {
    names.push_back({tag, std::string(name)});
  }
  return names;
}

std::vector<SourceId> BtfSource::unnamed_enumerations() {
  std::vector<SourceId> ids;
  for_each_type([&](const BtfSource& source, SourceId id, const btf_type* type) {
    if (btf_is_any_enum(type) && *source.text(type->name_off) == '\0') {
      ids.push_back(id);
    }
  });
  return ids;
}

}  // namespace kapi

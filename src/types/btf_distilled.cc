// SPDX-License-Identifier: GPL-2.0-only
// From the types of a distilled base (.BTF.base, since Linux 6.11) to those of the real one, as the
// kernel finds them when it loads the module: by kind, name and size. A record of which a module
// knows only the name is a forward declaration there.
#include <bpf/btf.h>
#include <fmt/format.h>

#include <unordered_map>

#include "types/btf_references.h"
#include "types/btf_source.h"

namespace kapi {
namespace {

// What must agree, in words; empty for a type that no distilled base has.
std::string identity(const btf_type* type, const char* name) {
  switch (btf_kind(type)) {
    case BTF_KIND_INT:
      return fmt::format("integer {} of {} bytes and encoding {}", name, type->size,
                         btf_int_encoding(type));
    case BTF_KIND_FLOAT:
      return fmt::format("float {} of {} bytes", name, type->size);
    case BTF_KIND_ENUM:
    case BTF_KIND_ENUM64:
      return fmt::format("enum {} of {} bytes", name, type->size);
    case BTF_KIND_STRUCT:
      return fmt::format("struct {} of {} bytes", name, type->size);
    case BTF_KIND_UNION:
      return fmt::format("union {} of {} bytes", name, type->size);
    case BTF_KIND_FWD:
      return fmt::format("{} {}", btf_kflag(type) ? "union" : "struct", name);
    default:
      return {};
  }
}

// A definition is also what a forward declaration of its name means.
std::string declaration(const btf_type* type, const char* name) {
  return btf_is_composite(type)
             ? fmt::format("{} {}", btf_is_union(type) ? "union" : "struct", name)
             : std::string();
}

}  // namespace

void BtfSource::relocate(const BtfSource& distilled) {
  struct Match {
    uint64_t id = 0;
    bool several = false;
  };
  std::unordered_map<std::string, Match> matches;
  for (uint64_t id = 1; id <= distilled.count(); id++) {
    const btf_type* type = distilled.type(id);
    const char* name = distilled.text(type->name_off);
    const std::string wanted = *name == '\0' ? std::string() : identity(type, name);
    if (wanted.empty()) {
      throw InputError(distilled.place({id, 0}),
                       fmt::format("type {} is none that .BTF.base holds: {} '{}'", id,
                                   kBtfKinds[btf_kind(type)], name));
    }
    matches.emplace(wanted, Match{});
  }
  const auto meet = [&matches](const std::string& key, uint64_t id, bool definition) {
    const auto it = matches.find(key);
    if (it == matches.end()) {
      return;
    }
    it->second.several = definition && it->second.id != 0;
    it->second.id = it->second.id == 0 ? id : it->second.id;
  };
  for (uint64_t id = 1; id <= base_->count(); id++) {
    const btf_type* type = base_->type(id);
    const char* name = base_->text(type->name_off);
    if (*name != '\0') {
      meet(identity(type, name), id, btf_is_composite(type));
      meet(declaration(type, name), id, false);
    }
  }
  of_distilled_.assign(1, 0);
  for (uint64_t id = 1; id <= distilled.count(); id++) {
    const btf_type* type = distilled.type(id);
    const std::string wanted = identity(type, distilled.text(type->name_off));
    const Match& match = matches.at(wanted);
    if (match.id == 0 || match.several) {
      throw InputError(distilled.place({id, 0}),
                       fmt::format("the module needs a base with '{}', and this one has {}", wanted,
                                   match.id == 0 ? "none" : "several"),
                       kWrongBaseHint);
    }
    of_distilled_.push_back(match.id);
  }
}

}  // namespace kapi

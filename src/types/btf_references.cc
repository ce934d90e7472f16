// SPDX-License-Identifier: GPL-2.0-only
#include "types/btf_references.h"

#include <fmt/format.h>
#include <linux/btf.h>

namespace kapi {
namespace {

bool fits(BtfRole role, uint32_t kind) {
  const bool storage = kind == BTF_KIND_FUNC || kind == BTF_KIND_VAR;
  const bool type = !storage && kind != BTF_KIND_DATASEC && kind != BTF_KIND_DECL_TAG;
  switch (role) {
    case BtfRole::any:
      return true;
    case BtfRole::type:
      return type;
    case BtfRole::value:
      return type && kind != BTF_KIND_FUNC_PROTO;
    case BtfRole::prototype:
      return kind == BTF_KIND_FUNC_PROTO;
    case BtfRole::storage:
      return storage;
  }
  return false;
}

}  // namespace

uint32_t btf_kind_of(const BtfSummary& own, const BtfSummary& base, uint32_t id) {
  if (id == 0) {
    return 0;
  }
  const BtfSummary& summary = id < own.first_id ? base : own;
  Cursor at = summary.whole;
  at.seek(summary.offset.at(id - summary.first_id) + 4);
  return at.u32() >> 24 & 0x1f;
}

void check_references(const std::vector<BtfReference>& references, const BtfSummary& own,
                      const BtfSummary& base) {
  for (const BtfReference& reference : references) {
    const uint32_t kind = btf_kind_of(own, base, reference.target);
    if (!fits(reference.role, kind)) {
      Cursor at = own.whole;
      at.seek(reference.position);
      at.fail(fmt::format("type {} is a {}, which cannot be meant here", reference.target,
                          kBtfKinds[kind]),
              kWrongBaseHint);
    }
  }
}

}  // namespace kapi

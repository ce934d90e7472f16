// SPDX-License-Identifier: GPL-2.0-only
#include "report/page/accepts.h"

#include <fmt/format.h>

#include "report/layout.h"
#include "report/page/words.h"
#include "report/text.h"

namespace kapi::page {
namespace {

std::string accepted_text(const Accepts& accepts) {
  if (accepts.mask) {
    return accepts.mask->value == 0 ? "no bit" : "the bits " + hex(accepts.mask->value);
  }
  std::vector<std::string> values;
  values.reserve(accepts.values.size());
  for (const int64_t value : accepts.values) {
    values.push_back(fmt::format("{}", value));
  }
  return fmt::format("the value{} {}", values.size() == 1 ? "" : "s", joined(values));
}

Item item_of(const std::string& name, const Accepts& accepts) {
  Item item{.term = name, .name = name, .gloss = accepts.verdict};
  std::vector<std::string> errors;
  errors.reserve(accepts.errno_.size());
  for (const int64_t error : accepts.errno_) {
    errors.push_back(error_text(Api{}, error));
  }
  item.facts.push_back({"Accepts", accepted_text(accepts)});
  if (!errors.empty()) {
    item.facts.push_back({"All else fails with", joined(errors)});
  }
  if (!accepts.reason.empty()) {
    item.facts.push_back({"Unless", accepts.reason});
  }
  if (!accepts.evidence.empty()) {
    item.facts.push_back({"Decided at", joined(accepts.evidence)});
  }
  return item;
}

}  // namespace

Section accepts_section(const std::vector<const Syscall*>& syscalls) {
  Section section{.title = "Accepted by the code"};
  for (const Syscall* syscall : syscalls) {
    for (const Param& param : syscall->params) {
      if (param.accepts && param.accepts->kind != "unknown") {
        section.items.push_back(item_of(param.name, *param.accepts));
      }
      for (const AcceptedField& field : param.fields) {
        if (field.accepts.kind != "unknown") {
          section.items.push_back(
              item_of(fmt::format("{}->{}", param.name, field.field), field.accepts));
        }
      }
    }
  }
  return section;
}

}  // namespace kapi::page

// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/report.h"

#include "report/format.h"

namespace kapi {

std::vector<const Format*> formats() {
  const auto table = format_table();
  return {table.begin(), table.end()};
}

const Format* find_format(std::string_view name) {
  for (const Format* format : format_table()) {
    if (format->name == name) {
      return format;
    }
  }
  return nullptr;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/tables.h"

#include <fmt/format.h>

#include "tables/read.h"

namespace kapi {

Coverage undescribed(const Image& image, const char* fact, const std::string& type,
                     const char* symbol) {
  if (image.symbol(symbol)) {
    return {fact, "unread", 0, 0, fmt::format("neither BTF nor DWARF describes {}", type)};
  }
  return {fact, "absent", 0, 0, fmt::format("the image knows no {}", type)};
}

void read_tables(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  SymbolList symbols(*image);
  read_sysctls(image, types, symbols, corpus);
  read_cgroup_files(image, types, symbols, corpus);
}

void read_bpf_tables(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  read_tracepoints(image, types, corpus);
  read_kfuncs(image, types, corpus);
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "kapi/surface.h"
#include "surface/signatures.h"
#include "surface/syscall_table.h"

namespace kapi {

SyscallTypes read_syscalls(const std::shared_ptr<const Image>& image, TypeReader& types,
                           const std::string& types_from, Corpus& corpus) {
  const auto kinds = table_kinds(image->arch(), image->bits());
  read_syscall_tables(*image, kinds, corpus);
  if (kinds.empty()) {
    corpus.coverage.push_back({"syscalls", "absent", 0, 0,
                               fmt::format("the syscall tables of {} are not read by this version",
                                           name(image->arch()))});
  }
  return read_signatures(image, types, types_from, kinds, corpus);
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "kapi/surface.h"
#include "surface/syscall_metadata.h"
#include "surface/syscall_table.h"

namespace kapi {
namespace {

// Gives the table's native entries their signatures. Entries of compat calls have arguments of
// their own, which the metadata does not hold.
void add_signatures(const TableKind& kind, const SyscallMetadata& metadata, Corpus& corpus) {
  uint64_t total = 0;
  uint64_t known = 0;
  for (auto& syscall : corpus.syscalls) {
    if (syscall.abi != kind.abi) {
      continue;
    }
    total++;
    const auto found = metadata.signatures.find(syscall.name);
    if (found != metadata.signatures.end() && is_native(kind, syscall.entry)) {
      syscall.has_signature = true;
      syscall.params = found->second;
      known++;
    }
  }
  if (total == 0) {
    return;
  }
  // Calls without metadata (compat ones) do not make it partial: the image holds no more.
  const char* state = metadata.failed ? (known == 0 ? "unread" : "partial")
                      : known == 0    ? "absent"
                                      : "complete";
  const std::string detail = !metadata.obstacle.empty()
                                 ? metadata.obstacle
                                 : fmt::format("{} of {} syscalls", known, total);
  corpus.coverage.push_back({fmt::format("signatures/{}", kind.abi), state, known, total, detail});
}

}  // namespace

void read_syscalls(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus) {
  std::vector<const TableKind*> kinds;
  for (const auto& kind : table_kinds()) {
    if (kind.arch == image->arch()) {
      kinds.push_back(&kind);
      read_syscall_table(*image, kind, corpus);
    }
  }
  if (kinds.empty()) {
    corpus.coverage.push_back({"syscalls", "absent", 0, 0,
                               fmt::format("the syscall tables of {} are not read by this version",
                                           name(image->arch()))});
    return;
  }
  if (corpus.syscalls.empty()) {
    return;
  }
  const SyscallMetadata metadata = read_syscall_metadata(image, types, corpus.diagnostics);
  for (const TableKind* kind : kinds) {
    add_signatures(*kind, metadata, corpus);
  }
}

}  // namespace kapi

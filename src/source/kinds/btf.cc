// SPDX-License-Identifier: GPL-2.0-only
// Raw BTF: /sys/kernel/btf/vmlinux, that of a module beside it, or what `bpftool btf dump … format
// raw` leaves. It describes types and holds no data, so neither specs nor syscall tables can be
// read from it.
#include <filesystem>

#include "kapi/types.h"
#include "source/btf_base.h"
#include "source/kind.h"

namespace kapi {
namespace {

constexpr size_t kMaxSize = size_t{256} << 20;  // a large kernel's BTF takes some 10 MB

Corpus load(const std::string& path, const LoadOptions& options) {
  const std::string bytes = read_file(path, kMaxSize);
  const Cursor cursor(std::as_bytes(std::span(bytes)), path, ".BTF", 0, Endian::little);
  const bool of_module = is_split_btf(cursor);
  if (of_module && options.btf_bases.empty()) {
    cursor.fail("the BTF of a module, which continues that of its vmlinux",
                "give that with --btf-base, such as /sys/kernel/btf/vmlinux");
  }
  // Opening checks the headers and every type's bounds.
  open_btf(cursor, of_module ? given_btf_base(options, "") : nullptr);
  Corpus corpus;
  corpus.source.kind = "btf";
  corpus.source.format = "BTF";
  corpus.source.file = to_utf8(std::filesystem::path(path).filename().string());
  corpus.source.types_from = "BTF";
  for (const char* fact : {"specs", "syscalls"}) {
    corpus.coverage.push_back(
        {fact, "absent", 0, 0, "raw BTF holds types only; read the vmlinux it was taken from"});
  }
  return corpus;
}

bool probe(const Candidate& candidate) { return is_btf(candidate.head); }

}  // namespace

extern const InputKindEntry kind_btf;
const InputKindEntry kind_btf = {"btf", "raw BTF, such as /sys/kernel/btf/vmlinux", probe, false,
                                 load};

}  // namespace kapi

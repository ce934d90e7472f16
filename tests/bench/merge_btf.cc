// SPDX-License-Identifier: GPL-2.0-only
// Appends the types of one raw BTF file to another: merge_btf BASE ADDED OUT. For the benchmark's
// kernel that has the size of a real one and specs besides.
#include <bpf/btf.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: bench_merge_btf BASE ADDED OUT\n");
    return 2;
  }
  btf* base = btf__parse_raw(argv[1]);
  btf* added = btf__parse_raw(argv[2]);
  if (base == nullptr || added == nullptr || btf__add_btf(base, added) < 0) {
    std::fprintf(stderr, "bench_merge_btf: the BTF cannot be merged\n");
    return 1;
  }
  __u32 size = 0;
  const void* bytes = btf__raw_data(base, &size);
  std::FILE* out = std::fopen(argv[3], "wb");
  const bool written = out != nullptr && std::fwrite(bytes, 1, size, out) == size;
  return out != nullptr && std::fclose(out) == 0 && written ? 0 : 1;
}

# SPDX-License-Identifier: GPL-2.0-only
# Benchmarks: programs, not tests; scripts/bench runs them.
add_executable(bench bench/bench.cc)
target_link_libraries(bench PRIVATE kapi kapi_warnings)
add_executable(bench_merge_btf bench/merge_btf.cc)
target_link_libraries(bench_merge_btf PRIVATE PkgConfig::libbpf kapi_warnings)
add_executable(bench_walk_dwarf bench/walk_dwarf.cc)
target_link_libraries(bench_walk_dwarf PRIVATE kapi PkgConfig::libdw kapi_warnings)

// SPDX-License-Identifier: GPL-2.0-only
// What reading the surface from DWARF costs beside one pass over .debug_info by a minimal libdw
// walk: every entry's tag, nothing else. Each is the median of several runs on a file in the page
// cache, each in a process of its own; processor time is what one thread alone would need.
//
//   bench_walk_dwarf IMAGE
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

#include "kapi/source.h"

namespace {

constexpr int kRuns = 5;

struct Cost {
  double wall = 0;  // seconds
  double processor = 0;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Cost run_once(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::exit(1);
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Cost cost_of(const std::function<void()>& work) {
  std::vector<double> wall;
  std::vector<double> processor;
  for (int i = 0; i < kRuns; i++) {
    const Cost cost = run_once(work);
    wall.push_back(cost.wall);
    processor.push_back(cost.processor);
  }
  return {median(wall), median(processor)};
}

size_t walk(Dwarf_Die entry) {
  size_t count = 0;
  do {
    count += dwarf_tag(&entry) != 0 ? 1 : 0;
    Dwarf_Die child;
    if (dwarf_child(&entry, &child) == 0) {
      count += walk(child);
    }
  } while (dwarf_siblingof(&entry, &entry) == 0);
  return count;
}

void walk_all(const char* path) {
  const int file = open(path, O_RDONLY);
  Dwarf* dwarf = dwarf_begin(file, DWARF_C_READ);
  if (dwarf == nullptr) {
    _exit(1);
  }
  size_t entries = 0;
  Dwarf_CU* unit = nullptr;
  Dwarf_Die top;
  while (dwarf_get_units(dwarf, unit, &unit, nullptr, nullptr, &top, nullptr) == 0) {
    entries += walk(top);
  }
  if (entries == 0) {
    _exit(1);
  }
}

void print(const char* name, const Cost& cost, const Cost& base) {
  std::printf("%-44s %8.3f s %8.3f s %8.3f %8.3f\n", name, cost.wall, cost.processor,
              cost.wall / base.wall, cost.processor / base.processor);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3 || (argc == 3 && argv[2] != std::string_view("pass"))) {
    std::fprintf(stderr, "usage: bench_walk_dwarf IMAGE [pass]\n");
    return 2;
  }
  const char* path = argv[1];
  if (argc == 3) {  // for a program that takes the time itself
    walk_all(path);
    return 0;
  }
  const auto surface = [path](const char* types, bool all) {
    return [path, types, all] {
      kapi::LoadOptions options;
      options.specs = false;
      options.tables = false;
      options.types_from = types;
      options.all_types = all;
      if (kapi::load_input(path, options).types.empty()) {
        _exit(1);
      }
    };
  };
  std::printf("%-44s %10s %10s %8s %8s\n", "", "wall", "processor", "ratio", "ratio");
  const Cost base = cost_of([path] { walk_all(path); });
  print("one pass over .debug_info by libdw", base, base);
  print("syscalls and their types from DWARF", cost_of(surface("dwarf", false)), base);
  print("all types from DWARF", cost_of(surface("dwarf", true)), base);
  print("syscalls and their types from BTF", cost_of(surface("btf", false)), base);
  return 0;
}

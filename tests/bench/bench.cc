// SPDX-License-Identifier: GPL-2.0-only
// What a run costs beside its floor: touching once the bytes that have to be looked at (symbols,
// strings, BTF). Each figure is the median of several runs on a file in the page cache, each run in
// a process of its own so that its peak memory is its own.
//
//   bench OLD [NEW]
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "kapi/diff.h"
#include "kapi/image.h"
#include "kapi/source.h"

namespace {

kapi::LoadOptions only(bool kapi::LoadOptions::*fact) {
  kapi::LoadOptions options;
  options.specs = options.syscalls = options.types = options.tables = false;
  options.*fact = true;
  return options;
}

constexpr int kRuns = 9;

struct Cost {
  double milliseconds = 0;
  double megabytes = 0;  // peak resident, shared file pages included
};

Cost run_once(const std::function<void()>& work) {
  int channel[2];
  if (pipe(channel) != 0) {
    std::exit(1);
  }
  const pid_t child = fork();
  if (child == 0) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - begin;
    const double milliseconds = taken.count();
    const bool sent = write(channel[1], &milliseconds, sizeof milliseconds) == sizeof milliseconds;
    _exit(sent ? 0 : 1);
  }
  close(channel[1]);
  Cost cost;
  const bool received =
      read(channel[0], &cost.milliseconds, sizeof cost.milliseconds) == sizeof cost.milliseconds;
  close(channel[0]);
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) != child || status != 0 || !received) {
    std::fprintf(stderr, "bench: a run failed\n");
    std::exit(1);
  }
  cost.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  return cost;
}

Cost median(const std::function<void()>& work) {
  run_once(work);  // fills the page cache
  std::vector<Cost> costs;
  for (int i = 0; i < kRuns; i++) {
    costs.push_back(run_once(work));
  }
  std::sort(costs.begin(), costs.end(),
            [](const Cost& a, const Cost& b) { return a.milliseconds < b.milliseconds; });
  return costs[kRuns / 2];
}

// Sums the bytes that any reader of symbols and types has to look at.
uint64_t touch(const std::string& path) {
  const auto image = kapi::Image::open(path);
  uint64_t sum = 0;
  for (const char* name : {".symtab", ".strtab", ".BTF"}) {
    if (const auto* section = image->section(name)) {
      for (const auto byte : image->contents(*section).span()) {
        sum += static_cast<uint64_t>(byte);
      }
    }
  }
  return sum;
}

void row(const char* what, const Cost& cost, const Cost& floor) {
  std::printf("  %-28s %8.1f ms  %5.1f x floor  %6.1f MB\n", what, cost.milliseconds,
              cost.milliseconds / floor.milliseconds, cost.megabytes);
}

void extract_rows(const std::string& path) {
  std::printf("%s\n", path.c_str());
  const Cost floor = median([&] {
    volatile uint64_t sink = touch(path);
    (void)sink;
  });
  row("floor", floor, floor);
  const auto extract = [&](const char* what, bool kapi::LoadOptions::*fact) {
    row(what, median([&] { kapi::load_input(path, only(fact)); }), floor);
  };
  extract("extract specs", &kapi::LoadOptions::specs);
  extract("extract syscalls", &kapi::LoadOptions::syscalls);
  extract("extract types", &kapi::LoadOptions::types);
  extract("extract tables", &kapi::LoadOptions::tables);
  row("extract all", median([&] { kapi::load_input(path, {}); }), floor);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "usage: bench OLD [NEW]\n");
    return 2;
  }
  for (int i = 1; i < argc; i++) {
    extract_rows(argv[i]);
  }
  if (argc == 3) {
    const Cost floor = median([&] {
      volatile uint64_t sink = touch(argv[1]) + touch(argv[2]);
      (void)sink;
    });
    std::printf("both\n");
    row("floor", floor, floor);
    row("diff", median([&] {
          kapi::compare(kapi::load_input(argv[1], {}), kapi::load_input(argv[2], {}));
        }),
        floor);
  }
  return 0;
}

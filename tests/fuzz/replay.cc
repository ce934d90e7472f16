// SPDX-License-Identifier: GPL-2.0-only
// Runs a fuzz target over files: each whole, and each cut short at a few places, since truncation
// is the malformation that real life brings.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr size_t kMaxSize = size_t{4} << 20;
constexpr int kCuts = 16;

// Runs a copy in a block of exactly its size, so that a sanitizer sees the first byte past the end.
void run(const std::vector<uint8_t>& bytes, size_t size) {
  const std::vector<uint8_t> exact(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  size_t files = 0;
  for (int i = 1; i < argc; i++) {
    if (!std::filesystem::exists(argv[i])) {
      continue;  // a reader without seeds of its own
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file() || entry.file_size() > kMaxSize) {
        continue;
      }
      std::ifstream in(entry.path(), std::ios::binary);
      const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
      for (int cut = 0; cut <= kCuts; cut++) {
        run(bytes, bytes.size() * static_cast<size_t>(cut) / kCuts);
      }
      files++;
    }
  }
  std::printf("%zu files replayed\n", files);
  return files == 0 ? 1 : 0;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "source/modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "kapi/spec.h"
#include "source/btf_base.h"
#include "source/file_tree.h"

namespace kapi {
namespace {

constexpr std::string_view kSuffix = ".ko";
constexpr unsigned kMaxThreads = 4;  // each holds an unpacked module

// What came of one module: nothing worth keeping, for most.
struct Reading {
  bool read = false;
  bool has_specs = false;
  Corpus specs;
  std::vector<Diagnostic> diagnostics;
};

Diagnostic unreadable(const std::string& path, std::string reason) {
  return {Level::error,
          "module-unreadable",
          module_name(path),
          fmt::format("{}: {}", to_utf8(path), reason),
          "",
          std::nullopt};
}

Reading read_module(const ModuleFile& file, const KernelOfModules& kernel) {
  Reading reading;
  try {
    const auto image = file.open();
    const std::string release = release_of_module(*image);
    if (name(image->arch()) != kernel.architecture) {
      reading.diagnostics.push_back(unreadable(
          file.path,
          fmt::format("is of {}, the kernel of {}", name(image->arch()), kernel.architecture)));
      return reading;
    }
    if (!release.empty() && !kernel.release.empty() && release != kernel.release) {
      reading.diagnostics.push_back(unreadable(
          file.path,
          fmt::format("was built for the kernel {}, and this is {}", release, kernel.release)));
      return reading;
    }
    reading.read = true;
    if (image->section(".kapi_specs") == nullptr) {
      return reading;
    }
    reading.has_specs = true;
    reading.diagnostics = image->diagnostics();
    const auto types = open_types(image, reading.diagnostics,
                                  {kernel.btf_base ? kernel.btf_base() : nullptr, nullptr});
    read_specs(image, *types, reading.specs);
    auto& noticed = reading.specs.diagnostics;
    std::move(noticed.begin(), noticed.end(), std::back_inserter(reading.diagnostics));
  } catch (const InputError& error) {
    reading.read = false;
    reading.diagnostics.push_back(unreadable(file.path, error.reason()));
  }
  return reading;
}

// Merges readings in order, so that the same modules give the same corpus.
class Merger {
 public:
  explicit Merger(Corpus& corpus) : corpus_(corpus) {
    for (const Api& api : corpus.apis) {
      names_.insert(api.name);
    }
  }

  void add(const std::string& path, Reading reading) {
    const std::string module = module_name(path);
    total_++;
    read_ += reading.read ? 1 : 0;
    for (Diagnostic& diagnostic : reading.diagnostics) {
      if (diagnostic.code != "module-unreadable") {
        diagnostic.message = fmt::format("module {}: {}", module, diagnostic.message);
      }
      corpus_.diagnostics.push_back(std::move(diagnostic));
    }
    if (!reading.has_specs || !reading.read) {
      return;
    }
    with_specs_++;
    add_specs(module, reading.specs);
  }

  void tell() {
    corpus_.coverage.push_back(
        {"modules",
         read_ == total_ ? "complete"
         : read_ == 0    ? "unread"
                         : "partial",
         read_, total_,
         fmt::format("{} of {} modules, {} with specs", read_, total_, with_specs_)});
    const auto row = std::find_if(corpus_.coverage.begin(), corpus_.coverage.end(),
                                  [](const Coverage& c) { return c.fact == "specs"; });
    if (row != corpus_.coverage.end()) {
      tell_specs(*row);
    }
  }

 private:
  void add_specs(const std::string& module, Corpus& specs) {
    for (Api& api : specs.apis) {
      if (!names_.insert(api.name).second) {
        corpus_.diagnostics.push_back(
            {Level::error, "duplicate-api", api.name,
             fmt::format("module {}: a second spec is called {}", module, api.name), "",
             std::nullopt});
      }
      corpus_.apis.push_back(std::move(api));
    }
    for (Origin& origin : specs.source.origins) {
      origin.module = module;
      corpus_.source.origins.push_back(std::move(origin));
    }
    if (corpus_.source.spec_layout.empty()) {
      corpus_.source.spec_section = specs.source.spec_section;
      corpus_.source.spec_layout = specs.source.spec_layout;
      corpus_.source.spec_evidence = specs.source.spec_evidence;
    }
    for (const Coverage& row : specs.coverage) {
      specs_read_ += row.read;
      specs_total_ += row.total;
      whole_ = whole_ && row.state == "complete";
    }
  }

  // A kernel that has no specs of its own has none but those of its modules.
  void tell_specs(Coverage& row) const {
    const bool all = whole_ && read_ == total_;
    if (specs_total_ == 0 && all) {
      return;
    }
    row.read += specs_read_;
    row.total += specs_total_;
    const bool kernel_whole = row.state == "complete" || row.state == "absent";
    row.state = kernel_whole && all ? "complete" : row.read == 0 ? "unread" : "partial";
    row.detail += fmt::format("; {} of modules", specs_read_);
    if (!all) {
      row.detail +=
          read_ == total_ ? ", not all of which were read" : ", some of which were not read";
    }
  }

  Corpus& corpus_;
  std::set<std::string, std::less<>> names_;
  uint64_t total_ = 0;
  uint64_t read_ = 0;
  uint64_t with_specs_ = 0;
  uint64_t specs_read_ = 0;
  uint64_t specs_total_ = 0;
  bool whole_ = true;
};

}  // namespace

bool is_module_file(std::string_view name) {
  for (const std::string_view packed : {"", ".xz", ".zst", ".gz", ".bz2", ".lzma"}) {
    if (name.size() > kSuffix.size() + packed.size() && name.ends_with(packed) &&
        name.substr(0, name.size() - packed.size()).ends_with(kSuffix)) {
      return true;
    }
  }
  return false;
}

std::string module_name(std::string_view path) {
  std::string name(path.substr(path.rfind('/') + 1));
  name.resize(std::min(name.rfind(kSuffix), name.size()));
  std::replace(name.begin(), name.end(), '-', '_');
  return to_utf8(name);
}

std::vector<ModuleFile> modules_below(const std::string& folder,
                                      std::vector<Diagnostic>& diagnostics) {
  std::vector<ModuleFile> files;
  for (std::string& path : files_below(folder, is_module_file, diagnostics)) {
    std::string whole = fmt::format("{}/{}", folder, path);
    files.push_back({std::move(path), [whole = std::move(whole)] { return Image::open(whole); }});
  }
  return files;
}

class ModuleReader::Work {
 public:
  explicit Work(KernelOfModules kernel) : kernel_(std::move(kernel)) {
    kernel_.btf_base = [this, find = std::move(kernel_.btf_base)] {
      std::call_once(base_once_, [&] { base_ = find ? find() : nullptr; });
      return base_;
    };
    const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, kMaxThreads);
    for (unsigned i = 0; i < count; i++) {
      threads_.emplace_back([this] { run(); });
    }
  }
  ~Work() { stop(); }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  void add(ModuleFile file) {
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [this] { return waiting_.size() < threads_.size(); });
    waiting_.push_back(std::move(file));
    added_.notify_one();
  }

  // By path, whatever the order in which they were done.
  std::map<std::string, Reading> finish() {
    stop();
    return std::move(readings_);
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      added_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) {
        return;
      }
      const ModuleFile file = std::move(waiting_.front());
      waiting_.pop_front();
      taken_.notify_one();
      lock.unlock();
      Reading reading = read_module(file, kernel_);
      lock.lock();
      readings_[file.path] = std::move(reading);
    }
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    added_.notify_all();
    for (auto& thread : threads_) {
      thread.join();
    }
    threads_.clear();
  }

  KernelOfModules kernel_;
  std::once_flag base_once_;
  std::shared_ptr<const BtfBase> base_;
  std::mutex mutex_;
  std::condition_variable added_;
  std::condition_variable taken_;
  std::deque<ModuleFile> waiting_;
  bool ended_ = false;
  std::map<std::string, Reading> readings_;
  std::vector<std::thread> threads_;  // the last: they use the rest
};

ModuleReader::ModuleReader(KernelOfModules kernel)
    : work_(std::make_unique<Work>(std::move(kernel))) {}
ModuleReader::~ModuleReader() = default;

void ModuleReader::add(ModuleFile file) { work_->add(std::move(file)); }

void ModuleReader::finish(Corpus& corpus) {
  Merger merger(corpus);
  for (auto& [path, reading] : work_->finish()) {
    merger.add(path, std::move(reading));
  }
  merger.tell();
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// The modules of a kernel, read into its corpus.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

struct ModuleFile {
  std::string path;  // below the folder or in the package: "kernel/fs/xfs/xfs.ko.xz"
  // Opens it, unpacked; throws InputError. May be called from any thread.
  std::function<std::shared_ptr<const Image>()> open;
};

// Whether a file is called like a module, packed or not: x.ko, x.ko.xz.
bool is_module_file(std::string_view name);
// "xfs" of "kernel/fs/xfs/xfs.ko.xz", as the kernel calls it.
std::string module_name(std::string_view path);

// The modules below a folder, in order of their paths. What cannot be looked into is a diagnostic;
// throws InputError if the folder itself cannot be.
std::vector<ModuleFile> modules_below(const std::string& folder,
                                      std::vector<Diagnostic>& diagnostics);

// What modules need of their kernel.
struct KernelOfModules {
  std::string release;  // empty if it is not known
  std::string architecture;
  std::function<std::shared_ptr<const BtfBase>()> btf_base;  // null if it has none; asked once
};

// Reads modules while they are handed over, in several threads, each one module at a time; what
// comes of it does not depend on their number. A module without specs costs its headers (and its
// unpacking), one of another kernel is not read.
class ModuleReader {
 public:
  explicit ModuleReader(KernelOfModules kernel);
  ~ModuleReader();
  ModuleReader(const ModuleReader&) = delete;
  ModuleReader& operator=(const ModuleReader&) = delete;

  // Blocks while as many modules wait as there are threads.
  void add(ModuleFile file);

  // Adds the specs of all to the corpus of their kernel, whose own have been read: the APIs with
  // their origins, the coverage ("modules", and of all together "specs") and diagnostics. The last
  // call.
  void finish(Corpus& corpus);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace kapi

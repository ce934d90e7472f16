// SPDX-License-Identifier: GPL-2.0-only
// The separate debug file of an image that lacks symbols or types.
//
// A file counts only if its build id is the image's or, where the image has none, its CRC-32 is
// that of .gnu_debuglink: a debug file of another build is worse than none. Places, in this order,
// each below every folder of --debug-dir, then below /usr/lib/debug:
//
//   .build-id/ab/cdef….debug                             as distributions install them
//   boot/vmlinux-RELEASE, lib/modules/RELEASE/vmlinux    of a kernel
//   lib/modules/RELEASE/kernel/….ko, ….ko.debug          of a module
//   the name in .gnu_debuglink                           also beside the image and in .debug there
//
// and at last debuginfod, if DEBUGINFOD_URLS is set.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kapi/image.h"
#include "kapi/source.h"

namespace kapi {

class DebugFiles {
 public:
  // `file` is where the image lies on disk, also if it was unpacked; `release` its kernel's, if
  // that is known. All must outlive it but the strings. Nothing is looked for before find().
  DebugFiles(const Image& image, std::string file, std::string release, const LoadOptions& options,
             std::vector<Diagnostic>& diagnostics);

  // The debug file; null if there is none. Looks once. What was met and is of another build is a
  // diagnostic.
  std::shared_ptr<const Image> find();

  // Without its folder; empty if none was found or looked for.
  const std::string& name() const { return name_; }
  // Where it was looked for in vain: "no debug file with build id … was found in …"; else empty.
  std::string obstacle() const;

 private:
  std::shared_ptr<const Image> search();
  std::shared_ptr<const Image> by_build_id();
  std::shared_ptr<const Image> by_release();
  std::shared_ptr<const Image> by_link();
  std::shared_ptr<const Image> by_debuginfod();
  // The file if it is there and is the image's.
  std::shared_ptr<const Image> candidate(const std::string& path, std::optional<uint32_t> crc);
  std::shared_ptr<const Image> first_of(const std::vector<std::string>& paths);
  void reject(const std::string& path, std::string why);

  const Image& image_;
  std::string file_;
  std::string release_;
  std::string build_id_;
  std::vector<std::string> folders_;
  std::vector<Diagnostic>& diagnostics_;
  bool searched_ = false;
  std::shared_ptr<const Image> found_;
  std::string name_;
  std::string server_;  // what came of asking debuginfod
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Packages of distributions, and tars: the kernel image in them.
#include <filesystem>

#include "kapi/image.h"
#include "kapi/unpack.h"
#include "source/kernel_image.h"
#include "source/kind.h"
#include "source/member_name.h"
#include "source/package_kernel.h"

namespace kapi {
namespace {

Cursor cursor_of(const MappedFile& map, const std::string& path) {
  return {map.bytes(), path, "", 0, Endian::little};
}

// The head alone is too little to tell a packed tar by.
bool probe(const Candidate& candidate) {
  const Cursor head(candidate.head, candidate.path, "", 0, Endian::little);
  if (candidate.is_folder || !packing_at(head)) {
    return !candidate.is_folder && Package::is_package(head);
  }
  const MappedFile map(candidate.path);
  return Package::is_package(cursor_of(map, candidate.path));
}

Corpus load(const std::string& path, const LoadOptions& options) {
  const InputName name = split_input_name(path);
  std::vector<Diagnostic> diagnostics;
  std::string label;
  std::shared_ptr<const Image> image;
  {
    const MappedFile map(name.file);
    PackagedKernel kernel =
        find_packaged_kernel(cursor_of(map, name.file), name.member, diagnostics);
    label = name.file + ":" + kernel.path;
    image = Image::from_bytes(std::move(kernel.bytes), label);
  }
  Corpus corpus = load_kernel(image, options, name.file);
  // Which of the package's files it is says more than the file's own name.
  const size_t folder = name.file.rfind('/');
  corpus.source.file = to_utf8(folder == name.file.npos ? label : label.substr(folder + 1));
  corpus.diagnostics.insert(corpus.diagnostics.end(), diagnostics.begin(), diagnostics.end());
  return corpus;
}

}  // namespace

extern const InputKindEntry kind_package;
const InputKindEntry kind_package = {
    "package",
    ".deb, .ddeb, .rpm or tar with a kernel image in it, or PACKAGE:PATH for one of its files",
    probe, false, load};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// source: names an input, finds out what it is, loads it into a Corpus.
//
//   Corpus corpus = load_input("vmlinux", {.specs = true, .syscalls = true});
//
// An input kind is one file in src/source/kinds/: a probe and a loader.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model.h"

namespace kapi {

class Constants;

struct LoadOptions {
  // What to read; what is not asked for is not touched and is stated as `not_asked`.
  bool specs = true;
  bool syscalls = true;
  bool types = true;   // layouts and enumerators in the scope of userspace
  bool tables = true;  // files below /proc/sys and of control groups
  // What the machine code of syscalls accepts: seconds, where all else takes a part of one.
  bool code = false;
  // Every type the image describes, whether or not userspace reaches it.
  bool all_types = false;
  // What is no stable ABI but BPF programs build on: tracepoints and kfuncs.
  bool bpf = false;
  // Where types come from: "btf", "dwarf"; empty: BTF, and DWARF for what it lacks.
  std::string types_from;
  // What a folder or a text file is ("source", "debugfs"); empty: find out. A file that says itself
  // what it is (ELF, BTF, a stored corpus) is always taken at its word.
  std::string kind;
  // Folders of installed headers: their constants, and the types they declare, are part of the
  // surface, and a source text may use them. And an image whose enumerators it may use.
  std::vector<std::string> uapi;
  std::string constants;
  // What those two hold: read by load_input, for the loaders of all kinds of input.
  std::shared_ptr<const Constants> names;
  // The .config the kernel was built with, for an input that does not carry it. It stands over one
  // that does.
  std::string config;
  // Folders with separate debug files, in the order they are searched; and whether /usr/lib/debug
  // is searched after them.
  std::vector<std::string> debug_dirs;
  bool system_debug_dir = true;
  // Each a vmlinux, packed or not, or raw BTF, that the BTF of a module continues; that of the
  // module's release is taken.
  std::vector<std::string> btf_bases;
  // A folder of modules to read with the kernel, or kModulesOfPackage; empty: none.
  std::string modules;
};
// LoadOptions::modules: those that lie in the package with the kernel.
inline constexpr std::string_view kModulesOfPackage = "package";

struct InputKind {
  std::string_view name;     // "elf"
  std::string_view summary;  // "vmlinux or module, an ELF file"
};
// The kinds of input that can be loaded, in the order they are probed.
std::vector<InputKind> input_kinds();
// Those that LoadOptions::kind may name.
std::vector<InputKind> requestable_kinds();

// Loads a file into a canonical corpus. Throws InputError if it is of no known kind or is malformed
// as a whole; what could not be read of a sound input is in the corpus's coverage and diagnostics.
Corpus load_input(const std::string& path, const LoadOptions& options);

// The lines of a .config (as it is, or packed by gzip) that set something, as Source::config has
// them. A line that cannot be read is a diagnostic. Throws InputError if it is no .config: gzip
// data that cannot be unpacked, or a text with no more sound lines than others.
std::vector<std::string> read_config(std::string_view bytes, const std::string& file,
                                     std::vector<Diagnostic>& diagnostics);

}  // namespace kapi

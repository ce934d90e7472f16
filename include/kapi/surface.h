// SPDX-License-Identifier: GPL-2.0-only
// surface: what an image exposes to userspace whether or not anyone declared it.
//
//   auto types = open_types(image, corpus.diagnostics);
//   SyscallTypes arguments = read_syscalls(image, *types, "", corpus);
//   read_layouts(arguments, {}, corpus);            // structs and unions, enumerators
//
// Syscall tables (sys_call_table and those of other ABIs), the argument names and C types of the
// syscall metadata that kernels with CONFIG_FTRACE_SYSCALLS carry between __start_syscalls_metadata
// and __stop_syscalls_metadata, the functions that implement syscalls as BTF and DWARF describe
// them, and the types that their arguments lead to.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"
#include "kapi/types/exact.h"

namespace kapi {

// The types of arguments, each with the syscall it is of, where they were read from BTF or DWARF.
// Not to be used after the TypeReader.
struct SyscallTypes {
  struct Argument {
    std::string syscall;
    TypeId type = 0;
    bool compat = false;  // of a call whose arguments are those of another ABI
  };
  struct Source {
    std::shared_ptr<ExactTypes> types;
    std::vector<Argument> arguments;
  };
  // The first is where types that are known by name only are looked for. Empty if the image
  // describes no types.
  std::vector<Source> sources;
  // Whether there is no syscall of the kernel's own ABIs, or none whose arguments are those of
  // another, that has no signature.
  bool all_native = true;
  bool all_compat = true;
};

// Adds to the corpus the implemented syscalls of every table the image has, with coverage
// ("syscalls/<abi>" and "signatures/<abi>") and diagnostics. An entry that leads to sys_ni_syscall,
// or to the weak stub that COND_SYSCALL leaves when nothing implements the call, is not
// implemented.
//
// Signatures are from the metadata, and what that does not hold from BTF; from DWARF only if the
// image has no metadata at all, since that takes longer. `types_from` "btf": never from DWARF;
// "dwarf": from DWARF first, and from metadata what that does not hold.
SyscallTypes read_syscalls(const std::shared_ptr<const Image>& image, TypeReader& types,
                           const std::string& types_from, Corpus& corpus);

// What counts as a type that userspace sees besides those that syscall arguments lead to and those
// that the specs of the corpus name.
struct TypeScope {
  std::vector<TypeName> named;           // that installed headers declare
  std::vector<std::string> enumerators;  // of enumerations without a name, that headers declare
  bool all = false;                      // every type of the image
};

// Adds layouts (Corpus::types) and the enumerators of the enumerations among them
// (Corpus::constants), with the coverage "types" and "enumerators". What an argument leads to: the
// type itself, what it holds by value, and what is behind its pointers, through typedefs and
// arrays; not functions, and not what is the kernel's own (see src/surface/internal_types.h), which
// stands behind pointers that userspace cannot follow.
void read_layouts(SyscallTypes& types, const TypeScope& scope, Corpus& corpus);

}  // namespace kapi

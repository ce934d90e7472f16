// SPDX-License-Identifier: GPL-2.0-only
// Where a corpus comes from, and how much of what the input holds was read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model/signature.h"

namespace kapi {

// Where one subject was read.
struct Origin {
  std::string subject;  // "sys_open"
  std::string module;   // "xfs"; empty for what the input itself holds
  std::string symbol;
  std::string section;
  std::optional<Bits> address;
  std::optional<Bits> offset;  // bytes from the start of the file

  bool operator==(const Origin&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("subject", self.subject);
    visit("module", self.module);
    visit("symbol", self.symbol);
    visit("section", self.section);
    visit("address", self.address);
    visit("offset", self.offset);
  }
};

struct Source {
  std::string kind;    // "elf", "btf", "source", "debugfs"
  std::string file;    // without its folder
  std::string format;  // ET_EXEC, ET_DYN, ET_REL, BTF
  std::string architecture;
  uint64_t bits = 0;
  std::string endianness;  // little, big
  std::string release;     // "6.12.117+deb12-cloud-amd64"
  std::string banner;
  std::string build_id;
  std::string compiler;
  // How the file holds the image, outermost first: "bzImage", "xz". Empty for a plain ELF file.
  std::vector<std::string> wrapping;
  std::string symbols_from;                // .symtab, kallsyms
  std::string debug_file;                  // a separate file with symbols or types, without folder
  std::string types_from;                  // BTF, DWARF
  std::string spec_section;                // where the spec array was found, and by what
  std::string spec_layout;                 // BTF, DWARF, or the revision whose table was used
  std::vector<std::string> spec_evidence;  // why that layout
  std::vector<Origin> origins;             // sorted by subject
  // Members that inputs of this form cannot say, from the API down: "params.constraint_text". What
  // is absent there may still hold in the kernel. Sorted.
  std::vector<std::string> omits;
  // The kernel's configuration, if the image embeds it or it was given: lines of a .config that set
  // something, "CONFIG_AIO=y". Sorted.
  std::vector<std::string> config;

  bool operator==(const Source&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("file", self.file);
    visit("format", self.format);
    visit("architecture", self.architecture);
    visit("bits", self.bits);
    visit("endianness", self.endianness);
    visit("release", self.release);
    visit("banner", self.banner);
    visit("build_id", self.build_id);
    visit("compiler", self.compiler);
    visit("wrapping", self.wrapping);
    visit("symbols_from", self.symbols_from);
    visit("debug_file", self.debug_file);
    visit("types_from", self.types_from);
    visit("spec_section", self.spec_section);
    visit("spec_layout", self.spec_layout);
    visit("spec_evidence", self.spec_evidence);
    visit("origins", self.origins);
    visit("omits", self.omits);
    visit("config", self.config);
  }
};

// How much of one kind of fact was read. States:
//   complete     everything the input holds of it; what is missing does not exist
//   partial      some could not be read (diagnostics say what); what is missing may exist
//   absent       the input holds none of it (no spec section), so nothing can be concluded
//   unlisted     the kernel has it, and the input holds no list of it (syscalls dispatched by
//   code), so
//                nothing can be concluded of what it is made of
//   unread       it is there, or may be, and could not be read; nothing can be concluded
//   not_asked    the caller did not ask for it
struct Coverage {
  // "specs", "syscalls/x86_64", "signatures/x86_64", "types", "enumerators", "constants",
  // "sysctls", "cgroup_files", "tracepoints", "kfuncs", "modules"
  std::string fact;
  std::string state;
  uint64_t read = 0;
  uint64_t total = 0;
  std::string detail;

  bool operator==(const Coverage&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("fact", self.fact);
    visit("state", self.state);
    visit("read", self.read);
    visit("total", self.total);
    visit("detail", self.detail);
  }
};

}  // namespace kapi

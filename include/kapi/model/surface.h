// SPDX-License-Identifier: GPL-2.0-only
// What an image exposes to userspace whether or not anyone declared it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/model/signature.h"

namespace kapi {

// One implemented entry of a syscall table.
struct Syscall {
  std::string name;  // the entry without its prefix: "openat" of __x64_sys_openat
  std::string abi;   // x86_64, ia32, x32, arm64, …
  uint64_t number = 0;
  std::string entry;           // the symbol in the table
  std::string signature_from;  // DWARF, metadata, BTF; empty: the signature is not known
  std::vector<Param> params;
  std::optional<Return> return_;

  bool has_signature() const { return !signature_from.empty(); }

  bool operator==(const Syscall&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("abi", self.abi);
    visit("number", self.number);
    visit("entry", self.entry);
    visit("signature_from", self.signature_from);
    visit("params", self.params);
    visit("return", self.return_);
  }
};

// A name that userspace has for a number: an enumerator, or an object-like macro of an installed
// header.
struct Constant {
  std::string name;         // "O_NOATIME"
  std::string enumeration;  // the tag of the enumeration, or its typedef; empty: a macro, or an
                            // enumerator of an anonymous enumeration
  std::string header;       // "linux/fcntl.h"; empty if it is not from a header
  // The bit pattern, if it is unsigned. Absent: the name is there, and what it stands for cannot be
  // told (a header gives it several values under conditions, or no integer).
  std::optional<int64_t> value;

  bool operator==(const Constant&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("enumeration", self.enumeration);
    visit("header", self.header);
    visit("value", self.value);
  }
};

// A file below /proc/sys: one entry of a struct ctl_table array.
struct Sysctl {
  std::string name;              // of the file: "pid_max"
  std::string path;              // of its folder below /proc/sys, where known: "kernel"
  std::string table;             // symbol of the array: "pid_ctl_table"
  std::string mode;              // octal: "0644"
  std::string handler;           // "proc_dointvec_minmax"
  std::optional<uint64_t> size;  // bytes of data

  bool operator==(const Sysctl&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("path", self.path);
    visit("table", self.table);
    visit("mode", self.mode);
    visit("handler", self.handler);
    visit("size", self.size);
  }
};

// A file of a control group: one entry of a struct cftype array.
struct CgroupFile {
  std::string name;                 // with its controller where the table names it: "memory.max"
  std::string hierarchy;            // v1, v2; empty: both, or unknown
  std::string table;                // symbol of the array
  std::vector<std::string> access;  // read, write
  std::vector<std::string> flags;   // not_on_root, only_on_root, ns_delegatable, debug, …

  bool operator==(const CgroupFile&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("hierarchy", self.hierarchy);
    visit("table", self.table);
    visit("access", self.access);
    visit("flags", self.flags);
  }
};

// A tracepoint and the fields of its record, as a tracing program sees them. No stable ABI.
struct Tracepoint {
  std::string name;    // "sched_switch"
  std::string system;  // "sched", where known
  std::vector<Field> fields;

  bool operator==(const Tracepoint&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("system", self.system);
    visit("fields", self.fields);
  }
};

// A kernel function that BPF programs may call. No stable ABI.
struct Kfunc {
  std::string name;
  std::vector<std::string> flags;  // acquire, release, ret_null, trusted_args, sleepable, …
  std::vector<Param> params;
  std::optional<Return> return_;

  bool operator==(const Kfunc&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("flags", self.flags);
    visit("params", self.params);
    visit("return", self.return_);
  }
};

}  // namespace kapi

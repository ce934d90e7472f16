// SPDX-License-Identifier: GPL-2.0-only
// Corpora to compare: one with every member of every element set, and what tests say about reports.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "kapi/diff.h"

namespace kapi::testing {

inline Coverage complete(const std::string& fact) { return {fact, "complete", 1, 1, ""}; }

inline Param full_param(const std::string& name) {
  Param param;
  param.name = name;
  param.type_name = "unsigned int " + name;
  param.type = "uint";
  param.flags = {"in", "user"};
  param.constraint = Constraint{"mask", {}, {}, Bits{0x7}, {}, {}, {}};
  param.size = 16;
  param.alignment = 8;
  param.size_param = 1;
  param.size_multiplier = 4;
  param.description = "What " + name + " is for.";
  param.constraint_text = "in words";
  param.sysfs_path = "/sys/block/<disk>/size";
  param.sysfs_permissions = "0644";
  param.default_value = "128";
  param.units = "kilobytes";
  param.step = 4;
  param.allowed_strings = {"off", "on"};
  return param;
}

inline Field full_field(const std::string& name, uint64_t offset) {
  Field field;
  field.name = name;
  field.type = "uint";
  field.type_name = "__u32 " + name;
  field.offset = offset;
  field.size = 4;
  field.flags = {"in"};
  field.constraint = Constraint{"range", 1, 10, {}, {}, {}, {}};
  field.enum_values = "IDLE,BUSY";
  field.description = "A field.";
  return field;
}

inline Signal full_signal(const std::string& name) {
  Signal signal;
  signal.name = name;
  signal.number = 9;
  signal.direction = {"receive"};
  signal.action = "return";
  signal.target = "caller";
  signal.condition = "while it waits";
  signal.description = "Interrupts it.";
  signal.timing = "during";
  signal.priority = 2;
  signal.restartable = true;
  signal.interruptible = true;
  signal.error = -4;
  signal.transform_to = 15;
  signal.queue_behavior = "once";
  signal.sa_flags_required = Bits{0x10};
  signal.sa_flags_forbidden = Bits{0x20};
  signal.state_required = {"running"};
  signal.state_forbidden = {"zombie"};
  return signal;
}

inline Network full_network() {
  Network network;
  network.socket_state = SocketState{{"bound"}, {"closed"}, "listen", "not shut down", {"tcp"}};
  network.protocol_behaviors = {{{"tcp"}, "A stream.", 1, "what the flag means"}};
  network.buffer_spec = BufferSpec{{"peek"}, 1, 4096, 1024, "none", true, "short reads"};
  network.async_spec = AsyncSpec{{"nonblock"}, -11, Bits{5}, Bits{4}, "data", true, "waits"};
  network.addr_families = {
      {"AF_INET", 2, 16, 16, 16, "dotted", {"broadcast"}, "INADDR_ANY", 1, 65535}};
  network.features = {"peek"};
  network.connection_establishment = "three-way";
  network.connection_termination = "FIN";
  network.data_transfer_semantics = "ordered";
  return network;
}

// Each list has two elements, none of which equals another.
inline Api full_api(const std::string& name) {
  Api api;
  api.name = name;
  api.kind = "syscall";
  api.version = 1;
  api.description = "Does something.";
  api.long_description = "At length.";
  api.contexts = {"process", "sleepable"};
  api.params = {full_param("buf"), full_param("count")};
  api.params[1].type = "int";
  api.params[1].type_name = "int count";
  api.return_ = Return{"long", "int", "range", 0, 0, 100, {-22, -1}, "What it returns."};
  api.errors = {{"EINVAL", -22, "bad flags", "A bit is not known."},
                {"ENOENT", -2, "no file", "There is none."}};
  api.locks = {{"files_lock", "spinlock", "acquires", "Short."},
               {"mmap_lock", "semaphore", "caller_held", "Long."}};
  api.constraints = {{"limit", "count <= 4096", "A bound."}, {"order", "a < b", "An order."}};
  api.signals = {full_signal("SIGINT"), full_signal("SIGTERM")};
  api.signal_masks = {{"blocked", {1, 2}, "Blocked."}, {"ignored", {3}, "Ignored."}};
  api.structs = {
      {"how", "", 8, 4, {full_field("flags", 0), full_field("mode", 4)}, "How.", {}, ""},
      {"what", "", 8, 4, {full_field("low", 0), full_field("high", 4)}, "What.", {}, ""}};
  api.side_effects = {{{"alloc_memory"}, "memory", "always", "Allocates.", true},
                      {{"modify_state"}, "file", "if open", "Modifies.", false}};
  api.state_transitions = {{"file", "closed", "open", "on success", "Opens."},
                           {"task", "running", "sleeping", "on wait", "Sleeps."}};
  api.capabilities = {
      {"CAP_DAC_OVERRIDE", 1, "bypass_check", "any file", "checked", "on open", 1, {2}},
      {"CAP_SYS_ADMIN", 21, "perform_operation", "it", "EPERM", "first", 2, {38}}};
  api.examples = "example();";
  api.notes = "Note.";
  api.since_version = "6.1";
  api.deprecated = true;
  api.replacement = "sys_other";
  api.cmd = Bits{0xc0306201};
  api.cmd_name = "BINDER_WRITE_READ";
  api.input_size = 48;
  api.output_size = 48;
  api.file_ops_name = "binder_fops";
  api.subsystem = "block";
  api.device_type = "disk";
  api.network = full_network();
  return api;
}

inline Syscall full_syscall(const std::string& name, uint64_t number) {
  Syscall syscall;
  syscall.name = name;
  syscall.abi = "x86_64";
  syscall.number = number;
  syscall.entry = "__x64_sys_" + name;
  syscall.signature_from = "metadata";
  syscall.params = {full_param("first"), full_param("second")};
  for (Param& param : syscall.params) {
    param.type_name = "unsigned int";
    param.size = 4;
  }
  return syscall;
}

inline Source full_source() {
  Source source;
  source.architecture = "x86_64";
  source.bits = 64;
  source.endianness = "little";
  Origin origin;
  origin.subject = "sys_one";
  origin.symbol = "__kapi_spec_sys_one";
  origin.section = ".rodata";
  origin.address = Bits{0x1000};
  source.origins = {origin};
  return source;
}

inline Field layout_field(const std::string& name, uint64_t offset, uint64_t size = 4) {
  Field field;
  field.name = name;
  field.type = "uint";
  field.type_name = size == 8 ? "__u64" : size == 4 ? "__u32" : size == 2 ? "__u16" : "__u8";
  field.offset = offset;
  field.size = size;
  return field;
}

// As compiled; sized by its last field if `size` is 0.
inline Struct layout(const std::string& name, std::vector<Field> fields, uint64_t size = 0,
                     std::vector<std::string> users = {"one"}) {
  Struct type;
  type.name = name;
  type.kind = "struct";
  type.size = size != 0 ? size : fields.back().offset + fields.back().size.value_or(0);
  type.alignment = 4;
  type.fields = std::move(fields);
  type.users = std::move(users);
  return type;
}

inline Kfunc full_kfunc(const std::string& name) {
  Param task;
  task.name = "task";
  task.type_name = "struct task_struct *";
  task.type = "ptr";
  task.size = 8;
  Param flags;
  flags.name = "flags";
  flags.type_name = "u64";
  flags.type = "uint";
  flags.size = 8;
  Return result;
  result.type_name = "int";
  result.type = "int";
  return {name, {"acquire", "ret_null"}, {task, flags}, result};
}

inline Corpus full_corpus() {
  Corpus corpus;
  corpus.source = full_source();
  corpus.coverage = {complete("constants"),         complete("enumerators"),
                     complete("signatures/x86_64"), complete("specs"),
                     complete("syscalls/x86_64"),   complete("types")};
  corpus.apis = {full_api("sys_one"), full_api("sys_two")};
  corpus.syscalls = {full_syscall("one", 1), full_syscall("two", 2)};
  corpus.types = {
      layout("args", {layout_field("flags", 0), layout_field("mode", 4)}),
      layout("other", {layout_field("low", 0), layout_field("high", 4)}, 0, {"one", "uapi"})};
  corpus.constants = {{"COMMAND_NEXT", "command", "", 1},
                      {"COMMAND_FIRST", "command", "", 0},
                      {"O_NOATIME", "", "linux/fcntl.h", 0x40000}};
  corpus.sysctls = {{"pid_max", "kernel", "kern_table", "0644", "proc_dointvec", 4},
                    {"swappiness", "vm", "vm_table", "0600", "proc_dointvec_minmax", 4}};
  corpus.cgroup_files = {{"memory.max", "v2", "memory_files", {"read", "write"}, {"not_on_root"}},
                         {"memory.stat", "v2", "memory_files", {"read"}, {}}};
  corpus.tracepoints = {
      {"sched_switch", "sched", {layout_field("prev_pid", 8), layout_field("next_pid", 12)}},
      {"sched_wakeup", "sched", {layout_field("pid", 8), layout_field("prio", 12)}}};
  corpus.kfuncs = {full_kfunc("bpf_one"), full_kfunc("bpf_two")};
  for (const char* fact : {"cgroup_files", "kfuncs", "sysctls", "tracepoints"}) {
    corpus.coverage.push_back(complete(fact));
  }
  canonicalise(corpus);
  return corpus;
}

inline std::set<std::string> rules_of(const Report& report) {
  std::set<std::string> ids;
  for (const Finding& finding : report.findings) {
    ids.insert(finding.rule);
  }
  return ids;
}

using Said = std::tuple<std::string, std::string, std::string, std::string>;

inline std::multiset<Said> said(const Report& report) {
  std::multiset<Said> all;
  for (const Finding& f : report.findings) {
    all.insert({f.rule, f.subject, f.before, f.after});
  }
  return all;
}

// What the comparison of the swapped sides must say.
inline std::multiset<Said> twins(const Report& report) {
  std::multiset<Said> all;
  for (const Finding& f : report.findings) {
    const auto rule = find_rule(f.rule);
    all.insert({rule ? std::string(rule->twin) : "no rule", f.subject, f.after, f.before});
  }
  return all;
}

inline const Compared* coverage_of(const Report& report, const std::string& fact) {
  for (const Compared& row : report.coverage) {
    if (row.fact == fact) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace kapi::testing

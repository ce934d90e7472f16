// SPDX-License-Identifier: GPL-2.0-only
// One source with all kinds of tables, and with what only looks like one, in the forms of real
// images.
#include "kapi/tables.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

namespace kapi {
namespace {

Corpus read(const std::string& name) {
  Corpus corpus;
  const auto image = Image::open(KAPI_FIXTURES "/tables/" + name);
  const auto types = open_types(image, corpus.diagnostics);
  read_tables(image, *types, corpus);
  read_bpf_tables(image, *types, corpus);
  canonicalise(corpus);
  return corpus;
}

template <class T>
std::set<std::string> names(const std::vector<T>& list) {
  std::set<std::string> found;
  for (const T& element : list) {
    found.insert(element.name);
  }
  return found;
}

template <class T>
const T& named(const std::vector<T>& list, const std::string& name) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const T& element) { return element.name == name; });
  REQUIRE_MESSAGE(found != list.end(), name);
  return *found;
}

using Names = std::set<std::string>;

void check_tables(const Corpus& corpus) {
  CHECK(names(corpus.sysctls) == Names{"pid_max", "core_pattern", "print-fatal-signals",
                                       "forwarding", "mc_forwarding", "overflowuid"});
  CHECK(named(corpus.sysctls, "pid_max") ==
        Sysctl{"pid_max", "", "kern_table", "0644", "proc_dointvec", 4});
  CHECK(named(corpus.sysctls, "core_pattern").size == 128);
  CHECK(named(corpus.sysctls, "core_pattern").handler == "proc_dostring");
  CHECK(named(corpus.sysctls, "print-fatal-signals").mode == "0600");
  CHECK(named(corpus.sysctls, "mc_forwarding").table == "devinet_sysctl");
  CHECK(find_coverage(corpus, "sysctls")->state == "complete");

  CHECK(names(corpus.cgroup_files) == Names{"blkio.reset_stats", "cgroup.event_control",
                                            "cgroup.procs", "memory.current",
                                            "memory.limit_in_bytes", "memory.reclaim",
                                            "memory.swap.max", "misc.peak", "pids.max"});
  CHECK(
      named(corpus.cgroup_files, "cgroup.procs") ==
      CgroupFile{"cgroup.procs", "v2", "cgroup_base_files", {"read", "write"}, {"ns_delegatable"}});
  CHECK(named(corpus.cgroup_files, "memory.current") ==
        CgroupFile{"memory.current", "v2", "memory_files", {"read"}, {"not_on_root"}});
  CHECK(named(corpus.cgroup_files, "memory.reclaim").flags ==
        std::vector<std::string>{"ns_delegatable", "unknown_0x1000"});
  CHECK(named(corpus.cgroup_files, "cgroup.event_control").hierarchy == "v1");
  CHECK(named(corpus.cgroup_files, "memory.swap.max").hierarchy == "v2");
  CHECK(named(corpus.cgroup_files, "misc.peak").hierarchy.empty());
  // One array for both hierarchies is two files.
  CHECK(std::count_if(corpus.cgroup_files.begin(), corpus.cgroup_files.end(),
                      [](const CgroupFile& file) { return file.name == "pids.max"; }) == 2);
  const Coverage* files = find_coverage(corpus, "cgroup_files");
  CHECK(files->state == "complete");
  CHECK(files->detail.find("hugetlb_dfl_tmpl") != std::string::npos);
}

void check_tracepoints(const Corpus& corpus) {
  CHECK(names(corpus.tracepoints) ==
        Names{"bprint", "pelt_cfs_tp", "sched_wakeup", "sched_wakeup_new"});
  CHECK(named(corpus.tracepoints, "bprint").system == "ftrace");
  CHECK(named(corpus.tracepoints, "pelt_cfs_tp") == Tracepoint{"pelt_cfs_tp", "", {}});
  const Tracepoint& wakeup = named(corpus.tracepoints, "sched_wakeup");
  CHECK(wakeup.system == "sched");
  CHECK(wakeup.fields == named(corpus.tracepoints, "sched_wakeup_new").fields);
  CHECK(find_coverage(corpus, "tracepoints")->state == "complete");
  CHECK(find_coverage(corpus, "tracepoints")->detail.find("1 events of syscalls") !=
        std::string::npos);
}

TEST_CASE("the tables of images of every form") {
  for (const char* name : {"exec", "pie", "i386", "s390x", "dwarf"}) {
    CAPTURE(name);
    const Corpus corpus = read(name);
    CHECK(corpus.diagnostics.empty());
    check_tables(corpus);
    check_tracepoints(corpus);
  }
}

// As struct trace_event_raw_sched_template is laid out behind struct trace_entry.
TEST_CASE("fields have the places of the record") {
  const auto field = [](const char* name, const char* type, const char* type_name, uint64_t offset,
                        uint64_t size) {
    Field made;
    made.name = name;
    made.type = type;
    made.type_name = type_name;
    made.offset = offset;
    made.size = size;
    return made;
  };
  CHECK(named(read("exec").tracepoints, "sched_wakeup").fields ==
        std::vector<Field>{field("comm", "array", "char[16]", 8, 16),
                           field("prio", "uint", "u8", 24, 1),
                           field("runtime", "int", "long long", 32, 8),
                           field("filename", "array", "__data_loc char[]", 40, 4),
                           field("where", "ptr", "void *", 48, 8)});
}

TEST_CASE("kernel functions for BPF programs") {
  for (const char* name : {"exec", "pie", "i386", "s390x", "stripped"}) {
    CAPTURE(name);
    const Corpus corpus = read(name);
    CHECK(names(corpus.kfuncs) == Names{"bpf_task_from_pid", "bpf_task_release"});
    const Kfunc& from_pid = named(corpus.kfuncs, "bpf_task_from_pid");
    CHECK(from_pid.flags == std::vector<std::string>{"acquire", "ret_null"});
    REQUIRE(from_pid.params.size() == 1);
    CHECK(from_pid.params[0].name == "pid");
    CHECK(from_pid.params[0].type == "int");
    CHECK(from_pid.return_->type_name == "struct task_struct *");
    CHECK(named(corpus.kfuncs, "bpf_task_release").return_->type == "void");
    CHECK(find_coverage(corpus, "kfuncs")->state == "complete");
  }
}

TEST_CASE("an image without BTF names no function, one without symbols no table") {
  CHECK(find_coverage(read("dwarf"), "kfuncs")->state == "unread");
  const Corpus stripped = read("stripped");
  CHECK(stripped.sysctls.empty());
  CHECK(find_coverage(stripped, "sysctls")->state == "unread");
  CHECK(find_coverage(stripped, "cgroup_files")->state == "unread");
}

TEST_CASE("folders of Linux 6.1 say where files are") {
  const Corpus corpus = read("folders");
  CHECK(names(corpus.sysctls) == Names{"max", "pid_max", "queues_max"});
  CHECK(named(corpus.sysctls, "max").path == "kernel/pty");
  CHECK(named(corpus.sysctls, "pid_max").path == "kernel");
  CHECK(named(corpus.sysctls, "queues_max").path.empty());
  CHECK(find_coverage(corpus, "cgroup_files")->state == "absent");
  CHECK(find_coverage(corpus, "kfuncs")->state == "absent");
}

TEST_CASE("a module's handlers may be the kernel's") {
  const Corpus corpus = read("module");
  CHECK(names(corpus.sysctls) == Names{"tcp_slot_table_entries", "udp_slot_table_entries"});
  CHECK(named(corpus.sysctls, "tcp_slot_table_entries").handler.empty());
  CHECK(names(corpus.tracepoints) == Names{"rpc_call_status"});
}

}  // namespace
}  // namespace kapi

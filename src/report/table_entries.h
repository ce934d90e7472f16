// SPDX-License-Identifier: GPL-2.0-only
// The entries of static tables, layouts and enumerations under the names that findings use:
// "sysctl/pid_max", "cgroup/v2/memory.max", "tracepoint/sched:sched_switch",
// "kfunc/bpf_task_release", "struct/open_how", "enum/landlock_rule_type".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kapi/report.h"

namespace kapi {

std::string subject_of(const Sysctl& sysctl);
std::string subject_of(const CgroupFile& file);
std::string subject_of(const Tracepoint& tracepoint);
std::string subject_of(const Kfunc& kfunc);
std::string subject_of(const Struct& type);
std::string subject_of(const Constant& enumerator);  // of the enumeration that it is in

// "int bpf_f(struct task_struct *p)".
std::string prototype_text(const Kfunc& kfunc);

// Finds what a subject names, or what is below it; a tracepoint and a file of control groups also
// without their group. False, and nothing done, if the name is none of a table's entry.
bool find_table_entry(const Corpus& corpus, std::string_view name, Match& match);
std::vector<std::string> table_entry_names(const Corpus& corpus);

}  // namespace kapi

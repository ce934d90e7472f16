// SPDX-License-Identifier: GPL-2.0-only
// report: corpora, findings and rules as text and JSON. One format per file in src/report/formats/.
//
//   const Format* format = find_format("text");  // prints everything
//   std::string out = format->findings(compare(a, b), {.colour = true});
//
// Texts end with a newline, and are the same for the same input. What comes from an image is made
// safe for a terminal before it is part of a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kapi/diff.h"
#include "kapi/model.h"

namespace kapi {

// What a name stands for in a corpus: its spec, its entries in the syscall tables, or both; or
// entries of the static tables of one kind. Points into the corpus.
struct Match {
  std::string name;  // as it is found: "sys_openat", or "openat" where there is no spec
  const Api* api = nullptr;
  std::vector<const Syscall*> syscalls;  // by ABI and number

  std::vector<const Sysctl*> sysctls;
  std::vector<const CgroupFile*> cgroup_files;
  std::vector<const Tracepoint*> tracepoints;
  std::vector<const Kfunc*> kfuncs;
  std::vector<const Struct*> types;
  std::vector<const Constant*> enumerators;

  bool of_table() const {
    return !sysctls.empty() || !cgroup_files.empty() || !tracepoints.empty() || !kfuncs.empty() ||
           !types.empty() || !enumerators.empty();
  }
  bool found() const { return api != nullptr || !syscalls.empty() || of_table(); }
};
// Accepts "sys_openat", "openat", the symbol in the table, and the subject of a finding
// ("sys_openat/params/flags", "syscall/x86_64/openat", "sysctl/pid_max", "cgroup/v2/memory.max",
// "tracepoint/sched:sched_switch", "kfunc/bpf_task_release", "struct/open_how",
// "enum/landlock_rule_type").
Match find_subject(const Corpus& corpus, std::string_view name);
// A name for everything that find_subject finds: of APIs, and of syscalls without a spec.
std::vector<std::string> subject_names(const Corpus& corpus);
// Those of `names` that `name` may be a slip of, closest first, at most three.
std::vector<std::string> closest_names(std::string_view name, std::vector<std::string> names);

struct FormatOptions {
  bool colour = false;
  bool words = false;    // also what is hidden unless asked for: changes of wording only
  bool summary = false;  // of findings, only how many there are and what was compared
  size_t columns = 80;   // of the lines of running text
  // The least severity that fails a run, for formats that tell failed from passed; empty: none
  // does.
  std::optional<Severity> fail_on = Severity::breaking;
};

// What a format cannot print is null. Formats for programs (json, sarif, junit, gitlab) print all
// findings and ignore `summary`.
struct Format {
  std::string_view name;  // "text"
  std::string (*findings)(const Report& report, const FormatOptions& options) = nullptr;
  std::string (*list)(const Corpus& corpus, const FormatOptions& options) = nullptr;
  std::string (*subject)(const Corpus& corpus, const Match& match,
                         const FormatOptions& options) = nullptr;
  std::string (*rule_list)(const std::vector<RuleInfo>& rules,
                           const FormatOptions& options) = nullptr;
  std::string (*rule)(const RuleInfo& rule, const FormatOptions& options) = nullptr;
};
std::vector<const Format*> formats();  // in order of name
const Format* find_format(std::string_view name);

std::string_view version();  // of kapitool, as the formats state it: "0.1.0"

// JSON Schema (2020-12) of the report that the json format writes.
std::string report_json_schema();

// ---- in the shapes of the kernel's own tool ----------------------------------------------------

// What `kapi` (tools/kapi of the framework, PATCH v4) prints, for scripts that were written for it.
enum class CompatFormat { plain, json, rst };
std::string kapi_compat_list(const Corpus& corpus, CompatFormat format);
std::string kapi_compat_details(const Corpus& corpus, const Api& api, CompatFormat format);
// What it prints besides the message that there is no such API.
std::string kapi_compat_available(const Corpus& corpus);

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "report/table_entries.h"

#include <algorithm>

#include "report/layout.h"
#include "report/text.h"

namespace kapi {
namespace {

constexpr std::string_view kSysctl = "sysctl/";
constexpr std::string_view kCgroup = "cgroup/";
constexpr std::string_view kTracepoint = "tracepoint/";
constexpr std::string_view kKfunc = "kfunc/";
constexpr std::string_view kEnum = "enum/";

// Whether a name is a subject, or of something in it ("tracepoint/sched:sched_switch/fields/prio").
bool names(std::string_view name, std::string_view subject) {
  return name == subject || (name.starts_with(subject) && name[subject.size()] == '/');
}

template <class T>
void find_in(const std::vector<T>& list, std::string_view name, std::string_view prefix,
             std::vector<const T*>& found) {
  for (const T& element : list) {
    if (names(name, subject_of(element)) || names(name, std::string(prefix) + element.name)) {
      found.push_back(&element);
    }
  }
}

template <class T>
void list_in(const std::vector<T>& list, std::vector<std::string>& names) {
  for (const T& element : list) {
    names.push_back(subject_of(element));
  }
}

}  // namespace

std::string subject_of(const Sysctl& sysctl) { return std::string(kSysctl) + sysctl.name; }
std::string subject_of(const CgroupFile& file) {
  return std::string(kCgroup) + joined({file.hierarchy, file.name}, "/");
}
std::string subject_of(const Tracepoint& tracepoint) {
  return std::string(kTracepoint) + joined({tracepoint.system, tracepoint.name}, ":");
}
std::string subject_of(const Kfunc& kfunc) { return std::string(kKfunc) + kfunc.name; }

std::string subject_of(const Struct& type) { return type.kind + "/" + type.name; }
std::string subject_of(const Constant& enumerator) {
  return std::string(kEnum) + enumerator.enumeration;
}

std::string prototype_text(const Kfunc& kfunc) {
  std::vector<std::string> params;
  for (const Param& param : kfunc.params) {
    params.push_back(declaration_text(param.type_name, param.name));
  }
  return declaration_text(kfunc.return_ ? kfunc.return_->type_name : "void", kfunc.name) + "(" +
         (params.empty() ? "void" : joined(params)) + ")";
}

bool find_table_entry(const Corpus& corpus, std::string_view name, Match& match) {
  const auto is_of = [&](std::string_view prefix) { return name.starts_with(prefix); };
  if (is_of(kSysctl)) {
    find_in(corpus.sysctls, name, kSysctl, match.sysctls);
  } else if (is_of(kCgroup)) {
    find_in(corpus.cgroup_files, name, kCgroup, match.cgroup_files);
  } else if (is_of(kTracepoint)) {
    find_in(corpus.tracepoints, name, kTracepoint, match.tracepoints);
  } else if (is_of(kKfunc)) {
    find_in(corpus.kfuncs, name, kKfunc, match.kfuncs);
  } else if (is_of(kEnum)) {
    find_in(corpus.constants, name, "", match.enumerators);
  } else if (is_of("struct/") || is_of("union/") || is_of("typedef/")) {
    find_in(corpus.types, name, "", match.types);
  } else {
    return false;
  }
  match.name = !match.sysctls.empty()        ? subject_of(*match.sysctls.front())
               : !match.cgroup_files.empty() ? subject_of(*match.cgroup_files.front())
               : !match.tracepoints.empty()  ? subject_of(*match.tracepoints.front())
               : !match.kfuncs.empty()       ? subject_of(*match.kfuncs.front())
               : !match.types.empty()        ? subject_of(*match.types.front())
               : !match.enumerators.empty()  ? subject_of(*match.enumerators.front())
                                             : "";
  return true;
}

std::vector<std::string> table_entry_names(const Corpus& corpus) {
  std::vector<std::string> names;
  list_in(corpus.sysctls, names);
  list_in(corpus.cgroup_files, names);
  list_in(corpus.tracepoints, names);
  list_in(corpus.kfuncs, names);
  list_in(corpus.types, names);
  return names;
}

}  // namespace kapi

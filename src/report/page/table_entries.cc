// SPDX-License-Identifier: GPL-2.0-only
// Entries of static tables as a page: one table of facts.
#include "report/table_entries.h"

#include <fmt/format.h>

#include "report/layout.h"
#include "report/page/page.h"

namespace kapi::page {
namespace {

std::string topic_of(const Match& match) {
  return !match.sysctls.empty()        ? "file below /proc/sys"
         : !match.cgroup_files.empty() ? "file of control groups"
         : !match.tracepoints.empty()  ? "tracepoint"
         : !match.types.empty()        ? "layout"
         : !match.enumerators.empty()  ? "enumeration"
                                       : "kernel function for BPF programs";
}

Section sysctls(const Match& match) {
  Section section{.title = "Sysctl"};
  section.table = Table{{"Folder", "Mode", "Bytes", "Handler", "Table"}, {}};
  for (const Sysctl* sysctl : match.sysctls) {
    section.table->rows.push_back({sysctl->path, sysctl->mode,
                                   sysctl->size ? fmt::format("{}", *sysctl->size) : "",
                                   sysctl->handler, sysctl->table});
  }
  return section;
}

Section cgroup_files(const Match& match) {
  Section section{.title = "Control groups"};
  section.table = Table{{"File", "Hierarchy", "Access", "Flags", "Table"}, {}};
  for (const CgroupFile* file : match.cgroup_files) {
    section.table->rows.push_back(
        {file->name, file->hierarchy, joined(file->access), joined(file->flags), file->table});
  }
  return section;
}

Section record_of(const Tracepoint& tracepoint) {
  Section section{.title = tracepoint.system.empty() ? "Tracepoint" : "Record"};
  if (tracepoint.system.empty()) {
    section.prose = {"It has no trace event: programs attach to the raw tracepoint."};
  } else if (tracepoint.fields.empty()) {
    section.prose = {"Its record has no fields of its own."};
  } else {
    section.table = Table{{"Offset", "Size", "Type", "Field"}, {}};
    for (const Field& field : tracepoint.fields) {
      section.table->rows.push_back({fmt::format("{}", field.offset),
                                     fmt::format("{}", field.size.value_or(0)), field.type_name,
                                     field.name});
    }
  }
  return section;
}

Section function_of(const Kfunc& kfunc) {
  Section section{.title = "Function", .code = prototype_text(kfunc) + ";\n"};
  if (!kfunc.flags.empty()) {
    section.facts = {{"Flags", joined(kfunc.flags)}};
  }
  return section;
}

Section enumerators(const Match& match) {
  Section section{.title = "Enumerators"};
  section.table = Table{{"Name", "Value"}, {}};
  for (const Constant* enumerator : match.enumerators) {
    section.table->rows.push_back({enumerator->name, enumerator->value
                                                         ? fmt::format("{}", *enumerator->value)
                                                         : "not known"});
  }
  return section;
}

}  // namespace

void add_table_entries(const Match& match, Page& page) {
  page.topic = topic_of(match);
  page.kind = page.topic;
  page.call = page.name;
  if (!match.sysctls.empty()) {
    page.sections.push_back(sysctls(match));
  }
  if (!match.cgroup_files.empty()) {
    page.sections.push_back(cgroup_files(match));
  }
  for (const Struct* type : match.types) {
    page.sections.push_back(struct_section({}, *type));
    page.sections.back().items.clear();  // the layout says all there is of its fields
  }
  if (!match.enumerators.empty()) {
    page.sections.push_back(enumerators(match));
  }
  for (const Tracepoint* tracepoint : match.tracepoints) {
    page.sections.push_back(record_of(*tracepoint));
  }
  for (const Kfunc* kfunc : match.kfuncs) {
    page.sections.push_back(function_of(*kfunc));
  }
}

}  // namespace kapi::page

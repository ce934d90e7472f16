// SPDX-License-Identifier: GPL-2.0-only
// For scripts: everything that is known, in the order in which the members are listed.
#include "report/formats/json/json.h"

#include "report/format.h"
#include "report/table_entries.h"

namespace kapi {
namespace {

Json to_value(const std::string& value) { return to_utf8(value); }
Json to_value(bool value) { return value; }
Json to_value(int value) { return value; }
Json to_value(uint64_t value) { return value; }
Json to_value(Severity value) { return std::string(name(value)); }
Json to_value(const Source& source) {
  Corpus corpus;
  corpus.source = source;
  corpus.source.config.clear();  // thousands of lines; what differs is in the preflight
  return Json::parse(to_json(corpus))["source"];
}

Json to_value(const RuleInfo& rule) {
  Json json = {{"id", rule.id}, {"severity", name(rule.severity)}};
  // One of the two: the rule that fires when the sides are swapped, or why there is none.
  json[rule.twin.empty() ? "no_twin" : "twin"] = rule.twin.empty() ? rule.no_twin : rule.twin;
  json.update({{"summary", rule.summary},
               {"why", rule.why},
               {"example", rule.example},
               {"remedy", rule.remedy}});
  return json;
}

bool is_empty(const Json& value) {
  return value.is_string() ? value.get_ref<const std::string&>().empty()
                           : value.empty() || value == false;
}

template <class T>
Json to_value(const T& record);

template <class T>
Json to_value(const std::optional<T>& value) {
  return value ? to_value(*value) : Json();
}

template <class T>
Json to_value(const std::vector<T>& list) {
  Json json = Json::array();
  for (const T& element : list) {
    json.push_back(to_value(element));
  }
  return json;
}

template <class T>
Json to_value(const T& record) {
  Json json = Json::object();
  T::members(record, [&](const char* member, const auto& value) {
    Json of_member = to_value(value);
    if (!may_be_absent<T>(member) || !is_empty(of_member)) {
      json[member] = std::move(of_member);
    }
  });
  return json;
}

Json syscalls_value(std::vector<Syscall> syscalls) {
  Corpus corpus;
  corpus.syscalls = std::move(syscalls);
  return Json::parse(to_json(corpus))["syscalls"];
}

std::string findings_json(const Report& report, const FormatOptions&) {
  return json_text(to_value(report));
}

// What there is to ask for: enough of each to choose by, under the subject that findings use.
std::string list_json(const Corpus& corpus, const FormatOptions&) {
  Json list = Json::array();
  for (const Api& api : corpus.apis) {
    Json entry = {{"subject", to_utf8(api.name)}, {"kind", to_utf8(api.kind)}};
    if (!api.description.empty()) {
      entry["description"] = to_utf8(api.description);
    }
    list.push_back(std::move(entry));
  }
  for (const Syscall& syscall : corpus.syscalls) {
    Json entry = {{"subject", to_utf8("syscall/" + syscall.abi + "/" + syscall.name)}};
    const Json value = syscalls_value({syscall});
    entry.update(value[0]);
    list.push_back(std::move(entry));
  }
  for (const std::string& subject : table_entry_names(corpus)) {
    list.push_back({{"subject", to_utf8(subject)}});
  }
  return json_text(list);
}

template <class T>
void copy(const std::vector<const T*>& from, std::vector<T>& to) {
  for (const T* element : from) {
    to.push_back(*element);
  }
}

std::string subject_json(const Corpus&, const Match& match, const FormatOptions&) {
  if (match.api != nullptr) {
    return to_json(*match.api);
  }
  if (match.of_table()) {
    Corpus found;
    copy(match.sysctls, found.sysctls);
    copy(match.types, found.types);
    copy(match.enumerators, found.constants);
    copy(match.cgroup_files, found.cgroup_files);
    copy(match.tracepoints, found.tracepoints);
    copy(match.kfuncs, found.kfuncs);
    Json entries = Json::parse(to_json(found));
    Json named = {{"name", to_utf8(match.name)}};
    for (const char* list :
         {"sysctls", "cgroup_files", "tracepoints", "kfuncs", "types", "constants"}) {
      if (entries.contains(list)) {
        named[list] = entries[list];
      }
    }
    return json_text(named);
  }
  std::vector<Syscall> syscalls;
  for (const Syscall* syscall : match.syscalls) {
    syscalls.push_back(*syscall);
  }
  return json_text({{"name", to_utf8(match.name)}, {"syscalls", syscalls_value(syscalls)}});
}

std::string rule_list_json(const std::vector<RuleInfo>& rules, const FormatOptions&) {
  return json_text(to_value(rules));
}

std::string rule_json(const RuleInfo& rule, const FormatOptions&) {
  return json_text(to_value(rule));
}

}  // namespace

extern const Format format_json;
const Format format_json = {
    .name = "json",
    .findings = findings_json,
    .list = list_json,
    .subject = subject_json,
    .rule_list = rule_list_json,
    .rule = rule_json,
};

}  // namespace kapi

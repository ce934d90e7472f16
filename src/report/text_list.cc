// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include <cctype>

#include "report/layout.h"
#include "report/table_entries.h"
#include "report/text.h"

namespace kapi {

std::string source_text(const Source& source) {
  constexpr size_t kShort = 12;  // digits of a build id that tell two builds apart
  return joined(
      {one_line(source.file), one_line(source.release), one_line(source.architecture),
       source.build_id.empty() ? "no build id"
                               : "build id " + one_line(source.build_id.substr(0, kShort))},
      "  ");
}

namespace {

// Whether C text declares the name ("int flags", "void (*done)(int)", "u32 table[8]") or is a type
// only; the name of a struct, union or enum may be that of its variable.
bool declares(std::string_view text, std::string_view word) {
  const auto in_name = [&](size_t at) {
    return at < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const bool tag =
        before.ends_with("struct ") || before.ends_with("union ") || before.ends_with("enum ");
    if (at > 0 && !in_name(at - 1) && !in_name(at + word.size()) && !tag) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string declaration_text(const std::string& type_name, const std::string& name) {
  const std::string type = one_line(type_name);
  const std::string word = one_line(name);
  if (type.empty() || word.empty() || declares(type, word)) {
    return type.empty() ? word : type;
  }
  return type + (type.ends_with('*') ? "" : " ") + word;
}

std::string prototype_text(const Syscall& syscall) {
  if (!syscall.has_signature()) {
    return one_line(syscall.name) + " (parameters unknown)";
  }
  std::vector<std::string> params;
  for (const Param& param : syscall.params) {
    params.push_back(declaration_text(param.type_name, param.name));
  }
  return fmt::format("{}({})", one_line(syscall.name), params.empty() ? "void" : joined(params));
}

namespace {

// What the coverage of a fact has to say where it is not complete: "ia32 absent: no such table".
std::string remark(const Corpus& corpus, const std::string& fact) {
  std::vector<std::string> remarks;
  for (const Coverage& coverage : corpus.coverage) {
    const bool whole = coverage.fact == fact;
    if ((!whole && !coverage.fact.starts_with(fact + "/")) || coverage.state == "complete") {
      continue;
    }
    const std::string part = whole ? "" : coverage.fact.substr(fact.size() + 1);
    const std::string state = whole && coverage.state == "absent" ? "" : coverage.state;
    remarks.push_back(one_line(joined({joined({part, state}, " "), coverage.detail}, ": ")));
  }
  return joined(remarks, "; ");
}

bool not_asked(const Corpus& corpus, std::string_view fact) {
  const Coverage* coverage = find_coverage(corpus, fact);
  return coverage != nullptr && coverage->state == "not_asked";
}

// "8 API specs", or why there are none, or why not all.
std::string heading(const Corpus& corpus, const std::string& fact, size_t count,
                    std::string_view noun, bool colour) {
  const std::string why = remark(corpus, fact);
  const std::string what =
      count == 0 ? fmt::format("no {}s", noun) : counted(count, std::string(noun));
  return painted(what, Style::bold, colour) +
         (why.empty()  ? ""
          : count == 0 ? ": " + why
                       : " (" + why + ")") +
         "\n";
}

std::string api_lines(const Corpus& corpus) {
  std::vector<size_t> lengths;
  lengths.reserve(corpus.apis.size());
  for (const Api& api : corpus.apis) {
    lengths.push_back(one_line(api.name).size());
  }
  const size_t width = column_width(lengths);
  std::string out;
  for (const Api& api : corpus.apis) {
    out += fmt::format("  {:<{}}  {:<8}  {:<8}  {}", one_line(api.name), width, one_line(api.kind),
                       counted(api.params.size(), "param"), cut(api.description, kColumns));
    out.erase(out.find_last_not_of(' ') + 1);
    out += "\n";
  }
  return out;
}

std::string syscall_lines(const Corpus& corpus) {
  std::vector<size_t> lengths;
  lengths.reserve(corpus.syscalls.size());
  for (const Syscall& syscall : corpus.syscalls) {
    lengths.push_back(one_line(syscall.abi).size());
  }
  const size_t width = column_width(lengths);
  std::string out;
  for (const Syscall& syscall : corpus.syscalls) {
    out += fmt::format("  {:<{}}  {:>3}  {}\n", one_line(syscall.abi), width, syscall.number,
                       prototype_text(syscall));
  }
  return out;
}

template <class T, class Line>
std::string entry_lines(const std::vector<T>& entries, Line line) {
  std::vector<size_t> lengths;
  lengths.reserve(entries.size());
  for (const T& entry : entries) {
    lengths.push_back(one_line(subject_of(entry)).size());
  }
  const size_t width = column_width(lengths);
  std::string out;
  for (const T& entry : entries) {
    out += fmt::format("  {:<{}}  {}", one_line(subject_of(entry)), width, one_line(line(entry)));
    out.erase(out.find_last_not_of(' ') + 1);
    out += "\n";
  }
  return out;
}

std::string sysctl_line(const Sysctl& sysctl) {
  return joined({sysctl.mode, sysctl.size ? counted(*sysctl.size, "byte") : "", sysctl.handler,
                 sysctl.path.empty() ? "" : "in " + sysctl.path});
}
std::string cgroup_line(const CgroupFile& file) {
  return joined({joined(file.access), joined(file.flags)}, "; ");
}
std::string tracepoint_line(const Tracepoint& tracepoint) {
  return tracepoint.system.empty() ? "no event" : counted(tracepoint.fields.size(), "field");
}
std::string kfunc_line(const Kfunc& kfunc) {
  return joined({prototype_text(kfunc), joined(kfunc.flags)}, "; ");
}

}  // namespace

std::string list_text(const Corpus& corpus, const FormatOptions& options) {
  std::string out = source_text(corpus.source) + "\n";
  if (!not_asked(corpus, "specs")) {
    out += "\n" + heading(corpus, "specs", corpus.apis.size(), "API spec", options.colour) +
           api_lines(corpus);
  }
  if (!not_asked(corpus, "syscalls")) {
    out += "\n" + heading(corpus, "syscalls", corpus.syscalls.size(), "syscall", options.colour) +
           syscall_lines(corpus);
  }
  const auto table = [&](const char* fact, const auto& entries, std::string_view noun, auto line) {
    if (find_coverage(corpus, fact) != nullptr && !not_asked(corpus, fact)) {
      out += "\n" + heading(corpus, fact, entries.size(), noun, options.colour) +
             entry_lines(entries, line);
    }
  };
  table("sysctls", corpus.sysctls, "sysctl", sysctl_line);
  table("cgroup_files", corpus.cgroup_files, "cgroup file", cgroup_line);
  table("tracepoints", corpus.tracepoints, "tracepoint", tracepoint_line);
  table("kfuncs", corpus.kfuncs, "kfunc", kfunc_line);
  return out;
}

}  // namespace kapi

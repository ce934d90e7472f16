// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/macro_build.h"

#include <fmt/format.h>

namespace kapi {
namespace {

std::string kind_of(const MacroRecord& spec, std::string_view name) {
  std::string kind = spec.token("api_type", "kapi_api_type", "kind");
  if (!kind.empty() && kind != "function") {
    return kind;
  }
  return name.starts_with("sys_") ? "syscall" : "function";
}

void build_params(const MacroRecord& spec, Api& api) {
  for (const auto& param : spec.records("params", "param_count", MacroRecord::Blanks::keep)) {
    std::string name = param.text("name", "params");
    if (name.empty()) {
      name = fmt::format("unnamed_{}", api.params.size());
    }
    api.params.push_back(build_macro_param(param.at("params/" + name + "/"), api.kind));
    api.params.back().name = std::move(name);
  }
}

}  // namespace

void build_macro_command(const MacroRecord& holder, Api& api) {
  if (const auto cmd = holder.nonzero_bits("cmd", "cmd", 32)) {
    api.cmd = Bits{*cmd};
  }
  api.cmd_name = holder.text("cmd_name", "cmd_name");
  api.input_size = holder.nonzero_bits("input_size", "input_size");
  api.output_size = holder.nonzero_bits("output_size", "output_size");
  api.file_ops_name = holder.text("file_ops_name", "file_ops_name");
}

Api build_macro_api(const MacroRecord& spec) {
  Api api;
  api.name = spec.text("name", "name");
  api.kind = kind_of(spec, api.name);
  api.version = spec.bits("version", "version", 32).value_or(0);
  api.description = spec.prose("description", "description");
  api.long_description = spec.prose("long_description", "long_description");
  api.contexts = spec.tokens("context_flags", "kapi_context_flags", "contexts");
  build_params(spec, api);
  api.return_ = build_macro_return(spec);
  build_macro_lists(spec, api);
  api.examples = spec.prose("examples", "examples");
  api.notes = spec.prose("notes", "notes");
  api.since_version = spec.text("since_version", "since_version");
  if (spec.flag("deprecated", "deprecated")) {
    api.deprecated = true;
  }
  api.replacement = spec.text("replacement", "replacement");
  build_macro_command(spec, api);
  api.subsystem = spec.text("subsystem", "subsystem");
  api.device_type = spec.text("device_type", "device_type");
  api.network = build_macro_network(spec);
  return api;
}

}  // namespace kapi

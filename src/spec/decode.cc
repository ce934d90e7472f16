// SPDX-License-Identifier: GPL-2.0-only
#include "spec/decode.h"

#include <fmt/format.h>

#include "spec/plausible.h"

namespace kapi {
namespace {

// Nothing in the kernel tests the magics, and 0 is normal (return and signal masks are never marked
// by some generators), so a magic only serves to notice that the layout does not fit.
void check_magics(const Record& spec) {
  for (const auto& magic : kSpecMagics) {
    const uint64_t found = spec.bits(magic.member);
    if (found != 0 && found != magic.value) {
      spec.report(Level::error, "bad-magic",
                  fmt::format("{} is {:#x}, expected {:#x} or 0: the spec is corrupt or of another "
                              "layout",
                              magic.member, found, magic.value),
                  spec.address());
    }
  }
}

// What later revisions tell by the name alone, RFC v2 says.
std::string decode_kind(const Record& spec, std::string_view name) {
  std::string kind = spec.token("api_type", "kapi_api_type");
  if (!kind.empty() && kind != "function") {
    return kind;
  }
  return name.starts_with("sys_") ? "syscall" : "function";
}

void decode_command(const Record& holder, Api& api) {
  if (const auto cmd = holder.nonzero_bits("cmd")) {
    api.cmd = Bits{*cmd};
  }
  api.cmd_name = holder.text("cmd_name");
  api.input_size = holder.nonzero_bits("input_size");
  api.output_size = holder.nonzero_bits("output_size");
  api.file_ops_name = holder.text("file_ops_name");
}

}  // namespace

Api decode_api(const Record& spec, std::string name) {
  check_magics(spec);
  Api api;
  api.kind = decode_kind(spec, name);
  api.name = std::move(name);
  api.version = spec.bits("version");
  api.description = spec.prose("description");
  api.long_description = spec.prose("long_description");
  api.contexts = spec.tokens("context_flags", "kapi_context_flags");
  for (const auto& param : spec.records("params", "param_count", Record::Blanks::keep)) {
    api.params.push_back(decode_param(param, api.kind));
    if (std::string& param_name = api.params.back().name; param_name.empty()) {
      param_name = fmt::format("unnamed_{}", api.params.size() - 1);
    }
  }
  api.return_ = decode_return(spec);
  decode_lists(spec, api);
  api.examples = spec.prose("examples");
  api.notes = spec.prose("notes");
  api.since_version = spec.text("since_version");
  if (spec.flag("deprecated")) {
    api.deprecated = true;
  }
  api.replacement = spec.text("replacement");
  decode_command(spec, api);
  api.subsystem = spec.text("subsystem");
  api.device_type = spec.text("device_type");
  api.network = decode_network(spec);
  return api;
}

Api decode_ioctl(const Record& ioctl, const Record& spec, std::string name) {
  Api api = decode_api(spec, std::move(name));
  api.kind = "ioctl";
  decode_command(ioctl, api);
  return api;
}

}  // namespace kapi

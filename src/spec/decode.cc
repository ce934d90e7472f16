// SPDX-License-Identifier: GPL-2.0-only
#include "spec/decode.h"

#include <fmt/format.h>

namespace kapi {
namespace {

// Each section of a spec is headed by a magic that the macro that writes its count sets. Nothing in
// the kernel tests them, and 0 is normal (return and signal masks are never marked by some
// generators), so a magic only serves to notice that the layout does not fit.
struct Magic {
  std::string_view member;
  uint32_t value;
};
constexpr Magic kMagics[] = {
    {"param_magic", 0x4b415031},  {"return_magic", 0x4b415232},     {"error_magic", 0x4b414533},
    {"lock_magic", 0x4b414c34},   {"constraint_magic", 0x4b414335}, {"info_magic", 0x4b414936},
    {"signal_magic", 0x4b415337}, {"sigmask_magic", 0x4b414d38},    {"struct_magic", 0x4b415439},
    {"effect_magic", 0x4b414641}, {"trans_magic", 0x4b415442},      {"cap_magic", 0x4b414343},
};

void check_magics(const Record& spec) {
  for (const auto& magic : kMagics) {
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

}  // namespace

Api decode_api(const Record& spec, std::string name) {
  check_magics(spec);
  Api api;
  api.kind = name.starts_with("sys_") ? "syscall" : "function";
  api.name = std::move(name);
  api.version = spec.bits("version");
  api.description = spec.prose("description");
  api.long_description = spec.prose("long_description");
  api.contexts = spec.tokens("context_flags", "kapi_context_flags");
  for (const auto& param : spec.records("params", "param_count")) {
    api.params.push_back(decode_param(param));
    if (std::string& param_name = api.params.back().name; param_name.empty()) {
      param_name = fmt::format("unnamed_{}", api.params.size() - 1);
    }
  }
  api.return_ = decode_return(spec);
  decode_lists(spec, api);
  api.examples = spec.prose("examples");
  api.notes = spec.prose("notes");
  return api;
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// What the program is asked to do.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "kapi/diff.h"
#include "kapi/report.h"
#include "kapi/source.h"

namespace kapi::cli {

enum class Action { diff, extract, list, show, rules, explain, waive, policy, compat, print };

struct Output {
  const Format* format = nullptr;
  std::string file;  // "-" is standard output
};

// What one side of a comparison has for itself.
struct OwnOptions {
  std::string config;
  std::vector<std::string> uapi;
  std::string modules;
};

struct Request {
  Action action = Action::print;
  std::string text;                    // print: a help text, the version, the man page
  std::vector<std::string> arguments;  // compat: of the other tool, untouched

  // As given on the command line.
  std::string input;  // OLD or INPUT
  std::string new_input;
  std::string name;     // of an API or a rule
  std::string fail_on;  // empty: as the policy has it
  std::string policy;
  std::string baseline;
  std::string report;
  std::vector<std::string> fingerprints;
  std::string reason;
  std::string expires;
  std::string format;
  std::vector<std::string> outputs;
  std::string file = "-";
  std::vector<std::string> only;
  std::string kind;
  std::vector<std::string> profiles;
  std::string scope;
  std::string types;
  std::vector<std::string> uapi;
  std::vector<std::string> old_uapi;
  std::vector<std::string> new_uapi;
  std::string constants;
  std::string config;
  std::string old_config;
  std::string new_config;
  std::vector<std::string> debug_dirs;
  bool no_system_debug_dir = false;
  std::vector<std::string> btf_bases;
  std::string modules;
  std::string old_modules;
  std::string new_modules;
  bool code = false;
  bool words = false;
  bool allow_arch_mismatch = false;
  bool no_policy = false;
  bool summary = false;
  bool quiet = false;

  // Where results go: no two to the same place, and at least one unless the run is quiet.
  std::vector<Output> destinations;

  OwnOptions of_old() const { return {old_config, old_uapi, old_modules}; }
  OwnOptions of_new() const { return {new_config, new_uapi, new_modules}; }
  LoadOptions load_options(const OwnOptions& own) const {
    const auto asked = [&](const char* fact) {
      return only.empty() || std::find(only.begin(), only.end(), fact) != only.end();
    };
    return {.specs = asked("specs"),
            .syscalls = asked("syscalls"),
            .types = asked("types"),
            .tables = asked("tables"),
            .code = code,
            .all_types = scope == "all",
            .bpf = std::find(profiles.begin(), profiles.end(), "bpf") != profiles.end(),
            .types_from = types,
            .kind = kind,
            .uapi = own.uapi.empty() ? uapi : own.uapi,
            .constants = constants,
            .names = nullptr,
            .config = own.config,
            .debug_dirs = debug_dirs,
            .system_debug_dir = !no_system_debug_dir,
            .btf_bases = btf_bases,
            .modules = own.modules.empty() ? modules : own.modules};
  }
};

}  // namespace kapi::cli

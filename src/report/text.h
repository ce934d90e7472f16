// SPDX-License-Identifier: GPL-2.0-only
// The parts of the text format, one file each.
#pragma once

#include <string>

#include "kapi/report.h"

namespace kapi {

std::string findings_text(const Report& report, const FormatOptions& options);
std::string list_text(const Corpus& corpus, const FormatOptions& options);
std::string subject_text(const Corpus& corpus, const Match& match, const FormatOptions& options);
std::string rule_list_text(const std::vector<RuleInfo>& rules, const FormatOptions& options);
std::string rule_text(const RuleInfo& rule, const FormatOptions& options);

// "vmlinux  6.12.1  x86_64  build id 1f2e3d4c5b6a": what tells this input from others.
std::string source_text(const Source& source);
// "openat(int dfd, const char *filename, int flags, umode_t mode)".
std::string prototype_text(const Syscall& syscall);
// A parameter or field as C declares it, "const char *filename".
std::string declaration_text(const std::string& type_name, const std::string& name);

}  // namespace kapi

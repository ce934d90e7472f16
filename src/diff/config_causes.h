// SPDX-License-Identifier: GPL-2.0-only
// Findings that a change of the kernel's configuration explains.
#pragma once

#include <string_view>
#include <vector>

#include "kapi/diff.h"

namespace kapi {

struct ConfigCauses {
  // The symbols that explain a finding, those of the spec framework, and those whose effect no
  // finding shows.
  std::vector<Difference> differences;
  Compared row;  // of the report's coverage
};

// Names the cause of those findings that have none yet and that the configuration explains.
ConfigCauses config_causes(const Corpus& old_corpus, const Corpus& new_corpus,
                           std::vector<Finding>& findings);

// The syscall that a finding's subject is about, as SYSCALL_DEFINE names it: "io_setup" of
// "syscall/ia32/compat_io_setup" and of "sys_io_setup"; empty if it is about none.
std::string_view syscall_of(std::string_view subject);

// "CONFIG_AIO: y → n"
std::string cause_text(const Difference& difference);

}  // namespace kapi

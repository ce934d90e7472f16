// SPDX-License-Identifier: GPL-2.0-only
// tables: what the static tables of an image offer to userspace besides syscalls.
//
// Files below /proc/sys (arrays of struct ctl_table), files of control groups (struct cftype),
// tracepoints with the fields of their records (struct trace_event_call), and kernel functions for
// BPF programs (.BTF_ids). Every layout comes from the types of the image, by member name.
//
// No type information says which symbol of the image is an array of ctl_table. Such arrays are
// found by what they hold: each element has a name that can be a file's, a mode, and a handler that
// is a function of the image. What is made while the kernel boots is in no image.
#pragma once

#include <memory>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

// Adds sysctls and cgroup files, with their coverage ("sysctls", "cgroup_files") and diagnostics.
void read_tables(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);
// The same of tracepoints and kfuncs ("tracepoints", "kfuncs").
void read_bpf_tables(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);

}  // namespace kapi

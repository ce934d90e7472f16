// SPDX-License-Identifier: GPL-2.0-only
// The BTF that a module's own continues: that of the vmlinux it was built with.
#pragma once

#include <memory>
#include <string>

#include "kapi/image.h"
#include "kapi/source.h"
#include "kapi/types.h"

namespace kapi {

// The kernel release that a module was built for, by its vermagic; empty if it does not say.
std::string release_of_module(const Image& module);
// That of a kernel's banner, "Linux version 6.12.115 (…"; empty for other texts.
std::string release_in_banner(const std::string& banner);

// Of a vmlinux, packed or not, or raw BTF. Throws InputError if the file cannot be read, holds no
// BTF, or says that it is of another release than `release` (if that is not empty).
std::shared_ptr<const BtfBase> load_btf_base(const std::string& path, const std::string& release);

// The first of those that were given which is of that release or does not say. Null if none was
// given; throws InputError if none fits.
std::shared_ptr<const BtfBase> given_btf_base(const LoadOptions& options,
                                              const std::string& release);

// For a module: the base that was given (throws InputError if it is of another release), or else
// one that is found for that release: beside the module in an unpacked package (boot/vmlinux-…,
// vmlinuz-…), below the folders of debug files, or of the running kernel. Null if there is none.
std::shared_ptr<const BtfBase> btf_base_for(const Image& module, const LoadOptions& options);

}  // namespace kapi

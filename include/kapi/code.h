// SPDX-License-Identifier: GPL-2.0-only
// code: what the machine code of syscalls shows, whether or not anyone declared it.
//
//   read_syscalls(image, *types, "", corpus);
//   read_layouts(arguments, {}, corpus);
//   read_accepts(image, *types, corpus);  // syscalls[].params[].accepts
//
// The code of x86_64 kernels is run over what is known instead of over numbers: with one bit of an
// argument assumed to be set and all else unknown, a bit that makes every path return an error is
// rejected. src/code/accepted.h says when that is a proof.
#pragma once

#include <memory>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

// Gives the parameters of the corpus's syscalls what their code accepts, and the fields of structs
// behind them (as far as the corpus has their layouts), with the coverage "code": `total` is what
// was looked at, `read` what was proved. Only the kernel's own ABI is looked at.
void read_accepts(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);

}  // namespace kapi

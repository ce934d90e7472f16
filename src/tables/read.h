// SPDX-License-Identifier: GPL-2.0-only
// The readers of the single kinds of tables. Each adds what it read, one row of coverage, and
// diagnostics.
#pragma once

#include <memory>
#include <string>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"
#include "tables/static_arrays.h"

namespace kapi {

void read_sysctls(const std::shared_ptr<const Image>& image, TypeReader& types, SymbolList& symbols,
                  Corpus& corpus);
void read_cgroup_files(const std::shared_ptr<const Image>& image, TypeReader& types,
                       SymbolList& symbols, Corpus& corpus);
void read_tracepoints(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);
void read_kfuncs(const std::shared_ptr<const Image>& image, TypeReader& types, Corpus& corpus);

// The row of a kind whose struct the image does not describe: if `symbol`, a function that every
// kernel with such tables has, is there, then so are they, unread; else there are none.
Coverage undescribed(const Image& image, const char* fact, const std::string& type,
                     const char* symbol);

}  // namespace kapi

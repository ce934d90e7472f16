// SPDX-License-Identifier: GPL-2.0-only
// The fields of a trace event's record, as its file "format" shows them.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "kapi/image.h"
#include "kapi/model.h"
#include "kapi/types.h"

namespace kapi {

struct TraceFields {
  std::vector<Field> fields;
  bool coded = false;  // a function adds further ones when the event is registered
};

// The array of struct trace_event_fields (`type`) at an address; a null one has no fields. `header`
// is where the first can begin. Nothing if it cannot be read.
std::optional<TraceFields> trace_fields(const std::shared_ptr<const Image>& image,
                                        const TypeGraph& graph, TypeId type, uint64_t address,
                                        uint64_t header);

}  // namespace kapi

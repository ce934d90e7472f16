// SPDX-License-Identifier: GPL-2.0-only
// The images that fixtures/types builds from shapes.c.
#pragma once

#include <memory>
#include <string>

#include "kapi/image.h"
#include "kapi/types.h"

namespace kapi {

inline std::shared_ptr<const Image> shapes_image(const std::string& name) {
  return Image::open(std::string(KAPI_FIXTURES "/types/") + name);
}

inline std::string imported_text(TypeReader& reader, const TypeName& name) {
  TypeGraph graph;
  return reader.import(graph, name) ? graph.print() : "(absent)";
}

}  // namespace kapi

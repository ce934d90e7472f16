// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/types/functions.h"
#include "types/btf_source.h"
#include "types/importer.h"

namespace kapi {
namespace {

class BtfFunctions : public FunctionReader {
 public:
  BtfFunctions(std::shared_ptr<const Image> image, std::unique_ptr<BtfSource> source)
      : image_(std::move(image)), source_(std::move(source)) {}

  std::string name(uint32_t id) const override {
    const auto function = source_->function({id, 0});
    return function ? function->name : std::string();
  }

  std::optional<Function> import(TypeGraph& graph, uint32_t id) const override {
    auto found = source_->function({id, 0});
    if (!found) {
      return std::nullopt;
    }
    const TypeId type = import_type(*source_, graph, found->prototype);
    const auto* prototype = std::get_if<FunctionType>(&graph[type]);
    if (prototype == nullptr) {
      throw InputError(source_->place({id, 0}), "a function whose type is that of no function");
    }
    found->parameters.resize(prototype->parameters.size());
    return Function{std::move(found->name), type, std::move(found->parameters)};
  }

 private:
  std::shared_ptr<const Image> image_;  // owner of the bytes
  std::unique_ptr<BtfSource> source_;
};

}  // namespace

std::unique_ptr<FunctionReader> open_functions(std::shared_ptr<const Image> image) {
  const Section* section = image->section(".BTF");
  if (section == nullptr || !section->has_bytes || image->section(".BTF.base") != nullptr) {
    return nullptr;
  }
  const Cursor bytes = image->contents(*section);
  if (is_split_btf(bytes)) {
    return nullptr;
  }
  auto source = std::make_unique<BtfSource>(bytes, image->bits() / 8);
  return std::make_unique<BtfFunctions>(std::move(image), std::move(source));
}

}  // namespace kapi

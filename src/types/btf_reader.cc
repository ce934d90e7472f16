// SPDX-License-Identifier: GPL-2.0-only
// Which bytes are the BTF of an image, and what it continues.
#include <memory>

#include "kapi/types.h"
#include "types/btf_references.h"
#include "types/btf_source.h"
#include "types/exact_types.h"
#include "types/importer.h"

namespace kapi {

class BtfBase {
 public:
  BtfBase(std::shared_ptr<const void> owner, Cursor bytes, uint64_t pointer_size)
      : owner_(std::move(owner)), source_(std::make_shared<BtfSource>(bytes, pointer_size)) {}
  const std::shared_ptr<const BtfSource>& source() const { return source_; }

 private:
  std::shared_ptr<const void> owner_;  // of the bytes, if it is not null
  std::shared_ptr<const BtfSource> source_;
};

namespace {

class BtfReader : public TypeReader {
 public:
  BtfReader(std::shared_ptr<const void> owner, std::shared_ptr<const BtfBase> base,
            std::unique_ptr<BtfSource> source)
      : owner_(std::move(owner)), base_(std::move(base)), source_(std::move(source)) {}

  std::string_view origin() const override { return "BTF"; }

  std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) override {
    return import_type(*source_, graph, name);
  }
  std::vector<Enumerator> enumerators() override { return source_->enumerators(); }
  std::unique_ptr<ExactTypes> exact(std::string_view asked) override {
    return asked.empty() || asked == origin() ? exact_types(*source_, origin()) : nullptr;
  }

 private:
  std::shared_ptr<const void> owner_;  // of the bytes, if it is not null
  std::shared_ptr<const BtfBase> base_;
  std::unique_ptr<BtfSource> source_;
};

}  // namespace

std::shared_ptr<const BtfBase> open_btf_base(std::shared_ptr<const Image> image) {
  const Section* section = image->section(".BTF");
  if (section == nullptr || !section->has_bytes) {
    return nullptr;
  }
  const Cursor bytes = image->contents(*section);
  const uint64_t pointer_size = image->bits() / 8;
  return std::make_shared<BtfBase>(std::move(image), bytes, pointer_size);
}

std::shared_ptr<const BtfBase> open_btf_base(Cursor bytes, std::shared_ptr<const void> owner) {
  return std::make_shared<BtfBase>(std::move(owner), bytes, 0);
}

bool needs_btf_base(const Image& image) {
  const Section* section = image.section(".BTF");
  if (section == nullptr || !section->has_bytes || image.section(".BTF.base") != nullptr) {
    return false;
  }
  try {
    return is_split_btf(image.contents(*section));
  } catch (const InputError&) {
    return false;  // nothing helps; open_btf() says why
  }
}

std::unique_ptr<TypeReader> open_btf(std::shared_ptr<const Image> image,
                                     std::shared_ptr<const BtfBase> base) {
  const Section* section = image->section(".BTF");
  if (section == nullptr || !section->has_bytes) {
    return nullptr;
  }
  const Cursor bytes = image->contents(*section);
  const uint64_t pointer_size = image->bits() / 8;
  std::shared_ptr<const BtfSource> distilled;
  if (const Section* own = image->section(".BTF.base"); own != nullptr && own->has_bytes) {
    distilled = std::make_shared<BtfSource>(image->contents(*own), pointer_size,
                                            BtfSource::Part::distilled);
  }
  const bool split = distilled || (base && is_split_btf(bytes));
  auto source = split ? std::make_unique<BtfSource>(bytes, pointer_size,
                                                    base ? base->source() : nullptr, distilled)
                      : std::make_unique<BtfSource>(bytes, pointer_size);
  return std::make_unique<BtfReader>(std::move(image), std::move(base), std::move(source));
}

std::unique_ptr<TypeReader> open_btf(Cursor bytes, std::shared_ptr<const BtfBase> base) {
  auto source = base && is_split_btf(bytes)
                    ? std::make_unique<BtfSource>(bytes, 0, base->source(), nullptr)
                    : std::make_unique<BtfSource>(bytes, 0);
  return std::make_unique<BtfReader>(nullptr, std::move(base), std::move(source));
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// An image whose symbols lie in a separate debug file: addresses and bytes of one, names of the
// other.
#include <fmt/format.h>

#include "kapi/image.h"

namespace kapi {
namespace {

class WithSymbols : public Image {
 public:
  WithSymbols(std::shared_ptr<const Image> image, std::shared_ptr<const Image> debug)
      : image_(std::move(image)), debug_(std::move(debug)) {}

  const std::string& file() const override { return image_->file(); }
  const std::string& path() const override { return image_->path(); }
  std::span<const std::byte> bytes() const override { return image_->bytes(); }
  const std::vector<std::string>& wrapping() const override { return image_->wrapping(); }
  ImageFormat format() const override { return image_->format(); }
  Arch arch() const override { return image_->arch(); }
  unsigned bits() const override { return image_->bits(); }
  Endian endian() const override { return image_->endian(); }

  const std::vector<Section>& sections() const override { return image_->sections(); }
  const Section* section(std::string_view name) const override { return image_->section(name); }
  Cursor contents(const Section& section) const override { return image_->contents(section); }

  std::string_view symbols_from() const override { return debug_->symbols_from(); }
  std::optional<Symbol> symbol(std::string_view name) const override {
    return debug_->symbol(name);
  }
  std::vector<Symbol> symbols_at(uint64_t address) const override {
    return debug_->symbols_at(address);
  }
  std::vector<Symbol> symbols_with_prefix(std::string_view prefix) const override {
    return debug_->symbols_with_prefix(prefix);
  }
  bool has_symbols() const override { return debug_->has_symbols(); }

  Cursor at(uint64_t address) const override { return image_->at(address); }
  std::optional<Location> locate(uint64_t address) const override {
    return image_->locate(address);
  }
  bool covers(uint64_t address, uint64_t size) const override {
    return image_->covers(address, size);
  }
  uint64_t pointer_at(uint64_t address) const override { return image_->pointer_at(address); }
  uint64_t word_at(uint64_t address, size_t size) const override {
    return image_->word_at(address, size);
  }

  std::string build_id() const override { return image_->build_id(); }
  std::string compiler() const override {
    std::string own = image_->compiler();
    return own.empty() ? debug_->compiler() : own;
  }
  std::string banner() const override {
    constexpr size_t kMaxBanner = 4096;
    std::string own = image_->banner();
    const auto banner = own.empty() ? symbol("linux_banner") : std::nullopt;
    if (!banner || !covers(banner->address, 1)) {
      return own;
    }
    std::string_view text = at(banner->address).cstring(kMaxBanner);
    while (text.ends_with('\n')) {
      text.remove_suffix(1);
    }
    return to_utf8(text);
  }
  const std::vector<Diagnostic>& diagnostics() const override { return image_->diagnostics(); }

 private:
  std::shared_ptr<const Image> image_;
  std::shared_ptr<const Image> debug_;
};

}  // namespace

std::shared_ptr<const Image> with_symbols_of(std::shared_ptr<const Image> image,
                                             std::shared_ptr<const Image> debug) {
  for (const Section& section : image->sections()) {
    const Section* other = section.allocated ? debug->section(section.name) : nullptr;
    if (other != nullptr && image->section(section.name) == &section &&
        (other->address != section.address || other->size != section.size)) {
      throw InputError(
          {debug->file(), section.name, other->offset},
          fmt::format("its addresses are not those of {}: a section of {} bytes at {:#x}, there of "
                      "{} bytes at {:#x}",
                      image->file(), other->size, other->address, section.size, section.address));
    }
  }
  return std::make_shared<WithSymbols>(std::move(image), std::move(debug));
}

}  // namespace kapi

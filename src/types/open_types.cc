// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/types.h"

namespace kapi {
namespace {

class ImageTypes : public TypeReader {
 public:
  ImageTypes(std::shared_ptr<const Image> image, std::vector<Diagnostic>& diagnostics)
      : image_(std::move(image)), diagnostics_(diagnostics) {
    guarded("btf-malformed", [this] { btf_ = open_btf(image_); });
    origin_ = btf_ ? "BTF" : "DWARF";
  }

  std::string_view origin() const override { return origin_; }

  std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) override {
    std::optional<TypeId> id;
    if (btf_) {
      guarded(
          "btf-malformed", [&] { id = btf_->import(graph, name); }, name.name);
    }
    if (id) {
      origin_ = "BTF";
      return id;
    }
    if (try_dwarf()) {
      guarded(
          "dwarf-malformed", [&] { id = dwarf_->import(graph, name); }, name.name);
    }
    if (id) {
      origin_ = "DWARF";
    }
    return id;
  }

  // Of BTF alone where there is BTF: it holds what DWARF does, and reads in a hundredth of the
  // time.
  std::vector<Enumerator> enumerators() override {
    std::vector<Enumerator> all;
    if (btf_) {
      guarded("btf-malformed", [&] { all = btf_->enumerators(); });
    } else if (try_dwarf()) {
      guarded("dwarf-malformed", [&] { all = dwarf_->enumerators(); });
    }
    return all;
  }

 private:
  bool try_dwarf() {
    if (!dwarf_tried_) {
      dwarf_tried_ = true;
      guarded("dwarf-malformed", [this] { dwarf_ = open_dwarf(image_); });
    }
    return dwarf_ != nullptr;
  }

  template <typename Action>
  void guarded(const char* code, Action action, std::string subject = {}) {
    try {
      action();
    } catch (const InputError& error) {
      diagnostics_.push_back({Level::error, code, std::move(subject), error.reason(),
                              error.place().section, error.place().offset});
    }
  }

  std::shared_ptr<const Image> image_;
  std::vector<Diagnostic>& diagnostics_;
  std::unique_ptr<TypeReader> btf_;
  std::unique_ptr<TypeReader> dwarf_;
  bool dwarf_tried_ = false;
  std::string_view origin_;
};

}  // namespace

std::unique_ptr<TypeReader> open_types(std::shared_ptr<const Image> image,
                                       std::vector<Diagnostic>& diagnostics) {
  return std::make_unique<ImageTypes>(std::move(image), diagnostics);
}

}  // namespace kapi

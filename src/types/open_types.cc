// SPDX-License-Identifier: GPL-2.0-only
#include "kapi/types.h"
#include "kapi/types/exact.h"

namespace kapi {
namespace {

class ImageTypes : public TypeReader {
 public:
  ImageTypes(std::shared_ptr<const Image> image, std::vector<Diagnostic>& diagnostics,
             OtherTypes others)
      : image_(std::move(image)), diagnostics_(diagnostics), others_(std::move(others)) {
    lacks_base_ = needs_btf_base(*image_) && !others_.btf_base;
    if (!lacks_base_) {
      guarded("btf-malformed", [this] { btf_ = open_btf(image_, others_.btf_base); });
    }
    origin_ = btf_ ? "BTF" : "DWARF";
  }

  std::string_view origin() const override { return origin_; }

  std::optional<TypeId> import(TypeGraph& graph, const TypeName& name) override {
    tell_missing_base();
    std::optional<TypeId> id;
    bool read = false;
    if (btf_) {
      guarded(
          "btf-malformed",
          [&] {
            id = btf_->import(graph, name);
            read = true;
          },
          name.name);
    }
    // Of enumerations BTF has all that DWARF has, and specs ask for some that few kernels have.
    if (id || (read && name.tag == TypeTag::enumeration)) {
      origin_ = "BTF";
      return id;
    }
    const bool had_btf = btf_ != nullptr;
    const bool has_dwarf = try_dwarf();
    if (!had_btf && btf_) {
      return import(graph, name);  // of the debug file, which was opened just now
    }
    if (has_dwarf) {
      guarded(
          "dwarf-malformed", [&] { id = dwarf_->import(graph, name); }, name.name);
    }
    if (id) {
      origin_ = "DWARF";
    }
    return id;
  }

  std::unique_ptr<ExactTypes> exact(std::string_view origin) override {
    tell_missing_base();
    if (btf_ && origin != "DWARF") {
      return btf_->exact(origin);
    }
    if (origin == "BTF" && !others_.debug_file) {
      return nullptr;
    }
    const bool has_dwarf = try_dwarf(origin == "DWARF");
    if (btf_ && origin != "DWARF") {
      return btf_->exact(origin);  // of the debug file, which was opened just now
    }
    return has_dwarf && origin != "BTF" ? dwarf_->exact(origin) : nullptr;
  }

  // Of BTF alone where there is BTF: it holds what DWARF does, and reads in a hundredth of the
  // time.
  std::vector<Enumerator> enumerators() override {
    tell_missing_base();
    std::vector<Enumerator> all;
    if (btf_) {
      guarded("btf-malformed", [&] { all = btf_->enumerators(); });
    } else if (try_dwarf() || btf_) {
      TypeReader& types = btf_ ? *btf_ : *dwarf_;  // BTF if the debug file has it
      guarded("dwarf-malformed", [&] { all = types.enumerators(); });
    }
    return all;
  }

 private:
  // Once types are asked for; nobody looks for a base before.
  void tell_missing_base() {
    if (lacks_base_) {
      lacks_base_ = false;
      diagnostics_.push_back({Level::warning, "btf-base-missing", "",
                              "the BTF of this module continues that of its vmlinux, which was "
                              "neither given (--btf-base) nor found, and was not read",
                              ".BTF", std::nullopt});
    }
  }

  // `wanted`: BTF would not do instead.
  bool try_dwarf(bool wanted = false) {
    if (!dwarf_tried_) {
      dwarf_tried_ = true;
      guarded("dwarf-malformed", [this] { dwarf_ = open_dwarf(image_); });
    }
    if (!dwarf_ && (wanted || !btf_) && others_.debug_file && !debug_file_tried_) {
      debug_file_tried_ = true;
      open_debug_file();
    }
    return dwarf_ != nullptr;
  }

  // For what the image itself lacks.
  void open_debug_file() {
    const auto debug_file = others_.debug_file();
    if (!debug_file) {
      return;
    }
    if (!btf_ && (!needs_btf_base(*debug_file) || others_.btf_base)) {
      guarded("btf-malformed", [&] { btf_ = open_btf(debug_file, others_.btf_base); });
    }
    guarded("dwarf-malformed", [&] { dwarf_ = open_dwarf(debug_file); });
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
  OtherTypes others_;
  bool lacks_base_ = false;  // and nobody was told
  std::unique_ptr<TypeReader> btf_;
  std::unique_ptr<TypeReader> dwarf_;
  bool dwarf_tried_ = false;
  bool debug_file_tried_ = false;
  std::string_view origin_;
};

}  // namespace

std::unique_ptr<TypeReader> open_types(std::shared_ptr<const Image> image,
                                       std::vector<Diagnostic>& diagnostics, OtherTypes others) {
  return std::make_unique<ImageTypes>(std::move(image), diagnostics, std::move(others));
}

}  // namespace kapi

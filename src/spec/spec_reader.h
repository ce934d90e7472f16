// SPDX-License-Identifier: GPL-2.0-only
// Reads one spec after the other into a corpus.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kapi/model.h"
#include "spec/decode.h"
#include "spec/spec_array.h"

namespace kapi {

class SpecReader {
 public:
  // The layouts are those the image does not tell apart; they and the corpus must outlive it.
  SpecReader(std::shared_ptr<const Image> image, const std::vector<SpecLayout>& layouts,
             Corpus& corpus);
  // False if the spec could not be read completely.
  bool read(const SpecSlot& slot);
  // The same for a struct kapi_ioctl_spec of RFC v1.
  bool read_ioctl(const SpecSlot& slot);
  // How many APIs hold a number that the layouts read differently.
  size_t ambiguous() const { return ambiguous_; }

 private:
  // One of the layouts, with what its reading needs.
  struct Lens {
    Lens(const std::shared_ptr<const Image>& image, const SpecLayout& of)
        : layout(&of), tokens(of), reader(image, of.graph) {}
    const SpecLayout* layout;
    Tokens tokens;
    ObjectReader reader;
  };

  bool read_as(const SpecSlot& slot, const std::string& holder);
  Api decode(Lens& lens, const SpecSlot& slot, const std::string& holder, const std::string& name,
             std::vector<Diagnostic>& diagnostics);
  void doubt(const SpecSlot& slot);
  void report(const SpecSlot& slot, std::string code, std::string message);
  size_t error_count() const;

  std::shared_ptr<const Image> image_;
  Corpus& corpus_;
  std::vector<std::unique_ptr<Lens>> lenses_;
  std::string subject_;
  std::set<std::string> names_;
  size_t ambiguous_ = 0;
};

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Opens the DWARF of an image with libdw.
#pragma once

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>

#include <memory>
#include <string>

#include "kapi/image.h"
#include "types/memory_file.h"

namespace kapi {

// A linked image is opened as it is: the link-time relocations that --emit-relocs leaves behind are
// neither read nor applied. A relocatable file (a module) goes through libdwfl, which applies the
// relocations of its debug sections. An image in memory is handed over as a memfd.
class DwarfFile {
 public:
  // Throws InputError.
  explicit DwarfFile(const Image& image);

  Dwarf* get() const { return dwarf_; }

 private:
  struct Close {
    void operator()(Dwarf* dwarf) const { dwarf_end(dwarf); }
    void operator()(Dwfl* dwfl) const { dwfl_end(dwfl); }
  };
  Dwarf* open_linked(std::string& error);
  Dwarf* open_relocatable(const std::string& file, std::string& error);

  Descriptor fd_;
  std::unique_ptr<Dwfl, Close> modules_;  // of a relocatable file; owns its Dwarf
  std::unique_ptr<Dwarf, Close> linked_;
  Dwarf* dwarf_ = nullptr;
};

}  // namespace kapi

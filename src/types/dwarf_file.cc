// SPDX-License-Identifier: GPL-2.0-only
#include "types/dwarf_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kapi {
namespace {

int open_image(const Image& image) {
  return image.path().empty() ? memory_file(image.bytes())
                              : open(image.path().c_str(), O_RDONLY | O_CLOEXEC);
}

// Debug information of another file is not asked for: neither from disk nor from a debuginfod.
int find_no_debuginfo(Dwfl_Module*, void**, const char*, Dwarf_Addr, const char*, const char*,
                      GElf_Word, char**) {
  return -1;
}

}  // namespace

DwarfFile::DwarfFile(const Image& image) : fd_(open_image(image)) {
  const Place place{image.file(), ".debug_info", std::nullopt};
  if (fd_.get() < 0) {
    throw InputError(place, fmt::format("cannot be opened: {}", std::strerror(errno)));
  }
  std::string error;
  dwarf_ = image.format() == ImageFormat::elf_rel ? open_relocatable(image.file(), error)
                                                  : open_linked(error);
  if (dwarf_ == nullptr) {
    throw InputError(place, "libdw refuses this DWARF: " + error);
  }
}

Dwarf* DwarfFile::open_linked(std::string& error) {
  elf_version(EV_CURRENT);
  linked_.reset(dwarf_begin(fd_.get(), DWARF_C_READ));
  if (!linked_) {
    error = dwarf_errmsg(-1);
  }
  return linked_.get();
}

Dwarf* DwarfFile::open_relocatable(const std::string& file, std::string& error) {
  static constexpr Dwfl_Callbacks kCallbacks = {nullptr, find_no_debuginfo,
                                                dwfl_offline_section_address, nullptr};
  Dwarf* dwarf = nullptr;
  modules_.reset(dwfl_begin(&kCallbacks));
  if (modules_) {
    // libdwfl closes the descriptor it is given.
    Dwfl_Module* module =
        dwfl_report_offline(modules_.get(), "image", file.c_str(), dup(fd_.get()));
    Dwarf_Addr bias = 0;
    if (module != nullptr && dwfl_report_end(modules_.get(), nullptr, nullptr) == 0) {
      dwarf = dwfl_module_getdwarf(module, &bias);
    }
  }
  if (dwarf == nullptr) {
    const char* message = dwfl_errmsg(-1);
    error = message != nullptr ? message : "no reason given";
  }
  return dwarf;
}

}  // namespace kapi

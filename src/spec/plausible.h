// SPDX-License-Identifier: GPL-2.0-only
// Whether bytes can be a spec of a layout. Where no symbol says so, many members that each hold
// what only they may hold are the evidence; where several revisions share their offsets, a number
// that one of them does not have speaks against it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spec/layout.h"
#include "spec/tokens.h"

namespace kapi {

// The magic that heads each part of a spec since RFC v4, written by the macro that writes its
// count.
struct SpecMagic {
  std::string_view member;
  uint32_t value;
};
inline constexpr std::array<SpecMagic, 12> kSpecMagics = {{{"param_magic", 0x4b415031},
                                                           {"return_magic", 0x4b415232},
                                                           {"error_magic", 0x4b414533},
                                                           {"lock_magic", 0x4b414c34},
                                                           {"constraint_magic", 0x4b414335},
                                                           {"info_magic", 0x4b414936},
                                                           {"signal_magic", 0x4b415337},
                                                           {"sigmask_magic", 0x4b414d38},
                                                           {"struct_magic", 0x4b415439},
                                                           {"effect_magic", 0x4b414641},
                                                           {"trans_magic", 0x4b415442},
                                                           {"cap_magic", 0x4b414343}}};

// Printable, without blanks, no longer than a name ever had room for.
bool is_api_name(std::string_view text);

class Plausibility {
 public:
  explicit Plausibility(const Image& image, const SpecLayout& layout)
      : image_(image), layout_(layout), tokens_(layout) {}

  // What the bytes at an address have that no spec of this layout has ("locks[0].scope is 7");
  // nothing if they can be one. Reads no more elements than a list has room for.
  std::optional<std::string> objection(uint64_t address) const;

 private:
  std::optional<std::string> record(TypeId type, uint64_t address, const std::string& path,
                                    int depth) const;
  std::optional<std::string> member(const RecordType& holder, const Member& member,
                                    uint64_t holder_address, const std::string& path,
                                    int depth) const;
  std::optional<std::string> list(const RecordType& holder, const Member& member,
                                  uint64_t holder_address, const std::string& path,
                                  int depth) const;
  std::optional<std::string> number(const RecordType& holder, const Member& member,
                                    uint64_t address) const;
  std::optional<std::string> text(const Member& member, uint64_t address) const;
  std::optional<std::string> name(uint64_t address) const;
  std::optional<std::string> meaning(uint64_t address) const;
  uint64_t word(std::string_view member, uint64_t address) const;

  const Image& image_;
  const SpecLayout& layout_;
  Tokens tokens_;
};

}  // namespace kapi

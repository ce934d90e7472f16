// SPDX-License-Identifier: GPL-2.0-only
// The code of an image: instructions by address, and what the kernel's own tables say of places in
// it (jump labels, exceptions, bugs).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "code/instruction.h"
#include "code/x86.h"
#include "kapi/image.h"
#include "kapi/types/exact.h"

namespace kapi::code {

// Where an instruction that touches user memory goes on if that faults.
struct Fixup {
  uint64_t address = 0;
  uint8_t reg_index = kNoRegister;  // that is set to `value` then
  uint64_t value = 0;
};

class Program {
 public:
  // `types` may be null, and is not kept.
  Program(std::shared_ptr<const Image> image, ExactTypes* types);

  const Image& image() const { return *image_; }
  // Nothing if there is no code at the address, or no instruction. The reference stays valid.
  const Instruction* at(uint64_t address) const;
  bool is_code(uint64_t address) const;

  // The other way that a jump label at this address may go; 0: there is none.
  uint64_t jump_label(uint64_t address) const;
  // Whether execution goes on after this trap (a WARN).
  bool is_warning(uint64_t address) const;
  std::optional<Fixup> fixup(uint64_t address) const;

  // All names of the function that begins at exactly this address; empty if none does.
  const std::vector<std::string_view>& names(uint64_t address) const;
  // The function that the address lies in, and how far: "do_fcntl+0x44".
  std::string place(uint64_t address) const;
  // The beginning of the function that the address lies in; 0: unknown.
  uint64_t function_of(uint64_t address) const;
  // How many parameters the function has; kAnyParameters if that is not known.
  static constexpr unsigned kAnyParameters = 8;
  unsigned parameters(uint64_t function) const;
  // Of a function of C, whether its result is larger than one register; nothing if it may be none.
  std::optional<bool> has_wide_result(uint64_t function) const;
  std::optional<uint64_t> address_of(std::string_view function) const;

 private:
  struct Range {
    uint64_t first;
    uint64_t last;
  };
  void read_jump_labels();
  void read_bugs();
  void read_exceptions();
  void read_prototypes(ExactTypes& types);
  std::optional<Range> table(const char* start, const char* stop) const;

  std::shared_ptr<const Image> image_;
  X86Decoder decoder_;
  std::vector<Range> code_;
  std::vector<Symbol> functions_;  // by address
  struct Shape {
    unsigned parameters = 0;
    bool wide_result = false;
  };
  std::unordered_map<uint64_t, Shape> shapes_;
  std::unordered_map<uint64_t, uint64_t> jump_labels_;
  std::unordered_map<uint64_t, bool> bugs_;
  std::unordered_map<uint64_t, Fixup> fixups_;
  mutable std::unordered_map<uint64_t, std::unique_ptr<Instruction>> instructions_;
  mutable std::unordered_map<uint64_t, std::vector<std::string_view>> names_;
};

}  // namespace kapi::code

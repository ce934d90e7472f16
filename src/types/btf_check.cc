// SPDX-License-Identifier: GPL-2.0-only
#include "types/btf_check.h"

#include <fmt/format.h>
#include <linux/btf.h>

#include <algorithm>

#include "kapi/types.h"

namespace kapi {
namespace {

constexpr uint16_t kMagic = 0xeb9f;
constexpr size_t kHeaderSize = 24;
constexpr const char* kSplitHint =
    "the BTF of a module refers to that of its vmlinux and cannot be read alone";

// Documentation/bpf/btf.rst; newer kinds are appended there.
constexpr const char* kKinds[] = {"void",    "INT",      "PTR",      "ARRAY",      "STRUCT",
                                  "UNION",   "ENUM",     "FWD",      "TYPEDEF",    "VOLATILE",
                                  "CONST",   "RESTRICT", "FUNC",     "FUNC_PROTO", "VAR",
                                  "DATASEC", "FLOAT",    "DECL_TAG", "TYPE_TAG",   "ENUM64"};

class Checker {
 public:
  explicit Checker(Cursor bytes) : bytes_(bytes) {}

  BtfSummary run() {
    header();
    offsets_.reserve(types_.size() / 24);  // what a type of a kernel takes
    while (!types_.at_end()) {
      // The header and each extra word of a type take four bytes at least, so ids fit 32 bits.
      offsets_.push_back(static_cast<uint32_t>(types_start_ + types_.position()));
      type();
    }
    if (highest_reference_ > offsets_.size()) {
      types_.seek(highest_position_);
      types_.fail(fmt::format("type id {} is referred to, the last one is {}", highest_reference_,
                              offsets_.size()),
                  kSplitHint);
    }
    return {bytes_.window(0, end_), std::move(offsets_), signed_enums_};
  }

 private:
  void header() {
    Cursor header = bytes_;
    header.seek(0);
    if (header.size() < kHeaderSize) {
      header.fail(
          fmt::format("BTF needs a header of {} bytes, found {}", kHeaderSize, header.size()));
    }
    header = header.with_endian(Endian::little);
    if (header.u16() != kMagic) {
      header.seek(0);
      header = header.with_endian(Endian::big);
      if (header.u16() != kMagic) {
        header.seek(0);
        header.fail("not BTF: the magic number 0xeb9f is missing");
      }
    }
    bytes_ = bytes_.with_endian(header.endian());
    const Cursor version_place = header;
    const uint8_t version = header.u8();
    if (version != 1) {
      version_place.fail(fmt::format("BTF version {}, only 1 is known", version));
    }
    header.skip(1);  // flags
    const Cursor length_place = header;
    const uint32_t length = header.u32();
    if (length < kHeaderSize || length > bytes_.size()) {
      length_place.fail(fmt::format("a header length of {}, expected {} to {}", length, kHeaderSize,
                                    bytes_.size()));
    }
    // From here all offsets count from the end of the header.
    const Cursor body = bytes_.window(length);
    const Cursor types_place = header;
    const uint32_t types_offset = header.u32();
    const uint32_t types_size = header.u32();
    const Cursor strings_place = header;
    const uint32_t strings_offset = header.u32();
    const uint32_t strings_size = header.u32();
    if (types_offset > body.size() || types_size > body.size() - types_offset) {
      types_place.fail(fmt::format("types of {:#x} bytes at {:#x} run past the end at {:#x}",
                                   types_size, types_offset, body.size()));
    }
    if (strings_offset > body.size() || strings_size > body.size() - strings_offset) {
      strings_place.fail(fmt::format("strings of {:#x} bytes at {:#x} run past the end at {:#x}",
                                     strings_size, strings_offset, body.size()));
    }
    if (types_offset % 4 != 0) {
      types_place.fail(fmt::format("types at {:#x}, which 4 does not divide", types_offset));
    }
    if (uint64_t{types_offset} + types_size > strings_offset) {
      strings_place.fail("the strings do not come behind the types");
    }
    types_ = body.window(types_offset, types_size);
    strings_ = body.window(strings_offset, strings_size);
    types_start_ = size_t{length} + types_offset;
    end_ = size_t{length} + strings_offset + strings_size;
    const auto text = strings_.span();
    if (text.empty() || text.front() != std::byte{0} || text.back() != std::byte{0}) {
      strings_.fail("strings that do not begin and end with a NUL");
    }
  }

  uint32_t id() const { return static_cast<uint32_t>(offsets_.size()); }

  // To the place of the word just read.
  void step_back() { types_.seek(types_.position() - 4); }

  void name() {
    const uint32_t offset = types_.u32();
    if (offset >= strings_.size()) {
      step_back();
      types_.fail(fmt::format("type {}: a name at {:#x}, the strings end at {:#x}", id(), offset,
                              strings_.size()),
                  kSplitHint);
    }
  }

  // Whether such a type exists is known only at the end.
  void reference() {
    const uint32_t target = types_.u32();
    if (target > highest_reference_) {
      highest_reference_ = target;
      highest_position_ = types_.position() - 4;
    }
  }

  void type() {
    const size_t start = types_.position();
    name();
    const uint32_t info = types_.u32();
    const uint32_t kind = info >> 24 & 0x1f;
    const uint32_t count = info & 0xffff;
    const bool flag = info >> 31 != 0;
    if (kind == 0 || kind >= std::size(kKinds)) {
      types_.seek(start);
      types_.fail(fmt::format("type {} is of the unknown BTF kind {}", id(), kind),
                  "a newer kapitool may know it");
    }
    const size_t extra = extra_size(kind, count);
    if (extra + 4 > types_.remaining()) {
      types_.seek(start);
      types_.fail(fmt::format("type {} ({}, {} elements) runs past the end of the types", id(),
                              kKinds[kind], count));
    }
    signed_enums_ = signed_enums_ || (flag && (kind == BTF_KIND_ENUM || kind == BTF_KIND_ENUM64));
    switch (kind) {
      case BTF_KIND_PTR:
      case BTF_KIND_TYPEDEF:
      case BTF_KIND_VOLATILE:
      case BTF_KIND_CONST:
      case BTF_KIND_RESTRICT:
      case BTF_KIND_FUNC:
      case BTF_KIND_FUNC_PROTO:
      case BTF_KIND_VAR:
      case BTF_KIND_DECL_TAG:
      case BTF_KIND_TYPE_TAG:
        reference();
        break;
      default:
        types_.skip(4);  // a size
    }
    elements(kind, count, extra);
  }

  // What follows the three words that every type has.
  static size_t extra_size(uint32_t kind, size_t count) {
    switch (kind) {
      case BTF_KIND_INT:
      case BTF_KIND_VAR:
      case BTF_KIND_DECL_TAG:
        return 4;
      case BTF_KIND_ARRAY:
        return 12;
      case BTF_KIND_STRUCT:
      case BTF_KIND_UNION:
      case BTF_KIND_DATASEC:
      case BTF_KIND_ENUM64:
        return 12 * count;
      case BTF_KIND_ENUM:
      case BTF_KIND_FUNC_PROTO:
        return 8 * count;
      default:
        return 0;
    }
  }

  void elements(uint32_t kind, uint32_t count, size_t extra) {
    switch (kind) {
      case BTF_KIND_ARRAY:
        reference();
        reference();
        types_.skip(4);
        break;
      case BTF_KIND_STRUCT:
      case BTF_KIND_UNION:
        for (uint32_t i = 0; i < count; i++) {
          name();
          reference();
          types_.skip(4);
        }
        break;
      case BTF_KIND_ENUM:
      case BTF_KIND_ENUM64:
        for (uint32_t i = 0; i < count; i++) {
          name();
          types_.skip(kind == BTF_KIND_ENUM ? 4 : 8);
        }
        break;
      case BTF_KIND_FUNC_PROTO:
        for (uint32_t i = 0; i < count; i++) {
          name();
          reference();
        }
        break;
      case BTF_KIND_DATASEC:
        for (uint32_t i = 0; i < count; i++) {
          reference();
          types_.skip(8);
        }
        break;
      default:
        types_.skip(extra);
    }
  }

  Cursor bytes_;
  Cursor types_;
  Cursor strings_;
  size_t types_start_ = 0;
  size_t end_ = 0;
  std::vector<uint32_t> offsets_;
  bool signed_enums_ = false;
  uint32_t highest_reference_ = 0;
  size_t highest_position_ = 0;
};

}  // namespace

BtfSummary check_btf(Cursor bytes) { return Checker(bytes).run(); }

bool is_btf(std::span<const std::byte> bytes) {
  return bytes.size() >= 3 && bytes[2] == std::byte{1} &&
         ((bytes[0] == std::byte{0x9f} && bytes[1] == std::byte{0xeb}) ||
          (bytes[0] == std::byte{0xeb} && bytes[1] == std::byte{0x9f}));
}

}  // namespace kapi

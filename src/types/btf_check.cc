// SPDX-License-Identifier: GPL-2.0-only
#include "types/btf_check.h"

#include <fmt/format.h>
#include <linux/btf.h>

#include <bit>
#include <cstring>

#include "kapi/types.h"
#include "types/btf_references.h"

namespace kapi {
namespace {

constexpr uint16_t kMagic = 0xeb9f;
constexpr size_t kHeaderSize = 24;
constexpr size_t kTypeSize = 12;  // without what its kind adds
constexpr const char* kSplitHint =
    "the BTF of a module refers to that of its vmlinux and cannot be read alone: --btf-base";

class Checker {
 public:
  Checker(Cursor bytes, const BtfSummary* base) : bytes_(bytes), base_(base) {
    if (base != nullptr) {
      first_id_ = base->first_id + static_cast<uint32_t>(base->offset.size());
    }
  }

  BtfSummary run() {
    header();
    offsets_.reserve(types_.size() / 24);  // what a type of a kernel takes
    while (!types_.at_end()) {
      offsets_.push_back(static_cast<uint32_t>(types_start_ + types_.position()));
      type();
    }
    if (highest_reference_ > id()) {
      types_.seek(highest_position_);
      types_.fail(
          fmt::format("type id {} is referred to, the last one is {}", highest_reference_, id()),
          base_ == nullptr ? kSplitHint : kWrongBaseHint);
    }
    BtfSummary summary{bytes_.window(0, end_), strings_, first_id_, std::move(offsets_),
                       signed_enums_};
    if (base_ != nullptr) {
      check_references(references_, summary, *base_);
    }
    return summary;
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
    check_strings();
    if (base_ != nullptr && base_->whole.endian() != bytes_.endian()) {
      bytes_.fail("BTF of another endianness than that which it continues", kWrongBaseHint);
    }
  }

  // Those of a module go on where those of its base end.
  void check_strings() const {
    const auto text = strings_.span();
    if (base_ != nullptr) {
      if (!text.empty() && text.back() != std::byte{0}) {
        strings_.fail("strings that do not end with a NUL");
      }
    } else if (text.empty() || text.front() != std::byte{0} || text.back() != std::byte{0}) {
      strings_.fail("strings that do not begin and end with a NUL", kSplitHint);
    }
  }

  // Of the type at hand, or the last one.
  uint32_t id() const { return first_id_ + static_cast<uint32_t>(offsets_.size()) - 1; }

  // The words of the type at hand, without the bookkeeping of a Cursor: there are a million of
  // them.
  uint32_t word(size_t index) const {
    uint32_t value = 0;
    std::memcpy(&value, words_.data() + index * 4, 4);
    const bool native =
        (types_.endian() == Endian::little) == (std::endian::native == std::endian::little);
    return native ? value : __builtin_bswap32(value);
  }

  [[noreturn]] void fail(size_t index, const std::string& reason, std::string hint = {}) {
    types_.seek(start_ + index * 4);
    types_.fail(fmt::format("type {}: {}", id(), reason), std::move(hint));
  }

  void name(size_t index) {
    const uint32_t offset = word(index);
    const size_t before = base_ == nullptr ? 0 : base_->strings.size();
    const size_t end = before + strings_.size();
    if (offset >= end) {
      fail(index, fmt::format("a name at {:#x}, the strings end at {:#x}", offset, end),
           base_ == nullptr ? kSplitHint : kWrongBaseHint);
    }
    // Writers of split BTF keep each string once and whole.
    const auto text = offset < before ? base_->strings.span() : strings_.span();
    const size_t at = offset < before ? offset : offset - before;
    if (base_ != nullptr && at != 0 && text[at - 1] != std::byte{0}) {
      fail(index, fmt::format("a name at {:#x}, which is within another", offset), kWrongBaseHint);
    }
  }

  // Whether such a type exists is known only at the end.
  void reference(size_t index, BtfRole role) {
    const uint32_t target = word(index);
    if (base_ != nullptr && role != BtfRole::any) {
      references_.push_back({target, role, types_start_ + start_ + index * 4});
    }
    if (target > highest_reference_) {
      highest_reference_ = target;
      highest_position_ = start_ + index * 4;
    }
  }

  void type() {
    start_ = types_.position();
    if (types_.remaining() < kTypeSize) {
      fail(0, fmt::format("needs {} bytes, {} left", kTypeSize, types_.remaining()));
    }
    words_ = types_.span().subspan(start_);
    const uint32_t info = word(1);
    const uint32_t kind = info >> 24 & 0x1f;
    const uint32_t count = info & 0xffff;
    const bool flag = info >> 31 != 0;
    name(0);
    if (kind == 0 || kind >= kBtfKinds.size()) {
      fail(0, fmt::format("unknown BTF kind {}", kind), "a newer kapitool may know it");
    }
    const size_t size = kTypeSize + extra_size(kind, count);
    if (size > types_.remaining()) {
      fail(0, fmt::format("{} with {} elements runs past the end of the types", kBtfKinds[kind],
                          count));
    }
    signed_enums_ = signed_enums_ || (flag && (kind == BTF_KIND_ENUM || kind == BTF_KIND_ENUM64));
    switch (kind) {
      case BTF_KIND_PTR:
      case BTF_KIND_TYPEDEF:
      case BTF_KIND_VOLATILE:
      case BTF_KIND_CONST:
      case BTF_KIND_RESTRICT:
      case BTF_KIND_TYPE_TAG:
        reference(2, BtfRole::type);
        break;
      case BTF_KIND_FUNC:
        reference(2, BtfRole::prototype);
        break;
      case BTF_KIND_FUNC_PROTO:
      case BTF_KIND_VAR:
        reference(2, BtfRole::value);
        break;
      case BTF_KIND_DECL_TAG:
        reference(2, BtfRole::any);
        break;
      default:
        break;  // the third word is a size
    }
    elements(kind, count);
    types_.skip(size);
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

  // From the fourth word on; what is neither a name nor a type needs no check.
  void elements(uint32_t kind, uint32_t count) {
    switch (kind) {
      case BTF_KIND_ARRAY:
        reference(3, BtfRole::value);
        reference(4, BtfRole::value);
        break;
      case BTF_KIND_STRUCT:
      case BTF_KIND_UNION:
        for (size_t i = 3; i < 3 + size_t{count} * 3; i += 3) {
          name(i);
          reference(i + 1, BtfRole::value);
        }
        break;
      case BTF_KIND_ENUM:
      case BTF_KIND_ENUM64:
        for (size_t i = 0, step = kind == BTF_KIND_ENUM ? 2 : 3; i < count; i++) {
          name(3 + i * step);
        }
        break;
      case BTF_KIND_FUNC_PROTO:
        for (size_t i = 3; i < 3 + size_t{count} * 2; i += 2) {
          name(i);
          reference(i + 1, BtfRole::value);
        }
        break;
      case BTF_KIND_DATASEC:
        for (size_t i = 3; i < 3 + size_t{count} * 3; i += 3) {
          reference(i, BtfRole::storage);
        }
        break;
      default:
        break;
    }
  }

  Cursor bytes_;
  const BtfSummary* base_;
  uint32_t first_id_ = 1;
  Cursor types_;
  Cursor strings_;
  size_t types_start_ = 0;
  size_t end_ = 0;
  size_t start_ = 0;                  // of the type at hand
  std::span<const std::byte> words_;  // from there to the end
  std::vector<uint32_t> offsets_;
  bool signed_enums_ = false;
  uint32_t highest_reference_ = 0;
  size_t highest_position_ = 0;
  std::vector<BtfReference> references_;  // of split BTF
};

}  // namespace

BtfSummary check_btf(Cursor bytes, const BtfSummary* base) { return Checker(bytes, base).run(); }

bool is_btf(std::span<const std::byte> bytes) {
  return bytes.size() >= 3 && bytes[2] == std::byte{1} &&
         ((bytes[0] == std::byte{0x9f} && bytes[1] == std::byte{0xeb}) ||
          (bytes[0] == std::byte{0xeb} && bytes[1] == std::byte{0x9f}));
}

bool is_split_btf(Cursor bytes) {
  if (!is_btf(bytes.span()) || bytes.size() < kHeaderSize) {
    return false;
  }
  bytes = bytes.with_endian(bytes.span()[0] == std::byte{0x9f} ? Endian::little : Endian::big);
  bytes.seek(4);
  const uint64_t header = bytes.u32();
  bytes.skip(8);
  const uint64_t start = header + bytes.u32();
  const uint32_t size = bytes.u32();
  return size == 0 || (start < bytes.size() && bytes.span()[start] != std::byte{0});
}

}  // namespace kapi

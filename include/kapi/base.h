// SPDX-License-Identifier: GPL-2.0-only
// base: bytes that know their place, the one error type, diagnostics, text.
//
// Everything that comes out of a file is read through a Cursor. A Cursor is a window on bytes that
// somebody else owns (a mapped file, a literal in a test); it knows the file, the section and the
// offset, so that every failed read names the exact place:
//
//   Cursor bytes(span, "vmlinux", ".BTF", /*file_offset=*/0x182eb80, Endian::little);
//   uint16_t magic = bytes.u16();          // advances
//   Cursor types = bytes.window(24, 4096); // bounds-checked sub-window, same place arithmetic
//
// Malformed input throws InputError; what can be skipped becomes a Diagnostic instead.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kapi {

enum class Endian { little, big };

// Where something stands. `offset` counts bytes from the start of the file; an empty section or an
// absent offset means "the file as a whole".
struct Place {
  std::string file;
  std::string section;
  std::optional<uint64_t> offset;

  // "vmlinux: .BTF at 0x182eb80", leaving out what is absent.
  std::string text() const;
  bool operator==(const Place&) const = default;
};

// Input that cannot be used. Thrown by the readers, caught where an input is loaded.
class InputError : public std::runtime_error {
 public:
  // `reason` says what was expected and what was found; `hint`, if any, what the user can do.
  InputError(Place place, std::string reason, std::string hint = {});

  const Place& place() const { return place_; }
  const std::string& reason() const { return reason_; }
  const std::string& hint() const { return hint_; }

 private:
  Place place_;
  std::string reason_;
  std::string hint_;
};

// A bounds-checked, endian-aware reader over bytes it does not own. Cheap to copy. `file` and
// `section` must outlive it. Every read either yields a value or throws InputError naming the
// place where the offending value begins.
class Cursor {
 public:
  Cursor() = default;
  Cursor(std::span<const std::byte> bytes, std::string_view file, std::string_view section,
         uint64_t file_offset, Endian endian);

  size_t size() const { return bytes_.size(); }
  size_t position() const { return position_; }
  size_t remaining() const { return bytes_.size() - position_; }
  bool at_end() const { return remaining() == 0; }
  Endian endian() const { return endian_; }
  std::span<const std::byte> span() const { return bytes_; }
  // The place of the next byte.
  Place place() const;

  uint8_t u8() { return integer<uint8_t>(); }
  uint16_t u16() { return integer<uint16_t>(); }
  uint32_t u32() { return integer<uint32_t>(); }
  uint64_t u64() { return integer<uint64_t>(); }
  // An unsigned, or sign-extended, integer of 1, 2, 4 or 8 bytes; other sizes throw.
  uint64_t unsigned_of(size_t size);
  int64_t signed_of(size_t size);
  // The bytes up to a NUL, which is consumed and not returned. Throws if there is none within
  // `limit` bytes or before the end.
  std::string_view cstring(size_t limit = SIZE_MAX);
  std::span<const std::byte> take(size_t size);
  void skip(size_t size);
  // Moves to an offset from the start of this window; the end itself is allowed.
  void seek(size_t offset);

  // [offset, offset + size) of this window, position 0. The second form runs to the end.
  Cursor window(size_t offset, size_t size) const;
  Cursor window(size_t offset) const;
  Cursor with_endian(Endian endian) const;

  // Throws InputError at the place of the next byte.
  [[noreturn]] void fail(std::string reason, std::string hint = {}) const;

 private:
  void require(size_t size, const char* what) const {
    if (size > remaining()) {
      fail_short(size, what);
    }
  }
  [[noreturn]] void fail_short(size_t size, const char* what) const;
  template <typename T>
  T integer();

  std::span<const std::byte> bytes_;
  std::string_view file_;
  std::string_view section_;
  uint64_t file_offset_ = 0;
  size_t position_ = 0;
  Endian endian_ = Endian::little;
};

// The whole of a file, for what is small or cannot be mapped. Throws InputError if it cannot be
// read or holds more than `limit` bytes.
std::string read_file(const std::string& path, size_t limit);
// The first `limit` bytes of a file, or fewer; throws if it is no regular file or cannot be read.
std::string read_head(const std::string& path, size_t limit);

// A regular file mapped read-only for as long as this lives, so that only pages somebody reads are
// loaded. A file that is cut short while it is mapped raises SIGBUS on a read past its new end:
// whoever writes images must replace them, not rewrite them in place, as package managers do.
class MappedFile {
 public:
  // Throws InputError if the path cannot be opened or is not a regular file. An empty file maps to
  // no bytes.
  explicit MappedFile(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

// Here, and not in the source file, because symbol tables and type data are read one integer at a
// time.
template <typename T>
T Cursor::integer() {
  require(sizeof(T), "an integer");
  T value;
  std::memcpy(&value, bytes_.data() + position_, sizeof value);
  position_ += sizeof value;
  if ((endian_ == Endian::little) == (std::endian::native == std::endian::little)) {
    return value;
  }
  if constexpr (sizeof(T) == 8) {
    return __builtin_bswap64(value);
  } else if constexpr (sizeof(T) == 4) {
    return __builtin_bswap32(value);
  } else if constexpr (sizeof(T) == 2) {
    return __builtin_bswap16(value);
  } else {
    return value;
  }
}

enum class Level { note, warning, error };
std::string_view name(Level level);

// Something that was noticed while reading and did not stop it. An `error` means that what
// `subject` names was not read completely, so nothing may be concluded from what is missing there.
struct Diagnostic {
  Level level = Level::warning;
  std::string code;     // kebab-case and stable: "count-clamped"
  std::string subject;  // what it is about ("sys_open/errors"); empty for the whole input
  std::string message;
  std::string section;
  std::optional<uint64_t> offset;  // bytes from the start of the file

  bool operator==(const Diagnostic&) const = default;
};

// Text as UTF-8. Valid UTF-8 is returned as it is. In any other text each byte that is not part of
// a valid sequence becomes \xNN and each backslash is doubled, so nothing is lost.
std::string to_utf8(std::string_view bytes);
bool is_utf8(std::string_view bytes);

// Text that is safe on a terminal: control characters (also C1 and DEL) and bytes that are not
// valid UTF-8 as \xNN, what reorders text as \uNNNN; newline and tab stay when `keep_layout`.
std::string printable(std::string_view text, bool keep_layout = false);

std::string hex(uint64_t value);                           // "0x1f"
std::optional<uint64_t> parse_hex(std::string_view text);  // "0x1f", nothing else
uint64_t fnv1a64(std::string_view text);                   // a stable, not a cryptographic, hash

}  // namespace kapi

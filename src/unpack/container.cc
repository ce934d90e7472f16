// SPDX-License-Identifier: GPL-2.0-only
#include "unpack/container.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "kapi/unpack.h"
#include "unpack/decoder.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kArMagic = "!<arch>\n";
constexpr std::string_view kRpmMagic = "\xed\xab\xee\xdb";
constexpr std::string_view kRpmHeaderMagic = "\x8e\xad\xe8\x01";

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A field of an ar header: its end is filled with blanks.
std::string_view field(Cursor& header, size_t size) {
  const std::string_view text = text_of(header.take(size));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

// deb(5), ar(5): the members debian-binary, control.tar.*, data.tar.*, in this order; others whose
// names begin with "_" may stand between.
Container find_in_deb(Cursor file) {
  file.seek(kArMagic.size());
  while (!file.at_end()) {
    const Cursor header = file;
    std::string_view name = field(file, 16);
    file.skip(32);  // time, owner, group, mode
    const std::string_view digits = field(file, 10);
    uint64_t size = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (text_of(file.take(2)) != "`\n" || digits.empty() ||
        parsed.ptr != digits.data() + digits.size()) {
      header.fail("is no Debian package: no member of an ar archive begins here");
    }
    if (name.ends_with('/')) {
      name.remove_suffix(1);
    }
    if (size > file.remaining()) {
      header.fail(fmt::format("{} has {} bytes, of which {} are there: the package was cut short",
                              to_utf8(name), size, file.remaining()));
    }
    if (name.starts_with("data.tar")) {
      return {"deb", to_utf8(name), file.position(), static_cast<size_t>(size), false};
    }
    file.skip(std::min<size_t>(size + size % 2, file.remaining()));
  }
  file.fail("is a Debian package without a member data.tar: it was cut short");
}

// The Header Structure of the RPM file format: an index of 16-byte entries, and their data.
void skip_rpm_header(Cursor& file) {
  if (text_of(file.span().subspan(file.position())).substr(0, 4) != kRpmHeaderMagic) {
    file.fail("is no RPM package: no header begins here");
  }
  file.skip(8);
  const uint64_t entries = file.u32();
  const uint64_t data = file.u32();
  file.skip(static_cast<size_t>(entries * 16 + data));
}

Container find_in_rpm(const Cursor& whole) {
  constexpr size_t kLead = 96;
  Cursor file = whole.with_endian(Endian::big);
  file.skip(kLead);
  skip_rpm_header(file);  // signatures, filled up to 8 bytes
  file.skip((8 - file.position() % 8) % 8);
  skip_rpm_header(file);
  return {"rpm", "payload", file.position(), file.remaining(), true};
}

// POSIX and GNU tar. The checksum of a tar from before has nothing to tell it by.
bool has_tar_magic(std::string_view text) {
  return text.size() >= 512 && text.substr(257).starts_with("ustar");
}

// The first bytes that come out; fewer if there are no more, or not enough to decode.
std::string unpacked_head(const Cursor& packed, Packing packing) {
  constexpr size_t kBlock = 512;
  std::string head(kBlock, '\0');
  size_t written = 0;
  try {
    const auto decoder = stream_decoder(packed, packing);
    const auto in = packed.span().subspan(packed.position());
    size_t read = 0;
    while (decoder != nullptr && written < head.size()) {
      const auto room = std::as_writable_bytes(std::span(head)).subspan(written);
      const StreamDecoder::Step step = decoder->step(in.subspan(read), room);
      read += step.read;
      written += step.written;
      if (step.ended || (step.read == 0 && step.written == 0)) {
        break;
      }
    }
  } catch (const InputError&) {
    // Then it is none, and whoever reads it as something else says why.
  }
  head.resize(written);
  return head;
}

}  // namespace

bool is_deb(const Cursor& file) {
  const std::string_view text = text_of(file.span());
  return text.starts_with(kArMagic) && text.substr(kArMagic.size()).starts_with("debian-binary");
}

bool is_rpm(const Cursor& file) { return text_of(file.span()).starts_with(kRpmMagic); }

bool is_tar(const Cursor& file) {
  if (has_tar_magic(text_of(file.span()))) {
    return true;
  }
  const auto packing = packing_at(file);
  return packing && has_tar_magic(unpacked_head(file, *packing));
}

Container find_container(const Cursor& file) {
  if (is_deb(file)) {
    return find_in_deb(file);
  }
  if (is_rpm(file)) {
    return find_in_rpm(file);
  }
  if (!is_tar(file)) {
    file.fail("is no package: expected a .deb, an .rpm or a tar");
  }
  return {"tar", "", 0, file.size(), false};
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
// Packages by libarchive. It is given one filter and one format, and not left to find them out: a
// file could have it stack filters on each other, and of some filters it starts another program.
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "kapi/unpack.h"
#include "unpack/container.h"
#include "unpack/member_path.h"

namespace kapi {
namespace {

constexpr size_t kMaxPaths = size_t{256} << 20;  // bytes of all paths together

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

int filter_code(Packing packing) {
  switch (packing) {
    case Packing::gzip:
      return ARCHIVE_FILTER_GZIP;
    case Packing::xz:
      return ARCHIVE_FILTER_XZ;
    case Packing::lzma:
      return ARCHIVE_FILTER_LZMA;
    case Packing::zstd:
      return ARCHIVE_FILTER_ZSTD;
    case Packing::lz4:
      return ARCHIVE_FILTER_LZ4;
    case Packing::bzip2:
      return ARCHIVE_FILTER_BZIP2;
    case Packing::lzo:
      return ARCHIVE_FILTER_LZOP;
  }
  return ARCHIVE_FILTER_NONE;
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

// One pass.
class Pass : public MemberData {
 public:
  Pass(const Cursor& bytes, bool is_cpio) : bytes_(bytes), handle_(archive_read_new()) {
    if (!handle_) {
      bytes_.fail("cannot be unpacked: libarchive has no memory");
    }
    const auto packing = packing_at(bytes_);
    is_packed_ = packing.has_value();
    // A warning means that libarchive would start a program.
    if (packing && archive_read_append_filter(handle_.get(), filter_code(*packing)) != ARCHIVE_OK) {
      bytes_.fail(fmt::format("is packed by {}, which is not read in packages", name(*packing)));
    }
    is_cpio ? archive_read_support_format_cpio(handle_.get())
            : archive_read_support_format_tar(handle_.get());
    // Then what follows the end mark of a tar is read as well, up to the packed stream's checksum.
    archive_read_set_option(handle_.get(), "tar", "read_concatenated_archives", "1");
    check(archive_read_open_memory(handle_.get(), bytes_.span().data(), bytes_.size()));
    needs_end_mark_ = !is_packed_ && !is_cpio;
  }

  // False at the end.
  bool next() {
    drain();
    const int status = archive_read_next_header(handle_.get(), &entry_);
    check(status);
    check_limits();
    if (status == ARCHIVE_EOF) {
      check_end_mark();
      return false;
    }
    if (++count_ > kMaxPackageMembers) {
      fail(fmt::format("holds more than {} files", kMaxPackageMembers));
    }
    pending_ = true;
    return true;
  }

  // Nothing if its path leads out of the package.
  std::optional<PackageMember> member() {
    std::string path = text_or_empty(archive_entry_pathname(entry_));
    if (path.empty()) {
      path = text_or_empty(archive_entry_pathname_utf8(entry_));
    }
    paths_ += path.size();
    if (paths_ > kMaxPaths) {
      fail(fmt::format("holds paths of more than {} bytes", kMaxPaths));
    }
    if (path.find_first_not_of("./") == path.npos) {
      return PackageMember{};  // the root, which is no file
    }
    PackageMember member;
    auto normal = member_path(path);
    if (!normal) {
      return std::nullopt;
    }
    member.path = std::move(*normal);
    member.size = static_cast<uint64_t>(std::max<int64_t>(archive_entry_size(entry_), 0));
    if (const char* target = archive_entry_hardlink(entry_)) {
      member.kind = PackageMember::Kind::hardlink;
      member.target = member_path(target).value_or("");
    } else if (archive_entry_filetype(entry_) == AE_IFLNK) {
      member.kind = PackageMember::Kind::symlink;
      member.target = text_or_empty(archive_entry_symlink(entry_));
    } else if (archive_entry_filetype(entry_) == AE_IFREG) {
      member.kind = PackageMember::Kind::file;
    }
    return member;
  }

  std::vector<std::byte> read(size_t limit) override {
    std::vector<std::byte> bytes;
    while (const auto block = next_block()) {
      if (block->size() > limit - bytes.size()) {
        fail(fmt::format("holds a file of more than {} bytes: {}", limit,
                         to_utf8(text_or_empty(archive_entry_pathname(entry_)))));
      }
      bytes.insert(bytes.end(), block->begin(), block->end());
    }
    return bytes;
  }

 private:
  // The next bytes of the member, of libarchive's own; nothing at its end.
  std::optional<std::span<const std::byte>> next_block() {
    if (!pending_) {
      return std::nullopt;
    }
    const void* data = nullptr;
    size_t size = 0;
    int64_t offset = 0;
    const int status = archive_read_data_block(handle_.get(), &data, &size, &offset);
    check(status);
    check_limits();
    if (status == ARCHIVE_EOF) {
      pending_ = false;
      done_ = 0;
      return std::nullopt;
    }
    if (offset != done_) {
      fail("holds a file with holes, which packages of kernels do not");
    }
    done_ += static_cast<int64_t>(size);
    return std::span(static_cast<const std::byte*>(data), size);
  }

  // Not left to libarchive, which would unpack a member of any size without asking.
  void drain() {
    while (next_block()) {
    }
  }

  void check(int status) {
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN && status != ARCHIVE_EOF) {
      const std::string reason = text_or_empty(archive_error_string(handle_.get()));
      fail(fmt::format("cannot be unpacked, as it was cut short or is damaged: {}",
                       reason.empty() ? "libarchive refuses it" : to_utf8(reason)));
    }
  }

  void check_limits() {
    const auto out = static_cast<uint64_t>(archive_filter_bytes(handle_.get(), 0));
    const auto in = static_cast<uint64_t>(archive_filter_bytes(handle_.get(), -1));
    if (out > kMaxUnpackedPackage) {
      fail(fmt::format("unpacks to more than {} bytes", kMaxUnpackedPackage));
    }
    if (out > kUnpackRatioFrom && out / kMaxUnpackRatio > in) {
      fail(fmt::format("unpacks to more than {} times its size: {} bytes come from {}",
                       kMaxUnpackRatio, out, in));
    }
  }

  // libarchive takes the end of a plain tar for its end wherever a member may begin.
  void check_end_mark() {
    constexpr size_t kBlock = 512;
    if (!needs_end_mark_) {
      return;
    }
    const auto bytes = bytes_.span();
    const auto mark = bytes.last(std::min(kBlock, bytes.size()));
    if (!std::all_of(mark.begin(), mark.end(), [](std::byte b) { return b == std::byte{0}; })) {
      fail("ends without the mark of a tar's end: it was cut short");
    }
  }

  [[noreturn]] void fail(std::string reason) {
    Cursor at = bytes_;
    const auto read = static_cast<uint64_t>(archive_filter_bytes(handle_.get(), -1));
    at.seek(static_cast<size_t>(std::min<uint64_t>(read, bytes_.size())));
    at.fail(std::move(reason));
  }

  const Cursor& bytes_;
  std::unique_ptr<archive, FreeArchive> handle_;
  archive_entry* entry_ = nullptr;
  bool is_packed_ = false;
  bool needs_end_mark_ = false;
  bool pending_ = false;  // the member's bytes are not all read
  int64_t done_ = 0;      // bytes of the member
  size_t count_ = 0;
  size_t paths_ = 0;
};

}  // namespace

bool Package::is_package(const Cursor& file) {
  return is_deb(file) || is_rpm(file) || is_tar(file);
}

Package::Package(const Cursor& file) : file_(file.place().file) {
  const Container container = find_container(file);
  section_ = container.section;
  format_ = container.format;
  is_cpio_ = container.is_cpio;
  archive_ = Cursor(file.span().subspan(container.offset, container.size), file_, section_,
                    container.offset, Endian::little);
}

size_t Package::each(const std::function<bool(const PackageMember&, MemberData&)>& visit) const {
  Pass pass(archive_, is_cpio_);
  size_t left_out = 0;
  while (pass.next()) {
    const auto member = pass.member();
    if (!member) {
      left_out++;
    } else if (!member->path.empty() && !visit(*member, pass)) {
      break;
    }
  }
  return left_out;
}

std::vector<PackageMember> Package::members() const {
  std::vector<PackageMember> members;
  each([&](const PackageMember& member, MemberData&) {
    members.push_back(member);
    return true;
  });
  return members;
}

}  // namespace kapi

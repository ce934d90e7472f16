// SPDX-License-Identifier: GPL-2.0-only
// What boot loaders read is a small program with the kernel in it, packed. Some say in a header
// where it lies; of the others a place counts if what is there unpacks to a kernel.
#include "image/payload.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "image/elf_file.h"
#include "kapi/image.h"
#include "kapi/unpack.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

constexpr size_t kMaxNesting = 4;      // vmlinuz.gz of a bzImage of xz is two
constexpr size_t kMaxCandidates = 64;  // places that look like a packed kernel and are none

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool has(const Cursor& file, size_t offset, std::string_view magic) {
  const std::string_view text = text_of(file.span());
  return text.size() > offset && text.substr(offset).starts_with(magic);
}

bool is_elf(std::span<const std::byte> bytes) { return text_of(bytes).starts_with("\177ELF"); }

// Whether what was unpacked at some place is a kernel: nothing else has these words, followed by a
// number.
bool is_kernel(std::span<const std::byte> bytes) {
  constexpr std::string_view kBanner = "Linux version ";
  const std::string_view text = text_of(bytes);
  for (size_t at = text.find(kBanner); at != text.npos; at = text.find(kBanner, at + 1)) {
    const size_t digit = at + kBanner.size();
    if (digit < text.size() && text[digit] >= '0' && text[digit] <= '9') {
      return true;
    }
  }
  return is_elf(bytes);
}

// About the file as a whole, and no place in it.
[[noreturn]] void refuse(const Cursor& file, std::string reason) {
  throw InputError({file.place().file, "", std::nullopt}, std::move(reason));
}

struct Layer {
  std::vector<std::byte> bytes;
  std::vector<std::string> names;
};

// The one that is where a header says.
Layer at_offset(const Cursor& file, std::string_view wrapper, uint64_t offset, uint64_t size,
                UnpackBudget& budget) {
  const uint64_t available = file.size() - std::min<uint64_t>(offset, file.size());
  if (size == 0 || size > available) {
    refuse(file,
           fmt::format("its header says that {} bytes of packed kernel begin at {:#x}, where {} "
                       "bytes are left: the {} was cut short",
                       size, offset, available, wrapper));
  }
  const Cursor payload = file.window(offset, size);
  const auto packing = packing_at(payload);
  if (!packing) {
    payload.fail(
        fmt::format("its header says that the packed kernel begins here, but nothing "
                    "known is packed like this: the {} is damaged",
                    wrapper));
  }
  return {unpack(payload, *packing, budget).bytes,
          {std::string(wrapper), std::string(name(*packing))}};
}

// Any place where something packed may begin and a kernel comes out.
Layer by_search(const Cursor& file, std::string_view wrapper, UnpackBudget& budget) {
  constexpr std::string_view kFirstBytes = "\x1f\xfd\x28\x04\x02\x89\x42\x5d";
  const std::string_view text = text_of(file.span());
  size_t candidates = 0;
  std::string refusal;  // of the first that says by a magic what it is
  for (size_t at = text.find_first_of(kFirstBytes); at != text.npos;
       at = text.find_first_of(kFirstBytes, at + 1)) {
    const Cursor candidate = file.window(at);
    const auto packing = packing_at(candidate);
    if (!packing) {
      continue;
    }
    if (++candidates > kMaxCandidates) {
      break;
    }
    try {
      Unpacked unpacked = unpack(candidate, *packing, budget);
      if (is_kernel(unpacked.bytes)) {
        return {std::move(unpacked.bytes), {std::string(wrapper), std::string(name(*packing))}};
      }
    } catch (const InputError& error) {
      if (refusal.empty() && *packing != Packing::lzma) {
        refusal = fmt::format(": what begins at {:#x} {}", at, error.reason());
      }
    }
  }
  refuse(file, fmt::format("is a {}, but no kernel in it can be unpacked{}", wrapper, refusal));
}

// ---- the forms ---------------------------------------------------------------------------------

// Documentation/arch/x86/boot.rst: the setup header. Since protocol 2.08 it says where the payload
// is, counted from the end of the setup code.
Layer open_bz_image(const Cursor& file, UnpackBudget& budget) {
  constexpr uint64_t kSector = 512;
  Cursor header = file.with_endian(Endian::little);
  header.seek(0x206);
  if (header.u16() < 0x208) {
    return by_search(file, "bzImage", budget);
  }
  header.seek(0x1f1);
  const uint8_t sectors = header.u8();
  header.seek(0x248);
  const uint32_t offset = header.u32();
  const uint32_t size = header.u32();
  return at_offset(file, "bzImage", (sectors == 0 ? 5 : sectors + 1) * kSector + offset, size,
                   budget);
}

// drivers/firmware/efi/libstub/zboot-header.S
Layer open_zboot(const Cursor& file, UnpackBudget& budget) {
  Cursor header = file.with_endian(Endian::little);
  header.seek(0x8);
  const uint32_t offset = header.u32();
  const uint32_t size = header.u32();
  return at_offset(file, "EFI zboot", offset, size, budget);
}

Layer open_arm_zimage(const Cursor& file, UnpackBudget& budget) {
  return by_search(file, "zImage", budget);
}

Layer open_s390_bz_image(const Cursor& file, UnpackBudget& budget) {
  return by_search(file, "bzImage", budget);
}

// arch/mips/boot/compressed: an ELF file whose .data begins with the packed kernel, which is flat.
std::optional<Cursor> mips_payload(const Cursor& file) {
  constexpr size_t kReach = 256;  // alignment, and a word or two before it
  try {
    const ElfFile elf(file.span(), file.place().file);
    if (elf.arch() != Arch::mips || elf.format() != ImageFormat::elf_exec) {
      return std::nullopt;
    }
    for (const Section& section : elf.sections()) {
      if (section.name != ".data" || !section.has_bytes) {
        continue;
      }
      const size_t size = elf.contents(section).size();
      const Cursor data = file.window(section.offset, size);
      for (size_t at = 0; at < std::min(kReach, size); at += 4) {
        const Cursor payload = data.window(at);
        if (packing_at(payload)) {
          return payload;
        }
      }
    }
  } catch (const InputError&) {
    // Whoever reads it as an image says what is wrong with it.
  }
  return std::nullopt;
}

struct Form {
  size_t offset;
  std::string_view magic;
  Layer (*open)(const Cursor& file, UnpackBudget& budget);
};
constexpr Form kForms[] = {
    // Documentation/arch/x86/boot.rst
    {0x202, "HdrS"sv, open_bz_image},
    {0x4, "zimg"sv, open_zboot},
    {0x24, "\x18\x28\x6f\x01"sv, open_arm_zimage},  // arch/arm/boot/compressed/head.S
    {0x24, "\x01\x6f\x28\x18"sv, open_arm_zimage},  // of a big-endian one
    {0x10008, "S390EP"sv, open_s390_bz_image},      // arch/s390/boot/head.S
};

// Images without a header that Image::open() reads as they are:
// Documentation/arch/arm64/booting.rst and Documentation/arch/riscv/boot-image-header.rst.
constexpr size_t kFlatMagicAt = 0x38;
constexpr std::string_view kFlatMagics[] = {"ARM\x64"sv, "RSC\x05"sv};

const Form* form_of(const Cursor& file) {
  const auto* form = std::find_if(std::begin(kForms), std::end(kForms), [&](const Form& candidate) {
    return has(file, candidate.offset, candidate.magic);
  });
  return form == std::end(kForms) ? nullptr : form;
}

std::optional<Layer> open_layer(const Cursor& file, UnpackBudget& budget) {
  if (is_elf(file.span())) {
    const auto payload = mips_payload(file);
    return payload ? std::optional(by_search(*payload, "vmlinuz", budget)) : std::nullopt;
  }
  if (const Form* form = form_of(file)) {
    return form->open(file, budget);
  }
  const auto packing = packing_at(file);
  if (!packing) {
    return std::nullopt;
  }
  return Layer{unpack_streams(file, *packing, budget).bytes, {std::string(name(*packing))}};
}

}  // namespace

bool is_shipped_kernel(std::span<const std::byte> head) {
  const Cursor file(head, "", "", 0, Endian::little);
  return form_of(file) != nullptr || packing_at(file) ||
         std::any_of(std::begin(kFlatMagics), std::end(kFlatMagics),
                     [&](std::string_view magic) { return has(file, kFlatMagicAt, magic); });
}

std::optional<UnwrappedKernel> unwrap_kernel(const Cursor& file) {
  const std::string path = file.place().file;
  UnpackBudget budget{kMaxUnpackedKernel};
  std::optional<UnwrappedKernel> kernel;
  Cursor outer = file;
  for (size_t depth = 0;; depth++) {
    auto layer = open_layer(outer, budget);
    if (!layer) {
      return kernel;
    }
    if (depth == kMaxNesting) {
      refuse(file, fmt::format("is packed more than {} times", kMaxNesting));
    }
    if (!kernel) {
      kernel.emplace();
    }
    kernel->bytes = std::move(layer->bytes);
    kernel->wrapping.insert(kernel->wrapping.end(), layer->names.begin(), layer->names.end());
    outer = Cursor(kernel->bytes, path, "unpacked", 0, Endian::little);
  }
}

}  // namespace kapi

// SPDX-License-Identifier: GPL-2.0-only
#include "image/find_kallsyms.h"

#include <cstring>

#include "image/kallsyms_search.h"

namespace kapi {
namespace {

using namespace std::string_view_literals;

constexpr auto kDigits = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009\0"sv;

}  // namespace

std::optional<KallsymsTables> find_kallsyms(const Cursor& bytes, std::optional<size_t> word,
                                            bool any_endian, const WordAt& word_at) {
  const auto* const begin = reinterpret_cast<const char*>(bytes.span().data());
  const Endian other = bytes.endian() == Endian::little ? Endian::big : Endian::little;
  size_t looks = 0;
  std::optional<InputError> refusal;
  for (size_t from = 0; bytes.size() - from >= kDigits.size() &&
                        !KallsymsSearch::is_exhausted(looks, bytes.size());) {
    const void* hit = memmem(begin + from, bytes.size() - from, kDigits.data(), kDigits.size());
    if (hit == nullptr) {
      break;
    }
    const auto digits = static_cast<size_t>(static_cast<const char*>(hit) - begin);
    for (const Endian endian : {bytes.endian(), other}) {
      for (const size_t width : {size_t{8}, size_t{4}}) {
        if ((endian == other && !any_endian) || (word && *word != width)) {
          continue;
        }
        try {
          KallsymsSearch search(bytes.with_endian(endian), width, word_at, looks);
          if (search.find_tokens(digits)) {
            return search.find_others();
          }
        } catch (const InputError& error) {
          refusal = refusal ? refusal : std::optional(error);
        }
      }
    }
    from = digits + kDigits.size();
  }
  if (refusal) {
    throw InputError(*refusal);
  }
  return std::nullopt;
}

}  // namespace kapi

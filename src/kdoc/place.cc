// SPDX-License-Identifier: GPL-2.0-only
#include "kdoc/place.h"

#include <fmt/format.h>

namespace kapi {

std::string text_place(std::string_view file, size_t line) {
  return fmt::format("{}:{}", file, line);
}

void TextNotes::add(Level level, std::string code, std::string subject, std::string message,
                    size_t line) const {
  out_->push_back({level, std::move(code), std::move(subject), std::move(message),
                   text_place(file_, line), std::nullopt});
}

}  // namespace kapi

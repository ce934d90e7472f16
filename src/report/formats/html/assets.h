// SPDX-License-Identifier: GPL-2.0-only
// The style and the script of the page: the files beside this one, embedded by the build.
#pragma once

#include <string_view>

namespace kapi::html {

struct Asset {
  std::string_view text;
  std::string_view sha256;  // in base64, as a Content-Security-Policy names it
};
extern const Asset kPageCss;
extern const Asset kPageJs;

}  // namespace kapi::html

// SPDX-License-Identifier: GPL-2.0-only
#include <fmt/format.h>

#include "report/compat/view.h"

namespace kapi {

std::string kapi_compat_list(const Corpus& corpus, CompatFormat format) {
  switch (format) {
    case CompatFormat::plain:
      return printable(compat::list_plain(corpus), true);
    case CompatFormat::json:
      return compat::list_json(corpus);
    case CompatFormat::rst:
      return printable(compat::list_rst(corpus), true);
  }
  return {};
}

std::string kapi_compat_details(const Corpus& corpus, const Api& api, CompatFormat format) {
  switch (format) {
    case CompatFormat::plain:
      return printable(compat::api_plain(corpus, api), true);
    case CompatFormat::json:
      return compat::api_json(corpus, api);
    case CompatFormat::rst:
      return printable(compat::api_rst(corpus, api), true);
  }
  return {};
}

std::string kapi_compat_available(const Corpus& corpus) {
  std::string out = "\nAvailable APIs:\n";
  for (const Api& api : corpus.apis) {
    out += fmt::format("  {} ({})\n", api.name, compat::api_type(corpus, api));
  }
  return printable(out, true);
}

}  // namespace kapi

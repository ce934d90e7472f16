// SPDX-License-Identifier: GPL-2.0-only
#include "source/member_name.h"

#include <filesystem>

namespace kapi {

InputName split_input_name(const std::string& name) {
  std::error_code ignored;
  if (std::filesystem::exists(name, ignored)) {
    return {name, ""};
  }
  for (size_t colon = name.find(':'); colon != name.npos; colon = name.find(':', colon + 1)) {
    std::string file = name.substr(0, colon);
    if (colon + 1 < name.size() && std::filesystem::is_regular_file(file, ignored)) {
      return {std::move(file), name.substr(colon + 1)};
    }
  }
  return {name, ""};
}

}  // namespace kapi

# SPDX-License-Identifier: GPL-2.0-only
# Registration by being in the folder. For src/<module>/<folder>/some-name.cc the registry declares
#
#   extern const <Type> <prefix>_some_name;
#
# and generates a table of pointers to all of them, in order of file name, as
#
#   namespace kapi { std::span<const <Type>* const> <prefix>_table(); }
#
# which src/<module> declares in the header that defines <Type>: src/<module>/<prefix>.h.

# kapi_registry(MODULE FOLDER TYPE PREFIX)
function(kapi_registry module folder type prefix)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${module}/${folder}/*.cc)
  list(SORT files)
  set(declarations "")
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(stem ${file} NAME_WE)
    string(REPLACE "-" "_" stem ${stem})
    string(APPEND declarations "extern const ${type} ${prefix}_${stem};\n")
    string(APPEND entries "    &${prefix}_${stem},\n")
  endforeach()
  set(output ${PROJECT_BINARY_DIR}/generated/${module}_${prefix}_table.cc)
  file(CONFIGURE OUTPUT ${output} CONTENT
"// Generated from the files in src/${module}/${folder}.
#include <array>
#include <span>

#include \"${module}/${prefix}.h\"

namespace kapi {
${declarations}
std::span<const ${type}* const> ${prefix}_table() {
  static constexpr auto kTable = std::to_array<const ${type}*>({
${entries}  });
  return kTable;
}
}  // namespace kapi
" @ONLY)
  target_sources(kapi_${module} PRIVATE ${output})
endfunction()

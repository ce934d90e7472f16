# SPDX-License-Identifier: GPL-2.0-only
# Text files as part of the program, with the hash by which a Content-Security-Policy names them.

# The base64 form of a SHA-256 in hexadecimal: 32 bytes are ten groups of three, and two with "=".
function(kapi_sha256_base64 hex result)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(APPEND hex "00")
  set(text "")
  foreach(at RANGE 0 60 6)
    string(SUBSTRING ${hex} ${at} 6 group)
    foreach(shift 18 12 6 0)
      math(EXPR digit "(0x${group} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${digit} 1 character)
      string(APPEND text ${character})
    endforeach()
  endforeach()
  string(REGEX REPLACE "A$" "=" text ${text})
  set(${result} ${text} PARENT_SCOPE)
endfunction()

# kapi_embed(MODULE HEADER NAMESPACE file…): HEADER, below src/, declares for page.css
#
#   namespace kapi::<NAMESPACE> { extern const Asset kPageCss; }
#
# with an `Asset` of two members, the text and its hash.
function(kapi_embed module header namespace)
  set(definitions "")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
    file(READ ${PROJECT_SOURCE_DIR}/${file} content)
    string(SHA256 hash "${content}")
    kapi_sha256_base64(${hash} hash)
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "[.]" "_" name ${name})
    set(camel k)
    string(REPLACE "_" ";" words ${name})
    foreach(word IN LISTS words)
      string(SUBSTRING ${word} 0 1 initial)
      string(SUBSTRING ${word} 1 -1 rest)
      string(TOUPPER ${initial} initial)
      string(APPEND camel ${initial}${rest})
    endforeach()
    string(APPEND definitions "const Asset ${camel} = {R\"kapi(${content})kapi\", \"${hash}\"};\n")
  endforeach()
  set(output ${PROJECT_BINARY_DIR}/generated/${module}_${namespace}_assets.cc)
  set(text
"// Generated from ${ARGN}.
#include \"${header}\"

namespace kapi::${namespace} {
${definitions}}  // namespace kapi::${namespace}
")
  # Not file(CONFIGURE): the content is nobody's template.
  set(before "")
  if(EXISTS ${output})
    file(READ ${output} before)
  endif()
  if(NOT before STREQUAL text)
    file(WRITE ${output} "${text}")
  endif()
  target_sources(kapi_${module} PRIVATE ${output})
endfunction()

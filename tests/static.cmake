# SPDX-License-Identifier: GPL-2.0-only
# Checks of the source text: format and clang-tidy. (Layers: layers.cmake.)

find_program(KAPI_CLANG_FORMAT NAMES clang-format-14 clang-format REQUIRED)
find_program(KAPI_CLANG_TIDY NAMES clang-tidy-14 clang-tidy REQUIRED)
find_program(KAPI_RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy REQUIRED)

# Everything that is ours to compile, without running anything: for a second compiler's warnings.
add_custom_target(code)
get_property(modules GLOBAL PROPERTY kapi_modules)
add_dependencies(code kapi kapitool)
foreach(module IN LISTS modules)
  if(TARGET unit_${module})
    add_dependencies(code unit_${module})
  endif()
endforeach()

file(GLOB_RECURSE formatted CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/src/*.cc ${PROJECT_SOURCE_DIR}/src/*.h ${PROJECT_SOURCE_DIR}/include/*.h
  ${CMAKE_CURRENT_SOURCE_DIR}/*.cc ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
add_test(NAME static.format COMMAND ${KAPI_CLANG_FORMAT} --dry-run --Werror ${formatted})
# A rule's file is data that the compiler checks; what judges is in src/diff itself.
add_test(NAME static.tidy COMMAND ${KAPI_RUN_CLANG_TIDY} -quiet -clang-tidy-binary
  ${KAPI_CLANG_TIDY} -extra-arg=-Wno-unknown-warning-option -p ${PROJECT_BINARY_DIR}
  "${PROJECT_SOURCE_DIR}/src/(?!diff/rules/).*")
set_tests_properties(static.format static.tidy layers PROPERTIES LABELS static)

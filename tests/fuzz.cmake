# SPDX-License-Identifier: GPL-2.0-only
# A fuzzer is tests/fuzz/fuzz_<reader>.cc with one LLVMFuzzerTestOneInput. With KAPI_FUZZ it is a
# libFuzzer program; without, it is linked with a driver that runs it over files, so that every build
# (the sanitized one above all) replays tests/fuzz/seeds/<reader> and the built fixtures.

file(GLOB fuzzers CONFIGURE_DEPENDS fuzz/fuzz_*.cc)
foreach(source IN LISTS fuzzers)
  get_filename_component(name ${source} NAME_WE)
  string(REPLACE "fuzz_" "" reader ${name})
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE kapi kapi_warnings)
  if(KAPI_FUZZ)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    target_compile_options(${name} PRIVATE -Wno-missing-declarations)
  else()
    target_sources(${name} PRIVATE fuzz/replay.cc)
    add_test(NAME fuzz.${reader}
      COMMAND ${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds/${reader} ${PROJECT_BINARY_DIR}/fixtures)
  endif()
  if(TARGET fixtures)
    add_dependencies(${name} fixtures)
  endif()
endforeach()

# SPDX-License-Identifier: GPL-2.0-only
# Kernels as they are shipped against the vmlinux of the same build: the fixtures in every form of the
# kallsyms tables, and Debian's, which scripts/real-kernels fetches.
add_executable(print_symbols ${CMAKE_CURRENT_SOURCE_DIR}/shipped/print_symbols.cc)
target_link_libraries(print_symbols PRIVATE kapi fmt::fmt kapi_warnings)
add_test(NAME shipped.fixtures COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/shipped.py
  $<TARGET_FILE:kapitool> $<TARGET_FILE:print_symbols> ${PROJECT_BINARY_DIR}/fixtures/kallsyms)
add_test(NAME real.shipped COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/shipped.py
  $<TARGET_FILE:kapitool> $<TARGET_FILE:print_symbols> ${PROJECT_SOURCE_DIR} --real)
set_tests_properties(real.shipped PROPERTIES LABELS real SKIP_RETURN_CODE 77)

# SPDX-License-Identifier: GPL-2.0-only
# Layouts and signatures of the fixtures `calls`, and of Debian's kernels where they are.
add_test(NAME layouts.fixtures COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/layouts.py
  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures/calls)
add_test(NAME layouts.real COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/layouts.py
  $<TARGET_FILE:kapitool> --real)
set_tests_properties(layouts.real PROPERTIES LABELS real SKIP_RETURN_CODE 77)

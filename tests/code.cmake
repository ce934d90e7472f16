# SPDX-License-Identifier: GPL-2.0-only
# What the code of syscalls accepts: of the fixtures `code`, as their source says; of Debian's
# kernels, as code_truth.toml says, which was made from the kernel's sources.
add_test(NAME code.fixtures COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/code.py
  $<TARGET_FILE:kapitool> ${PROJECT_SOURCE_DIR}/fixtures/code/kernel.c
  ${PROJECT_BINARY_DIR}/fixtures/code)
add_test(NAME code.real COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/code.py
  $<TARGET_FILE:kapitool> ${CMAKE_CURRENT_SOURCE_DIR}/code_truth.toml --real ${PROJECT_SOURCE_DIR})
set_tests_properties(code.real PROPERTIES LABELS real SKIP_RETURN_CODE 77)

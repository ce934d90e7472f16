# SPDX-License-Identifier: GPL-2.0-only
# Kernels and modules without symbols or types, and the separate files that have them.
add_test(NAME debug_files COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/debug_files.py
                                  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

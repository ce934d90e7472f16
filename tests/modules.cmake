# SPDX-License-Identifier: GPL-2.0-only
# Modules: alone with the BTF of their kernel, and many with their kernel.
add_test(NAME modules COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/modules.py
                              $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

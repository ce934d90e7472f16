# SPDX-License-Identifier: GPL-2.0-only
# `kapitool compat kapi` answers in the shapes of the kernel's own tool.
add_test(NAME compat COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/compat.py
                             $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

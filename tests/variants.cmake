# SPDX-License-Identifier: GPL-2.0-only
# One kernel in every shape an image comes in must read the same.
add_test(NAME variants COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/variants.py
                               $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

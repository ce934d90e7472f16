# SPDX-License-Identifier: GPL-2.0-only
# Truncated, lying and malicious inputs: refused, or honestly smaller.
add_test(NAME hostile COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/hostile.py
                              $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

# SPDX-License-Identifier: GPL-2.0-only
# What a kernel shows in debugfs is what its image holds.
add_test(NAME debugfs COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/debugfs.py
                              $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

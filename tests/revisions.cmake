# SPDX-License-Identifier: GPL-2.0-only
# Every posted revision of the framework reads the same from images with and without types.
add_test(NAME revisions COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/revisions.py
                                $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

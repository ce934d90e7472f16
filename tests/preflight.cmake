# SPDX-License-Identifier: GPL-2.0-only
# Configurations, embedded and given, through the command line.
add_test(NAME preflight COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/preflight.py
                                $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures
                                ${PROJECT_SOURCE_DIR})

# SPDX-License-Identifier: GPL-2.0-only
# Specs in the framework's macros read the same from their source and from what it compiles to.
add_test(NAME macros COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/macros.py
                             $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures
                             ${PROJECT_SOURCE_DIR}/fixtures/macros)

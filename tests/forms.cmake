# SPDX-License-Identifier: GPL-2.0-only
# One spec in all the forms it can be written and shown in.
add_test(NAME forms COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/forms.py
                            $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures
                            ${PROJECT_SOURCE_DIR})

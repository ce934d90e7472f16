# SPDX-License-Identifier: GPL-2.0-only
add_test(NAME layers COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/layers.py
                             ${PROJECT_SOURCE_DIR})

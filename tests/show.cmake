# SPDX-License-Identifier: GPL-2.0-only
# Pages about one API, through the programs that read them.
add_test(NAME show COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/show.py
  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)

# SPDX-License-Identifier: GPL-2.0-only
# The program as its users meet it: golden output, exit statuses, schemas, man page.
add_test(NAME cli COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/cli.py
  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures ${PROJECT_SOURCE_DIR})

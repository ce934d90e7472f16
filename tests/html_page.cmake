# SPDX-License-Identifier: GPL-2.0-only
# The html format as its readers meet it: in a headless Chromium, skipped where there is none.
add_test(NAME html_page COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/html_page.py
  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures)
set_tests_properties(html_page PROPERTIES SKIP_RETURN_CODE 77)

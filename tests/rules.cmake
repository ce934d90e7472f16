# SPDX-License-Identifier: GPL-2.0-only
# Every rule fires on its own fixture, and there alone.
add_test(NAME rules COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/rules.py
  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures/rules ${PROJECT_SOURCE_DIR}/fixtures/rules)

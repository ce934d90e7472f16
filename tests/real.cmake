# SPDX-License-Identifier: GPL-2.0-only
# Tests over Debian's kernels, which scripts/real-kernels fetches; skipped where they are not there.
add_test(NAME real.kernels COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/real.py
  $<TARGET_FILE:kapitool> ${PROJECT_SOURCE_DIR})
set_tests_properties(real.kernels PROPERTIES LABELS real SKIP_RETURN_CODE 77)

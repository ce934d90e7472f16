# SPDX-License-Identifier: GPL-2.0-only
# The modules of Debian's kernels, which scripts/real-kernels fetches; skipped where they are not
# there.
add_test(NAME real.modules COMMAND Python3::Interpreter
  ${CMAKE_CURRENT_SOURCE_DIR}/real_modules.py $<TARGET_FILE:kapitool> ${PROJECT_SOURCE_DIR})
set_tests_properties(real.modules PROPERTIES LABELS real SKIP_RETURN_CODE 77)

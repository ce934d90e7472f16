# SPDX-License-Identifier: GPL-2.0-only
# Kernels of every architecture, which scripts/architecture-kernels and scripts/real-kernels fetch;
# skipped where they are not there.
add_test(NAME real.architectures COMMAND Python3::Interpreter
  ${CMAKE_CURRENT_SOURCE_DIR}/architectures.py $<TARGET_FILE:kapitool> ${PROJECT_SOURCE_DIR}
  ${PROJECT_BINARY_DIR}/fixtures)
set_tests_properties(real.architectures PROPERTIES LABELS real SKIP_RETURN_CODE 77)

# SPDX-License-Identifier: GPL-2.0-only
# A gate as a project runs it: policy, waivers, baseline.
add_test(NAME policy COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/policy.py
  $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures ${PROJECT_SOURCE_DIR})

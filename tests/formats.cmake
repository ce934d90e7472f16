# SPDX-License-Identifier: GPL-2.0-only
# Reports for other programs, held against those programs or their rules. The multitool for SARIF is
# fetched by scripts/report-tools, and its test skipped where it is not there.
foreach(part formats:Formats formats.sarif:Sarif)
  string(REPLACE ":" ";" part ${part})
  list(GET part 0 name)
  list(GET part 1 class)
  add_test(NAME ${name} COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/formats.py
    $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures ${PROJECT_SOURCE_DIR} ${class})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
endforeach()

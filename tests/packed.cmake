# SPDX-License-Identifier: GPL-2.0-only
# Kernels packed, in the forms of boot loaders, and in packages. The real ones are Debian's, which
# scripts/real-kernels fetches; skipped where they are not there.
foreach(part packed:Made real.packed:Real)
  string(REPLACE ":" ";" part ${part})
  list(GET part 0 name)
  list(GET part 1 class)
  add_test(NAME ${name} COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/packed.py
    $<TARGET_FILE:kapitool> ${PROJECT_BINARY_DIR}/fixtures ${PROJECT_SOURCE_DIR} ${class})
endforeach()
set_tests_properties(real.packed PROPERTIES LABELS real SKIP_RETURN_CODE 77)

# SPDX-License-Identifier: GPL-2.0-only
# cmake --install: program, library, headers, CMake package, man page.

include(CMakePackageConfigHelpers)

install(TARGETS kapitool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS kapi EXPORT kapitoolTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/kapi DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES man/kapitool.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(EXPORT kapitoolTargets NAMESPACE kapitool::
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kapitool)
configure_package_config_file(cmake/kapitoolConfig.cmake.in kapitoolConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kapitool)
write_basic_package_version_file(kapitoolConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/kapitoolConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/kapitoolConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kapitool)

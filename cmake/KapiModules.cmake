# SPDX-License-Identifier: GPL-2.0-only
# A module is a folder src/<name> behind the header include/kapi/<name>.h. It is compiled on its own,
# sees the public headers and its own folder, and only its own third-party libraries. All modules
# together are the library `kapi`.

set_property(GLOBAL PROPERTY kapi_modules "")

# kapi_module(NAME [USES module…] [LIBRARIES target…])
function(kapi_module name)
  cmake_parse_arguments(ARG "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cc)
  add_library(kapi_${name} OBJECT ${sources})
  target_include_directories(kapi_${name}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(kapi_${name} PRIVATE ${ARG_LIBRARIES} fmt::fmt kapi_warnings)
  set_property(TARGET kapi_${name} PROPERTY kapi_uses ${ARG_USES})
  set_property(TARGET kapi_${name} PROPERTY kapi_libraries ${ARG_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY kapi_modules ${name})
endfunction()

# Links a target to a module and to all that the module uses, directly or through another, without
# the rest of the library.
function(kapi_link_module target name)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(${target} PRIVATE fmt::fmt)
  set(linked "")
  set(waiting ${name})
  while(waiting)
    list(POP_FRONT waiting module)
    if(module IN_LIST linked)
      continue()
    endif()
    list(APPEND linked ${module})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:kapi_${module}>)
    get_target_property(libraries kapi_${module} kapi_libraries)
    if(libraries)
      target_link_libraries(${target} PRIVATE ${libraries})
    endif()
    get_target_property(uses kapi_${module} kapi_uses)
    if(uses)
      list(APPEND waiting ${uses})
    endif()
  endwhile()
endfunction()

# The library of all modules so far. Users see the public headers only; the third-party libraries are
# link dependencies.
function(kapi_library)
  get_property(modules GLOBAL PROPERTY kapi_modules)
  set(objects "")
  foreach(module IN LISTS modules)
    list(APPEND objects $<TARGET_OBJECTS:kapi_${module}>)
  endforeach()
  add_library(kapi STATIC ${objects})
  add_library(kapitool::kapi ALIAS kapi)
  target_include_directories(kapi PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(kapi PUBLIC cxx_std_20)
  target_link_libraries(kapi PRIVATE PkgConfig::libelf PkgConfig::libdw PkgConfig::libbpf ZLIB::ZLIB
                        BZip2::BZip2 PkgConfig::liblzma PkgConfig::libzstd PkgConfig::liblz4
                        PkgConfig::lzo2 PkgConfig::libarchive PkgConfig::tomlplusplus Zydis::Zydis
                        fmt::fmt ${CMAKE_DL_LIBS})
endfunction()

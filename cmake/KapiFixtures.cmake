# SPDX-License-Identifier: GPL-2.0-only
# Kernel images in miniature, compiled from C by the toolchains that build kernels.

set(kapi_fixture_tools
  x86_64-linux-gnu-gcc:gcc i686-linux-gnu-gcc:gcc-i686-linux-gnu
  aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu s390x-linux-gnu-gcc:gcc-s390x-linux-gnu
  arm-linux-gnueabihf-gcc:gcc-arm-linux-gnueabihf riscv64-linux-gnu-gcc:gcc-riscv64-linux-gnu
  powerpc64le-linux-gnu-gcc:gcc-powerpc64le-linux-gnu
  powerpc64-linux-gnu-gcc:gcc-powerpc64-linux-gnu powerpc-linux-gnu-gcc:gcc-powerpc-linux-gnu
  mips64el-linux-gnuabi64-gcc:gcc-mips64el-linux-gnuabi64 mipsel-linux-gnu-gcc:gcc-mipsel-linux-gnu
  clang:clang ld.lld:lld pahole:pahole python3:python3)
set(missing_packages "")
foreach(tool IN LISTS kapi_fixture_tools)
  string(REPLACE ":" ";" tool ${tool})
  list(GET tool 0 program)
  list(GET tool 1 package)
  find_program(KAPI_TOOL_${program} ${program})
  mark_as_advanced(KAPI_TOOL_${program})
  if(NOT KAPI_TOOL_${program})
    list(APPEND missing_packages ${package})
  endif()
endforeach()
if(missing_packages)
  list(JOIN missing_packages " " missing_packages)
  message(FATAL_ERROR "The tests compile their fixtures with tools that are missing here. Install "
    "them (Debian: apt-get install ${missing_packages}), or configure with -DKAPI_TESTS=OFF.")
endif()

set(kapi_fixture_x86_64 x86_64-linux-gnu 0xffffffff81000000 -fcf-protection=none)
set(kapi_fixture_i386 i686-linux-gnu 0xc1000000 -fcf-protection=none)
set(kapi_fixture_arm64 aarch64-linux-gnu 0xffff800080000000 -mno-outline-atomics)
set(kapi_fixture_s390x s390x-linux-gnu 0x3ffe0000000 "")
set(kapi_fixture_arm arm-linux-gnueabihf 0xc0008000 "")
set(kapi_fixture_riscv64 riscv64-linux-gnu 0xffffffff80000000 -mcmodel=medany)
set(kapi_fixture_ppc64le powerpc64le-linux-gnu 0xc000000000000000 "")
set(kapi_fixture_ppc64 powerpc64-linux-gnu 0xc000000000000000 "")
set(kapi_fixture_ppc powerpc-linux-gnu 0xc0000000 "")
set(kapi_fixture_mips64 mips64el-linux-gnuabi64 0xffffffff80100000 -mno-abicalls -msym32 -G0)
set(kapi_fixture_mips mipsel-linux-gnu 0x80100000 -mno-abicalls)

# kapi_fixture_image(NAME name SOURCES file… [ARCH x86_64|i386|arm64|s390x|arm|riscv64|ppc64le|ppc64|
#                                             ppc|mips64|mips]
#                    [DEBUG btf|dwarf|both|none] [FORMAT exec|pie|relr|module] [COMPILER gcc|clang]
#                    [BASE address] [SCRIPT file] [STRIPPED] [BTF_BASE name] [BTF_IDS]
#                    [HEADERS file…] [DEFINES NAME[=value]…] [FLAGS flag…] [LINK flag…])
#
# Builds ${PROJECT_BINARY_DIR}/fixtures/<name> with the target `fixtures`. Sources are relative to
# the calling file, whose folder's headers they may include, and HEADERS of other folders. Of
# alternatives the first is the default; BASE is where the image is linked, SCRIPT the linker's
# instead of kernel.lds; STRIPPED takes all symbols away; BTF_BASE is the fixture whose BTF this one's
# continues (split BTF); BTF_IDS fills its section .BTF_ids; FLAGS and LINK (for the linker) are added
# to what is set here. The formats:
#   exec    a vmlinux at its link address. s390x keeps its link-time relocations besides, as there
#   pie     position-independent: the words hold zero, .rela.dyn holds the addresses
#   relr    position-independent: the words hold the addresses, .relr.dyn marks them
#   module  relocatable (ET_REL), with a section .kapi_specs
function(kapi_fixture_image)
  cmake_parse_arguments(ARG "STRIPPED;BTF_IDS" "NAME;ARCH;DEBUG;FORMAT;COMPILER;BASE;SCRIPT;BTF_BASE"
                        "SOURCES;HEADERS;DEFINES;FLAGS;LINK" ${ARGN})
  foreach(setting ARCH=x86_64 DEBUG=btf FORMAT=exec COMPILER=gcc)
    string(REPLACE "=" ";" setting ${setting})
    list(GET setting 0 key)
    list(GET setting 1 default)
    if(NOT ARG_${key})
      set(ARG_${key} ${default})
    endif()
  endforeach()
  list(GET kapi_fixture_${ARG_ARCH} 0 triple)
  if(NOT ARG_BASE)
    list(GET kapi_fixture_${ARG_ARCH} 1 ARG_BASE)
  endif()
  list(SUBLIST kapi_fixture_${ARG_ARCH} 2 -1 arch_flags)

  if(ARG_SCRIPT)
    cmake_path(ABSOLUTE_PATH ARG_SCRIPT BASE_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
  else()
    set(ARG_SCRIPT ${PROJECT_SOURCE_DIR}/fixtures/kernel.lds)
  endif()

  set(sources "")
  foreach(source IN LISTS ARG_SOURCES)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
    list(APPEND sources ${source})
  endforeach()
  set(image ${PROJECT_BINARY_DIR}/fixtures/${ARG_NAME})
  set(btf ${PROJECT_BINARY_DIR}/CMakeFiles/fixtures/${ARG_NAME}.btf)
  cmake_path(GET image PARENT_PATH folder)
  cmake_path(GET btf PARENT_PATH btf_folder)
  file(MAKE_DIRECTORY ${folder} ${btf_folder})

  set(flags -std=gnu11 -O2 -Wall -Wextra -Werror -Wno-override-init -ffreestanding -nostdlib
    -fno-stack-protector -fno-asynchronous-unwind-tables ${arch_flags}
    -I${PROJECT_SOURCE_DIR}/fixtures/include
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=build)
  if(ARG_COMPILER STREQUAL "clang")
    set(compiler ${KAPI_TOOL_clang} --target=${triple} -fuse-ld=lld -Wno-initializer-overrides)
  else()
    set(compiler ${KAPI_TOOL_${triple}-gcc})
  endif()
  if(NOT ARG_DEBUG STREQUAL "none")
    list(APPEND flags -g)
  endif()
  foreach(define IN LISTS ARG_DEFINES)
    list(APPEND flags -D${define})
  endforeach()

  set(link --build-id=sha1 -z max-page-size=4096)
  if(ARG_FORMAT STREQUAL "module")
    list(APPEND flags -fno-pie -r)
  else()
    list(APPEND link --defsym=KAPI_BASE=${ARG_BASE} -T ${ARG_SCRIPT})
  endif()
  if(ARG_FORMAT STREQUAL "exec")
    list(APPEND flags -fno-pie -static)
    if(ARG_ARCH STREQUAL "s390x")
      list(APPEND link --emit-relocs)
    endif()
  elseif(ARG_FORMAT STREQUAL "pie" AND ARG_ARCH STREQUAL "arm64")
    # As the kernel's own Makefile for arm64 links a relocatable image.
    list(APPEND flags -fno-pie)
    list(APPEND link -shared -Bsymbolic -z notext --no-apply-dynamic-relocs)
  elseif(ARG_FORMAT MATCHES "^(pie|relr)$")
    list(APPEND flags -fPIE -fuse-ld=lld)
    list(APPEND link -pie --no-dynamic-linker)
    if(ARG_FORMAT STREQUAL "relr")
      list(APPEND link --pack-dyn-relocs=relr)
    endif()
  endif()
  if(ARG_ARCH STREQUAL "x86_64" AND ARG_FORMAT MATCHES "^(exec|module)$")
    list(APPEND flags -mcmodel=kernel)
  endif()
  list(APPEND link ${ARG_LINK})
  list(TRANSFORM link PREPEND "-Xlinker;")

  set(steps COMMAND ${compiler} ${flags} ${ARG_FLAGS} ${link} -o ${image} ${sources})
  if(ARG_DEBUG MATCHES "^(btf|both)$")
    set(btf_base "")
    if(ARG_BTF_BASE)
      set(btf_base ${PROJECT_BINARY_DIR}/fixtures/${ARG_BTF_BASE})
    endif()
    list(APPEND steps COMMAND ${KAPI_TOOL_pahole} --btf_encode_detached=${btf}
      $<$<BOOL:${btf_base}>:--btf_base=${btf_base}> ${image})
    list(APPEND steps COMMAND ${triple}-objcopy --add-section .BTF=${btf})
    if(ARG_DEBUG STREQUAL "btf")
      list(APPEND steps --strip-debug)
    endif()
    list(APPEND steps ${image})
  endif()
  if(ARG_BTF_IDS)
    list(APPEND steps COMMAND ${KAPI_TOOL_python3}
         ${PROJECT_SOURCE_DIR}/fixtures/resolve_btf_ids.py
         ${triple}-nm ${triple}-readelf ${btf} ${image})
  endif()
  if(ARG_STRIPPED)
    list(APPEND steps COMMAND ${triple}-strip ${image})
  endif()
  set(resolver "")
  if(ARG_BTF_IDS)
    set(resolver ${PROJECT_SOURCE_DIR}/fixtures/resolve_btf_ids.py)
  endif()
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/fixtures/include/*.h
       ${CMAKE_CURRENT_LIST_DIR}/*.h)
  foreach(header IN LISTS ARG_HEADERS)
    cmake_path(ABSOLUTE_PATH header BASE_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
    list(APPEND headers ${header})
  endforeach()
  add_custom_command(OUTPUT ${image} ${steps}
    DEPENDS ${sources} ${headers} ${ARG_SCRIPT} ${btf_base} ${resolver}
    COMMENT "Fixture ${ARG_NAME}" VERBATIM COMMAND_EXPAND_LISTS)
  set_property(GLOBAL APPEND PROPERTY kapi_fixture_images ${image})
endfunction()

# kapi_fixture_debugfs(NAME name SOURCES file… [DEFINES NAME…])
#
# Builds ${PROJECT_BINARY_DIR}/fixtures/<name>/kapi, what debugfs shows of the specs in the sources,
# with the target `fixtures`: printed by a program that holds the specs themselves.
function(kapi_fixture_debugfs)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEFINES" ${ARGN})
  set(printer ${ARG_NAME}-print)
  set(kernel ${PROJECT_SOURCE_DIR}/fixtures/kernel)
  add_executable(${printer} EXCLUDE_FROM_ALL ${kernel}/debugfs.c ${kernel}/debugfs_text.c
                                             ${kernel}/debugfs_json.c)
  foreach(source IN LISTS ARG_SOURCES)
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
    target_sources(${printer} PRIVATE ${source})
  endforeach()
  # A section that is named like an identifier gets its boundary symbols from the linker.
  target_compile_definitions(${printer} PRIVATE KAPI_SECTION="kapi_specs" ${ARG_DEFINES})
  target_include_directories(${printer} PRIVATE ${PROJECT_SOURCE_DIR}/fixtures/include)
  set_target_properties(${printer} PROPERTIES C_STANDARD 11)
  set(folder ${PROJECT_BINARY_DIR}/fixtures/${ARG_NAME})
  add_custom_command(OUTPUT ${folder}/kapi/list
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${folder}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${printer} ${folder}/kapi
    DEPENDS ${printer})
  add_custom_target(${ARG_NAME} DEPENDS ${folder}/kapi/list)
  add_dependencies(fixtures ${ARG_NAME})
endfunction()

# Debian packages of what is installed: `cpack` in a build. Only a build for /usr (the preset `debian`) has Debian's
# folders in them; those of others work, in folders that Debian would not choose.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "irmem developers <developers@irmem.invalid>" CACHE STRING "Maintainer of packages")
set(CPACK_PACKAGE_VENDOR irmem)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/lib)   # libirmem, which no package has yet
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")   # each package has its own
set(CPACK_COMPONENTS_ALL "")

# irmem_package(COMPONENT NAME SECTION SUMMARY TEXT [DEPENDS component...] [SUGGESTS package...]): one component,
# one package.
function(irmem_package component name section summary text)
  cmake_parse_arguments(ARG "" "" "DEPENDS;SUGGESTS" ${ARGN})
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${summary}\n${text}" PARENT_SCOPE)
  set(CPACK_COMPONENT_${upper}_DEPENDS ${ARG_DEPENDS} PARENT_SCOPE)
  list(JOIN ARG_SUGGESTS ", " suggests)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SUGGESTS "${suggests}" PARENT_SCOPE)
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${component} PARENT_SCOPE)
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(documents ${CMAKE_INSTALL_DATADIR}/doc/${name})
    install(FILES ${PROJECT_BINARY_DIR}/copyright ${PROJECT_BINARY_DIR}/changelog.Debian.gz
            DESTINATION ${documents} COMPONENT ${component})
  endif()
endfunction()

set(about "irmem makes array and graph algorithms run in as little memory as they
can: it places every array of a program in one block of memory, and proves
how far that is from the least there could be.")

get_target_property(so_version irmem SOVERSION)
set(plugins "")
foreach(version ${IRMEM_PLUGIN_VERSIONS})
  list(APPEND plugins irmem-llvm-${version})
endforeach()

irmem_package(library libirmem${so_version} libs
  "array and graph algorithms in little memory - shared library"
  "${about}\n\nThis package contains the library that programs load.")
get_target_property(rt_version irmem-rt SOVERSION)
irmem_package(runtime libirmem-rt${rt_version} libs
  "array and graph algorithms in little memory - runtime of generated code"
  "${about}\n\nThis package contains the library that programs load which have code in them\nthat irmem generated.")
irmem_package(development libirmem-dev libdevel
  "array and graph algorithms in little memory - development files"
  "${about}\n\nThis package contains headers, and what CMake and pkg-config need to find\nthe library."
  DEPENDS library runtime)
irmem_package(tools irmem devel
  "array and graph algorithms in little memory - tools"
  "${about}\n\nThis package contains the tools, the passes as libraries and the algorithms\nthat ship."
  DEPENDS library SUGGESTS ${plugins} libirmem-dev)
foreach(version ${IRMEM_PLUGIN_VERSIONS})
  irmem_package(llvm-${version} irmem-llvm-${version} devel
    "heap blocks that share memory - plugin for LLVM ${version}"
    "irmem-heap is a pass that lets heap blocks with disjoint lifetimes share one\nallocation, and moves allocations out of loops.\n\nThis package contains it for opt, clang and flang of LLVM ${version}."
    SUGGESTS clang-${version} llvm-${version} flang-${version})
endforeach()

# What programs that link the library depend on, and that the loader is to learn of it.
set(control ${PROJECT_BINARY_DIR}/packages/control)
file(CONFIGURE OUTPUT ${control}/shlibs CONTENT "libirmem @so_version@ libirmem@so_version@ (>= @PROJECT_VERSION@)\n")
file(CONFIGURE OUTPUT ${control}/triggers CONTENT "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${control}/shlibs ${control}/triggers)
file(CONFIGURE OUTPUT ${control}/runtime/shlibs
     CONTENT "libirmem-rt @rt_version@ libirmem-rt@rt_version@ (>= @PROJECT_VERSION@)\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${control}/runtime/shlibs ${control}/triggers)

# What Debian wants to know of a package: its history, with a fixed date so that the same source makes the same
# packages, and its licence, of which Debian has the text that many share.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/changelog.Debian CONTENT
"irmem (@PROJECT_VERSION@-@CPACK_DEBIAN_PACKAGE_RELEASE@) unstable; urgency=medium

  * Packages of irmem @PROJECT_VERSION@, made by cpack.

 -- @CPACK_PACKAGE_CONTACT@  Thu, 01 Jan 2026 00:00:00 +0000
")
  execute_process(COMMAND gzip -9nkf ${PROJECT_BINARY_DIR}/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)
  file(READ LICENSE exceptions)
  string(REGEX REPLACE "^.*\n(---- LLVM Exceptions)" "\\1" exceptions "${exceptions}")
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/copyright CONTENT
"Copyright (C) 2026 the developers of irmem

Licensed under the Apache License, Version 2.0, whose text is in /usr/share/common-licenses/Apache-2.0
on Debian systems, with these exceptions:

@exceptions@")
endif()

include(CPack)

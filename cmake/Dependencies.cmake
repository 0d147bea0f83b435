# What irmem needs from the system; tools/bootstrap installs the Debian packages named here.

find_package(PkgConfig REQUIRED)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)   # libjansson-dev
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)  # libxxhash-dev
find_package(OpenMP REQUIRED COMPONENTS C)

# LLVM's folder of libraries may hold its own OpenMP runtime under libgomp's name: the system's first.
if(CMAKE_C_LIBRARY_ARCHITECTURE)
  set(CMAKE_BUILD_RPATH /usr/lib/${CMAKE_C_LIBRARY_ARCHITECTURE})
endif()

if(BUILD_TESTING)
  pkg_check_modules(CHECK REQUIRED IMPORTED_TARGET check)     # check
endif()

# The newest LLVM from 19 to 22, or the one named by -DLLVM_DIR=.
if(IRMEM_LLVM)
  enable_language(CXX)   # LLVM's own CMake files ask for it
  if(LLVM_DIR)
    find_package(LLVM CONFIG REQUIRED)
  endif()
  foreach(version 22 21 20 19)
    if(NOT LLVM_FOUND)
      find_package(LLVM CONFIG QUIET NO_DEFAULT_PATH PATHS /usr/lib/llvm-${version}/lib/cmake/llvm)
    endif()
  endforeach()
  if(NOT LLVM_FOUND)
    message(FATAL_ERROR "LLVM 19 to 22 not found: run tools/bootstrap, or configure with -DIRMEM_LLVM=OFF")
  endif()
  if(LLVM_VERSION_MAJOR LESS 19 OR LLVM_VERSION_MAJOR GREATER 22)
    message(FATAL_ERROR "LLVM ${LLVM_PACKAGE_VERSION} in ${LLVM_DIR}: irmem builds with LLVM 19 to 22")
  endif()
  # irmem_llvm_tool(VARIABLE NAME): a program of that very LLVM.
  function(irmem_llvm_tool variable name)
    find_program(${variable} NAMES ${name} HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH)
    if(NOT ${variable})
      message(FATAL_ERROR "${name} of LLVM ${LLVM_VERSION_MAJOR} not found: run tools/bootstrap")
    endif()
  endfunction()
  message(STATUS "LLVM ${LLVM_PACKAGE_VERSION} in ${LLVM_DIR}")
endif()

# lit, FileCheck, not and split-file from LLVM's tools package, wanted with IRMEM_LLVM=OFF too; and
# clang-format, in one version, so that every machine agrees; a browser for the pages that irmem
# writes, and Graphviz for its graphs. Without them configuring fails: a test that cannot run must not look like one that passed.

find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(IRMEM_TEST_TOOL_DIRS ${LLVM_TOOLS_BINARY_DIR})
foreach(version 22 21 20 19)
  list(APPEND IRMEM_TEST_TOOL_DIRS
       /usr/lib/llvm-${version}/bin
       /usr/lib/llvm-${version}/build/utils/lit)   # where LLVM 19 keeps lit.py
endforeach()

# irmem_test_tool(VARIABLE name...): the program called by one of the names.
function(irmem_test_tool variable)
  find_program(${variable} NAMES ${ARGN} HINTS ${IRMEM_TEST_TOOL_DIRS})
  if(NOT ${variable})
    message(FATAL_ERROR "the tests need ${ARGV1}: run tools/bootstrap, or configure with -DBUILD_TESTING=OFF")
  endif()
endfunction()

irmem_test_tool(IRMEM_LIT lit lit.py)
irmem_test_tool(IRMEM_FILECHECK FileCheck)
irmem_test_tool(IRMEM_NOT not)
irmem_test_tool(IRMEM_SPLIT_FILE split-file)
irmem_test_tool(IRMEM_CLANG_FORMAT clang-format-14)
irmem_test_tool(IRMEM_CHROMIUM chromium)
irmem_test_tool(IRMEM_DOT dot)

# The thread sanitizer learns from Archer, which comes with clang's libomp, what OpenMP makes threads wait for.
set(IRMEM_ARCHER "")
if(IRMEM_SANITIZE MATCHES thread)
  string(REGEX REPLACE "[.].*" "" version ${CMAKE_C_COMPILER_VERSION})
  find_file(IRMEM_ARCHER_FILE libarcher.so HINTS /usr/lib/llvm-${version}/lib)
  if(NOT CMAKE_C_COMPILER_ID STREQUAL Clang OR NOT IRMEM_ARCHER_FILE)
    message(FATAL_ERROR "the thread sanitizer wants clang-N and libomp-N-dev: -DCMAKE_C_COMPILER=clang-22")
  endif()
  set(IRMEM_ARCHER ${IRMEM_ARCHER_FILE})
endif()

# The plugin of LLVM's own tools is tested with each LLVM that it is built for; not under a sanitizer, whose
# runtime those tools have not loaded.
set(IRMEM_HEAP_VERSIONS "")
foreach(version 22 21 20 19)
  if(NOT TARGET irmem-llvm-${version} OR IRMEM_SANITIZE)
    continue()
  endif()
  set(hint /usr/lib/llvm-${version}/bin)
  if(version EQUAL LLVM_VERSION_MAJOR)
    set(hint ${LLVM_TOOLS_BINARY_DIR})
  endif()
  find_program(IRMEM_OPT_${version} NAMES opt-${version} opt HINTS ${hint} NO_DEFAULT_PATH)
  if(IRMEM_OPT_${version})
    list(APPEND IRMEM_HEAP_VERSIONS ${version})
  elseif(version EQUAL LLVM_VERSION_MAJOR)
    message(FATAL_ERROR "the tests need opt of LLVM ${version}: run tools/bootstrap, or configure with -DBUILD_TESTING=OFF")
  endif()
endforeach()
list(JOIN IRMEM_HEAP_VERSIONS "," IRMEM_HEAP_VERSION_LIST)

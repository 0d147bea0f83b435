# Where things are built and where they are installed: the same folders below build/ and below the prefix, so that
# whatever is found from a tool's own folder is found in both, and the prefix may be moved.

include(GNUInstallDirs)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)

set(IRMEM_PASSES_FOLDER ${CMAKE_INSTALL_LIBDIR}/irmem)                 # passes, and the plugins of LLVM's tools
set(IRMEM_ALGORITHMS_FOLDER ${CMAKE_INSTALL_DATADIR}/irmem/algorithms)
set(IRMEM_CMAKE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/irmem)

# irmem_way(VARIABLE FROM TO): the way from one installed folder to another.
function(irmem_way variable from to)
  foreach(folder from to)
    cmake_path(ABSOLUTE_PATH ${folder} BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} NORMALIZE OUTPUT_VARIABLE ${folder})
  endforeach()
  file(RELATIVE_PATH way ${from} ${to})
  string(REGEX REPLACE "/$" "" way ${way})
  set(${variable} ${way} PARENT_SCOPE)
endfunction()

irmem_way(IRMEM_PASSES_FROM_TOOLS ${CMAKE_INSTALL_BINDIR} ${IRMEM_PASSES_FOLDER})
irmem_way(IRMEM_ALGORITHMS_FROM_TOOLS ${CMAKE_INSTALL_BINDIR} ${IRMEM_ALGORITHMS_FOLDER})

# irmem_mirror(WAY TARGET): what stands elsewhere in the checkout or the build, where a tool in build/bin looks.
function(irmem_mirror way target)
  cmake_path(SET link NORMALIZE ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${way})
  cmake_path(SET target NORMALIZE ${target})
  if(link STREQUAL target)
    return()
  endif()
  cmake_path(GET link PARENT_PATH parent)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${target} ${link} SYMBOLIC)
endfunction()

irmem_mirror(${IRMEM_ALGORITHMS_FROM_TOOLS} ${PROJECT_SOURCE_DIR}/lib/algorithms)
irmem_mirror(${IRMEM_PASSES_FROM_TOOLS} ${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/irmem)

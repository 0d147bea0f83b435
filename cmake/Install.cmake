# What is installed, where, and as part of which component: a packager's whole view of irmem.
#
#   library       libirmem.so.N, and the module with LLVM in it that it opens to emit code
#   runtime       libirmem-rt.so.N, which programs with generated code in them load
#   development   headers, CMake and pkg-config files, the link that -lirmem finds
#   tools         programs with their manuals, passes as libraries, the algorithms that ship
#   llvm-N        the plugin of LLVM N's tools; that of the newest with the plain name
#
# irmem-bench stays in the build: its plain loops are compiled for the processor at hand.

include(CMakePackageConfigHelpers)

# Installed below /usr the loader knows the folder of libirmem; elsewhere what links it knows the way.
function(irmem_install_runpath folder)
  if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    irmem_way(way ${folder} ${CMAKE_INSTALL_LIBDIR})
    set_target_properties(${ARGN} PROPERTIES INSTALL_RPATH $ORIGIN/${way} INSTALL_RPATH_USE_LINK_PATH ON)
  endif()
endfunction()

# The targets of a folder whose names match.
function(irmem_targets variable folder pattern)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  list(FILTER targets INCLUDE REGEX ${pattern})
  set(${variable} ${targets} PARENT_SCOPE)
endfunction()

# library, runtime, development ------------------------------------------------------------------

target_include_directories(irmem PUBLIC $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
install(TARGETS irmem EXPORT irmem-targets
        LIBRARY COMPONENT library NAMELINK_COMPONENT development)
if(TARGET irmem-emit)
  irmem_install_runpath(${IRMEM_PASSES_FOLDER} irmem-emit)
  install(TARGETS irmem-emit LIBRARY DESTINATION ${IRMEM_PASSES_FOLDER} COMPONENT library)
endif()
target_include_directories(irmem-rt INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
install(TARGETS irmem-rt EXPORT irmem-targets
        LIBRARY COMPONENT runtime NAMELINK_COMPONENT development)
install(TARGETS irmem-rt-static ARCHIVE COMPONENT development)
install(DIRECTORY include/irmem DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

# The build's own CMake files, where find_package(irmem) with the build as a prefix looks: -Dirmem_ROOT=build.
irmem_way(cmake_from_tools ${CMAKE_INSTALL_BINDIR} ${IRMEM_CMAKE_FOLDER})
cmake_path(SET cmake_files NORMALIZE ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${cmake_from_tools})

# irmem_install_export(NAME): the targets of one export, for find_package in another project.
function(irmem_install_export name)
  install(EXPORT ${name} NAMESPACE irmem:: DESTINATION ${IRMEM_CMAKE_FOLDER} COMPONENT development)
  export(EXPORT ${name} NAMESPACE irmem:: FILE ${cmake_files}/${name}.cmake)
endfunction()

irmem_way(IRMEM_PREFIX_FROM_CMAKE ${IRMEM_CMAKE_FOLDER} .)
irmem_install_export(irmem-targets)
configure_file(cmake/irmem-config.cmake.in ${cmake_files}/irmem-config.cmake @ONLY)
write_basic_package_version_file(${cmake_files}/irmem-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${cmake_files}/irmem-config.cmake ${cmake_files}/irmem-config-version.cmake
        DESTINATION ${IRMEM_CMAKE_FOLDER} COMPONENT development)
# irmem_install_pkgconfig(NAME): cmake/NAME.pc.in, whose folders lie below a prefix that moves with it; below /usr
# it does not, so that pkg-config leaves out the compiler's own folders.
function(irmem_install_pkgconfig name)
  irmem_way(way ${CMAKE_INSTALL_LIBDIR}/pkgconfig .)
  set(pc_prefix \${pcfiledir}/${way})
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(pc_prefix /usr)
  endif()
  foreach(folder CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR IRMEM_PASSES_FOLDER IRMEM_ALGORITHMS_FOLDER)
    cmake_path(APPEND pc_${folder} \${prefix} ${${folder}})
  endforeach()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endfunction()

irmem_install_pkgconfig(irmem)
irmem_install_pkgconfig(irmem-rt)

# tools ------------------------------------------------------------------------------------------

set(tools irmem-opt irmem-run irmem-pack)
irmem_install_runpath(${CMAKE_INSTALL_BINDIR} ${tools})
install(TARGETS ${tools} RUNTIME COMPONENT tools)

# Each tool's manual and its completion for bash, in the words of its own options.
foreach(tool ${tools})
  set(page ${PROJECT_BINARY_DIR}/share/man/man1/${tool}.1)
  set(completion ${PROJECT_BINARY_DIR}/share/bash-completion/completions/${tool})
  add_custom_command(OUTPUT ${page}.gz ${completion} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DTOOL=$<TARGET_FILE:${tool}> -DPAGE=${PROJECT_SOURCE_DIR}/docs/man/${tool}.1.in
            -DOUT=${page} -DPROJECT_VERSION=${PROJECT_VERSION} -P ${PROJECT_SOURCE_DIR}/cmake/manual.cmake
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/share/bash-completion/completions
    COMMAND sh -c "\"$1\" --help-bash > \"$2\"" sh $<TARGET_FILE:${tool}> ${completion}
    DEPENDS ${tool} docs/man/${tool}.1.in cmake/manual.cmake
    COMMENT "Writing the manual of ${tool} and its completion for bash")
  list(APPEND described ${page}.gz ${completion})
  install(FILES ${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tools)
  install(FILES ${completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tools)
endforeach()
add_custom_target(manuals ALL DEPENDS ${described})

irmem_targets(passes passes "^irmem-pass-")
irmem_install_runpath(${IRMEM_PASSES_FOLDER} ${passes})
install(TARGETS ${passes} LIBRARY DESTINATION ${IRMEM_PASSES_FOLDER} COMPONENT tools)

install(DIRECTORY lib/algorithms/ DESTINATION ${IRMEM_ALGORITHMS_FOLDER} COMPONENT tools FILES_MATCHING PATTERN *.alg)

# llvm-N -----------------------------------------------------------------------------------------

set(IRMEM_PLUGIN_VERSIONS "")
if(IRMEM_LLVM)
  irmem_targets(plugins passes/llvm "^irmem-llvm-[0-9]+$")
  list(SORT plugins ORDER DESCENDING)
  foreach(plugin ${plugins})
    string(REPLACE irmem- "" component ${plugin})
    install(TARGETS ${plugin} LIBRARY DESTINATION ${IRMEM_PASSES_FOLDER} COMPONENT ${component})
    if(NOT IRMEM_PLUGIN_VERSIONS)
      install(FILES ${PROJECT_BINARY_DIR}/lib/irmem/irmem-llvm.so
              DESTINATION ${IRMEM_PASSES_FOLDER} COMPONENT ${component})
    endif()
    string(REPLACE irmem-llvm- "" version ${plugin})
    list(APPEND IRMEM_PLUGIN_VERSIONS ${version})
  endforeach()
endif()

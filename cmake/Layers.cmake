# A folder under lib/ is a layer: an object library that becomes part of libirmem.

add_library(irmem SHARED)                 # what tools, passes and embedders link
add_library(irmem-internal STATIC)        # the same objects with internal symbols visible, for unit tests
set(exports ${PROJECT_SOURCE_DIR}/lib/libirmem.map)
set_target_properties(irmem PROPERTIES SOVERSION 0 VERSION ${PROJECT_VERSION} LINK_DEPENDS ${exports})
target_link_options(irmem PRIVATE -Wl,--version-script=${exports})
target_include_directories(irmem PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
target_include_directories(irmem-internal PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/lib)

# irmem_layer(NAME SOURCES file... [LIBRARIES target...])
function(irmem_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_library(irmem-layer-${name} OBJECT ${ARG_SOURCES})
  target_include_directories(irmem-layer-${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(irmem-layer-${name} PRIVATE ${ARG_LIBRARIES})
  foreach(library irmem irmem-internal)
    target_sources(${library} PRIVATE $<TARGET_OBJECTS:irmem-layer-${name}>)
  endforeach()
  target_link_libraries(irmem PRIVATE ${ARG_LIBRARIES})
  target_link_libraries(irmem-internal PUBLIC ${ARG_LIBRARIES})
endfunction()

# One folder of sources = one static library. Sources are globbed, so a new type touches no CMake file.

# stackctl_add_library(<target> <folder> [<pattern>...]): a folder that is still empty gives an empty target.
function(stackctl_add_library target folder)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp ${ARGN})
  if(sources)
    add_library(${target} STATIC ${sources})
    stackctl_strict(${target})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/include)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR}/include)
  endif()
endfunction()

# stackctl_link(<target> <public> <private>): lists of targets; an empty target has no private side.
function(stackctl_link target public private)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_link_libraries(${target} INTERFACE ${public})
  else()
    target_link_libraries(${target} PUBLIC ${public} PRIVATE ${private})
  endif()
endfunction()

# stackctl_layer(<name> <folder> [USES <layer>...] [PRIVATE <library>...])
function(stackctl_layer name folder)
  cmake_parse_arguments(PARSE_ARGV 2 layer "" "" "USES;PRIVATE")
  stackctl_add_library(stackctl_${name} ${folder})
  list(TRANSFORM layer_USES PREPEND stackctl_)
  stackctl_link(stackctl_${name} "${layer_USES}" "${layer_PRIVATE}")
  get_target_property(type stackctl_${name} TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    target_include_directories(stackctl_${name} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  endif()
endfunction()

# stackctl_provider(<name> [PRIVATE <library>...]): one library of all its folders. It sees include/ and,
# by "NAME/FOLDER/file.h", its own folders.
function(stackctl_provider name)
  cmake_parse_arguments(PARSE_ARGV 1 provider "" "" "PRIVATE")
  stackctl_add_library(stackctl_${name} providers/${name}
                       ${PROJECT_SOURCE_DIR}/providers/${name}/*/*.cpp)
  target_include_directories(stackctl_${name} PRIVATE ${PROJECT_SOURCE_DIR}/providers)
  stackctl_link(stackctl_${name} stackctl_core "${provider_PRIVATE}")
endfunction()

# stackctl_registry(<folder> <provider>...): the table of all providers.
function(stackctl_registry folder)
  stackctl_add_library(stackctl_providers ${folder})
  list(TRANSFORM ARGN PREPEND stackctl_ OUTPUT_VARIABLE providers)
  stackctl_link(stackctl_providers "${providers}" "")
endfunction()

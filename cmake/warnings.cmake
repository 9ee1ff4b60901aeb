# Warnings of our own code are errors; system headers are exempt.
option(STACKCTL_WERROR "Treat warnings as errors" ON)

add_library(stackctl_warnings INTERFACE)
target_compile_options(stackctl_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(STACKCTL_WERROR)
  target_compile_options(stackctl_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports overlaps in std::string's operator+ that are not there (GCC bug 105651).
  target_compile_options(stackctl_warnings INTERFACE -Wno-restrict)
  if(STACKCTL_SANITIZE)
    # Instrumented code confuses the flow analysis of g++.
    target_compile_options(stackctl_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

# stackctl_strict(<target>): what all our targets are compiled with.
function(stackctl_strict target)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:stackctl_warnings>)
endfunction()

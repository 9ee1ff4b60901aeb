// Catch2's own main, compiled once. The packaged one is built for an older C++ and lacks
// string_view.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

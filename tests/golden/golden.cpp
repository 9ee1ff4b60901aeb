#include "golden/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

namespace stackctl::testing {
namespace fs = std::filesystem;

void check_golden(std::string_view path, const std::string& actual) {
  const fs::path file = fs::path(STACKCTL_SOURCE_DIR) / "tests" / "golden" / path;
  if (std::getenv("STACKCTL_ACCEPT") != nullptr) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << actual;
    return;
  }
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream expected;
  expected << stream.rdbuf();
  INFO("golden file " << file.string() << "; STACKCTL_ACCEPT=1 accepts the new text");
  REQUIRE(stream.is_open());
  CHECK(actual == expected.str());
}

}  // namespace stackctl::testing

// Each tests/golden/broken/NAME.yaml must get exactly the messages of NAME.expected.
// STACKCTL_ACCEPT=1 writes what it got instead.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "kinds/kinds.h"
#include "stack/excerpt.h"
#include "stack/stack.h"

namespace stackctl::stack {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(STACKCTL_SOURCE_DIR) / "tests/golden/broken";

std::optional<std::string> read(const fs::path& path) {
  const std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Two providers: one that has every kind, one that has instances only.
Vocabulary vocabulary() {
  Vocabulary words{kinds::all(), {}};
  ProviderWords all{"exoscale", {text("zone", "Where everything is").otherwise("ch-gva-2")}, {}};
  for (const Kind* kind : words.kinds) all.kinds.push_back(kind->name);
  words.providers = {all, {"metal", {text("rack", "Which rack").required()}, {"instance"}}};
  return words;
}

std::string messages(const std::string& name) {
  Inputs inputs;
  inputs.variables = {VariableText{"sise", "large"}};
  if (name != "variables.yaml") inputs.variables.clear();
  inputs.environment = [](std::string_view) { return std::nullopt; };
  inputs.read_file = [](const std::string& path) { return read(kFolder / path); };
  const Loaded loaded = load({name}, inputs, vocabulary());
  std::string result;
  for (const Diagnostic& fault : loaded.faults) result += render(fault, loaded.sources);
  return result;
}

std::vector<fs::path> broken_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("broken stack files are explained", "[stack][golden]") {
  REQUIRE(broken_files().size() >= 20);
  for (const fs::path& file : broken_files()) {
    INFO(file.filename().string());
    const std::string got = messages(file.filename().string());
    CHECK_FALSE(got.empty());
    const fs::path expected = fs::path(file).replace_extension(".expected");
    if (std::getenv("STACKCTL_ACCEPT") != nullptr) std::ofstream(expected, std::ios::binary) << got;
    CHECK(got == read(expected).value_or("(no such file)"));
  }
}

}  // namespace
}  // namespace stackctl::stack

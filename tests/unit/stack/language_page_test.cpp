// docs/language.md, compared with the loader.
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "kinds/kinds.h"
#include "stack/common_keys.h"
#include "stack/document.h"
#include "stack/excerpt.h"
#include "stack/stack.h"

namespace stackctl::stack {
namespace {

std::string page() {
  std::ifstream file(STACKCTL_SOURCE_DIR "/docs/language.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> examples() {
  constexpr std::string_view kOpen = "```yaml\n";
  std::vector<std::string> result;
  const std::string text = page();
  for (std::size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
    at += kOpen.size();
    result.push_back(text.substr(at, text.find("```", at) - at));
  }
  return result;
}

Loaded load_example(const std::string& text) {
  Vocabulary words{kinds::all(), {}};
  ProviderWords all{"exoscale", {stackctl::text("zone", "Where everything is")}, {}};
  for (const Kind* kind : words.kinds) all.kinds.push_back(kind->name);
  words.providers = {all};
  Inputs inputs;
  inputs.environment = [](std::string_view) { return std::nullopt; };
  inputs.variables = {VariableText{"db_password", "correct horse"}};
  inputs.read_file = [&](const std::string& path) -> std::optional<std::string> {
    if (path == "stack.yaml") return text;
    return path.ends_with(".yaml") ? "variables: {db_password: {secret: true}}" : "echo ${site}";
  };
  return load({"stack.yaml"}, inputs, words);
}

TEST_CASE("the examples of the language page are valid", "[stack][docs]") {
  int whole = 0;
  for (const std::string& example : examples()) {
    INFO(example);
    const Source source{"example.yaml", example};
    Diagnostics faults;
    CHECK(parse_document(source, faults));
    CHECK(faults.empty());
    if (!example.starts_with("stack:")) continue;
    ++whole;
    const Loaded loaded = load_example(example);
    for (const Diagnostic& fault : loaded.faults) FAIL_CHECK(render(fault, loaded.sources));
  }
  CHECK(whole >= 2);
}

TEST_CASE("the language page tells all common keys", "[stack][docs]") {
  const std::string text = page();
  for (const Schema* keys : {&identity_keys(), &lifecycle_keys()}) {
    for (const Attribute& key : *keys) {
      INFO(key.name);
      CHECK(text.find("\n| `" + std::string(key.name) + "` |") != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace stackctl::stack

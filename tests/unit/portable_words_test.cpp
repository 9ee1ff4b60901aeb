// Words that mean something on every cloud.
#include <algorithm>
#include <array>
#include <string>

#include <catch2/catch.hpp>

#include "kinds/kinds.h"
#include "registry.h"
#include "stackctl/provider.h"

using namespace stackctl;

namespace {

/// What `provider` makes of a resource that has these attributes, which it must not refuse.
std::vector<Object> made(const Provider& provider, std::string_view kind, const Map& attributes) {
  INFO(provider.name);
  Declaration declaration;
  declaration.address = "it";
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  Diagnostics faults;
  declaration.attributes = validate(attributes, declaration.kind->schema, faults);
  const auto row =
      std::ranges::find(provider.lowerings, kind, [](const Lowering& each) { return each.kind; });
  Lowered lowered = row->lower(declaration, LoweringContext{"wp"});
  faults.insert(faults.end(), lowered.faults.begin(), lowered.faults.end());
  for (const Diagnostic& fault : faults) FAIL_CHECK(fault.path << ": " << fault.summary);
  return lowered.objects;
}

/// Whether any attribute of an object is just `word`, which no cloud calls anything.
bool is_passed_on(const std::vector<Object>& objects, const std::string& word) {
  return std::ranges::any_of(objects, [&](const Object& object) {
    const Map& attributes = *object.attributes.map();
    return std::ranges::any_of(attributes,
                               [&](const auto& each) { return each.second == Value(word); });
  });
}

}  // namespace

TEST_CASE("portable words: images, sizes and plans are translated by every cloud") {
  const std::array images = {"debian-11",    "debian-12",    "debian-13",
                             "ubuntu-20.04", "ubuntu-22.04", "ubuntu-24.04"};
  const std::array sizes = {"micro", "tiny", "small", "medium", "large", "extra-large", "huge"};
  const std::array plans = {"micro", "small", "medium", "large"};
  const auto check = [](std::string_view kind, const Map& attributes, const std::string& word) {
    for (const Provider* const provider : providers::all()) {
      INFO(provider->name << ": " << word);
      CHECK_FALSE(is_passed_on(made(*provider, kind, attributes), word));
    }
  };
  for (const char* const image : images) {
    check("image", {{"name", image}}, image);
    check("instance", {{"image", image}, {"size", "small"}}, image);
  }
  for (const char* const size : sizes)
    check("instance", {{"image", "debian-12"}, {"size", size}}, size);
  for (const char* const plan : plans)
    check("database",
          {{"engine", "mysql"}, {"plan", plan}, {"user", "me"}, {"password", "not-short"}}, plan);
}

TEST_CASE("portable words: what is the account's own is called what it is called") {
  for (const Provider* const provider : providers::all()) {
    INFO(provider->name);
    const Map own{{"name", "debian-12"}, {"visibility", "private"}};
    CHECK(is_passed_on(made(*provider, "image", own), "debian-12"));
  }
}

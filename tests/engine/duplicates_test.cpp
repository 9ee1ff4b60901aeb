// Two resources that would be one object.
#include "engine/duplicates.h"

#include <catch2/catch.hpp>

#include "engine/toy.h"

using namespace stackctl;
using toy::want;

namespace {

std::vector<std::string> faults(std::vector<engine::DesiredObject> wanted) {
  engine::Desired desired = toy::desired(std::move(wanted));
  engine::check_duplicates(desired);
  std::vector<std::string> texts;
  for (const Diagnostic& fault : desired.faults)
    texts.push_back(fault.address + ": " + fault.summary + "; " + fault.hint);
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("two resources with a key that the cloud takes once are a fault") {
  const Value unknown = Deferred{{Reference{"data", "id"}}, {}, {}};
  const Reference name = {"data", "name"};
  CHECK(faults({want("a", toy::key, {{"name", "k"}}), want("b", toy::key, {{"name", "k"}})}) ==
        Texts{"b: it would be the same toy.key as 'a'; take one of the two out, or tell them apart "
              "by name"});
  CHECK(faults({want("a", toy::key, {{"name", name}}), want("b", toy::key, {{"name", name}})})
            .size() == 1);
  CHECK(faults({want("a", toy::key, {{"name", "k"}}), want("b", toy::key, {{"name", "l"}})}) ==
        Texts{});
  // What is computed later may differ, and this cloud takes disks of one name.
  CHECK(faults({want("a", toy::key, {{"name", unknown}}),
                want("b", toy::key, {{"name", unknown}})}) == Texts{});
  CHECK(faults({want("a", toy::disk, {{"name", "k"}}), want("b", toy::disk, {{"name", "k"}})}) ==
        Texts{});
}

TEST_CASE("equal parts of two parents are two objects") {
  ResourceType rule = toy::rule;
  rule.key_is_unique = true;
  const auto of = [&](const char* address, const char* network) {
    return want(address, rule, {{"network", Reference{network, "id"}}, {"port", 80}});
  };
  CHECK(faults({of("a/rule", "a"), of("b/rule", "b")}) == Texts{});
  CHECK(faults({of("a/rule", "a"), of("a/other", "a")}).size() == 1);
}

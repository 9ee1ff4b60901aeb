// What is there already on Exoscale: how each kind finds its object.
#include "engine/desired.h"
#include "exoscale/provider.h"
#include "kinds/kinds.h"
#include "unit/exoscale/lowering_support.h"

using namespace stackctl;

namespace {

/// The lookup, or what is wrong.
std::string told(std::string_view kind, Map existing) {
  Declaration declaration;
  declaration.address = "x";
  declaration.provider = "e";
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  declaration.attributes = Map{};
  declaration.existing = std::move(existing);
  declaration.locations = std::make_shared<const Places>();
  const engine::Desired desired =
      engine::lower("shop", std::span(&declaration, 1), {{"e", &exoscale::provider, nullptr}});
  if (!desired.faults.empty())
    return desired.faults.front().path + ": " + desired.faults.front().summary;
  REQUIRE(desired.objects.size() == 1);
  const Object& object = desired.objects.front().object;
  CHECK(object.is_lookup);
  return std::string(object.type->name).substr(9) + ' ' + exoscale_test::shown(object.attributes);
}

}  // namespace

TEST_CASE("exoscale: what every kind is looked up by") {
  for (const Lowering& lowering : exoscale::lowerings()) {
    CAPTURE(lowering.kind);
    Map existing{{"id", "i"}};
    if (lowering.kind == "database") existing.emplace("engine", "mysql");
    CHECK(told(lowering.kind, existing).ends_with(R"({"id":"i"})"));
  }
  CHECK(told("instance", {{"name", "n"}}) == R"(instance {"name":"n"})");
  CHECK(told("dns_zone", {{"name", "a.test"}}) == R"(dns_domain {"unicode-name":"a.test"})");
  CHECK(told("database", {{"name", "n"}, {"engine", "postgres"}}) == R"(postgres {"name":"n"})");
  CHECK(told("database", {{"name", "n"}}) == "existing: it must say what the database runs");
  CHECK(told("network", {{"description", "d"}}) == R"(private_network {"description":"d"})");
  CHECK(told("instance", {{"zone", "z"}}) ==
        "existing.zone: no exoscale.instance can be looked up by 'zone'");
}

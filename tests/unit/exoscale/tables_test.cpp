#include <set>

#include "engine/spec.h"
#include "exoscale/provider.h"
#include "exoscale/types/bucket_listing.h"
#include "kinds/kinds.h"
#include "registry.h"
#include "stackctl/text.h"
#include "unit/exoscale/support.h"

using namespace stackctl;

namespace {

void check_schema(const Schema& schema, const std::set<std::string_view>& targets) {
  for (const Attribute& attribute : schema) {
    CAPTURE(attribute.name);
    CHECK(!attribute.help.empty());
    if (!attribute.target.empty()) CHECK(targets.count(attribute.target) == 1);
    check_schema(attribute.members, targets);
  }
}

}  // namespace

TEST_CASE("tables: the registry knows the providers") {
  std::vector<std::string_view> names;
  for (const Provider* provider : providers::all()) names.push_back(provider->name);
  CHECK(names == std::vector<std::string_view>{"aws", "exoscale"});
}

TEST_CASE("tables: the mark tells the attributes of a type apart") {
  for (const Provider* provider : providers::all())
    for (const ResourceType* type : provider->types)
      for (const Attribute& one : type->schema) {
        if (one.is_output || one.is_uncompared) continue;
        CAPTURE(type->name, one.name);
        const Map declared{{std::string(one.name), "x"}};
        const auto spec = engine::Spec::parse(engine::make_spec(type->schema, declared, {}));
        CHECK(spec.declared(one));
        for (const Attribute& other : type->schema)
          CHECK((&other == &one || !spec.declared(other)));
      }
}

TEST_CASE("tables: Exoscale's types are whole") {
  std::set<std::string_view> names;
  for (const ResourceType* type : exoscale::provider.types) names.insert(type->name);
  CHECK(names.size() == exoscale::provider.types.size());
  for (const ResourceType* type : exoscale::provider.types) {
    CAPTURE(type->name);
    const exoscale::Type& behaviour = exoscale::type_of(*type);
    CHECK(&behaviour.resource == type);
    CHECK(behaviour.decode != nullptr);
    CHECK((behaviour.create == nullptr) == (type->marked == Marked::never));
    CHECK((behaviour.remove == nullptr) == (type->marked == Marked::never));
    for (const std::string& listing : split(type->listing, ' '))
      CHECK((listing.starts_with("/") || listing == exoscale::kBuckets));
    CHECK(!type->help.empty());
    CHECK(find(type->schema, "id") != nullptr);
    CHECK((type->parent.empty() || find(type->schema, type->parent) != nullptr));
    CHECK((type->marked == Marked::parent) == !type->parent.empty());
    for (const std::string_view key : type->key) CHECK(find(type->schema, key) != nullptr);
    check_schema(type->schema, names);
    // A change needs a call: without one, everything must force replacement.
    for (const Attribute& attribute : type->schema)
      if (behaviour.update == nullptr && type->marked != Marked::never)
        CHECK((attribute.is_output || attribute.is_immutable));
  }
}

TEST_CASE("tables: every kind is described, and lowered by Exoscale") {
  std::set<std::string_view> names;
  for (const Kind* kind : kinds::all()) names.insert(kind->name);
  CHECK(names.size() == kinds::all().size());
  for (const Kind* kind : kinds::all()) {
    CAPTURE(kind->name);
    CHECK(!kind->help.empty());
    check_schema(kind->schema, names);
  }
  std::set<std::string_view> lowered;
  for (const Lowering& lowering : exoscale::provider.lowerings) lowered.insert(lowering.kind);
  // Local kinds are none of the clouds'.
  for (const Kind* kind : kinds::all())
    if (kind->is_local) names.erase(kind->name);
  CHECK(lowered == names);
}

TEST_CASE("tables: decoding survives any shape") {
  const std::vector<std::string> shapes = {
      "null",
      "[]",
      "7",
      "{}",
      R"({"instances":7,"security-groups":{},"load-balancers":"x","templates":null})",
      R"({"instances":[7,null,"x",[],{},{"id":7}],"security-groups":[{"id":"g","rules":7}],
          "instance-pools":[{"id":"p","labels":[],"template":"t","security-groups":{"a":1}}],
          "load-balancers":[{"id":"l","services":[{"id":"s","healthcheck":[1]}],"labels":7}],
          "ssh-keys":[{"name":"k","fingerprint":{}}],"anti-affinity-groups":[{"description":1,"id":"a"}],
          "templates":[{"id":"t","name":[]}],"instance-types":[{"id":"i","family":{}}]})",
      R"({"instance-pools":[{"id":"p","instance-prefix":7,"template":[]},{"id":"q","instance-prefix":"-g"}],
          "instances":[{"id":"i","manager":{"id":"p"},"name":7,"public-ip":{},"state":[],"template":{"id":1}},
                       {"id":"j","manager":{"id":"q"},"public-ip":"x"},{"manager":{"id":"q"}},{"manager":7}],
          "load-balancers":[{"services":[7,{"instance-pool":{"id":"q"},"healthcheck-status":7},
                                         {"instance-pool":{"id":"q"},"healthcheck-status":[7,{"public-ip":"x","status":{}}]}]}],
          "snapshots":[{"id":"s","instance":7},7]})"};
  for (const std::string& shape : shapes)
    for (const exoscale::Type* type : exoscale::types()) {
      CAPTURE(type->resource.name, shape);
      Diagnostics faults;
      for (const LiveObject& object :
           type->decode(type->resource, exoscale_test::parsed(shape), faults))
        CHECK(!object.id.empty());
    }
}

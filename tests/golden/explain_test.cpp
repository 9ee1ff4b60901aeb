#include "cli/explain.h"

#include <catch2/catch.hpp>

#include "golden/golden.h"
#include "golden/made_up.h"
#include "stackctl/json.h"

namespace stackctl::testing {
namespace {

const Kind kServerKind{.name = "server", .help = "A server", .schema = {}};

engine::DesiredObject wanted(const std::string& address, const ResourceType& type, Map attributes,
                             std::vector<std::string> needs) {
  engine::DesiredObject desired;
  desired.object.address = address;
  desired.object.type = &type;
  desired.object.attributes = std::move(attributes);
  desired.resource = address;
  desired.needs = std::move(needs);
  return desired;
}

engine::BoundObject there(const ResourceType& type, std::string address, Map attributes) {
  engine::BoundObject bound;
  bound.object.type = &type;
  bound.object.id = "id-of-" + address;
  attributes["id"] = bound.object.id;
  bound.object.attributes = std::move(attributes);
  bound.object.mark = Mark{"shop", std::move(address), ""};
  bound.object.state = "running";
  return bound;
}

/// A stack of three declared resources and one that goes.
struct Shop {
  stack::Stack stack;
  cli::Planned planned;

  Shop() {
    stack.name = "shop";
    stack.resources = {declaration("net-sg"), declaration("web"), declaration("lb")};
    stack.resources[1].lifecycle.protect = true;
    stack.resources[1].lifecycle.on_delete = OnDelete::snapshot;
    stack.resources[1].lifecycle.ignore_changes = {"labels"};
    stack.resources[1].lifecycle.create_timeout = std::chrono::minutes{45};
    planned.desired.stack = "shop";
    planned.desired.objects = {wanted("net-sg", group_type(), {{"name", "shop-net-sg"}}, {}),
                               image(), web(),
                               wanted("lb", server_type(), {{"name", "shop-lb"}}, {"web"})};
    planned.live.objects = live_objects();
    planned.plan = plan();
  }

 private:
  static Declaration declaration(std::string address) {
    Declaration declaration;
    declaration.address = std::move(address);
    declaration.kind = &kServerKind;
    declaration.provider = "toy";
    declaration.location = {"stack.yaml", 10, 3, 3};
    return declaration;
  }

  static engine::DesiredObject image() {
    engine::DesiredObject image = wanted("web/image", group_type(), {{"name", "debian-12"}}, {});
    image.object.is_lookup = true;
    image.resource = "web";
    return image;
  }

  static engine::DesiredObject web() {
    return wanted("web", server_type(),
                  {{"name", "shop-web"},
                   {"image", "debian-12"},
                   {"count", 3},
                   {"groups", List{later("net-sg", "id")}},
                   {"labels", Map{{"team", "web"}}},
                   {"password", Secret{"hunter2"}}},
                  {"net-sg", "web/image"});
  }

  static std::vector<engine::BoundObject> live_objects() {
    return {there(group_type(), "net-sg", {{"name", "shop-net-sg"}}),
            there(server_type(), "web",
                  {{"name", "renamed-by-hand"},
                   {"image", "debian-12"},
                   {"count", 2},
                   {"groups", List{"id-of-net-sg"}},
                   {"labels", Map{{"team", "hand"}}},
                   {"user_data", "echo"},
                   {"address", "192.0.2.7"}}),
            there(server_type(), "old",
                  {{"name", "shop-old"},
                   {"groups", List{"id-of-net-sg"}},
                   {"user_data", "password=hunter2"}})};
  }

  engine::Plan plan() const {
    using engine::Cause;
    engine::Step update =
        change_step("web", {},
                    {change("name", "renamed-by-hand", "shop-web", Cause::drift, 11),
                     change("count", 2, 3, Cause::pending, 14)});
    update.live = planned.live.objects[1].object;
    engine::Step orphan = remove_step(server_type(), "old", "id-of-old");
    orphan.live = planned.live.objects[2].object;
    orphan.reasons = {"it is no longer in the stack file"};
    engine::Step balancer = create_step("lb", {{"name", "shop-lb"}});
    engine::Plan plan = plan_of({update, orphan, balancer});
    plan.known["net-sg"] = Map{{"id", "id-of-net-sg"}, {"name", "shop-net-sg"}};
    return plan;
  }
};

std::string shown(std::string_view address) {
  const Shop shop;
  const Result<cli::Explanation> result = cli::explain(address, shop.stack, shop.planned);
  if (!result) return result.fault().summary + "\nhint: " + result.fault().hint + "\n";
  return cli::explanation_text(*result, shop.planned.plan).plain();
}

TEST_CASE("explain: each kind of answer, for people") {
  struct Row {
    const char* address;
    const char* golden;
  };
  const Row rows[] = {
      {"web", "screens/explain_change.txt"},          {"lb", "screens/explain_create.txt"},
      {"old", "screens/explain_orphan.txt"},          {"net-sg", "screens/explain_unchanged.txt"},
      {"web/image", "screens/explain_looked_up.txt"}, {"wep", "screens/explain_unknown.txt"},
  };
  for (const Row& row : rows) check_golden(row.golden, shown(row.address));
}

TEST_CASE("explain: as JSON") {
  const Shop shop;
  const Result<cli::Explanation> result = cli::explain("web", shop.stack, shop.planned);
  REQUIRE(result);
  check_golden("screens/explain.json",
               json::write(cli::explanation_record(*result), json::Secrets::hidden, 2) + "\n");
}

TEST_CASE("explain: secrets are shown nowhere") {
  for (const char* address : {"web", "old", "lb"})
    CHECK(shown(address).find("hunter2") == std::string::npos);
}

}  // namespace
}  // namespace stackctl::testing

// What is there already is looked up: by what tells it, and with what is looked up through it.
#include <array>

#include <catch2/catch.hpp>

#include "engine/desired.h"
#include "engine/toy.h"
#include "stackctl/lowering.h"

using namespace stackctl;

namespace {

/// A network with a part, a key that is there for it, and two servers that are: one in it.
Lowered lower_network(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const std::string& own = declaration.address;
  const auto add = [&](const std::string& address, const ResourceType& type, const Map& attributes,
                       bool is_lookup) {
    Draft draft(address, type);
    draft.object.is_lookup = is_lookup;
    for (const auto& [name, value] : attributes) draft.set(name, value);
    lowered.objects.push_back(std::move(draft).finish());
  };
  Draft network(own, toy::network);
  network.set("name", context.physical_name(own));
  network.set("mtu", {}, "frame");                    // it goes there, though nothing is declared
  network.origins.insert_or_assign("", "technique");  // of which there is a type of its own
  lowered.objects.push_back(std::move(network).finish());
  add(own + "/rule", toy::rule, {{"network", refer(own)}}, false);
  add(own + "/inside", toy::server, {{"networks", List{refer(own)}}}, true);
  add(own + "/elsewhere", toy::server, {{"name", "other"}}, true);
  lowered.outputs = {{"id", refer(own)},
                     {"server", refer(own + "/inside")},
                     {"other", refer(own + "/elsewhere")},
                     {"rule", refer(own + "/rule")}};
  lowered.faults.push_back(fault_at("", "what is declared lacks something"));
  if (declaration.existing["technique"] == Value("radio"))
    lowered.faults.push_back(fault_at("existing.technique", "not here"));
  return lowered;
}

Lowered lower_nothing(const Declaration& declaration, const LoweringContext& /*context*/) {
  Lowered lowered;
  lowered.outputs = {{"id", declaration.address}};
  return lowered;
}

engine::Desired lowered(std::string_view kind_name, Map existing) {
  static const std::array<Kind, 2> kinds = {Kind{.name = "network", .help = "", .schema = {}},
                                            Kind{.name = "nothing", .help = "", .schema = {}}};
  static const std::array lowerings = {Lowering{"network", lower_network},
                                       Lowering{"nothing", lower_nothing}};
  Provider cloud;
  cloud.lowerings = lowerings;
  Declaration declaration;
  declaration.address = "x";
  declaration.kind = kind_name == "network" ? &kinds.front() : &kinds.back();
  declaration.provider = "toy";
  declaration.attributes = Map{};
  declaration.existing = std::move(existing);
  declaration.locations = std::make_shared<const Places>();
  return engine::lower("s", std::span(&declaration, 1), {{"toy", &cloud, nullptr}});
}

std::string told(const engine::Desired& desired) {
  std::string out;
  for (const Diagnostic& fault : desired.faults) out += fault.path + ": " + fault.summary + '\n';
  return out;
}

}  // namespace

TEST_CASE("what exists is looked up, with what is looked up through it", "[existing]") {
  const engine::Desired desired =
      lowered("network", {{"name", "n"}, {"frame", 9000}, {"technique", "wires"}});
  CHECK(told(desired).empty());
  REQUIRE(desired.objects.size() == 2);
  for (const engine::DesiredObject& wanted : desired.objects) CHECK(wanted.object.is_lookup);
  CHECK(desired.objects.front().object.attributes == Value(Map{{"mtu", 9000}, {"name", "n"}}));
  CHECK(desired.objects.back().object.address == "x/inside");
  const Map& outputs = desired.meanings.at("x");
  CHECK(outputs.contains("id"));
  CHECK(outputs.contains("server"));
  CHECK_FALSE(outputs.contains("other"));
  CHECK_FALSE(outputs.contains("rule"));
}

TEST_CASE("what cannot be told is an error, not any object", "[existing]") {
  CHECK(told(lowered("network", {{"colour", "red"}})) ==
        "existing.colour: no toy.network can be looked up by 'colour'\n");
  CHECK(told(lowered("network", {{"technique", "wires"}})) ==
        "existing: it tells no object from others\n");
  CHECK(told(lowered("network", {{"technique", "radio"}})) == "existing.technique: not here\n");
  CHECK(told(lowered("nothing", {{"id", "n-1"}})) ==
        "existing: it has no object of its own in this cloud that could be there\n");
}

TEST_CASE("what is looked up and lacks what is needed is told before anything is done",
          "[existing]") {
  engine::DesiredObject net = toy::want("net", toy::network, {{"name", "theirs"}});
  net.object.is_lookup = true;
  const auto faults = [&](const char* attribute, Map there) {
    const engine::DesiredObject web = toy::want(
        "web", toy::server,
        {{"name", "s-web"}, {"size", "small"}, {"networks", List{Reference{"net", attribute}}}});
    there.emplace("name", "theirs");
    engine::BoundObject theirs = toy::have("theirs", toy::network, std::move(there));
    theirs.object.mark.reset();
    return engine::make_plan(toy::desired({net, web}), toy::live({theirs}), {}).faults;
  };
  CHECK(faults("gateway", {{"gateway", "10.0.0.1"}}).empty());
  // Who needs nothing of the kind is not concerned.
  CHECK(faults("id", {}).empty());
  const Diagnostics told = faults("gateway", {});
  REQUIRE(told.size() == 1);
  CHECK(told.front().address == "web");
  CHECK(told.front().summary == "it needs gateway of 'net', which has none");
  CHECK(told.front().detail == "gateway: Router address");
}

TEST_CASE("a lookup that several fit is an error, but where the newest is meant", "[existing]") {
  const auto look_up = [](const ResourceType& type, std::vector<engine::BoundObject> there) {
    engine::DesiredObject net = toy::want("net", type, {{"name", "theirs"}});
    net.object.is_lookup = true;
    return engine::make_plan(toy::desired({net}), toy::live(std::move(there)), {});
  };
  const auto there = [](const ResourceType& type, const std::string& id, std::string_view owner) {
    engine::BoundObject object = toy::have(id, type, {{"name", "theirs"}});
    object.object.mark = Mark{std::string(owner), "net", ""};
    object.object.created = id;
    return object;
  };
  const auto meant = [](const engine::Plan& plan) {
    const auto known = plan.known.find("net");
    return plan.faults.empty() && known != plan.known.end() ? known->second.text_at("id") : "";
  };
  const ResourceType& type = toy::network;
  const engine::Plan two = look_up(type, {there(type, "1", "a"), there(type, "2", "")});
  REQUIRE(two.faults.size() == 1);
  CHECK(two.faults.front().summary ==
        "there is more than one toy.network with name \"theirs\": theirs (id-1), theirs (id-2)");
  CHECK(two.faults.front().hint == "give the id of the one that is meant: existing: {id: ...}");
  CHECK(two.faults.front().path == "name");
  CHECK_FALSE(two.known.contains("net"));
  const engine::Plan five =
      look_up(type, {there(type, "1", ""), there(type, "2", ""), there(type, "3", ""),
                     there(type, "4", ""), there(type, "5", "")});
  REQUIRE(five.faults.size() == 1);
  CHECK(five.faults.front().summary.ends_with(
      ": theirs (id-1), theirs (id-2), theirs (id-3), 2 more"));
  const ResourceType& image = toy::snapshot;
  CHECK(meant(look_up(image, {there(image, "1", ""), there(image, "2", "")})) == "id-2");

  // One object that is there twice, and what is on its way out.
  CHECK(meant(look_up(type, {there(type, "1", ""), there(type, "1", "")})) == "id-1");
  CHECK(meant(look_up(type, {there(type, "2", "s"), there(type, "1", "s")})) == "id-1");
  engine::BoundObject leaving = there(type, "2", "");
  leaving.object.condition = Condition::leaving;
  CHECK(meant(look_up(type, {there(type, "1", ""), leaving})) == "id-1");
}

TEST_CASE("of several that a lookup fits the one that is used already is meant", "[existing]") {
  engine::DesiredObject lookup = toy::want("web/net", toy::network, {{"name", "theirs"}});
  lookup.object.is_lookup = true;
  const Map web = {{"name", "s-web"}, {"size", "small"}};
  const auto wanted = [&] {
    Map attributes = web;
    attributes.emplace("networks", List{Reference{"web/net", "id"}});
    return toy::want("web", toy::server, std::move(attributes));
  };
  std::vector<engine::BoundObject> there;
  for (const char* const name : {"1", "2"}) {
    there.push_back(toy::have(name, toy::network, {{"name", "theirs"}}));
    there.back().object.mark.reset();
  }
  const auto faults = [&](const engine::PlanOptions& options) {
    return engine::make_plan(toy::desired({lookup, wanted()}), toy::live(there), options).faults;
  };
  const Diagnostics unclear = faults({});
  REQUIRE(unclear.size() == 1);
  CHECK(unclear.front().hint == "give the id of the one that is meant");
  Map attributes = web;
  attributes.emplace("networks", List{"id-1"});
  there.push_back(toy::have("web", toy::server, std::move(attributes)));
  CHECK(faults({}).empty());
  CHECK(faults({.replace = {"web"}}).empty());
}

// What of a plan is drift, and what the stack file brought about; and what a saved plan saw.
#include "cli/drift.h"

#include <catch2/catch.hpp>

#include "cli/drift_text.h"
#include "engine/seen.h"
#include "engine/toy.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

using namespace stackctl;
using toy::have;
using toy::want;

namespace {

using Wanted = std::vector<engine::DesiredObject>;
using There = std::vector<engine::BoundObject>;

cli::Planned planned(Wanted wanted, There there) {
  cli::Planned all;
  all.desired = toy::desired(std::move(wanted));
  all.live = toy::live(std::move(there));
  all.plan = engine::make_plan(all.desired, all.live);
  return all;
}

/// "2 web?[size] | + db": a drifted object with what changed, "?" where it is not certain; then
/// what is pending.
std::string show(const cli::Planned& all) {
  const cli::Drift drift = cli::find_drift(all);
  std::string text = std::to_string(cli::exit_code_of(drift));
  for (const cli::Drifted& item : drift.drifted) {
    constexpr const char* kSigns[] = {" ~", " -", " +", " !"};
    text += kSigns[static_cast<int>(item.what)] + item.step->address + (item.is_certain ? "" : "?");
    std::vector<std::string> names;
    for (const engine::Change* change : item.changes) names.push_back(change->attribute);
    if (!names.empty()) text += "[" + join(names, " ") + "]";
  }
  if (!drift.pending.empty()) text += " |";
  for (const cli::Pending& item : drift.pending) text += " " + item.step->address;
  return text;
}

const Map kNet = {{"name", "s-net"}, {"range", "10"}};
engine::DesiredObject wanted_net() { return want("net", toy::network, kNet); }
engine::BoundObject there_net() { return have("net", toy::network, kNet); }
Value net_id() { return Reference{"net", "id"}; }

engine::DesiredObject wanted_rule(int port) {
  return want("net/r" + std::to_string(port), toy::rule, {{"network", net_id()}, {"port", port}});
}
engine::BoundObject there_rule(int port) {
  return have("net/r" + std::to_string(port), toy::rule, {{"network", "id-net"}, {"port", port}});
}
engine::DesiredObject wanted_server() {
  return want("web", toy::server, {{"name", "s-web"}, {"size", "s"}, {"networks", List{net_id()}}});
}
engine::BoundObject there_server(std::string network) {
  return have("web", toy::server,
              {{"name", "s-web"}, {"size", "s"}, {"networks", List{std::move(network)}}});
}
engine::BoundObject in_condition(engine::BoundObject object, Condition condition) {
  object.object.condition = condition;
  return object;
}
engine::BoundObject without_spec(engine::BoundObject object) {
  object.object.mark->spec.clear();
  return object;
}
/// `attributes` are there, `declared` was applied.
engine::BoundObject net_with(Map attributes, Map declared) {
  attributes.insert(kNet.begin(), kNet.end());
  declared.insert(kNet.begin(), kNet.end());
  return have("net", toy::network, std::move(attributes), std::move(declared));
}
engine::DesiredObject noted(const std::string& note) {
  return want("net", toy::network, {{"name", "s-net"}, {"range", "10"}, {"note", note}});
}

}  // namespace

TEST_CASE("drift: whose doing each difference is") {
  struct Row {
    const char* what;
    Wanted wanted;
    There there;
    const char* shown;
  };
  const Row rows[] = {
      {"all is well", {wanted_net()}, {there_net()}, "0"},
      {"the cloud changed",
       {noted("a")},
       {net_with({{"note", "b"}}, {{"note", "a"}})},
       "3 ~net[note]"},
      {"the file changed", {noted("b")}, {net_with({{"note", "a"}}, {{"note", "a"}})}, "2 | net"},
      {"both changed",
       {noted("c")},
       {net_with({{"note", "b"}}, {{"note", "a"}})},
       "4 ~net[note] | net"},
      {"nothing tells who",
       {noted("b")},
       {without_spec(net_with({{"note", "a"}}, {}))},
       "3 ~net?[note]"},
      {"the mark is damaged", {wanted_net()}, {without_spec(there_net())}, "3 ~net"},
      {"nothing of it is there", {wanted_net()}, {}, "2 | net"},
      {"not in the file any more", {}, {there_net()}, "2 | net"},
      {"failed", {wanted_net()}, {in_condition(there_net(), Condition::failed)}, "3 !net"},
      {"leaving", {wanted_net()}, {in_condition(there_net(), Condition::leaving)}, "3 !net"},
      {"still being made",
       {wanted_net()},
       {in_condition(there_net(), Condition::pending)},
       "2 | net"},
      {"a part is gone, or new", {wanted_net(), wanted_rule(80)}, {there_net()}, "3 -net/r80?"},
      {"a part is there, or was taken out",
       {wanted_net()},
       {there_net(), there_rule(22)},
       "3 +net/r22?"},
      {"what is referred to is gone",
       {wanted_net(), wanted_server()},
       {there_server("id-net")},
       "3 -net"},
      {"what is referred to is new",
       {wanted_net(), wanted_server()},
       {have("web", toy::server, {{"name", "s-web"}, {"size", "s"}})},
       "2 | net"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(show(planned(row.wanted, row.there)) == row.shown);
  }
}

TEST_CASE("drift: from what to what, and no secret in it") {
  engine::DesiredObject web =
      want("web", toy::server, {{"name", "s-web"}, {"size", "s"}, {"gateway", Secret{"psst"}}});
  Map applied = *web.object.attributes.map();
  Map there = applied;
  there["gateway"] = "hush";
  const cli::Planned all = planned({noted("a"), web}, {net_with({{"note", "b"}}, {{"note", "a"}}),
                                                       have("web", toy::server, there, applied)});
  const cli::Drift drift = cli::find_drift(all);
  const std::string text = cli::drift_text(all.plan, drift).plain();
  CHECK(text.find("~ note = \"a\" -> \"b\"") != std::string::npos);
  CHECK(text.find("~ gateway = (secret) -> (secret)") != std::string::npos);
  const std::string shown = text + json::write(cli::drift_record(all.plan, drift)) +
                            cli::drift_markdown(all.plan, drift, 100000);
  for (const char* secret : {"psst", "hush"}) CHECK(shown.find(secret) == std::string::npos);
}

namespace {

std::vector<engine::SeenObject> seen(const cli::Planned& all) {
  engine::SecretDigests digests;
  return engine::seen_objects(all.desired, all.live, all.plan, digests);
}

std::string compared(const cli::Planned& before, const cli::Planned& after) {
  std::string text;
  for (const engine::SeenChange& change : engine::compare_seen(seen(before), seen(after))) {
    constexpr const char* kSigns[] = {"~", "-", "+"};
    text += kSigns[static_cast<int>(change.what)] + change.object.address + "[" +
            join(change.attributes, " ") + "]";
  }
  return text;
}

}  // namespace

TEST_CASE("seen: what became of the objects that a plan saw") {
  const cli::Planned before = planned({noted("a")}, {net_with({{"note", "a"}}, {})});
  engine::BoundObject foreign = have("net", toy::network, {{"name", "other"}, {"range", "11"}});
  foreign.object.id = "id-foreign";
  foreign.object.mark->stack = "t";
  engine::BoundObject remarked = net_with({{"note", "a"}}, {});
  remarked.object.mark->spec.clear();
  struct Row {
    There there;
    const char* shown;
  };
  const Row rows[] = {
      {{net_with({{"note", "a"}}, {})}, ""},
      {{net_with({{"note", "b"}}, {})}, "~net[note]"},
      {{net_with({}, {})}, "~net[note]"},
      {{net_with({{"note", "a"}}, {}), foreign}, ""},
      {{in_condition(net_with({{"note", "a"}}, {}), Condition::failed)}, "~net[(state)]"},
      {{remarked}, "~net[(mark)]"},
      {{}, "-net[]"},
      {{net_with({{"note", "a"}}, {}), there_rule(22)}, "+net/r22[]"},
  };
  for (const Row& row : rows)
    CHECK(compared(before, planned({noted("a")}, row.there)) == row.shown);
}

TEST_CASE("seen: what may be secret is digested slowly, whatever the cloud says of it") {
  const auto digest_of = [](Value declared) {
    engine::DesiredObject web =
        want("web", toy::server, {{"name", "s-web"}, {"gateway", declared}});
    const auto all =
        seen(planned({web}, {have("web", toy::server, {{"name", "s-web"}, {"gateway", "x"}})}));
    return all.front().digests.at("gateway");
  };
  CHECK(digest_of("x") == digest_of("y"));
  CHECK(digest_of("x") != digest_of(Secret{"x"}));
}

TEST_CASE("plan: what is ignored and made of a secret stays one, though the cloud shows it") {
  engine::DesiredObject web = wanted_server();
  web.object.attributes.map()->emplace("gateway", Secret{"psst"});
  web.declared = std::make_shared<const engine::Declared>(
      engine::Declared{.lifecycle = {.ignore_changes = {"gateway"}}});
  engine::BoundObject there = there_server("id-other");
  there.object.attributes.map()->emplace("gateway", "hush");
  const cli::Planned all = planned({wanted_net(), web}, {there_net(), there});
  REQUIRE(all.plan.steps.size() == 1);
  CHECK(all.plan.steps[0].desired["gateway"] == Value(Secret{"hush"}));
  CHECK(json::write(all.plan.steps[0].desired).find("hush") == std::string::npos);
}

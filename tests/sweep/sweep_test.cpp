// The crash sweep. One case alone, as a failure prints it:
//   STACKCTL_SWEEP="wordpress built managed/replace/crash-after@7" test_sweep
#include "sweep/sweep.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <utility>

#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "support/account.h"
#include "support/example.h"

using namespace stackctl;
using support::Account;
using sweep::Scenario;
using sweep::Sweep;

namespace {

constexpr const char* kDebian = "Linux Debian 12 (Bookworm) 64-bit";

/// An account in which somebody else is at work.
class Foreign {
 public:
  Foreign() {
    const Value small = Map{{"id", id_of("/instance-type", "instance-types", "size", "small")}};
    const Value debian =
        Map{{"id", id_of("/template?visibility=public", "templates", "name", kDebian)}};
    make("/security-group", Map{{"name", "theirs"}});
    make("/anti-affinity-group", Map{{"name", "theirs"}});
    make("/private-network", Map{{"name", "theirs"}});
    make("/load-balancer", Map{{"name", "theirs"}});
    make("/block-storage", Map{{"name", "theirs"}, {"size", 10}});
    const std::string machine = make(
        "/instance",
        Map{{"name", "theirs"}, {"disk-size", 10}, {"template", debian}, {"instance-type", small}});
    account_.by_hand("POST", "/instance/" + machine + ":create-snapshot");
    snapshot_ = id_of("/snapshot", "snapshots", "", "");
    using namespace std::chrono_literals;
    account_.cloud().handle({}, account_.cloud().clock() + 2h);
  }

  std::string saved() { return account_.cloud().save(); }
  const std::string& snapshot() const { return snapshot_; }

 private:
  std::string make(const std::string& path, const Value& body) {
    const auto answer = json::parse(account_.by_hand("POST", path, json::write(body)).body);
    return std::string((*answer)["reference"].text_at("id"));
  }

  std::string id_of(const std::string& path, const char* list, const char* attribute,
                    std::string_view value) {
    const Value listed = *json::parse(account_.by_hand("GET", path).body);
    for (const Value& item : listed[list].items())
      if (item.text_at(attribute) == value) return std::string(item.text_at("id"));
    return {};
  }

  Account account_;
  std::string snapshot_;
};

using Step = void (Sweep::*)();

void sweep_through(const Scenario& scenario, const std::string& foreign,
                   const std::vector<Step>& operations, sweep::Figures& figures) {
  const char* only = std::getenv("STACKCTL_SWEEP");
  Sweep swept(scenario, foreign, only == nullptr ? "" : only,
              [](const std::string& what) { FAIL_CHECK(what); });
  for (const Step operation : operations) (swept.*operation)();
  figures.cases += swept.figures().cases;
  figures.writes += swept.figures().writes;
  figures.unseen += swept.figures().unseen;
}

void tell(const std::string& what, const sweep::Figures& figures) {
  std::cout << what << ": " << figures.writes << " writes, " << figures.cases << " cases, "
            << figures.unseen << " of them took one more run\n";
}

std::vector<Declaration> loaded(const std::vector<std::string>& files,
                                const support::Variables& variables = {}) {
  return support::load_stacks(files, variables).stack.resources;
}

using Choice = std::pair<const std::string, support::Variables>;

Scenario wordpress(const Choice& image, const Choice& database) {
  support::Variables variables = image.second;
  variables.insert(variables.end(), database.second.begin(), database.second.end());
  const std::string file = "examples/exoscale-wordpress/stack.yaml";
  support::Variables more = variables;
  more.emplace_back("workers", "3");
  more.emplace_back("admin_password", "another");
  return {"wordpress " + image.first + ' ' + database.first, "wordpress", loaded({file}, variables),
          loaded({file, "tests/sweep/wordpress_changed.yaml"}, more)};
}

std::vector<Scenario> wordpresses(const std::string& snapshot) {
  const std::map<std::string, support::Variables> images = {
      {"built", {}},
      {"given", {{"web_template", "Linux Ubuntu 24.04 LTS 64-bit"}, {"db_template", kDebian}}},
      {"from-snapshot", {{"web_snapshot", snapshot}, {"db_snapshot", snapshot}}}};
  const std::map<std::string, support::Variables> databases = {
      {"instance", {}},
      {"managed", {{"database", "managed"}}},
      {"none", {{"database", "none"}, {"db_address", "192.0.2.7"}}}};
  std::vector<Scenario> all;
  for (const Choice& image : images)
    for (const Choice& database : databases) all.push_back(wordpress(image, database));
  return all;
}

Scenario every_kind() {
  const std::string file = "tests/stacks/every_kind.yaml";
  return {"every-kind", "shop", loaded({file}),
          loaded({file, "tests/sweep/every_kind_changed.yaml"})};
}

/// What can be changed in place, but is not between the two versions of the stack of every kind.
struct Unchanged {
  std::string_view attribute;
  std::string_view why;
};
constexpr Unchanged kUnchanged[] = {
    {"exoscale.builder labels", "it is gone once it has built"},
    {"exoscale.instance_pool deploy-target", "the account has no hosts of its own"},
    {"exoscale.instance_pool stale-members", "it follows from the others"},
    {"exoscale.mysql version", "it has the newest one"},
    {"exoscale.nlb_service port", "a listener on another port is another listener"},
    {"exoscale.nlb_service protocol", "the same"},
    {"exoscale.postgres version", "it has the newest one"},
    {"exoscale.private_network netmask", "the machines in it would need other addresses"},
    {"exoscale.sks_nodepool instance-prefix", "the kind has no word for it"},
    {"exoscale.sks_nodepool stale-members", "it follows from the others"},
    {"exoscale.template family", "it only tells which one is looked up"},
    {"exoscale.template id", "the same"},
    {"exoscale.template visibility", "the same"},
    {"exoscale.valkey version", "it has the newest one"},
};

bool differs(const support::Wanted& one, const support::Wanted& other, const std::string& address,
             std::string_view attribute) {
  const engine::DesiredObject* const before = one.desired.find(address);
  const engine::DesiredObject* const after = other.desired.find(address);
  if (before == nullptr || after == nullptr) return false;
  const Value& value = before->object.attributes[attribute];
  if (!(value == after->object.attributes[attribute])) return true;
  return std::ranges::any_of(references(value), [&](const Reference& reference) {
    const engine::DesiredObject* const target = one.desired.find(reference.target);
    const engine::DesiredObject* const now = other.desired.find(reference.target);
    return target != nullptr && now != nullptr && target->object.is_lookup &&
           !(target->object.attributes == now->object.attributes);
  });
}

}  // namespace

TEST_CASE("the example in all its variants, disturbed at every write", "[wordpress]") {
  Foreign foreign;
  sweep::Figures figures;
  const std::vector<Scenario> scenarios = wordpresses(foreign.snapshot());
  for (const Scenario& scenario : scenarios)
    sweep_through(scenario, foreign.saved(),
                  {&Sweep::create, &Sweep::update, &Sweep::replace, &Sweep::destroy}, figures);
  tell("the example in " + std::to_string(scenarios.size()) + " variants", figures);
}

TEST_CASE("the two versions of the stack of every kind differ in all that can be changed in place",
          "[every-kind-made]") {
  const Scenario scenario = every_kind();
  support::Lab lab;
  const support::Wanted whole(scenario.stack, scenario.declarations, lab.bindings);
  const support::Wanted changed(scenario.stack, scenario.changed, lab.bindings);
  std::map<std::string, bool> is_changed;
  for (const engine::DesiredObject& object : whole.desired.objects)
    for (const Attribute& attribute : object.object.type->schema) {
      const bool is_fixed = attribute.is_output || attribute.is_immutable ||
                            attribute.is_uncompared || attribute.is_name;
      if (object.object.is_lookup || is_fixed) continue;
      const std::string name =
          std::string(object.object.type->name) + ' ' + std::string(attribute.name);
      bool& is_so = is_changed[name];
      is_so = is_so || differs(whole, changed, object.object.address, attribute.name);
    }
  for (const Unchanged& row : kUnchanged) {
    INFO(row.attribute << ": " << row.why);
    CHECK_FALSE(std::exchange(is_changed[std::string(row.attribute)], true));
  }
  for (const auto& [name, is_so] : is_changed) {
    INFO(name);
    CHECK(is_so);
  }
}

TEST_CASE("the stack of every kind, made and destroyed, disturbed at every write",
          "[every-kind-made]") {
  Foreign foreign;
  sweep::Figures figures;
  sweep_through(every_kind(), foreign.saved(), {&Sweep::create, &Sweep::destroy}, figures);
  tell("the stack of every kind, made and destroyed", figures);
}

TEST_CASE("the stack of every kind, changed and replaced, disturbed at every write",
          "[every-kind-changed]") {
  Foreign foreign;
  sweep::Figures figures;
  sweep_through(every_kind(), foreign.saved(), {&Sweep::update, &Sweep::replace}, figures);
  tell("the stack of every kind, changed and replaced", figures);
}

// Images that the stack builds, and pools that move to them one member at a time.
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "support/account.h"
#include "support/example.h"

using namespace stackctl;
using support::Account;

namespace {

const std::string kStack = R"(
stack: shop
provider: exoscale
resources:
  web-image:
    kind: image
    build:
      image: Linux Ubuntu 24.04 LTS 64-bit
      user_data: "#!/bin/sh\necho VERSION\npoweroff\n"
  sg: {kind: security_group, ingress: [{port: 80, from: 0.0.0.0/0}]}
  web:
    kind: instance_pool
    count: COUNT
    image: ${web-image}
    size: small
    security_groups: ["${sg}"]
    user_data: "#!/bin/sh\nsystemctl start site\n"
    update: {strategy: STRATEGY, batch: BATCH}
  lb:
    kind: load_balancer
    listeners: [{port: 80, targets: "${web}", health: {type: tcp, interval: 10s}}]
)";

struct Shop {
  std::string version = "1";
  std::string count = "2";
  std::string strategy = "rolling";
  std::string batch = "1";

  engine::Desired lower(const engine::Bindings& bindings) const {
    std::string text = kStack;
    const std::map<std::string, std::string> words = {
        {"VERSION", version}, {"COUNT", count}, {"STRATEGY", strategy}, {"BATCH", batch}};
    for (const auto& [word, value] : words) text.replace(text.find(word), word.size(), value);
    const stack::Loaded loaded = support::load_text(text);
    return engine::lower("shop", loaded.stack.resources, bindings);
  }
};

/// What somebody sees who looks at every request: healthy members of the listener, members at all.
struct Watcher {
  const engine::Bindings* bindings = nullptr;  ///< null: it does not look
  std::size_t fewest_healthy = 1000;
  std::size_t fewest_running = 1000;
  std::size_t most_members = 0;

  Value read(simulator::Cloud& cloud, const std::string& path, Time now) const {
    http::Request request;
    request.url = "https://api-ch-gva-2.exoscale.com/v2" + path;
    bindings->front().connection->sign(request, now);
    return *json::parse(cloud.handle(request, now).body);
  }

  void look(simulator::Cloud& cloud, Time now) {
    if (bindings == nullptr) return;
    const Value balancers = read(cloud, "/load-balancer", now);
    const Value instances = read(cloud, "/instance", now);
    std::size_t healthy = 0;
    std::size_t members = 0;
    for (const Value& balancer : balancers["load-balancers"].items())
      for (const Value& service : balancer["services"].items())
        for (const Value& member : service["healthcheck-status"].items())
          healthy += member.text_at("status") == "success" ? 1 : 0;
    std::size_t running = 0;
    for (const Value& instance : instances["instances"].items()) {
      if (instance["manager"].is_null()) continue;
      ++members;
      running += instance.text_at("state") == "running" ? 1 : 0;
    }
    fewest_running = std::min(fewest_running, running);
    fewest_healthy = std::min(fewest_healthy, healthy);
    most_members = std::max(most_members, members);
  }
};

std::map<std::string, int> owned(Account& account) {
  engine::Desired nothing;
  nothing.stack = "shop";
  std::map<std::string, int> counts;
  for (const auto& [object, binding] : account.refresh(nothing).objects)
    if (engine::owned_by(object, "shop")) ++counts[object.mark->address];
  return counts;
}

const std::map<std::string, int> kWhole = {{"lb", 1},  {"lb/tcp-80", 1},
                                           {"sg", 1},  {"sg/ingress-tcp-80-0.0.0.0-0", 1},
                                           {"web", 1}, {"web-image", 1}};

Value list_by_hand(Account& account, const std::string& path) {
  return *json::parse(account.by_hand("GET", path).body);
}

std::size_t templates_of_ours(Account& account) {
  return list_by_hand(account, "/template?visibility=private")["templates"].items().size();
}

}  // namespace

TEST_CASE("an image is built once, and what built it is gone") {
  Account account;
  const engine::Desired wanted = Shop().lower(account.bindings());
  CHECK(account.apply(wanted).succeeded());
  CHECK(owned(account) == kWhole);
  CHECK(support::brief(account.plan(wanted)) == "");
  CHECK(list_by_hand(account, "/snapshot")["snapshots"].items().empty());
  CHECK(templates_of_ours(account) == 1);
  engine::Desired nothing;
  nothing.stack = "shop";
  CHECK(account.apply(nothing).succeeded());
  CHECK(owned(account).empty());
  CHECK(templates_of_ours(account) == 0);
}

TEST_CASE("a changed build makes a new image and moves the pool to it, one member at a time") {
  Watcher watcher;
  Account account({}, [&](simulator::Cloud& cloud, const http::Request& request, Time now) {
    http::Reply reply = cloud.handle(request, now);
    watcher.look(cloud, now);
    return reply;
  });
  CHECK(account.apply(Shop().lower(account.bindings())).succeeded());
  const engine::Desired wanted = Shop{.version = "2"}.lower(account.bindings());
  // Members of a new pool take their time to be well.
  account.transport().wait(account.transport().now() + std::chrono::minutes{5});
  const std::string old = account.find(wanted, "web-image").id;

  watcher.bindings = &account.bindings();
  CHECK(account.apply(wanted).succeeded());
  CHECK(watcher.fewest_healthy >= 2);
  CHECK(watcher.most_members <= 4);  // two wanted, one more, one on its way out

  CHECK(owned(account) == kWhole);
  CHECK(support::brief(account.plan(wanted)) == "");
  CHECK(templates_of_ours(account) == 1);
  CHECK(account.find(wanted, "web-image").id != old);
  const LiveObject pool = account.find(wanted, "web");
  CHECK(pool.attributes["size"] == Value(2));
  CHECK(pool.attributes["members"].items().size() == 2);
  for (const Value& member : pool.attributes["members"].items())
    CHECK(member["stale"] == Value(false));
}

TEST_CASE("manual pools keep their members") {
  Account account;
  Shop shop{.strategy = "manual"};
  CHECK(account.apply(shop.lower(account.bindings())).succeeded());
  shop.version = "2";
  const engine::Desired wanted = shop.lower(account.bindings());
  const Value before = account.find(wanted, "web").attributes["addresses"];
  CHECK(account.apply(wanted).succeeded());
  CHECK(support::brief(account.plan(wanted)) == "");
  const LiveObject pool = account.find(wanted, "web");
  CHECK(pool.attributes["addresses"] == before);
  CHECK(pool.attributes["stale-members"] == Value(2));
}

TEST_CASE("a pool is scaled and rolled in one go") {
  for (const auto& [count, batch] :
       std::vector<std::pair<std::string, std::string>>{{"4", "1"}, {"1", "1"}, {"3", "2"}}) {
    Account account;
    CHECK(account.apply(Shop().lower(account.bindings())).succeeded());
    const engine::Desired wanted =
        Shop{.version = "2", .count = count, .batch = batch}.lower(account.bindings());
    CHECK(account.apply(wanted).succeeded());
    CHECK(support::brief(account.plan(wanted)) == "");
    const LiveObject pool = account.find(wanted, "web");
    CHECK(display(pool.attributes["size"]) == count);
    CHECK(pool.attributes["stale-members"] == Value(0));
  }
}

TEST_CASE("who uses the addresses of a pool gets those after the roll") {
  const auto lower = [](const Account& account, const std::string& script) {
    const stack::Loaded loaded = support::load_text(R"(
stack: shop
provider: exoscale
resources:
  web:
    kind: instance_pool
    count: 1
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    user_data: ")" + script + R"("
  probe:
    kind: instance
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    labels: {target: "${web.addresses[0]}"}
)");
    return engine::lower("shop", loaded.stack.resources, account.bindings());
  };
  Account account;
  CHECK(account.apply(lower(account, "true")).succeeded());
  const engine::Desired wanted = lower(account, "false");
  CHECK(account.apply(wanted).succeeded());
  CHECK(support::brief(account.plan(wanted)) == "");
  const Value address = account.find(wanted, "web").attributes["addresses"].items()[0];
  CHECK(account.find(wanted, "probe").attributes["labels"]["target"] == address);
}

namespace {

/// A cluster whose two nodes are in `network`.
engine::Desired nodes_in(const std::string& network, const Account& account,
                         const std::string& strategy = "rolling") {
  const stack::Loaded loaded = support::load_text(R"(
stack: shop
provider: exoscale
resources:
  old: {kind: network}
  new: {kind: network}
  k8s:
    kind: kubernetes_cluster
    version: "1.34"
    node_pools:
      - name: main
        size: medium
        count: 2
        networks: ["${)" + network + R"(}"]
        update: {strategy: )" + strategy + "}\n");
  return engine::lower("shop", loaded.stack.resources, account.bindings());
}

std::vector<std::string> networks_of_nodes(Account& account) {
  std::vector<std::string> networks;
  const Value listed = list_by_hand(account, "/instance");
  for (const Value& instance : listed["instances"].items())
    if (instance.text_at("state") == "running")
      networks.emplace_back(instance["private-networks"].items()[0].text_at("id"));
  return networks;
}

}  // namespace

TEST_CASE("nodes of Kubernetes are replaced one after the other, and there are always enough") {
  Watcher watcher;
  Account account({}, [&](simulator::Cloud& cloud, const http::Request& request, Time now) {
    http::Reply reply = cloud.handle(request, now);
    watcher.look(cloud, now);
    return reply;
  });
  CHECK(account.apply(nodes_in("old", account)).succeeded());
  account.transport().wait(account.transport().now() + std::chrono::minutes{5});
  const engine::Desired wanted = nodes_in("new", account);
  watcher.bindings = &account.bindings();
  CHECK(account.apply(wanted).succeeded());
  CHECK(watcher.fewest_running == 2);
  CHECK(watcher.most_members <= 4);  // two wanted, one more, one on its way out
  CHECK(networks_of_nodes(account) == std::vector<std::string>(2, account.find(wanted, "new").id));
}

TEST_CASE("nodes of Kubernetes stay where the file says that they are replaced by hand") {
  Account account;
  CHECK(account.apply(nodes_in("old", account)).succeeded());
  const engine::Desired wanted = nodes_in("new", account, "manual");
  account.transport().wait(account.transport().now() + std::chrono::minutes{5});
  CHECK(account.apply(wanted).succeeded());
  CHECK(support::brief(account.plan(wanted)) == "");
  CHECK(account.find(wanted, "k8s/main").attributes["stale-members"] == Value(2));
  CHECK(networks_of_nodes(account) == std::vector<std::string>(2, account.find(wanted, "old").id));
}

TEST_CASE("a roll of nodes that is killed after any write is finished by the next run") {
  bool got_there = true;
  for (std::size_t writes = 1; got_there; ++writes) {
    INFO("killed after write " << writes);
    Account account;
    CHECK(account.apply(nodes_in("old", account)).succeeded());
    const engine::Desired wanted = nodes_in("new", account);
    got_there = account.apply_and_die(wanted, writes);
    CHECK(account.apply(wanted).succeeded());
    CHECK(support::brief(account.plan(wanted)) == "");
    const LiveObject pool = account.find(wanted, "k8s/main");
    CHECK(pool.attributes["size"] == Value(2));
    CHECK(pool.attributes["stale-members"] == Value(0));
    const std::string network = account.find(wanted, "new").id;
    for (const std::string& other : networks_of_nodes(account)) CHECK(other == network);
  }
}

TEST_CASE("a build and a roll that are killed after any write are finished by the next run") {
  bool got_there = true;
  for (std::size_t writes = 1; got_there; ++writes) {
    INFO("killed after write " << writes);
    Account account;
    CHECK(account.apply(Shop().lower(account.bindings())).succeeded());
    const engine::Desired wanted = Shop{.version = "2"}.lower(account.bindings());
    got_there = account.apply_and_die(wanted, writes);
    CHECK(account.apply(wanted).succeeded());
    CHECK(owned(account) == kWhole);
    CHECK(support::brief(account.plan(wanted)) == "");
    CHECK(templates_of_ours(account) == 1);
    CHECK(list_by_hand(account, "/snapshot")["snapshots"].items().empty());
    CHECK(account.find(wanted, "web").attributes["stale-members"] == Value(0));
  }
}

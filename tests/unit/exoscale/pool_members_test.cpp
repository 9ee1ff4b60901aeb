// The members of instance pools: which are old, how they are, and how they are replaced.
#include "exoscale/types/pool_members.h"

#include <algorithm>
#include <map>
#include <set>

#include "stackctl/crypto.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

using Texts = std::vector<std::string>;

Work work_on(Value desired) {
  Work work;
  work.type = &exoscale::instance_pool.resource;
  work.mark = Mark{"wp", "web", "1.spec"};
  work.desired = std::move(desired);
  return work;
}

const std::string kSettings =
    R"({"name":"wp-web","size":2,"template":"m1","instance-type":"t1","disk-size":10,)"
    R"("security-groups":["g1","g2"],"user-data":"x"})";

std::string prefix_with(std::string_view name, Value value) {
  Value desired = parsed(kSettings);
  desired.map()->insert_or_assign(std::string(name), std::move(value));
  return exoscale::member_prefix(work_on(std::move(desired)));
}

/// "m": old; "f": new and well; "s": new and sick; "b": new and still booting. Ids are their
/// places.
LiveObject pool_of(std::string_view members) {
  List items;
  for (const char kind : members)
    items.emplace_back(Map{{"id", std::to_string(items.size())},
                           {"state", kind == 'b' ? "starting" : "running"},
                           {"healthy", kind == 'f' || kind == 'm'},
                           {"stale", kind == 'm'}});
  LiveObject pool;
  pool.id = "p1";
  pool.attributes = Map{{"size", std::ssize(items)}, {"members", std::move(items)}};
  return pool;
}

Work work_for(std::int64_t size, std::string_view policy) {
  Value desired = parsed(policy);
  desired.map()->emplace("size", size);
  return work_on(std::move(desired));
}

const std::string kRolling =
    R"({"update-strategy":"rolling","update-batch":1,"update-wait":"health"})";
const std::string kByTwo =
    R"({"update-strategy":"rolling","update-batch":2,"update-wait":"health"})";
const std::string kRunning =
    R"({"update-strategy":"rolling","update-batch":1,"update-wait":"running"})";
const std::string kManual =
    R"({"update-strategy":"manual","update-batch":1,"update-wait":"health"})";

/// The next call of an update that is about nothing but members.
std::vector<Call> next_calls(Work work, const LiveObject& pool) {
  work.changed = {"size", "stale-members"};
  return exoscale::instance_pool.update(api, work, pool);
}

Texts scaled(int size) {
  return {R"(PUT /instance-pool/p1:scale {"size":)" + std::to_string(size) + "}"};
}

Texts evicted(const std::string& ids) {
  return {R"(PUT /instance-pool/p1:evict {"instances":[)" + ids + "]}"};
}

/// "id name-end healthy stale" of each member.
Texts members_in(std::string_view listed) {
  Texts out;
  const LiveObject pool = live(exoscale::instance_pool, listed);
  for (const Value& member : pool.attributes["members"].items())
    out.push_back(std::string(member.text_at("id")) +
                  (member["healthy"] == Value(true) ? " well" : " sick") +
                  (member["stale"] == Value(true) ? " old" : " new"));
  return out;
}

std::string pool_json(const std::string& prefix) {
  return R"("instance-pools":[{"id":"p1","name":"wp-web","size":2,"instance-prefix":")" + prefix +
         R"(","template":{"id":"m2"},"instance-type":{"id":"t2"}}])";
}

}  // namespace

TEST_CASE("exoscale pool members: the prefix ends with a digest") {
  const std::string prefix = exoscale::member_prefix(work_on(parsed(kSettings)));
  // For ever: another digest of the same settings replaces the members of every pool.
  CHECK(prefix == "pool-g2c36d7");
  const std::string own = prefix_with("instance-prefix", "web-gabcdef");
  CHECK(own == "web-gabcdef" + prefix.substr(4));
  // The cloud takes 30 characters.
  const std::string longest = prefix_with("instance-prefix", std::string(40, 'x'));
  CHECK(longest == std::string(22, 'x') + prefix.substr(4));
}

TEST_CASE("exoscale pool members: the digest leaves the prefix") {
  for (const auto& [listed, shown] : std::map<std::string, std::string>{
           {"web-g1a2b3c", "web"},
           {"web-gabcdef-g1a2b3c", "web-gabcdef"},
           {"web-g1a2b3", "web-g1a2b3"},
           {"web-g1a2b3cd", "web-g1a2b3cd"},
           {"web-g1a2b3x", "web-g1a2b3x"},
           {"web-1a2b3c", "web-1a2b3c"},
           {"", "pool"},
       }) {
    CAPTURE(listed);
    const LiveObject pool = live(exoscale::instance_pool, "{" + pool_json(listed) + "}");
    CHECK((listed.empty() || pool.attributes.text_at("instance-prefix") == shown));
  }
}

TEST_CASE("exoscale pool members: only what shapes members changes the digest") {
  const std::string plain = exoscale::member_prefix(work_on(parsed(kSettings)));
  const auto same = [&](std::string_view name, const Value& value) {
    CAPTURE(name);
    CHECK(prefix_with(name, value) == plain);
  };
  same("name", "other");
  same("size", 7);
  same("min-available", 1);
  same("description", "x");
  same("labels", Map{{"a", "b"}});
  same("update-strategy", "manual");
  same("update-batch", 3);
  same("stale-members", 0);
  same("public-ip-assignment", "inet4");      // the default
  same("security-groups", List{"g2", "g1"});  // in any order
  std::set<std::string> prefixes = {plain};
  const auto other = [&](std::string_view name, const Value& value) {
    CAPTURE(name);
    CHECK(exoscale::shapes_members(name));
    CHECK(prefixes.insert(prefix_with(name, value)).second);
  };
  other("template", "m2");
  other("instance-type", "t2");
  other("disk-size", 20);
  other("security-groups", List{"g1"});
  other("security-groups", {});
  other("ssh-keys", List{"k"});
  other("anti-affinity-groups", List{"a"});
  other("private-networks", List{"n"});
  other("elastic-ips", List{"e"});
  other("deploy-target", "d");
  other("user-data", "y");
  other("user-data", {});
  other("public-ip-assignment", "dual");
  for (const std::string_view name : {"name", "size", "labels", "min-available", "stale-members"})
    CHECK_FALSE(exoscale::shapes_members(name));
  CHECK(exoscale::shapes_members("instance-prefix"));
}

TEST_CASE("exoscale pool members: a secret cannot be found by trying digests") {
  const std::string plain = exoscale::member_prefix(work_on(parsed(kSettings)));
  const std::string secret = prefix_with("user-data", Secret{"x"});
  CHECK(secret != plain);
  CHECK(secret == prefix_with("user-data", Secret{"x"}));
  CHECK(secret != prefix_with("user-data", Secret{"y"}));
  // The salt: the same secret elsewhere looks different.
  Value desired = parsed(kSettings);
  desired.map()->insert_or_assign("user-data", Secret{"x"});
  Work elsewhere = work_on(desired);
  elsewhere.mark.address = "other";
  CHECK(exoscale::member_prefix(elsewhere) != secret);
  elsewhere.mark = Mark{"wp2", "web", {}};
  CHECK(exoscale::member_prefix(elsewhere) != secret);
  // Without one there is no salt: a name may change hands.
  Work renamed = work_on(parsed(kSettings));
  renamed.mark.address = "other";
  CHECK(exoscale::member_prefix(renamed) == plain);
}

TEST_CASE("exoscale pool members: old by name, by template, by type") {
  const std::string members = R"(,"instances":[
    {"id":"a","name":"web-g1a2b3c-x1","state":"running","manager":{"id":"p1"},"template":{"id":"m2"},"instance-type":{"id":"t2"}},
    {"id":"b","name":"web-g000000-x2","state":"running","manager":{"id":"p1"},"template":{"id":"m2"},"instance-type":{"id":"t2"}},
    {"id":"c","name":"web-g1a2b3c-x3","state":"running","manager":{"id":"p1"},"template":{"id":"m1"},"instance-type":{"id":"t2"}},
    {"id":"d","name":"web-g1a2b3c-x4","state":"running","manager":{"id":"p1"},"template":{"id":"m2"},"instance-type":{"id":"t1"}},
    {"id":"e","name":"web-g1a2b3c-x5","state":"running","manager":{"id":"p1"}},
    {"id":"f","name":"web-g1a2b3cd-x","state":"running","manager":{"id":"p1"}},
    {"id":"g","name":"web-x7","state":"running","manager":{"id":"p1"}},
    {"id":"h","name":"web-g1a2b3c-x8","state":"destroying","manager":{"id":"p1"}},
    {"id":"i","name":"web-g1a2b3c-x9","state":"running","manager":{"id":"p2"}},
    {"id":"j","name":"web-g1a2b3c-x0","state":"running"}]})";
  CHECK(members_in("{" + pool_json("web-g1a2b3c") + members) ==
        Texts{"a well new", "b well old", "c well old", "d well old", "e well new", "f well old",
              "g well old"});
  // A pool that somebody else made tells nothing by its prefix.
  CHECK(members_in("{" + pool_json("web") + members) ==
        Texts{"a well new", "b well new", "c well old", "d well old", "e well new", "f well new",
              "g well new"});
  const LiveObject pool = live(exoscale::instance_pool, "{" + pool_json("web-g1a2b3c") + members);
  CHECK(pool.attributes["stale-members"] == Value(5));
  CHECK(written(pool.attributes["addresses"]) == "[]");
}

TEST_CASE("exoscale pool members: well where every service in front says so") {
  const std::string members = R"(,"instances":[
    {"id":"a","name":"web-g1a2b3c-1","state":"running","public-ip":"192.0.2.1","manager":{"id":"p1"}},
    {"id":"b","name":"web-g1a2b3c-2","state":"running","public-ip":"192.0.2.2","manager":{"id":"p1"}},
    {"id":"c","name":"web-g1a2b3c-3","state":"running","public-ip":"192.0.2.3","manager":{"id":"p1"}},
    {"id":"d","name":"web-g1a2b3c-4","state":"starting","public-ip":"192.0.2.4","manager":{"id":"p1"}}])";
  const auto service = [](const std::string& pool, const std::string& statuses) {
    return R"({"id":"s","instance-pool":{"id":")" + pool + R"("},"healthcheck-status":[)" +
           statuses + "]}";
  };
  const auto status = [](int member, const std::string& word) {
    return R"({"public-ip":"192.0.2.)" + std::to_string(member) + R"(","status":")" + word +
           R"("})";
  };
  const auto with = [&](const std::string& balancers) {
    return "{" + pool_json("web-g1a2b3c") + members + R"(,"load-balancers":[)" + balancers + "]}";
  };
  const std::string all_well = status(1, "success") + ',' + status(2, "success") + ',' +
                               status(3, "success") + ',' + status(4, "success");
  const Texts running = {"a well new", "b well new", "c well new", "d sick new"};
  CHECK(members_in(with("")) == running);
  CHECK(members_in(with(R"({"services":[)" + service("p2", "") + "]}")) == running);
  CHECK(members_in(with(R"({"services":[)" + service("p1", all_well) + "]}")) == running);
  // One service misses "b", one of another balancer finds "a" sick, and "c" is not seen yet.
  CHECK(members_in(with(R"({"services":[)" + service("p1", all_well) + ',' +
                        service("p1", status(1, "success") + ',' + status(2, "failure") + ',' +
                                          status(3, "success")) +
                        R"(]},{"services":[)" + service("p1", status(2, "success")) + "]}")) ==
        Texts{"a sick new", "b sick new", "c sick new", "d sick new"});
  CHECK(members_in(with(R"({"services":[)" + service("p1", all_well) + R"(]},{"services":[)" +
                        service("p1", status(1, "failure") + ',' + status(2, "success")) + "]}")) ==
        Texts{"a sick new", "b well new", "c sick new", "d sick new"});
  CHECK(written(live(exoscale::instance_pool, with("")).attributes["addresses"]) ==
        R"(["192.0.2.1","192.0.2.2","192.0.2.3","192.0.2.4"])");
}

TEST_CASE("exoscale pool members: one move after the other") {
  struct Row {
    std::string name;
    std::string members;
    std::int64_t wanted;
    std::string policy;
    Texts calls;
    std::string awaited;
  };
  const std::vector<Row> rows = {
      {"nothing to do", "ff", 2, kRolling, {}, ""},
      {"more", "ff", 3, kRolling, scaled(3), ""},
      {"fewer", "fff", 1, kRolling, scaled(1), ""},
      {"sick, but none is old", "fs", 2, kRolling, {}, ""},
      {"one more than wanted", "mm", 2, kRolling, scaled(3), ""},
      {"a new one boots", "mmb", 2, kRolling, {}, "1 new member to be healthy"},
      {"a new one is not well yet", "mms", 2, kRolling, {}, "1 new member to be healthy"},
      {"running is enough", "mms", 2, kRunning, evicted(R"("0")"), ""},
      {"running, where it boots", "mmb", 2, kRunning, {}, "1 new member to run"},
      {"a new one stands for an old one", "mmf", 2, kRolling, evicted(R"("0")"), ""},
      {"the next", "mf", 2, kRolling, scaled(3), ""},
      {"the last", "fmf", 2, kRolling, evicted(R"("1")"), ""},
      {"a single one", "m", 1, kRolling, scaled(2), ""},
      {"two at once", "mmmm", 4, kByTwo, scaled(6), ""},
      {"two at once, one well", "mmmmfs", 4, kByTwo, {}, "1 new member to be healthy"},
      {"two at once, none well", "mmmmss", 4, kByTwo, {}, "2 new members to be healthy"},
      {"two at once, both well", "mmmmff", 4, kByTwo, evicted(R"("0","1")"), ""},
      {"one is left for a batch of two", "mff", 3, kByTwo, scaled(4), ""},
      {"fewer wanted: the old ones go", "mmmm", 2, kRolling, evicted(R"("0","1")"), ""},
      {"fewer wanted: one too many is room", "mmm", 2, kRolling, evicted(R"("0")"), ""},
      {"fewer wanted: enough new ones", "mmff", 2, kRolling, evicted(R"("0","1")"), ""},
      {"fewer wanted: sick ones do not stand in", "mmmmss", 2, kByTwo, evicted(R"("0","1")"),
       "2 new members to be healthy"},
      {"... and the rest waits for them", "mmss", 1, kRolling, evicted(R"("0")"),
       "2 new members to be healthy"},
      {"... and then", "mss", 1, kRolling, {}, "2 new members to be healthy"},
      {"more wanted", "mm", 3, kRolling, scaled(4), ""},
      {"none wanted", "mm", 0, kRolling, evicted(R"("0","1")"), ""},
      {"manual: old ones stay", "mm", 2, kManual, {}, ""},
      {"manual: only the size", "mms", 2, kManual, scaled(2), ""},
      {"no policy", "mm", 3, "{}", scaled(3), ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Work work = work_for(row.wanted, row.policy);
    const LiveObject pool = pool_of(row.members);
    CHECK(written(next_calls(work, pool)) == row.calls);
    CHECK(exoscale::awaited_members(work, pool) == row.awaited);
  }
}

TEST_CASE("exoscale pool members: a rollout ends, and never without enough well members") {
  for (const std::string& policy : {kRolling, kByTwo})
    for (const std::int64_t wanted : {1, 2, 3, 5})
      for (const std::string start : {"m", "mm", "mmm", "mmmmmm", "msmm", "mmmmbb"}) {
        CAPTURE(policy, wanted, start);
        std::string members = start;
        const auto well = [](const std::string& all) {
          return std::ranges::count_if(all, [](char kind) { return kind == 'm' || kind == 'f'; });
        };
        const std::int64_t enough = std::min<std::int64_t>(wanted, well(start));
        constexpr int most_moves = 40;
        int moves = 0;
        for (; moves < most_moves; ++moves) {
          const Work work = work_for(wanted, policy);
          const auto calls = next_calls(work, pool_of(members));
          if (calls.empty() && exoscale::awaited_members(work, pool_of(members)).empty()) break;
          if (calls.empty()) {
            std::ranges::replace_if(
                members, [](char kind) { return kind != 'm'; }, 'f');
            continue;
          }
          REQUIRE(calls.size() == 1);
          const Value body = parsed(calls[0].request.body);
          if (calls[0].operation == "scale-instance-pool") {
            const auto size = static_cast<std::size_t>(*body["size"].integer());
            CHECK((size > members.size() || members.find('m') == std::string::npos));
            members.resize(size, 's');
          }
          for (const Value& id : body["instances"].items())
            members.at(std::stoul(*id.text())) = '-';
          std::erase(members, '-');
          CHECK(well(members) >= enough);
        }
        CHECK(moves < most_moves);
        CHECK(members.find('m') == std::string::npos);
        CHECK(std::ssize(members) == wanted);
      }
}

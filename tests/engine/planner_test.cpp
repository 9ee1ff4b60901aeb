#include <catch2/catch.hpp>

#include "engine/toy.h"

using namespace stackctl;
using toy::desired;
using toy::have;
using toy::live;
using toy::want;

namespace {

const Value kNet = Reference{"net", "id"};

std::string plan(std::vector<engine::DesiredObject> wanted, std::vector<engine::BoundObject> there,
                 const engine::PlanOptions& options = {}) {
  return "\n" +
         toy::show(engine::make_plan(desired(std::move(wanted)), live(std::move(there)), options));
}

Map net(Map more = {}) {
  more.emplace("name", "s-net");
  more.emplace("range", "10.0.0.0/8");
  return more;
}

Map web(Value network, Map more = {}) {
  more.emplace("name", "s-web");
  more.emplace("size", "small");
  more.emplace("networks", List{std::move(network)});
  return more;
}

}  // namespace

TEST_CASE("an empty cloud gets everything, dependencies first") {
  CHECK(plan({want("net", toy::network, net()), want("web", toy::server, web(kNet))}, {}) == R"(
0 create net
1 create web after 0
)");
}

TEST_CASE("what is as declared is left alone") {
  CHECK(plan({want("net", toy::network, net()), want("web", toy::server, web(kNet))},
             {have("net", toy::network, net({{"mtu", 1500}, {"gateway", "10.0.0.1"}}), net()),
              have("web", toy::server, web("id-net"))}) == "\n");
}

TEST_CASE("pending, drift and both are told apart by the mark") {
  const Map now = net({{"mtu", 9000}});
  CHECK(plan({want("net", toy::network, now)},
             {have("net", toy::network, net({{"mtu", 1400}}), net({{"mtu", 1400}}))}) == R"(
0 update net | mtu: 1400 -> 9000 [pending]
)");
  CHECK(plan({want("net", toy::network, now)},
             {have("net", toy::network, net({{"mtu", 1400}}), now)}) == R"(
0 update net | mtu: 1400 -> 9000 [drift]
)");
  CHECK(plan({want("net", toy::network, now)},
             {have("net", toy::network, net({{"mtu", 1400}}), net({{"mtu", 1300}}))}) == R"(
0 update net | mtu: 1400 -> 9000 [both]
)");
}

TEST_CASE("a secret that the cloud shows in the open is told apart all the same") {
  const auto noted = [](const char* note) { return net({{"note", Secret{note}}}); };
  CHECK(plan({want("net", toy::network, noted("new"))},
             {have("net", toy::network, net({{"note", "old"}}), noted("old"))}) == R"(
0 update net | note: "old" -> (secret) [pending]
)");
  CHECK(plan({want("net", toy::network, noted("new"))},
             {have("net", toy::network, net({{"note", "mine"}}), noted("old"))}) == R"(
0 update net | note: "mine" -> (secret) [both]
)");
}

TEST_CASE("an attribute taken out of the file goes back to its default, or goes") {
  CHECK(plan({want("net", toy::network, net())},
             {have("net", toy::network, net({{"mtu", 9000}, {"note", "x"}}))}) == R"(
0 update net | mtu: 9000 -> 1500 [pending] | note: "x" -> null [pending]
)");
}

TEST_CASE("a default that drifted is drift; what was never declared is left alone") {
  CHECK(plan({want("net", toy::network, net())},
             {have("net", toy::network, net({{"mtu", 9000}, {"note", "x"}}), net())}) == R"(
0 update net | mtu: 9000 -> 1500 [drift]
)");
}

TEST_CASE("write-only attributes are compared through the mark") {
  const auto there = have("web", toy::server, web("id-net"), web("id-net", {{"script", "a"}}));
  const auto net_there = have("net", toy::network, net());
  const auto net_wanted = want("net", toy::network, net());
  CHECK(plan({net_wanted, want("web", toy::server, web(kNet, {{"script", "a"}}))},
             {net_there, there}) == "\n");
  CHECK(plan({net_wanted, want("web", toy::server, web(kNet, {{"script", "b"}}))},
             {net_there, there}) == R"(
0 update web | script: null -> "b" [pending]
)");
}

TEST_CASE("a replacement spreads to what holds its identity only") {
  const Map changed{{"name", "s-net"}, {"range", "10.1.0.0/16"}};
  SECTION("a server that can change its networks: new first, then the server, then the old goes") {
    CHECK(plan({want("net", toy::network, changed), want("web", toy::server, web(kNet))},
               {have("net", toy::network, net()), have("web", toy::server, web("id-net"))}) == R"(
0 create net (replacement) | range: "10.0.0.0/8" -> "10.1.0.0/16" replaces [pending]
1 update web after 0 | networks: ["id-net"] -> [(known after apply)] [pending]
2 remove net (replacement) after 0,1
)");
  }
  SECTION("parts are made anew, the old ones go with the old parent") {
    CHECK(plan({want("net", toy::network, changed),
                want("net/80", toy::rule, {{"network", kNet}, {"port", 80}})},
               {have("net", toy::network, net()),
                have("net/80", toy::rule, {{"network", "id-net"}, {"port", 80}})}) == R"(
0 remove net (replacement)
1 create net (replacement) after 0 | range: "10.0.0.0/8" -> "10.1.0.0/16" replaces [pending]
2 remove net/80 (replacement) implied after 0 | what it is a part of is replaced
3 create net/80 (replacement) after 1,2 | what it is a part of is replaced
)");
  }
  SECTION("who only reads an attribute that stays is not touched") {
    CHECK(
        plan({want("net", toy::network, changed),
              want("web", toy::server,
                   {{"name", "s-web"}, {"size", "small"}, {"gateway", Reference{"net", "name"}}})},
             {have("net", toy::network, net()),
              have("web", toy::server,
                   {{"name", "s-web"}, {"size", "small"}, {"gateway", "s-net"}})}) == R"(
0 remove net (replacement)
1 create net (replacement) after 0 | range: "10.0.0.0/8" -> "10.1.0.0/16" replaces [pending]
)");
  }
}

TEST_CASE("removal goes against the references that the live objects hold") {
  CHECK(plan({}, {have("net", toy::network, net()), have("web", toy::server, web("id-net")),
                  have("net/p", toy::port, {{"network", "id-net"}, {"name", "p"}})}) == R"(
0 remove web
1 remove net/p
2 remove net after 0,1
)");
}

TEST_CASE("groups that name each other: the rules between them go first, others go along") {
  CHECK(plan({}, {have("a", toy::network, {{"name", "s-a"}}),
                  have("b", toy::network, {{"name", "s-b"}}),
                  have("a/b", toy::rule, {{"network", "id-a"}, {"port", 1}, {"from", "id-b"}}),
                  have("b/a", toy::rule, {{"network", "id-b"}, {"port", 1}, {"from", "id-a"}}),
                  have("a/self", toy::rule, {{"network", "id-a"}, {"port", 2}, {"from", "id-a"}}),
                  have("a/any", toy::rule, {{"network", "id-a"}, {"port", 3}})}) == R"(
0 remove a/b
1 remove b/a
2 remove b after 0,1
3 remove a/self
4 remove a after 0,1,3
5 remove a/any implied after 4
)");
}

TEST_CASE("an object that lets go of another is changed before that one is removed") {
  CHECK(
      plan({want("web", toy::server, {{"name", "s-web"}, {"size", "small"}, {"networks", List{}}})},
           {have("net", toy::network, net()), have("web", toy::server, web("id-net"))}) == R"(
0 update web | networks: ["id-net"] -> [] [pending]
1 remove net after 0 | it is not in the stack file any more
)");
}

TEST_CASE("a part that takes the place of another waits until it is gone") {
  CHECK(plan({want("net", toy::network, net()),
              want("net/new", toy::port, {{"network", kNet}, {"name", "new"}})},
             {have("net", toy::network, net()),
              have("net/old", toy::port, {{"network", "id-net"}, {"name", "old"}})}) == R"(
0 remove net/old | it is not in the stack file any more
1 create net/new after 0
)");
}

TEST_CASE("a mark borne twice: the one in use stays") {
  auto spare = have("net", toy::network, net());
  spare.object.id = "id-spare";
  CHECK(plan({want("net", toy::network, net()), want("web", toy::server, web(kNet))},
             {spare, have("net", toy::network, net()), have("web", toy::server, web("id-net"))}) ==
        R"(
0 remove net | a second object with the same mark; the other one is kept
)");
}

TEST_CASE("a strange object of the same name is never taken over") {
  auto stranger = have("net", toy::network, net());
  stranger.object.mark.reset();
  CHECK(plan({want("net", toy::network, net())}, {stranger}) == R"(
! a toy.network of this name exists already
)");
}

TEST_CASE("states: failed is replaced, pending is waited for, leaving is waited out") {
  auto there = have("net", toy::network, net());
  there.object.state = "odd";
  const auto wanted = want("net", toy::network, net());
  there.object.condition = Condition::failed;
  CHECK(plan({wanted}, {there}) == R"(
0 remove net (replacement)
1 create net (replacement) after 0 | the cloud reports state 'odd'
)");
  there.object.condition = Condition::pending;
  CHECK(plan({wanted}, {there}) == R"(
0 update net | still odd: to be waited for
)");
  there.object.condition = Condition::leaving;
  CHECK(plan({wanted}, {there}) == R"(
0 remove net (replacement)
1 create net (replacement) after 0 | it is being deleted
)");
}

TEST_CASE("target, exclude, replace, protect and max-destroy") {
  const std::vector<engine::DesiredObject> wanted = {want("net", toy::network, net()),
                                                     want("web", toy::server, web(kNet)),
                                                     want("key", toy::key, {{"name", "k"}})};
  CHECK(plan(wanted, {}, {.targets = {"web"}}) == R"(
0 create net
1 create web after 0
)");
  CHECK(plan(wanted, {}, {.excludes = {"web"}}) == R"(
0 create net
1 create key
)");
  CHECK(plan(wanted, {}, {.excludes = {"net"}}) == R"(
0 create web
1 create key
! it needs 'net', which is not there and is left out of this run
)");
  CHECK(plan(wanted, {}, {.targets = {"wep"}}) == R"(
! there is no resource 'wep'
)");
  const std::vector<engine::BoundObject> there = {have("net", toy::network, net())};
  CHECK(plan({want("net", toy::network, net())}, there, {.replace = {"net"}}) == R"(
0 remove net (replacement)
1 create net (replacement) after 0 | asked for with --replace
)");
  CHECK(plan({}, there, {.lifecycles = {{"net", {.protect = true}}}}) == R"(
0 remove net
! it is protected, but would be destroyed
)");
  CHECK(plan({}, there, {.max_destroy = 0}) == R"(
0 remove net
! the plan destroys 1 object, more than --max-destroy 0
)");
}

// A resource that has another name in the stack file keeps its object.
#include <catch2/catch.hpp>

#include "engine/spec.h"
#include "engine/toy.h"

using namespace stackctl;
using toy::have;
using toy::want;

namespace {

using Wanted = std::vector<engine::DesiredObject>;
using There = std::vector<engine::BoundObject>;

std::string plan(Wanted wanted, There there, const engine::PlanOptions& options = {}) {
  const engine::Desired desired = toy::desired(std::move(wanted));
  const engine::Live live = toy::live(std::move(there));
  return "\n" + toy::show(engine::make_plan(desired, live, options));
}

Map disk(const std::string& name, int size = 10) { return {{"name", "s-" + name}, {"size", size}}; }
Map server(const std::string& name, Value network, Map more = {}) {
  more.emplace("name", "s-" + name);
  more.emplace("size", "small");
  more.emplace("networks", List{std::move(network)});
  return more;
}

engine::DesiredObject want_disk(const std::string& address, int size = 10) {
  return want(address, toy::disk, disk(address, size));
}
engine::BoundObject have_disk(const std::string& address, int size = 10) {
  return have(address, toy::disk, disk(address, size));
}

engine::DesiredObject with(engine::DesiredObject object, Lifecycle lifecycle) {
  engine::Declared declared = *object.declared;
  declared.lifecycle = std::move(lifecycle);
  object.declared = std::make_shared<const engine::Declared>(std::move(declared));
  return object;
}

}  // namespace

TEST_CASE("a renamed resource keeps its object, whose mark and name are written anew") {
  CHECK(plan({want_disk("files")}, {have_disk("data")}) == R"(
0 update files | renamed from 'data' | name: "s-data" -> "s-files" [pending]
)");
  const Map same = {{"name", "fixed"}, {"size", 10}};
  CHECK(plan({want("files", toy::disk, same)}, {have("data", toy::disk, same)}) == R"(
0 update files | renamed from 'data'
)");
}

TEST_CASE("another content, another type, a name that is still declared: no rename") {
  CHECK(plan({want_disk("files", 20)}, {have_disk("data")}) == R"(
0 create files
1 remove data | it is not in the stack file any more
)");
  CHECK(plan({want_disk("files"), want_disk("data")}, {have_disk("data")}) == R"(
0 create files
)");
  CHECK(plan({want("b", toy::snapshot, {{"name", "n"}})}, {have("a", toy::disk, {{"name", "n"}})})
            .find("renamed") == std::string::npos);
  // What was declared and no longer is makes another content, too.
  CHECK(plan({want("b", toy::network, {{"name", "s-b"}})},
             {have("a", toy::network, {{"name", "s-a"}, {"note", "x"}})}) == R"(
0 create b
1 remove a | it is not in the stack file any more
)");
  // Whose mark nobody can read, of that nobody knows what was declared.
  engine::BoundObject unreadable = have_disk("data");
  unreadable.object.mark->spec = "?";
  CHECK(plan({want_disk("files")}, {unreadable}).find("renamed") == std::string::npos);
}

TEST_CASE("who refers to a renamed resource does not change") {
  const There there = {have("net", toy::network, {{"name", "s-net"}, {"range", "10.0.0.0/8"}}),
                       have("web", toy::server, server("web", "id-net"))};
  const auto lan = want("lan", toy::network, {{"name", "s-lan"}, {"range", "10.0.0.0/8"}});
  const Value id = Reference{"lan", "id"};
  CHECK(plan({lan, want("web", toy::server, server("web", id))}, there) == R"(
0 update lan | renamed from 'net' | name: "s-net" -> "s-lan" [pending]
)");
  // Both at once.
  CHECK(plan({lan, want("front", toy::server, server("front", id))}, there) == R"(
0 update lan | renamed from 'net' | name: "s-net" -> "s-lan" [pending]
1 update front after 0 | renamed from 'web' | name: "s-web" -> "s-front" [pending]
)");
}

TEST_CASE("parts follow what they are parts of") {
  const There there = {have("net", toy::network, {{"name", "s-net"}}),
                       have("net/p", toy::port, {{"network", "id-net"}, {"name", "p"}}),
                       have("net/80", toy::rule, {{"network", "id-net"}, {"port", 80}})};
  const Value id = Reference{"lan", "id"};
  CHECK(plan({want("lan", toy::network, {{"name", "s-lan"}}),
              want("lan/p", toy::port, {{"network", id}, {"name", "p"}}),
              want("lan/80", toy::rule, {{"network", id}, {"port", 80}})},
             there) == R"(
0 update lan | renamed from 'net' | name: "s-net" -> "s-lan" [pending]
)");
}

TEST_CASE("the other objects of a resource follow its main object, also after a cut") {
  const auto pair = [](const std::string& name) -> Wanted {
    return {want(name + "/extra", toy::disk, disk(name + "-extra")),
            want(name, toy::server,
                 {{"name", "s-" + name},
                  {"size", "small"},
                  {"gateway", Reference{name + "/extra", "id"}}})};
  };
  const auto extra = [](const std::string& name) {
    return have(name + "/extra", toy::disk, disk(name + "-extra"));
  };
  const auto main = [](const std::string& name, const std::string& gateway) {
    return have(name, toy::server,
                {{"name", "s-" + name}, {"size", "small"}, {"gateway", gateway}});
  };
  CHECK(plan(pair("front"), {extra("web"), main("web", "id-web/extra")}) == R"(
0 update front/extra | renamed from 'web/extra' | name: "s-web-extra" -> "s-front-extra" [pending]
1 update front after 0 | renamed from 'web' | name: "s-web" -> "s-front" [pending]
)");
  // The run was killed with one of the two marks written.
  CHECK(plan(pair("front"), {extra("web"), main("front", "id-web/extra")}) == R"(
0 update front/extra | renamed from 'web/extra' | name: "s-web-extra" -> "s-front-extra" [pending]
)");
  engine::BoundObject renamed = extra("web");
  renamed.object.mark->address = "front/extra";
  renamed.object.attributes.map()->insert_or_assign("name", "s-front-extra");
  CHECK(plan(pair("front"), {renamed, main("web", "id-web/extra")}).find("create") ==
        std::string::npos);
}

TEST_CASE("a count or a for_each that comes or goes keeps what it can") {
  const auto node = [](const std::string& address) {
    return want(address, toy::disk, {{"name", address}});
  };
  const auto there = [](const std::string& address) {
    return have(address, toy::disk, {{"name", address}});
  };
  CHECK(plan({node("web[0]"), node("web[1]"), node("web[2]")}, {there("web")}) == R"(
0 update web[0] | renamed from 'web' | name: "web" -> "web[0]" [pending]
1 create web[1]
2 create web[2]
)");
  CHECK(plan({node("web")}, {there("web[1]"), there("web[0]")}) == R"(
0 update web | renamed from 'web[0]' | name: "web[0]" -> "web" [pending]
1 remove web[1] | it is not in the stack file any more
)");
  CHECK(plan({node("web[\"b\"]"), node("web[\"a\"]")}, {there("web[1]"), there("web[0]")}) == R"(
0 update web["b"] | renamed from 'web[1]' | name: "web[1]" -> "web[\"b\"]" [pending]
1 update web["a"] | renamed from 'web[0]' | name: "web[0]" -> "web[\"a\"]" [pending]
)");
  CHECK(plan({node("web[0]")}, {there("web[0]"), there("web[1]")}) == R"(
0 remove web[1] | it is not in the stack file any more
)");
}

TEST_CASE("of a group that is alike each keeps its place, or nothing is guessed") {
  const auto count = [](const std::string& name, int from, int to) {
    Wanted wanted;
    for (int i = from; i <= to; ++i)
      wanted.push_back(want(name + "[" + std::to_string(i) + "]", toy::disk, {{"name", "n"}}));
    return wanted;
  };
  There there;
  for (const int i : {10, 9, 11})
    there.push_back(have("a[" + std::to_string(i) + "]", toy::disk, {{"name", "n"}}));
  CHECK(plan(count("b", 9, 11), there) == R"(
0 update b[9] | renamed from 'a[9]'
1 update b[10] | renamed from 'a[10]'
2 update b[11] | renamed from 'a[11]'
)");
  CHECK(plan(count("b", 9, 10), there) == R"(
0 create b[9]
1 create b[10]
2 remove a[10] | it is not in the stack file any more
3 remove a[9] | it is not in the stack file any more
4 remove a[11] | it is not in the stack file any more
! 'b[9]', 'b[10]' look like 'a[9]', 'a[10]', 'a[11]' under another name, but which is which cannot be told: 3 became 2
)");
}

TEST_CASE("what looks the same is told apart by its parts") {
  const auto balancer = [](const std::string& name, const std::string& part) -> Wanted {
    return {want(name, toy::network, {{"name", "s-" + name}}),
            want(name + "/p", toy::port, {{"network", Reference{name, "id"}}, {"name", part}})};
  };
  const auto there = [](const std::string& name, const std::string& part) -> There {
    return {have(name, toy::network, {{"name", "s-" + name}}),
            have(name + "/p", toy::port, {{"network", "id-" + name}, {"name", part}})};
  };
  Wanted wanted = balancer("y", "http");
  There live = there("a", "http");
  for (engine::DesiredObject& object : balancer("x", "smtp")) wanted.push_back(std::move(object));
  for (engine::BoundObject& object : there("b", "smtp")) live.push_back(std::move(object));
  CHECK(plan(wanted, live) == R"(
0 update y | renamed from 'a' | name: "s-a" -> "s-y" [pending]
1 update x | renamed from 'b' | name: "s-b" -> "s-x" [pending]
)");
}

TEST_CASE("a mark that is fixed makes a replacement, and what holds it is renamed all the same") {
  ResourceType fixed = toy::network;
  fixed.marked = Marked::description;
  const auto there = have("net", fixed, {{"name", "s-net"}, {"mtu", 1500}});
  const auto lan = want("lan", fixed, {{"name", "s-lan"}});
  const Value id = Reference{"lan", "id"};
  CHECK(plan({lan, want("front", toy::server, server("front", id))},
             {there, have("web", toy::server, server("web", "id-net"))}) == R"(
0 create lan
1 update front after 0 | renamed from 'web' | name: "s-web" -> "s-front" [pending] | networks: ["id-net"] -> [(known after apply)] [pending]
2 remove net after 1 | it is not in the stack file any more
)");
  // The run was killed with the new one made, and with both in use.
  const auto made = have("lan", fixed, {{"name", "s-lan"}, {"mtu", 1500}});
  CHECK(plan({lan, want("front", toy::server, server("front", id))},
             {there, made, have("web", toy::server, server("web", "id-net"))}) == R"(
0 update front | renamed from 'web' | name: "s-web" -> "s-front" [pending] | networks: ["id-net"] -> ["id-lan"] [pending]
1 remove net after 0 | it is not in the stack file any more
)");
  engine::BoundObject between = have("web", toy::server, server("web", "id-net"));
  between.object.attributes.map()->insert_or_assign("networks", List{"id-net", "id-lan"});
  CHECK(plan({lan, want("front", toy::server, server("front", id))}, {there, made, between})
            .find("create") == std::string::npos);
  // Not where that would replace it.
  ResourceType bound = toy::server;
  bound.schema[2].is_immutable = true;
  CHECK(plan({lan, want("front", bound, server("front", id))},
             {there, have("web", bound, server("web", "id-net"))})
            .find("renamed") == std::string::npos);
}

TEST_CASE("a secret that was declared under the old name is the same under the new one") {
  const Map secret = {{"name", "n"}, {"size", "s"}, {"script", Secret{"password"}}};
  Map other = secret;
  other.insert_or_assign("script", Secret{"passwort"});
  engine::BoundObject there = have("web", toy::server, secret);
  CHECK(plan({want("front", toy::server, secret)}, {there}) == R"(
0 update front | renamed from 'web'
)");
  CHECK(plan({want("front", toy::server, other)}, {there}).find("renamed") == std::string::npos);
}

TEST_CASE("protection and hooks that are owed go with a renamed resource") {
  const engine::BoundObject there = toy::flagged(have_disk("data"), "hp");
  const engine::Plan plan =
      engine::make_plan(toy::desired({want_disk("files")}), toy::live({there}));
  REQUIRE(plan.steps.size() == 1);
  CHECK(plan.steps[0].flags == "p");
  engine::DesiredObject seeded = want_disk("files");
  Hook hook;
  hook.name = "seed";
  hook.command = List{"seed"};
  seeded = with(seeded, {.hooks = {hook}});
  const engine::Plan owed = engine::make_plan(toy::desired({seeded}), toy::live({there}));
  REQUIRE(owed.steps.size() == 2);
  CHECK(owed.steps[0].flags == "ph");
  CHECK(owed.steps[1].action == Action::run);
  const engine::Plan lifted = engine::make_plan(
      toy::desired({with(want_disk("files"), {.protect = false})}), toy::live({there}));
  CHECK(lifted.steps.at(0).flags.empty());
}

TEST_CASE("a lookup means what the resource used under its former name") {
  const auto public_image = [](const std::string& id, const std::string& created) {
    engine::BoundObject image = have("i", toy::snapshot, {{"name", "debian"}});
    image.object.id = id;
    image.object.attributes.map()->insert_or_assign("id", id);
    image.object.created = created;
    image.object.mark.reset();
    return image;
  };
  engine::DesiredObject lookup = want("front/image", toy::snapshot, {{"name", "debian"}});
  lookup.object.is_lookup = true;
  ResourceType machine = toy::server;
  machine.schema[3] = ref("gateway", "toy.snapshot", "Image").replaces();
  const auto wanted =
      want("front", machine,
           {{"name", "n"}, {"size", "s"}, {"gateway", Reference{"front/image", "id"}}});
  CHECK(plan({lookup, wanted},
             {public_image("old", "2026-01-01"), public_image("new", "2026-02-01"),
              have("web", machine, {{"name", "n"}, {"size", "s"}, {"gateway", "old"}})}) == R"(
0 update front | renamed from 'web'
)");
}

TEST_CASE("a rename is done when the run is about both names") {
  const Wanted wanted = {want_disk("files"),
                         want("web", toy::server, {{"name", "n"}, {"size", "s"}})};
  const There there = {have_disk("data"), have("web", toy::server, {{"name", "n"}, {"size", "s"}})};
  const std::string left = R"(
! it is 'data' under another name, and nothing is done about it: this run is about one of the two names only
)";
  CHECK(plan(wanted, there, {.targets = {"files"}}) == left);
  CHECK(plan(wanted, there, {.targets = {"data"}}) == left);
  CHECK(plan(wanted, there, {.excludes = {"files"}}) == left);
  CHECK(plan(wanted, there, {.excludes = {"data"}}) == left);
  CHECK(plan(wanted, there, {.targets = {"web"}}) == "\n");
  CHECK(plan(wanted, there, {.targets = {"files", "data"}}).find("renamed") != std::string::npos);
  CHECK(plan(wanted, there, {.replace = {"files"}}).find("renamed") == std::string::npos);
}

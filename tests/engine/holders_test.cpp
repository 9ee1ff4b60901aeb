// What keeps an object from going, found before anything goes; and what stays with it.
#include <catch2/catch.hpp>

#include "engine/toy.h"

using namespace stackctl;
using toy::have;
using toy::want;

namespace {

using There = std::vector<engine::BoundObject>;

engine::Plan make(std::vector<engine::DesiredObject> wanted, There there,
                  const engine::PlanOptions& options = {}) {
  const engine::Desired desired = toy::desired(std::move(wanted));
  return engine::make_plan(desired, toy::live(std::move(there)), options);
}

std::string plan(std::vector<engine::DesiredObject> wanted, There there,
                 const engine::PlanOptions& options = {}) {
  const engine::Plan made = make(std::move(wanted), std::move(there), options);
  std::string text = "\n" + toy::show(made);
  for (const engine::Kept& kept : made.kept)
    text += (kept.is_leftover ? "leftover " : "stays ") + kept.address + ": " + kept.reason + "\n";
  return text;
}

engine::BoundObject of(engine::BoundObject object, const std::string& stack,
                       const std::string& id) {
  object.object.id = id;
  object.object.attributes.map()->insert_or_assign("id", id);
  if (stack.empty())
    object.object.mark.reset();
  else
    object.object.mark->stack = stack;
  return object;
}

const engine::BoundObject kNet = have("net", toy::network, {{"name", "s-net"}, {"range", "10"}});

engine::BoundObject server(const std::string& address, const std::string& network) {
  return have(address, toy::server,
              {{"name", "s-" + address}, {"size", "s"}, {"networks", List{network}}});
}

}  // namespace

TEST_CASE("who holds what would go is named before anything goes") {
  const There there = {kNet, of(server("theirs", "id-net"), "shop", "i-1"),
                       of(server("hers", "id-net"), "", "i-2")};
  CHECK(plan({}, there) == R"(
0 remove net
! it would be destroyed, but is used by what stays
)");
  const Diagnostics faults = make({}, there).faults;
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].address == "net");
  CHECK(faults[0].detail ==
        "toy.server 's-theirs', id i-1, of stack 'shop'\n"
        "toy.server 's-hers', id i-2, of nobody (it bears no mark)");
  CHECK(faults[0].hint.find("--exclude net") != std::string::npos);
}

TEST_CASE("a holder is called what its type has for a name") {
  ResourceType machine = toy::server;
  machine.schema.front() = text("Name", "Name").physical_name();
  const engine::BoundObject theirs =
      of(have("theirs", machine, {{"Name", "bobs"}, {"networks", List{"id-net"}}}), "", "i-1");
  const Diagnostics faults = make({}, {kNet, theirs}).faults;
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].detail == "toy.server 'bobs', id i-1, of nobody (it bears no mark)");
}

TEST_CASE("what is looked up in vain is told once, with what is near") {
  ResourceType image = toy::network;
  image.schema.front() = text("Title", "Name").physical_name();
  engine::DesiredObject lookup = want("web/image", image, {{"Title", "debian-21"}});
  lookup.resource = "web";
  lookup.object.is_lookup = true;
  const engine::DesiredObject web =
      want("web", toy::server,
           {{"name", "s-web"}, {"size", "s"}, {"networks", List{Reference{"web/image", "id"}}}});
  const engine::BoundObject other = of(have("i", image, {{"Title", "debian-12"}}), "", "i-1");
  const Diagnostics faults = make({lookup, web}, {other}).faults;
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].address == "web/image");
  CHECK(faults[0].hint == "did you mean 'debian-12'?");
}

TEST_CASE("a replacement is held like a removal") {
  const auto wanted = want("net", toy::network, {{"name", "s-net"}, {"range", "11"}});
  CHECK(plan({wanted}, {kNet, of(server("theirs", "id-net"), "shop", "i-1")})
            .find("! it would be destroyed") != std::string::npos);
  CHECK(plan({wanted}, {kNet}).find('!') == std::string::npos);
}

TEST_CASE("what goes along or goes anyway holds nothing") {
  engine::BoundObject leaving = of(server("theirs", "id-net"), "shop", "i-1");
  leaving.object.condition = Condition::leaving;
  CHECK(plan({}, {kNet, leaving}).find('!') == std::string::npos);
  const auto by_hand = of(have("r", toy::rule, {{"network", "id-net"}, {"port", 1}}), "", "r-1");
  CHECK(plan({}, {kNet, by_hand}).find('!') == std::string::npos);
  // A part of a strange parent does hold it, and is known by that parent.
  const auto strange = of(have("x", toy::network, {{"name", "theirs"}}), "", "x");
  const auto from =
      of(have("r", toy::rule, {{"network", "x"}, {"port", 1}, {"from", "id-net"}}), "", "r-1");
  const Diagnostics faults = make({}, {kNet, strange, from}).faults;
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].detail == "toy.rule 'theirs', id r-1, of nobody (it bears no mark)");
  // What was only of use to its creation does not.
  const auto made_of = of(have("d", toy::disk, {{"name", "d"}, {"image", "id-kept"}}), "", "d-1");
  CHECK(plan({}, {have("kept", toy::snapshot, {{"name", "k"}}), made_of}).find('!') ==
        std::string::npos);
}

TEST_CASE("what is left out of a run holds what it uses") {
  const auto wanted = want("net", toy::network, {{"name", "s-net"}, {"range", "11"}});
  const auto web =
      want("web", toy::server,
           {{"name", "s-web"}, {"size", "s"}, {"networks", List{Reference{"net", "id"}}}});
  const There there = {kNet, server("web", "id-net")};
  CHECK(plan({wanted, web}, there, {.excludes = {"web"}}).find("! it would be destroyed") !=
        std::string::npos);
  CHECK(plan({wanted, web}, there).find('!') == std::string::npos);
  CHECK(plan({web}, there, {.excludes = {"web"}}) == R"(
stays net: 'web', which is left out, uses it
)");
}

TEST_CASE("destroy leaves out what is excluded, with all that it needs, and says so") {
  const There there = {kNet, server("web", "id-net"),
                       have("other", toy::network, {{"name", "s-other"}}),
                       have("base", toy::network, {{"name", "s-base"}})};
  CHECK(plan({}, there, {.excludes = {"web"}}) == R"(
0 remove other
1 remove base
stays net: 'web', which stays, needs it
stays web: it is left out
)");
  // What only the stack file knows: depends_on.
  engine::DesiredObject web = want("web", toy::server, {{"name", "s-web"}, {"size", "s"}});
  web.needs = {"base"};
  const engine::Desired declared = toy::desired({web});
  CHECK(plan({}, there, {.excludes = {"web"}, .declared = &declared}) == R"(
0 remove other
stays net: 'web', which stays, needs it
stays web: it is left out
stays base: 'web', which stays, needs it
)");
  CHECK(plan({}, there, {.targets = {"base"}, .declared = &declared}) == R"(
0 remove web
1 remove base
)");
  CHECK(plan({}, there, {.targets = {"net"}}) == R"(
0 remove web
1 remove net after 0
)");
}

TEST_CASE("protected resources are left out on demand, with all that they need") {
  const There there = {kNet, toy::flagged(server("web", "id-net"), "p"),
                       have("other", toy::network, {{"name", "s-other"}})};
  CHECK(plan({}, there).find("! it is protected, but would be destroyed") != std::string::npos);
  CHECK(plan({}, there, {.clean = true, .exclude_protected = true}) == R"(
0 remove other
stays net: 'web', which stays, needs it
stays web: it is protected
)");
  CHECK(plan({}, there, {.max_destroy = 0, .exclude_protected = true})
            .find("! the plan destroys 1 object") != std::string::npos);
  // An apply leaves them as they are, too.
  const auto wanted = want("net", toy::network, {{"name", "s-net"}, {"range", "11"}});
  const auto bigger = want("web", toy::server, {{"name", "s-web"}, {"size", "l"}});
  CHECK(plan({wanted, bigger}, there, {.exclude_protected = true}) == R"(
0 remove other | it is not in the stack file any more
stays net: 'web', which stays, needs it
stays web: it is protected
)");
}

TEST_CASE("what is left out of a run is missed where something depends on it") {
  engine::DesiredObject web = want("web", toy::server, {{"name", "s-web"}, {"size", "s"}});
  web.needs = {"net"};
  const auto net = want("net", toy::network, {{"name", "s-net"}});
  CHECK(plan({net, web}, {}, {.excludes = {"net"}}) == R"(
0 create web
! it needs 'net', which is not there and is left out of this run
)");
  CHECK(plan({net, web}, {kNet}, {.excludes = {"net"}}) == R"(
0 create web
)");
}

TEST_CASE("what a create left that was cut short goes when the stack is cleaned up") {
  const Map key = {{"name", "s-data"}};
  const auto unclaimed = [&](bool is_empty) {
    engine::BoundObject made = of(have("data", toy::disk, key), "", "d-1");
    made.object.is_unclaimed = is_empty;
    return made;
  };
  const engine::Desired declared = toy::desired({want("data", toy::disk, key)});
  CHECK(plan({}, {unclaimed(true)}, {.clean = true, .declared = &declared}) == R"(
0 remove data | a create that was cut short left it
)");
  CHECK(plan({}, {unclaimed(false)}, {.clean = true, .declared = &declared}) == "\n");
  CHECK(plan({}, {unclaimed(true)}, {.clean = true}) == "\n");
  CHECK(plan({}, {unclaimed(true)}, {.declared = &declared}) == "\n");
}

TEST_CASE("a replacement that is asked for by the name of all instances looks up anew") {
  engine::DesiredObject lookup = want("web[0]/image", toy::snapshot, {{"name", "debian"}});
  lookup.resource = "web[0]";
  lookup.object.is_lookup = true;
  engine::DesiredObject web =
      want("web[0]", toy::disk, {{"name", "n"}, {"image", Reference{"web[0]/image", "id"}}});
  web.resource = "web[0]";
  const auto image = [](const std::string& id, const std::string& created) {
    engine::BoundObject there = of(have("i", toy::snapshot, {{"name", "debian"}}), "", id);
    there.object.created = created;
    return there;
  };
  const engine::Plan made = make({lookup, web},
                                 {image("old", "1"), image("new", "2"),
                                  have("web[0]", toy::disk, {{"name", "n"}, {"image", "old"}})},
                                 {.replace = {"web"}});
  CHECK(made.known.at("web[0]/image").text_at("id") == "new");
  CHECK(make({lookup, web}, {image("old", "1"), image("new", "2"),
                             have("web[0]", toy::disk, {{"name", "n"}, {"image", "old"}})})
            .known.at("web[0]/image")
            .text_at("id") == "old");
}

// What the common keys of a resource do to a plan: protect, on_delete, adopt, ignore_changes,
// hooks, and objects that only help to make others.
#include <catch2/catch.hpp>

#include "engine/spec.h"
#include "engine/toy.h"

using namespace stackctl;
using toy::flagged;
using toy::have;
using toy::want;

namespace {

std::string plan(std::vector<engine::DesiredObject> wanted, std::vector<engine::BoundObject> there,
                 const engine::PlanOptions& options = {}) {
  const engine::Desired desired = toy::desired(std::move(wanted));
  const engine::Live live = toy::live(std::move(there));
  return "\n" + toy::show(engine::make_plan(desired, live, options));
}

engine::DesiredObject with(engine::DesiredObject object, Lifecycle lifecycle) {
  object.declared = std::make_shared<const engine::Declared>(
      engine::Declared{std::move(lifecycle), object.declared->location});
  return object;
}

Hook hook(std::string name, List command, bool before = false) {
  Hook made;
  made.name = std::move(name);
  made.before = before;
  made.command = std::move(command);
  return made;
}

const Map kDisk = {{"name", "s-data"}, {"size", 10}};

engine::BoundObject nobodys(engine::BoundObject object) {
  object.object.mark.reset();
  return object;
}

}  // namespace

TEST_CASE("a protection is written on the live object and outlives its line in the file") {
  const engine::BoundObject there = have("data", toy::disk, kDisk);
  CHECK(plan({with(want("data", toy::disk, kDisk), {.protect = true})}, {there}) == R"(
0 update data | it becomes protected
)");
  CHECK(plan({want("data", toy::disk, kDisk)}, {flagged(there, "p")}) == "\n");
  CHECK(plan({}, {flagged(there, "p")}) == R"(
0 remove data
! it is protected, but would be destroyed
)");
  CHECK(plan({with(want("data", toy::disk, kDisk), {.protect = false})}, {flagged(there, "p")}) ==
        R"(
0 update data | it is no longer protected
)");
  const engine::PlanOptions lifted = {.lifecycles = {{"data", {.protect = false}}}};
  CHECK(plan({}, {flagged(there, "p")}, lifted) == R"(
0 remove data
)");
}

TEST_CASE("what is retained stays with all that it uses until --clean") {
  const Map server = {{"name", "s-web"}, {"size", "small"}, {"networks", List{"id-net"}}};
  const std::vector<engine::BoundObject> there = {
      flagged(have("web", toy::server, server), "r"),
      have("net", toy::network, {{"name", "s-net"}}),
      have("other", toy::network, {{"name", "s-other"}}),
  };
  CHECK(plan({}, there) == R"(
0 remove other
)");
  const engine::Plan kept = engine::make_plan(toy::desired({}), toy::live(there));
  REQUIRE(kept.kept.size() == 2);
  CHECK(kept.kept[0].reason == "on_delete: retain");
  CHECK(kept.kept[1].reason == "'web', which is kept, uses it");
  CHECK(plan({}, there, {.clean = true}) == R"(
0 remove web
1 remove net after 0
2 remove other
)");
}

TEST_CASE("a final snapshot is made before the object goes, once") {
  const engine::BoundObject there = flagged(have("data", toy::disk, kDisk), "s");
  CHECK(plan({}, {there}) == R"(
0 create data/final-snapshot | on_delete: snapshot
1 remove data after 0
)");
  const engine::BoundObject made = flagged(
      have("data/final-snapshot", toy::snapshot, {{"name", "kept"}, {"of", "id-data"}}), "r");
  CHECK(plan({}, {there, made}) == R"(
0 remove data
)");
  CHECK(plan({}, {made}) == "\n");
  CHECK(plan({}, {there, made}, {.clean = true}) == R"(
0 remove data/final-snapshot
1 remove data after 0
)");
}

TEST_CASE("what is replaced leaves a snapshot as well, if the stack file wants one now") {
  const engine::BoundObject there = have("web", toy::disk, kDisk);
  const auto replaced = [&](const Lifecycle& lifecycle,
                            std::vector<engine::BoundObject> more = {}) {
    more.push_back(there);
    engine::PlanOptions options;
    options.replace = {"web"};
    return plan({with(want("web", toy::disk, kDisk), lifecycle)}, more, options);
  };
  CHECK(replaced({}) == R"(
0 remove web (replacement)
1 create web (replacement) after 0 | asked for with --replace
)");
  const Lifecycle lifecycle{.on_delete = OnDelete::snapshot};
  CHECK(replaced(lifecycle) == R"(
0 create web/final-snapshot | on_delete: snapshot
1 remove web (replacement) after 0
2 create web (replacement) after 1 | asked for with --replace
)");
  // An earlier run has got that far.
  CHECK(replaced(lifecycle, {flagged(have("web/final-snapshot", toy::snapshot,
                                          {{"name", "kept"}, {"of", "id-web"}}),
                                     "r")}) == R"(
0 create web (replacement) | asked for with --replace
1 remove web (replacement) after 0
)");
}

TEST_CASE("what keeps the contents of an object does not make its replacement come first") {
  const engine::BoundObject there = have("web", toy::disk, kDisk);
  ResourceType copy = toy::snapshot;
  engine::PlanOptions options;
  options.replace = {"web"};
  const auto replaced = [&] {
    return plan({want("web", toy::disk, kDisk)},
                {there, flagged(have("copy", copy, {{"name", "c"}, {"of", "id-web"}}), "r")},
                options);
  };
  CHECK(replaced().starts_with("\n0 create web (replacement)"));
  copy.schema[1].is_uncompared = true;
  CHECK(replaced().starts_with("\n0 remove web (replacement)"));
}

TEST_CASE("an object without an owner is adopted only when the file names its id") {
  const engine::BoundObject there = nobodys(have("data", toy::disk, kDisk));
  CHECK(plan({want("data", toy::disk, kDisk)}, {there}) == R"(
! a toy.disk of this name exists already
)");
  CHECK(plan({with(want("data", toy::disk, kDisk), {.adopt = "id-data"})}, {there}) == R"(
0 update data | it bears no mark yet and is taken over
)");
  CHECK(plan({with(want("data", toy::disk, kDisk), {.adopt = "id-data"})},
             {have("data", toy::disk, kDisk)}) == "\n");
  CHECK(plan({with(want("data", toy::disk, kDisk), {.adopt = "id-none"})}, {there}) == R"(
! there is no toy.disk with id id-none to adopt
)");
  engine::BoundObject others = there;
  others.object.mark = Mark{"t", "data", ""};
  CHECK(plan({with(want("data", toy::disk, kDisk), {.adopt = "id-data"})}, {others}) == R"(
! it belongs to stack 't' already
)");
  engine::BoundObject second = there;
  second.object.id = "id-second";
  CHECK(plan({with(want("data", toy::disk, kDisk), {.adopt = "id-second"})},
             {have("data", toy::disk, kDisk), second}) == R"(
! it cannot adopt id-second: it has an object already, id-data
)");
  const Map key = {{"name", "k"}};
  CHECK(plan({with(want("k", toy::key, key), {.adopt = "id-k"})},
             {nobodys(have("k", toy::key, key))}) == R"(
! no toy.key can be adopted: its mark is fixed when it is made
)");
}

TEST_CASE("a policy that could not be kept is refused") {
  const Map key = {{"name", "k"}};
  const auto plan_with = [&](const engine::DesiredObject& object, const Lifecycle& lifecycle) {
    return plan({with(object, lifecycle)}, {});
  };
  CHECK(plan_with(want("k", toy::key, key), {.on_delete = OnDelete::retain}) == R"(
0 create k
! no toy.key can remember that it is to be retained
)");
  CHECK(plan_with(want("k", toy::key, key), {.protect = true}) == R"(
0 create k
! no toy.key can remember that it is protected
)");
  CHECK(plan_with(want("net", toy::network, {{"name", "s-net"}}),
                  {.on_delete = OnDelete::snapshot}) == R"(
0 create net
! no toy.network can leave a snapshot behind
)");
}

TEST_CASE("what the cloud itself protects is not destroyed") {
  engine::BoundObject there = have("k", toy::key, {{"name", "k"}});
  there.object.is_protected = true;
  CHECK(plan({}, {there}) == R"(
0 remove k
! it is protected, but would be destroyed
)");
  CHECK(plan({}, {there}, {.lifecycles = {{"k", {.protect = false}}}}) == R"(
0 remove k
)");
}

TEST_CASE("what a create left that was cut short is taken without a word") {
  engine::BoundObject there = nobodys(have("data", toy::disk, kDisk));
  there.object.is_unclaimed = true;
  CHECK(plan({want("data", toy::disk, kDisk)}, {there}) == R"(
0 update data | it bears no mark yet and is taken over
)");
  CHECK(plan({}, {there}) == "\n");
}

TEST_CASE("ignored attributes are neither compared nor changed") {
  Map grown = kDisk;
  grown.insert_or_assign("size", 20);
  engine::BoundObject there = have("data", toy::disk, kDisk);
  there.object.attributes.map()->insert_or_assign("size", 20);
  CHECK(plan({want("data", toy::disk, kDisk)}, {there}) == R"(
0 update data | size: 20 -> 10 [drift]
)");
  CHECK(plan({with(want("data", toy::disk, kDisk), {.ignore_changes = {"size"}})}, {there}) ==
        "\n");
  CHECK(plan({with(want("data", toy::disk, kDisk), {.ignore_changes = {"all"}})}, {there}) == "\n");
}

TEST_CASE("an output that was shown once is not missed where it was used") {
  const Map server = {{"name", "s-web"}, {"size", "small"}, {"script", Reference{"data", "token"}}};
  Map declared = server;
  declared.insert_or_assign("script", "the token of that day");
  const std::vector<engine::DesiredObject> wanted = {want("data", toy::disk, kDisk),
                                                     want("web", toy::server, server)};
  CHECK(plan(wanted, {have("data", toy::disk, kDisk), have("web", toy::server, declared)}) == "\n");
  CHECK(plan(wanted, {have("data", toy::disk, kDisk)}) == R"(
0 create web
! 'token' of 'data' was shown only when it was made
)");
}

TEST_CASE("helpers are there only while what they help to make is made") {
  auto helper = [] {
    engine::DesiredObject made = want("img/builder", toy::server, {{"name", "b"}, {"size", "s"}});
    made.object.helps = "img";
    return made;
  };
  const Map image = {{"name", "s-img"}, {"image", Reference{"img/builder", "id"}}};
  const std::vector<engine::DesiredObject> wanted = {helper(), want("img", toy::disk, image)};
  const engine::BoundObject builder =
      have("img/builder", toy::server, {{"name", "b"}, {"size", "s"}});
  const engine::BoundObject made = have("img", toy::disk, {{"name", "s-img"}});
  CHECK(plan(wanted, {}) == R"(
0 create img/builder
1 create img after 0
2 remove img/builder after 1 | it was only needed to make img
)");
  CHECK(plan(wanted, {made}) == "\n");
  // What it was made with is neither there nor needed when it changes.
  Map bigger = image;
  bigger.insert_or_assign("size", 20);
  CHECK(plan({helper(), want("img", toy::disk, bigger)}, {made}) == R"(
0 update img | size: null -> 20 [pending]
)");
  const Lifecycle guarded = {.protect = true};
  CHECK(plan({helper(), with(want("img", toy::disk, image), guarded)}, {made}) == R"(
0 update img | it becomes protected
)");
  // Cut short: with the helper there, and with all done but its removal.
  CHECK(plan(wanted, {builder}) == R"(
0 create img
1 remove img/builder after 0 | it was only needed to make img
)");
  CHECK(plan(wanted, {builder, made}) == R"(
0 remove img/builder | it is not in the stack file any more
)");
  // A helper that was begun with other settings begins again.
  const engine::BoundObject stale =
      have("img/builder", toy::server, {{"name", "b"}, {"size", "s"}, {"gateway", "old"}});
  CHECK(plan(wanted, {stale}).find("create img/builder (replacement)") != std::string::npos);
}

TEST_CASE("hooks follow the creation, and an owed one follows later") {
  const Lifecycle seeded = {
      .hooks = {hook("after_create", List{"seed"}),
                hook("before_delete", List{"drain", Reference{"data", "name"}}, true)}};
  const std::vector<engine::DesiredObject> wanted = {
      with(want("data", toy::disk, kDisk), seeded),
      want("web", toy::server,
           {{"name", "s-web"}, {"size", "s"}, {"gateway", Reference{"data", "name"}}})};
  CHECK(plan(wanted, {}) == R"(
0 create data
1 run data after 0
2 create web after 0,1
)");
  const engine::BoundObject there = have("data", toy::disk, kDisk);
  CHECK(plan({wanted[0]}, {there}) == "\n");
  CHECK(plan({wanted[0]}, {flagged(there, "h")}) == R"(
0 run data | an earlier run did not get it done
)");
  const engine::PlanOptions declared = {.lifecycles = {{"data", seeded}}};
  CHECK(plan({}, {there}, declared) == R"(
0 run data | before it goes
1 remove data after 0
)");
  const engine::Plan leaving = engine::make_plan(toy::desired({}), toy::live({there}), declared);
  CHECK(display(leaving.steps[0].hook->command) == R"(["drain", "s-data"])");
  const Lifecycle impossible = {.hooks = {hook("after_create", List{"seed"})}};
  CHECK(plan({with(want("k", toy::key, {{"name", "k"}}), impossible)}, {}) == R"(
0 create k
! no toy.key can remember that a hook is still to be run
)");
}

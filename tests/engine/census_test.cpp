// What a refresh reads where the cloud can say in a call or two of which types the stack owns any.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/live.h"
#include "engine/scripted.h"
#include "engine/toy.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

using namespace stackctl;
using toy::have;
using toy::want;

namespace {

ResourceType counted(std::string_view name, std::string_view listing) {
  ResourceType type;
  type.name = name;
  type.schema = {text("name", "Name").required()};
  type.listing = listing;
  type.is_counted = true;
  return type;
}

ResourceType part(std::string_view name, std::string_view listing, std::string_view parent) {
  ResourceType type = counted(name, listing);
  type.schema.push_back(ref("of", parent, "What it is part of"));
  type.is_counted = false;
  type.marked = Marked::parent;
  type.parent = "of";
  return type;
}

const ResourceType kHouse = counted("toy.house", "houses");
const ResourceType kRoom = part("toy.room", "rooms", "toy.house");
const ResourceType kLamp = counted("toy.lamp", "houses");
const ResourceType kCar = counted("toy.car", "cars");
const ResourceType kWheel = part("toy.wheel", "wheels", "toy.car");
const ResourceType kTyre = part("toy.tyre", "tyres", "toy.wheel");
const ResourceType kBill = [] {
  ResourceType type = counted("toy.bill", "bills");
  type.is_counted = false;
  return type;
}();
const ResourceType* const kTypes[] = {&kHouse, &kRoom, &kLamp, &kCar, &kWheel, &kTyre, &kBill};

/// What its engine can do is told by a listing of its own.
const ResourceType kShip = [] {
  ResourceType type = counted("toy.ship", "ships engines");
  type.is_counted = false;
  type.schema.push_back(integer("power", "Of its engine").told_by("engines"));
  type.schema.push_back(output("maker", "Of its engine").told_by("engines"));
  type.schema.push_back(text("like", "Another's"));
  return type;
}();
const ResourceType* const kAtSea[] = {&kShip, &kBill};

constexpr std::string_view kEverything = "bills cars houses rooms tyres wheels";

/// Asks for what is called `name`, and answers with `outputs`.
class Ask final : public Flow {
 public:
  Ask(std::string_view name, Value outputs) : outputs_(std::move(outputs)) {
    call_.operation = name;
    call_.access = Access::read;
    call_.request.url = name;
  }
  Next next(const Seen& seen) override {
    if (seen.reply == nullptr) return Send{call_};
    if (seen.judgement->verdict != Verdict::ok)
      return Fail{call_failed(call_, *seen.reply, *seen.judgement)};
    return Done{outputs_};
  }

 private:
  Call call_;
  Value outputs_;
};

class Town final : public stackctl::Connection {
 public:
  std::string where() const override { return "toy"; }
  Lane lane(Access) const override { return {}; }
  std::unique_ptr<Flow> list(std::string_view listing, const Interest& interest) const override {
    std::string& told = interests[std::string(listing)] = "lookups";
    for (const Value& each : interest.lookups) told += ' ' + json::write(each);
    told += " declared";
    for (const Value& each : interest.declared) told += ' ' + json::write(each);
    return std::make_unique<Ask>(listing, Map{{std::string(listing), List{}}});
  }
  std::unique_ptr<Flow> census(std::string_view stack,
                               std::span<const ResourceType* const> types) const override {
    if (!has_census) return nullptr;
    asked_about = stack;
    for (const ResourceType* type : types) asked_about.append(" ").append(type->name);
    return std::make_unique<Ask>("census", shown);
  }
  std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                                 Diagnostics&) const override {
    ++decoded[std::string(type.name)];
    std::vector<LiveObject> objects;
    if (&type == &kShip && listed["engines"].is_null() && !has_sails) return objects;
    for (const engine::BoundObject& bound : there)
      if (bound.object.type == &type) objects.push_back(bound.object);
    return objects;
  }
  std::unique_ptr<Flow> carry_out(Work) const override { return nullptr; }
  void sign(http::Request&, Time) const override {}
  Judgement judge(const Call& call, const http::Reply& reply) const override {
    return scripted::Connection().judge(call, reply);
  }

  bool has_census = true;
  bool has_sails = true;  ///< ships are seen without their engines
  mutable std::map<std::string, int> decoded;
  mutable std::map<std::string, std::string> interests;  ///< by listing
  Value shown = List{};
  std::vector<engine::BoundObject> there;
  mutable std::string asked_about;
};

struct Reads {
  std::string calls;    ///< sorted
  std::string at_once;  ///< those before any answer
  std::string objects;
  engine::Live live;
};

std::string sorted(std::vector<std::string> words) {
  std::ranges::sort(words);
  return join(words, " ");
}

struct Way {
  int census_status = 200;
  std::span<const ResourceType* const> types = kTypes;
  engine::Detail detail = engine::Detail::asked;
};

Reads refresh(std::vector<engine::DesiredObject> wanted, const std::shared_ptr<const Town>& town,
              const Way& way = {}) {
  scripted::Transport transport([&](const http::Request& request) {
    return scripted::reply(request.url == "census" ? way.census_status : 200);
  });
  engine::Runner runner(transport, 1);
  const Provider provider{"toy", "", {}, way.types, {}, nullptr};
  Reads seen;
  seen.live = engine::refresh(runner, {{"toy", &provider, town}}, toy::desired(std::move(wanted)),
                              way.detail);
  std::vector<std::string> calls;
  std::vector<std::string> at_once;
  for (const auto& [when, url] : transport.sent) {
    calls.push_back(url);
    if (when == transport.sent.front().first) at_once.push_back(url);
  }
  seen.calls = sorted(std::move(calls));
  seen.at_once = sorted(std::move(at_once));
  std::vector<std::string> objects;
  for (const engine::BoundObject& bound : seen.live.objects) objects.push_back(bound.object.id);
  seen.objects = sorted(std::move(objects));
  CHECK(seen.live.calls == transport.sent.size());
  return seen;
}

engine::DesiredObject wanted(const std::string& address, const ResourceType& type) {
  return want(address, type, Map{{"name", address}});
}

engine::BoundObject owned(const std::string& address, const ResourceType& type) {
  return have(address, type, Map{{"name", address}});
}

}  // namespace

TEST_CASE("only what the stack uses, nobody counts, or the census shows is read") {
  struct Case {
    std::string name;
    Value shown;
    int status;
    std::string calls;
    std::string at_once;
  };
  const std::string needed = "bills census houses rooms";
  const Case cases[] = {
      {"nothing", List{}, 200, needed, needed},
      {"what is read anyway", List{"toy.lamp"}, 200, needed, needed},
      {"another", List{"toy.car"}, 200, "bills cars census houses rooms tyres wheels", needed},
      {"what nobody knows", List{"toy.boat", 7}, 200, needed, needed},
      {"no right to ask", {}, 403, "bills cars census houses rooms tyres wheels", needed},
      {"nonsense", "toy.car", 200, "bills cars census houses rooms tyres wheels", needed},
  };
  for (const Case& test : cases) {
    INFO(test.name);
    auto town = std::make_shared<Town>();
    town->shown = test.shown;
    const Reads seen = refresh({wanted("home", kHouse)}, town, {test.status});
    CHECK(seen.calls == test.calls);
    CHECK(seen.at_once == test.at_once);
    CHECK(seen.live.faults.empty());
    CHECK(town->asked_about == "s toy.car");
  }
}

TEST_CASE("what is listed for another type as well is seen without a census") {
  auto town = std::make_shared<Town>();
  town->there = {owned("home", kHouse), owned("home/lamp", kLamp), owned("car", kCar)};
  // The census lags behind, and does not show the car yet.
  const Reads late = refresh({wanted("home", kHouse), wanted("home/lamp", kLamp)}, town);
  CHECK(late.objects == "id-home id-home/lamp");
  town->shown = List{"toy.car"};
  const Reads seen = refresh({wanted("home", kHouse), wanted("home/lamp", kLamp)}, town);
  CHECK(seen.objects == "id-car id-home id-home/lamp");
}

TEST_CASE("parts are read with what they are part of") {
  auto town = std::make_shared<Town>();
  CHECK(refresh({wanted("car", kCar)}, town).calls == "bills cars census tyres wheels");
  // A part in use does not make its parent be.
  CHECK(refresh({wanted("wheel", kWheel)}, town).calls == "bills census tyres wheels");
  town->shown = List{"toy.house"};
  CHECK(refresh({wanted("car", kCar)}, town).calls ==
        "bills cars census houses rooms tyres wheels");
}

TEST_CASE("without a census, or where it could spare nothing, everything is read") {
  auto town = std::make_shared<Town>();
  CHECK(refresh({}, town).calls == kEverything);  // destroy
  CHECK(refresh({wanted("home", kHouse), wanted("car", kCar)}, town).calls == kEverything);
  CHECK(town->asked_about.empty());
  town->has_census = false;
  CHECK(refresh({wanted("home", kHouse)}, town).calls == kEverything);
}

TEST_CASE("where something goes, everything is read: anybody may hold it") {
  struct Case {
    std::string name;
    std::vector<engine::BoundObject> there;
    bool is_all;
  };
  engine::BoundObject strangers = owned("other", kHouse);
  strangers.object.mark->stack = "another";
  const engine::BoundObject kept = toy::flagged(owned("old", kHouse), "r");
  const Case cases[] = {
      {"only what is wanted", {owned("home", kHouse)}, false},
      {"what is not in the file", {owned("old", kHouse)}, true},
      {"what is not in the file of what is", {owned("home/old", kHouse)}, true},
      {"another stack's", {strangers}, false},
      {"what is kept", {kept, owned("old/room", kRoom)}, false},
      {"what is kept and what is not", {kept, owned("older", kHouse)}, true},
  };
  for (const Case& test : cases) {
    INFO(test.name);
    auto town = std::make_shared<Town>();
    town->there = test.there;
    const Reads seen = refresh({wanted("home", kHouse)}, town);
    CHECK(seen.calls == (test.is_all ? "bills cars census houses rooms tyres wheels"
                                     : "bills census houses rooms"));
    CHECK(seen.live.objects.size() == test.there.size());
  }
}

TEST_CASE("what is told apart is read where the stack says or asks something of it") {
  const auto ship = [](const std::string& address, Map more) {
    more.emplace("name", address);
    return want(address, kShip, std::move(more));
  };
  struct Case {
    std::string name;
    std::vector<engine::DesiredObject> wanted;
    engine::Detail detail;
    std::string calls;
  };
  const Case cases[] = {
      {"nobody asks", {ship("a", {})}, engine::Detail::asked, "bills ships"},
      {"one declares it",
       {ship("a", {}), ship("b", {{"power", 7}})},
       engine::Detail::asked,
       "bills engines ships"},
      {"one is told it",
       {ship("a", {}), ship("b", {{"like", Reference{"a", "maker"}}})},
       engine::Detail::asked,
       "bills engines ships"},
      {"one is told what is no part of it",
       {ship("a", {}), ship("b", {{"like", Reference{"a", "name"}}})},
       engine::Detail::asked,
       "bills ships"},
      {"people ask", {ship("a", {})}, engine::Detail::whole, "bills engines ships"},
      {"all goes", {}, engine::Detail::asked, "bills engines ships"},
      {"none is wanted", {wanted("bill", kBill)}, engine::Detail::asked, "bills ships"},
  };
  for (const Case& test : cases) {
    INFO(test.name);
    auto town = std::make_shared<Town>();
    CHECK(refresh(test.wanted, town, {.types = kAtSea, .detail = test.detail}).calls == test.calls);
    CHECK(town->decoded["toy.ship"] == 1);
  }
}

TEST_CASE("where something goes, what is told apart is seen as well") {
  auto town = std::make_shared<Town>();
  town->has_sails = false;
  town->there = {owned("old", kBill), owned("ship", kShip)};
  const Reads seen = refresh({wanted("bill", kBill)}, town, {.types = kAtSea});
  CHECK(seen.calls == "bills engines ships");
  CHECK(seen.objects == "id-old id-ship");
  CHECK(town->decoded == std::map<std::string, int>{{"toy.bill", 1}, {"toy.ship", 2}});
}

TEST_CASE("listings are told what the stack file says of what they show") {
  auto town = std::make_shared<Town>();
  engine::DesiredObject lookup = wanted("lamp", kLamp);
  lookup.object.is_lookup = true;
  refresh({wanted("home", kHouse), lookup}, town);
  CHECK(town->interests["houses"] == R"(lookups {"name":"lamp"} declared {"name":"home"})");
  CHECK(town->interests["bills"] == "lookups declared");
}

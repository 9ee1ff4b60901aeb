// Listings of every native type: the first line names the type, the rest is what the cloud says.
#include <set>
#include <string>

#include "conversation.h"
#include "engine/diff.h"
#include "engine/match.h"
#include "engine/plan.h"
#include "stackctl/json.h"
#include "targets.h"

using namespace stackctl;

namespace fuzz {
namespace {

const std::string kStack = "wordpress";

/// A stack that wants one object at "web" of the type.
engine::Desired desired_with(const ResourceType& type) {
  engine::Desired desired;
  desired.stack = kStack;
  engine::DesiredObject& wanted = desired.objects.emplace_back();
  wanted.object.address = "web";
  wanted.object.type = &type;
  wanted.object.attributes = Map{{"name", "wordpress-web"}};
  wanted.resource = "web";
  return desired;
}

void check_object(const LiveObject& object, const std::string& said) {
  require(!object.id.empty(), "every object has an id");
  require(('/' + object.id + '/').find("/../") == std::string::npos, "no id climbs up a path");
  if (object.mark && object.mark->stack == kStack)
    require(said.find(kStack) != std::string::npos, "what bears our mark has it from the cloud");
  engine::referred_ids(object);
  display(object.attributes);
  const engine::SpecKey key{kStack, "web", nullptr};
  engine::diff(*object.type, object.attributes, object, key);
  differing(object.type->schema, object.attributes, object.attributes);
}

void check_plan(const engine::Plan& plan, const std::set<std::string>& ids) {
  for (const engine::Step& step : plan.steps)
    if (step.action == Action::remove)
      require(ids.contains(step.live.id), "only what was listed is removed");
}

void check_listed(const ResourceType& type, const Value& listed) {
  const std::string said = json::write(listed, json::Secrets::revealed);
  engine::Live live;
  std::set<std::string> ids;
  for (LiveObject& object : offline(type).connection->decode(type, listed, live.faults)) {
    check_object(object, said);
    require(ids.insert(object.id).second, "no object is there twice");
    live.objects.push_back({std::move(object), 0});
  }
  check_plan(engine::make_plan(desired_with(type), live), ids);
  engine::Desired nothing;
  nothing.stack = kStack;
  check_plan(engine::make_plan(nothing, live), ids);
}

/// The same text as the answer to whatever is asked for.
void check_flow(const ResourceType& type, std::string_view text) {
  const std::string_view listing = type.listing.substr(0, type.listing.find(' '));
  const auto flow = offline(type).connection->list(listing, {});
  const Next end = converse(*offline(type).connection, *flow, {reply_with(200, text)}, {}).end;
  if (const auto* failed = std::get_if<Fail>(&end))
    require(!failed->why.summary.empty(), "every fault says something");
  if (const auto* done = std::get_if<Done>(&end)) check_listed(type, done->outputs);
}

}  // namespace

void listing(std::string_view input) {
  const ResourceType& type = take_type(input);
  check_flow(type, input);
  if (const Result<Value> listed = json::parse(input)) check_listed(type, *listed);
}

}  // namespace fuzz

#include "engine/toy.h"

#include <algorithm>

#include "engine/spec.h"
#include "stackctl/text.h"

namespace toy {

const ResourceType network{
    .name = "toy.network",
    .help = "A network",
    .schema = {text("name", "Name").required().physical_name(), text("range", "Range").replaces(),
               integer("mtu", "Packet size").otherwise(1500), text("note", "Free text"),
               output("gateway", "Router address")},
    .listing = "networks",
};
const ResourceType server{
    .name = "toy.server",
    .help = "A server",
    .schema = {text("name", "Name").required().physical_name(), text("size", "Size").replaces(),
               set_of("networks", ref("", "toy.network", "Network"), "Networks"),
               text("gateway", "Told to it"), text("script", "Start script").write_only()},
    .listing = "servers",
};
const ResourceType rule{
    .name = "toy.rule",
    .help = "A rule of a network",
    .schema = {ref("network", "toy.network", "Network").required().replaces(),
               integer("port", "Port").required().replaces(),
               ref("from", "toy.network", "Where from").replaces()},
    .listing = "networks",
    .marked = Marked::parent,
    .parent = "network",
    .goes_with_parent = true,
    .key = {"port", "from"},
    .create_first = true,
};
const ResourceType port{
    .name = "toy.port",
    .help = "A port of a network",
    .schema = {ref("network", "toy.network", "Network").required().replaces(),
               text("name", "Name").required().replaces(), integer("number", "Number")},
    .listing = "networks",
    .marked = Marked::parent,
    .parent = "network",
};
const ResourceType key{
    .name = "toy.key",
    .help = "A key",
    .schema = {text("name", "Name").required(), text("text", "Key").replaces()},
    .listing = "keys",
    .marked = Marked::name,
    .key_is_unique = true,
};

std::vector<Object> snapshot_of(const LiveObject& live) {
  return {{.address = live.mark->address + "/final-snapshot",
           .type = &snapshot,
           .attributes = Map{{"name", "kept"}, {"of", live.id}}}};
}

const ResourceType disk{
    .name = "toy.disk",
    .help = "A disk",
    .schema = {text("name", "Name").required().physical_name(), integer("size", "Size"),
               text("alias", "Alias").unlisted().late(),
               ref("image", "toy.snapshot", "Its contents").uncompared(),
               output("token", "Shown once").shown_once()},
    .listing = "disks",
    .final_snapshot = snapshot_of,
};
const ResourceType snapshot{
    .name = "toy.snapshot",
    .help = "A snapshot",
    .schema = {text("name", "Name"), ref("of", "toy.disk", "Whose").replaces()},
    .listing = "snapshots",
    .takes_newest = true,
};

engine::DesiredObject want(std::string address, const ResourceType& type, Map attributes) {
  engine::DesiredObject wanted;
  wanted.resource = address.substr(0, address.find('/'));
  wanted.object.address = std::move(address);
  wanted.object.type = &type;
  wanted.object.attributes = std::move(attributes);
  for (const Reference& reference : references(wanted.object.attributes))
    if (std::ranges::find(wanted.needs, reference.target) == wanted.needs.end())
      wanted.needs.push_back(reference.target);
  wanted.declared =
      std::make_shared<const engine::Declared>(engine::Declared{.location = {"stack.yaml", 1, 1}});
  return wanted;
}

engine::BoundObject have(const std::string& address, const ResourceType& type, Map attributes,
                         Map declared) {
  LiveObject object;
  object.type = &type;
  object.id = "id-" + address;
  object.attributes = attributes;
  const bool keeps_spec = type.marked == Marked::tags;
  if (declared.empty()) declared = std::move(attributes);
  object.attributes.map()->emplace("id", object.id);
  if (&type == &network) object.attributes.map()->emplace("mtu", 1500);
  object.mark = Mark{"s", address,
                     keeps_spec ? engine::make_spec(type.schema, declared, {"s", address}) : ""};
  return {std::move(object), 0};
}

engine::BoundObject flagged(engine::BoundObject object, std::string_view flags) {
  object.object.mark->spec.insert(1, flags);
  return object;
}

engine::Desired desired(std::vector<engine::DesiredObject> objects) {
  engine::Desired desired;
  desired.stack = "s";
  desired.objects = std::move(objects);
  return desired;
}

engine::Live live(std::vector<engine::BoundObject> objects) {
  engine::Live live;
  live.objects = std::move(objects);
  return live;
}

namespace {

std::string_view word(Action action) {
  switch (action) {
    case Action::create:
      return "create";
    case Action::update:
      return "update";
    case Action::remove:
      return "remove";
    case Action::run:
      return "run";
    default:
      return "?";
  }
}

std::string_view word(engine::Cause cause) {
  switch (cause) {
    case engine::Cause::pending:
      return "pending";
    case engine::Cause::drift:
      return "drift";
    case engine::Cause::both:
      return "both";
    default:
      return "unknown";
  }
}

std::string show(const engine::Change& change) {
  return " | " + change.attribute + ": " + display(change.before) + " -> " + display(change.after) +
         (change.forces_replacement ? " replaces" : "") + " [" + std::string(word(change.cause)) +
         "]";
}

}  // namespace

std::string show(const engine::Plan& plan) {
  std::string out;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const engine::Step& step = plan.steps[i];
    out += std::to_string(i) + " " + std::string(word(step.action)) + " " + step.address;
    if (step.partner) out += " (replacement)";
    if (step.implied) out += " implied";
    for (std::size_t n = 0; n < step.needs.size(); ++n)
      out += (n == 0 ? " after " : ",") + std::to_string(step.needs[n]);
    for (const std::string& reason : step.reasons) out += " | " + reason;
    for (const engine::Change& change : step.changes) out += show(change);
    out += "\n";
  }
  for (const Diagnostic& fault : plan.faults) out += "! " + fault.summary + "\n";
  return out;
}

}  // namespace toy

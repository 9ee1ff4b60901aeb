#include "golden/made_up.h"

#include <utility>

namespace stackctl::testing {
namespace {

Location at(int line) { return {"stack.yaml", line, 5, 4}; }

}  // namespace

const ResourceType& server_type() {
  static const ResourceType kType{
      .name = "toy.server",
      .help = "A server",
      .schema = {text("name", "Its name").required().physical_name(),
                 text("image", "What it boots").required().replaces(),
                 integer("count", "How many").otherwise(1),
                 set_of("groups", ref("", "toy.group", ""), "Firewalls"),
                 map_of("labels", text("", ""), "Labels"),
                 text("user_data", "Run at the first start"),
                 text("password", "Of the user").write_only(), output("address", "Its address")},
      .listing = "servers",
      .typical = std::chrono::seconds{50}};
  return kType;
}

const ResourceType& group_type() {
  static const ResourceType kType{.name = "toy.group",
                                  .help = "A firewall",
                                  .schema = {text("name", "Its name").required()},
                                  .listing = "groups"};
  return kType;
}

const ResourceType& rule_type() {
  static const ResourceType kType{.name = "toy.rule",
                                  .help = "A rule of a firewall",
                                  .schema = {integer("port", "Port"), text("cidr", "From where")},
                                  .listing = "groups",
                                  .parent = "group",
                                  .goes_with_parent = true,
                                  .key = {"port", "cidr"}};
  return kType;
}

engine::Step create_step(std::string address, Map attributes) {
  engine::Step step;
  step.address = std::move(address);
  step.type = &server_type();
  step.desired = std::move(attributes);
  step.location = at(10);
  return step;
}

engine::Step change_step(std::string address, Map attributes, std::vector<engine::Change> changes) {
  engine::Step step = create_step(std::move(address), std::move(attributes));
  step.action = Action::update;
  step.live.type = step.type;
  step.live.id = "id-of-" + step.address;
  step.live.attributes = Map{{"id", step.live.id}};
  step.changes = std::move(changes);
  return step;
}

engine::Step remove_step(const ResourceType& type, std::string address, std::string id) {
  engine::Step step;
  step.address = std::move(address);
  step.type = &type;
  step.action = Action::remove;
  step.live.type = &type;
  step.live.id = id;
  step.live.attributes =
      Map{{"id", id}, {"name", "shop-" + step.address}, {"user_data", "password=hunter2"}};
  return step;
}

engine::Change change(std::string attribute, Value before, Value after, engine::Cause cause,
                      int line) {
  engine::Change change;
  change.attribute = std::move(attribute);
  change.before = std::move(before);
  change.after = std::move(after);
  change.cause = cause;
  if (line > 0) change.location = at(line);
  return change;
}

Value later(std::string target, std::string attribute) {
  return Reference{std::move(target), std::move(attribute)};
}

Value computed(std::string source, std::string target, std::string attribute) {
  Deferred deferred;
  deferred.arguments = {later(std::move(target), std::move(attribute))};
  deferred.compute = std::make_shared<const Deferred::Compute>(
      [](std::span<const Value> arguments) { return Result<Value>(arguments.front()); });
  deferred.source = std::move(source);
  return deferred;
}

engine::Plan plan_of(std::vector<engine::Step> steps) {
  engine::Plan plan;
  plan.stack = "shop";
  plan.steps = std::move(steps);
  plan.unchanged = 3;
  plan.objects_read = 42;
  plan.calls = 6;
  plan.took = std::chrono::milliseconds{1300};
  plan.known["net-sg"] = Map{{"id", "5c2e26fb"}, {"name", "shop-net-sg"}};
  return plan;
}

namespace {

engine::Step pool() {
  using engine::Cause;
  const std::string script =
      "#!/bin/sh\nset -eu\napt-get update\napt-get install -y nginx\n"
      "systemctl enable nginx\nsystemctl start nginx\necho done\n";
  std::string new_script = script;
  new_script.replace(new_script.find("nginx"), 5, "nginx php-fpm");
  engine::Change password = change("password", {}, Secret{"hunter2"}, Cause::pending, 19);
  password.before_unreadable = true;
  return change_step("web",
                     {{"name", "shop-web"},
                      {"image", "debian-12"},
                      {"count", 3},
                      {"groups", List{later("net-sg", "id")}},
                      {"user_data", new_script},
                      {"password", Secret{"hunter2"}}},
                     {change("count", 2, 3, Cause::pending, 14),
                      change("labels", Map{{"env", "test"}, {"team", "web"}}, {}, Cause::drift, 0),
                      change("user_data", script, new_script, Cause::both, 16), password});
}

engine::Plan with_replacement(engine::Plan plan) {
  engine::Change image = change("image", "debian-11", "debian-12", engine::Cause::pending, 31);
  image.forces_replacement = true;
  engine::Step step = change_step("db", {{"name", "shop-db"}, {"image", "debian-12"}}, {image});
  step.action = Action::create;
  engine::Step old = remove_step(server_type(), "db", "id-of-db");
  const std::size_t index = plan.steps.size();
  step.partner = index + 1;
  step.needs = {index + 1};
  old.partner = index;
  plan.steps.push_back(std::move(step));
  plan.steps.push_back(std::move(old));
  return plan;
}

}  // namespace

engine::Plan rich_plan() {
  engine::Step fresh = create_step(
      "cache", {{"name", "shop-cache"},
                {"image", "debian-12"},
                {"count", 1},
                {"groups", List{later("net-sg", "id"), later("new-sg", "id")}},
                {"labels", Map{{"url", computed("http://${db.address}/", "db", "address")}}},
                {"user_data", computed("#!/bin/sh\necho ${db.address}\n", "db", "address")},
                {"password", Secret{"hunter2"}}});
  engine::Step waiting = change_step("queue", {{"name", "shop-queue"}}, {});
  waiting.live.condition = Condition::pending;
  waiting.reasons = {"still starting: to be waited for"};
  engine::Step orphan = remove_step(group_type(), "old-sg", "77aa");
  orphan.reasons = {"it is no longer in the stack file"};
  engine::Step rule = remove_step(rule_type(), "old-sg/tcp-80", "77ab");
  rule.implied = true;
  return with_replacement(plan_of({fresh, pool(), waiting, rule, orphan}));
}

}  // namespace stackctl::testing

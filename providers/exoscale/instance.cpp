// exoscale.instance: one virtual machine that no pool manages.
#include <algorithm>

#include "marks.h"
#include "types.h"
#include "wire.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> instances;
  for_each_item(type, listed["instances"], faults, [&](const Value& item) {
    if (!item["manager"].is_null()) return;  // the member of a pool belongs to the pool
    LiveObject& instance = instances.emplace_back(decode_object(type, item));
    take_mark_from_labels(instance);
    instance.attributes.map()->insert_or_assign("running", instance.state != "stopped");
  });
  return instances;
}

bool is_wanted_running(const Value& desired) { return !(desired["running"] == Value(false)); }

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  body.erase("running");
  if (!is_wanted_running(work.desired)) body.emplace("auto-start", false);
  return api.create("create-instance", "/instance", std::move(body));
}

/// Groups are put on and taken off one by one; on first, so that traffic is never cut between.
void change_groups(const Api& api, const Value& desired, const LiveObject& live,
                   std::vector<Call>& calls) {
  const auto call = [&](const Value& group, const std::string& verb) {
    if (group.text() == nullptr) return;
    calls.push_back(
        api.put(verb + (verb == "attach" ? "-instance-to" : "-instance-from") + "-security-group",
                path_to("/security-group", *group.text()) + ':' + verb,
                Map{{"instance", Map{{"id", live.id}}}}));
  };
  const auto has = [](const Value& groups, const Value& group) {
    return std::ranges::find(groups.items(), group) != groups.items().end();
  };
  const Value& wanted = desired["security-groups"];
  const Value& worn = live.attributes["security-groups"];
  for (const Value& group : wanted.items())
    if (!has(worn, group)) call(group, "attach");
  for (const Value& group : worn.items())
    if (!has(wanted, group)) call(group, "detach");
}

/// Size and disk change only while it is stopped.
void change_power(const Api& api, const Work& work, const LiveObject& live,
                  std::vector<Call>& calls) {
  const auto is_changed = [&](std::string_view name) {
    return std::ranges::find(work.changed, name) != work.changed.end();
  };
  const std::string path = path_to("/instance", live.id);
  const bool is_stopped_only = is_changed("instance-type") || is_changed("disk-size");
  const bool is_wanted = is_wanted_running(work.desired);
  bool is_running = live.state != "stopped";
  if (is_running && (is_stopped_only || !is_wanted)) {
    calls.push_back(api.put("stop-instance", path + ":stop"));
    is_running = false;
  }
  if (is_changed("instance-type"))
    calls.push_back(api.put("scale-instance", path + ":scale",
                            encode_these(*work.type, work.desired, {"instance-type"})));
  if (is_changed("disk-size"))
    calls.push_back(api.put("resize-instance-disk", path + ":resize-disk",
                            encode_these(*work.type, work.desired, {"disk-size"})));
  if (!is_running && is_wanted) calls.push_back(api.put("start-instance", path + ":start", Map{}));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  std::vector<std::string> in_place;
  bool has_mark = false;
  for (const std::string& name : work.changed) {
    if (name == "security-groups") change_groups(api, work.desired, live, calls);
    if (name == "name" || name == "user-data") in_place.push_back(name);
    has_mark = has_mark || name == kMark || name == "labels";
  }
  change_power(api, work, live, calls);
  if (!has_mark && in_place.empty()) return calls;
  Map body = encode_these(*work.type, work.desired, in_place);
  body.emplace("labels", with_mark(work.desired["labels"], work.mark));
  calls.push_back(api.put("update-instance", path_to("/instance", live.id), std::move(body)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-instance", path_to("/instance", live.id))};
}

}  // namespace

extern const Type instance{
    .resource =
        {
            .name = "exoscale.instance",
            .help = "A virtual machine.",
            .schema =
                {
                    text("name", "Host name").required().physical_name(),
                    ref("template", "exoscale.template", "What it boots from")
                        .required()
                        .replaces(),
                    ref("instance-type", "exoscale.instance_type", "Processors and memory")
                        .required(),
                    integer("disk-size", "GiB; it can only grow").required().unlisted(),
                    set_of("security-groups", ref("group", "exoscale.security_group", "A group"),
                           "Firewalls around it"),
                    set_of("anti-affinity-groups",
                           ref("group", "exoscale.anti_affinity_group", "A group"),
                           "It runs on another host than the other members")
                        .replaces()
                        .unlisted(),
                    set_of("ssh-keys", ref("key", "exoscale.ssh_key", "A key"), "Who may log in")
                        .replaces(),
                    user_data().unlisted(),
                    text("public-ip-assignment", "Its addresses on the internet")
                        .otherwise("inet4")
                        .one_of({"inet4", "dual", "none"})
                        .replaces(),
                    ref("deploy-target", "exoscale.deploy_target", "Dedicated hosts to run on")
                        .replaces()
                        .unlisted(),
                    boolean("running", "Whether it is powered on").otherwise(true),
                    map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
                    output("id", "Identifier"),
                    output("public-ip", "Public IPv4 address"),
                    output("ipv6-address", "Public IPv6 address"),
                    output("state", "What the cloud says of it"),
                },
            .listing = "/instance",
            .typical = std::chrono::seconds{30},
            .typical_removal = std::chrono::seconds{15},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale

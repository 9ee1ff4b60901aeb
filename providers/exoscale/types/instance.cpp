// exoscale.instance: one virtual machine that no pool manages.
#include <algorithm>

#include "attachments.h"
#include "builder.h"
#include "exoscale/api/details.h"
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> instances;
  for_each_item(type, listed["instances"], faults, [&](const Value& item) {
    if (!item["manager"].is_null()) return;  // the member of a pool belongs to the pool
    LiveObject instance = decode_object(type, item);
    take_mark_from_labels(instance);
    if (is_builder(instance)) return;
    instance.attributes.map()->insert_or_assign("running", instance.state != "stopped");
    take_networks(instance, item, listed);
    details::take(instance, item, listed);
    instances.push_back(std::move(instance));
  });
  return instances;
}

bool is_wanted_running(const Value& desired) { return !(desired["running"] == Value(false)); }

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("labels", details::labels(work, work.mark));
  body.erase("running");
  body.erase("private-networks");
  if (!is_wanted_running(work.desired)) body.emplace("auto-start", false);
  return api.create("create-instance", "/instance", std::move(body));
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
    calls.push_back(api.act("stop-instance", path + ":stop"));
    is_running = false;
  }
  if (is_changed("instance-type"))
    calls.push_back(api.act("scale-instance", path + ":scale",
                            encode_these(*work.type, work.desired, {"instance-type"})));
  if (is_changed("disk-size"))
    calls.push_back(api.act("resize-instance-disk", path + ":resize-disk",
                            encode_these(*work.type, work.desired, {"disk-size"})));
  if (!is_running && is_wanted) calls.push_back(api.act("start-instance", path + ":start", Map{}));
}

/// The mark, and with it all that is no call of its own.
Call relabel(const Api& api, const LiveObject& live, Map body, Value labels) {
  body.insert_or_assign("labels", std::move(labels));
  return api.put("update-instance", path_to("/instance", live.id), std::move(body));
}

/// The mark comes last: it says that all else is done.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  std::vector<std::string> in_place;
  bool has_mark = false;
  if (details::is_news(work, live))
    calls.push_back(relabel(api, live, {}, details::announcement(work, live)));
  for (const std::string& name : work.changed) {
    if (name == "security-groups" || name == "elastic-ips")
      change_memberships(api, name, work, live, calls);
    if (name == "private-networks") change_networks(api, work, live, calls);
    if (name == "reverse-dns") details::change_reverse_dns(api, "instance", work, live, calls);
    if (name == "name" || name == "user-data") in_place.push_back(name);
    has_mark = has_mark || name == kMark || name == "labels";
  }
  change_power(api, work, live, calls);
  if (has_mark || !in_place.empty())
    calls.push_back(relabel(api, live, encode_these(*work.type, work.desired, in_place),
                            details::labels(work, work.mark)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-instance", path_to("/instance", live.id))};
}

Attribute groups(std::string_view name, std::string_view target, std::string_view help) {
  return set_of(name, ref("item", target, "Identifier"), help);
}

Schema schema() {
  return {
      text("name", "Host name").required().physical_name(),
      ref("template", "exoscale.template", "What it boots from").required().replaces(),
      ref("instance-type", "exoscale.instance_type", "Processors and memory").required(),
      integer("disk-size", "GiB; it can only grow").required().unlisted(),
      groups("security-groups", "exoscale.security_group", "Firewalls around it"),
      groups("anti-affinity-groups", "exoscale.anti_affinity_group",
             "It runs on another host than the other members")
          .replaces()
          .unlisted(),
      private_networks(),
      groups("elastic-ips", "exoscale.elastic_ip", "Addresses that it has beside its own")
          .unlisted()
          .late(),
      details::reverse_dns(),
      groups("ssh-keys", "exoscale.ssh_key", "Who may log in").replaces(),
      user_data().unlisted(),
      text("public-ip-assignment", "Its addresses on the internet")
          .otherwise("inet4")
          .one_of({"inet4", "dual", "none"})
          .replaces(),
      ref("deploy-target", "exoscale.deploy_target", "Dedicated hosts to run on")
          .replaces()
          .unlisted(),
      boolean("secureboot-enabled", "Whether it boots only what is signed").replaces().unlisted(),
      boolean("tpm-enabled", "Whether it has a trusted platform module").replaces().unlisted(),
      boolean("running", "Whether it is powered on").otherwise(true),
      map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
      output("id", "Identifier"),
      output("public-ip", "Public IPv4 address"),
      output("ipv6-address", "Public IPv6 address"),
      output("state", "What the cloud says of it"),
  };
}

}  // namespace

extern const Type instance{
    .resource =
        {
            .name = "exoscale.instance",
            .help = "A virtual machine.",
            .schema = schema(),
            .listing = "/instance /private-network",
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

// exoscale.instance_pool: like instances, as many as its size.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "pool_members.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// An update clears those of them that it leaves out.
constexpr std::array<std::string_view, 6> kCleared = {"anti-affinity-groups", "deploy-target",
                                                      "elastic-ips",          "private-networks",
                                                      "security-groups",      "ssh-keys"};

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> pools;
  for_each_item(type, listed["instance-pools"], faults, [&](const Value& item) {
    if (!item["manager"].is_null()) return;  // the nodes of a cluster belong to their node pool
    LiveObject& pool = pools.emplace_back(decode_object(type, item));
    take_mark_from_labels(pool);
    take_members(pool, item, listed);
  });
  return pools;
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  body.insert_or_assign("instance-prefix", member_prefix(work));
  body.erase("stale-members");
  // A new pool cannot be empty; it is scaled down to zero afterwards.
  if (work.desired["size"] == Value(0)) body.insert_or_assign("size", 1);
  return api.create("create-instance-pool", "/instance-pool", std::move(body));
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// The settings of `names`, and of what the call would clear: as declared, else as it is.
Call settings(const Api& api, const Work& work, const LiveObject& live,
              const std::vector<std::string>& names) {
  Map body = encode_these(*work.type, work.desired, names);
  for (const std::string_view name : kCleared) {
    const Value& declared = work.desired[name];
    const bool is_kept = declared.is_null() && !holds(work.changed, name);
    const Attribute& attribute = *find(work.type->schema, name);
    const Value& value = is_kept ? live.attributes[name] : declared;
    if (!value.is_null())
      body.insert_or_assign(std::string(name), encode(attribute, value));
    else if (name != "deploy-target")
      body.insert_or_assign(std::string(name), List{});
  }
  if (std::ranges::any_of(names, shapes_members))
    body.insert_or_assign("instance-prefix", member_prefix(work));
  if (holds(names, "labels"))
    body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return api.put("update-instance-pool", path_to("/instance-pool", live.id), std::move(body));
}

Call carry_out(const Api& api, const LiveObject& live, Move move) {
  const std::string path = path_to("/instance-pool", live.id);
  if (move.evicted.empty())
    return api.put("scale-instance-pool", path + ":scale", Map{{"size", move.size}});
  return api.put("evict-instance-pool-members", path + ":evict",
                 Map{{"instances", std::move(move.evicted)}});
}

/// The settings first, so that new members get the new ones, and with them the mark: what it
/// forgets, the members themselves show. Then one move after the other.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<std::string> names;
  for (const std::string& name : work.changed)
    if (name != kMark && name != "labels" && name != "size" && name != "stale-members")
      names.push_back(name);
  std::vector<Call> calls;
  if (holds(names, "user-data") && work.desired["user-data"].is_null())
    calls.push_back(
        api.remove("reset-instance-pool-field", path_to("/instance-pool", live.id) + "/user-data"));
  if (holds(work.changed, kMark) || holds(work.changed, "labels")) names.emplace_back("labels");
  if (!names.empty()) calls.push_back(settings(api, work, live, names));
  if (std::ranges::any_of(names, shapes_members)) return calls;
  if (std::optional<Move> move = next_move(work, live))
    calls.push_back(carry_out(api, live, *std::move(move)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-instance-pool", path_to("/instance-pool", live.id))};
}

Schema schema() {
  return {
      text("name", "Shown in the console").required().physical_name(),
      text("description", "Shown in the console").otherwise(""),
      integer("size", "How many members").required().check(check::not_negative),
      ref("instance-type", "exoscale.instance_type", "Processors and memory").required(),
      ref("template", "exoscale.template", "What members boot from").required(),
      integer("disk-size", "GiB").required(),
      integer("min-available", "Members that stay up during maintenance").otherwise(0),
      instance_prefix("What members' names begin with"),
      set_of("ssh-keys", ref("key", "exoscale.ssh_key", "A key"), "Who may log in"),
      set_of("security-groups", ref("group", "exoscale.security_group", "A group"),
             "Firewalls around the members"),
      set_of("anti-affinity-groups", ref("group", "exoscale.anti_affinity_group", "A group"),
             "Members run on different hosts"),
      set_of("private-networks", ref("network", "exoscale.private_network", "A network"),
             "Networks of the members"),
      set_of("elastic-ips", ref("address", "exoscale.elastic_ip", "An address"),
             "Addresses of the members"),
      ref("deploy-target", "exoscale.deploy_target", "Dedicated hosts to run on"),
      user_data(),
      text("public-ip-assignment", "Addresses of the members on the internet")
          .otherwise("inet4")
          .one_of({"inet4", "dual", "none"})
          .replaces(),
      map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
      text("update-strategy", "What becomes of members with old settings")
          .one_of({"rolling", "manual"})
          .uncompared(),
      integer("update-batch", "Members replaced at once").check(check::positive).uncompared(),
      text("update-wait", "When a new member stands for an old one")
          .one_of({"health", "running"})
          .uncompared(),
      integer("stale-members", "Members that run with old settings"),
      output("members", "The instances of the pool", stackctl::Type::list),
      output("addresses", "Public IPv4 addresses of the members", stackctl::Type::list),
      output("id", "Identifier"),
      output("state", "What the cloud says of it"),
  };
}

}  // namespace

extern const Type instance_pool{
    .resource =
        {
            .name = "exoscale.instance_pool",
            .help = "Like instances, as many as wanted.",
            .schema = schema(),
            .listing = "/instance-pool /instance /load-balancer",
            .typical = std::chrono::seconds{30},
            .typical_removal = std::chrono::seconds{30},
            .timeout = std::chrono::minutes{60},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .awaits = awaited_members,
};

}  // namespace stackctl::exoscale

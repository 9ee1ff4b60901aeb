// exoscale.sks_nodepool: like nodes of a cluster. Its labels are those of the nodes, so its
// description keeps the spec of the mark.
#include <algorithm>
#include <optional>
#include <utility>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "pool_members.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// The instance pool behind it, as far as it tells old nodes from new ones: which image is the
/// newest is the cloud's affair.
Value instance_pool_of(const Value& item) {
  return Map{{"id", item["instance-pool"]["id"]},
             {"instance-prefix", item["instance-prefix"]},
             {"instance-type", item["instance-type"]}};
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_clusters;
  const std::vector<LiveObject> clusters =
      sks_cluster.decode(sks_cluster.resource, listed, told_with_the_clusters);
  return decode_parts(type, listed["sks-clusters"], "nodepools", clusters, faults,
                      [&listed](LiveObject& pool, const Value& item, const LiveObject& cluster) {
                        take_spec_from_description(pool, item, cluster);
                        take_members(pool, instance_pool_of(item), listed);
                      });
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("description", spec_text(work.mark));
  body.insert_or_assign("instance-prefix", member_prefix(work));
  body.erase("stale-members");
  // A new pool cannot be empty; it is scaled down to zero afterwards.
  if (work.desired["size"] == Value(0)) body.insert_or_assign("size", 1);
  return api.create("create-sks-nodepool",
                    path_to("/sks-cluster", work.desired.text_at("cluster")) + "/nodepool",
                    std::move(body));
}

/// The settings of `names` and the mark.
Call settings(const Api& api, const Work& work, const std::string& path,
              const std::vector<std::string>& names) {
  Map body = encode_these(*work.type, work.desired, names);
  if (std::ranges::any_of(names, shapes_members))
    body.insert_or_assign("instance-prefix", member_prefix(work));
  body.insert_or_assign("description", spec_text(work.mark));
  return api.act("update-sks-nodepool", path, std::move(body));
}

Call carry_out(const Api& api, const std::string& path, Move move) {
  if (move.evicted.empty())
    return api.act("scale-sks-nodepool", path + ":scale", Map{{"size", move.size}});
  return api.act("evict-sks-nodepool-members", path + ":evict",
                 Map{{"instances", std::move(move.evicted)}});
}

/// The settings first, so that new nodes get the new ones; then one move after the other.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const std::string path = path_to("/sks-cluster", live.id, "/nodepool");
  bool has_mark = false;
  std::vector<std::string> names;
  for (const std::string& name : work.changed)
    if (name == kMark)
      has_mark = true;
    else if (name != "size" && name != "stale-members")
      names.push_back(name);
  std::vector<Call> calls;
  if (has_mark || !names.empty()) calls.push_back(settings(api, work, path, names));
  if (std::ranges::any_of(names, shapes_members)) return calls;
  if (std::optional<Move> move = next_move(work, live))
    calls.push_back(carry_out(api, path, *std::move(move)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-sks-nodepool", path_to("/sks-cluster", live.id, "/nodepool"))};
}

Attribute taints() {
  return map_of("taints",
                object("taint", "What keeps pods away",
                       {text("value", "Value").required(),
                        text("effect", "What happens to pods that do not tolerate it")
                            .required()
                            .one_of({"NoExecute", "NoSchedule", "PreferNoSchedule"})}),
                "What keeps pods away, by key")
      .otherwise(Map{});
}

Schema schema() {
  return {
      ref("cluster", "exoscale.sks_cluster", "What it is part of").required().replaces(),
      text("name", "Unique in the cluster").required().replaces(),
      integer("size", "How many nodes").required().check(check::not_negative),
      ref("instance-type", "exoscale.instance_type", "Processors and memory").required(),
      integer("disk-size", "GiB").required(),
      instance_prefix("What nodes' names begin with"),
      set_of("security-groups", ref("group", "exoscale.security_group", "A group"),
             "Firewalls around the nodes")
          .otherwise(List{}),
      set_of("anti-affinity-groups", ref("group", "exoscale.anti_affinity_group", "A group"),
             "Nodes run on different hosts")
          .otherwise(List{}),
      set_of("private-networks", ref("network", "exoscale.private_network", "A network"),
             "Networks of the nodes")
          .otherwise(List{}),
      map_of("labels", text("value", "Value"), "Labels of the nodes in Kubernetes")
          .otherwise(Map{}),
      taints(),
      text("update-strategy", "What becomes of nodes with old settings")
          .one_of({"rolling", "manual"})
          .uncompared(),
      integer("update-batch", "Nodes replaced at once").check(check::positive).uncompared(),
      integer("stale-members", "Nodes that run with old settings"),
      output("members", "The instances of the pool", stackctl::Type::list),
      output("addresses", "Public IPv4 addresses of the nodes", stackctl::Type::list),
      output("id", "Identifiers of cluster and pool"),
      output("version", "Of Kubernetes on the nodes"),
      output("state", "What the cloud says of it"),
  };
}

}  // namespace

extern const Type sks_nodepool{
    .resource =
        {
            .name = "exoscale.sks_nodepool",
            .help = "Like nodes of a managed Kubernetes.",
            .schema = schema(),
            .listing = "/sks-cluster /instance",
            .marked = Marked::parent,
            .carrier = "its parent; the spec in its description",
            .parent = "cluster",
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::minutes{1},
            .timeout = std::chrono::minutes{60},
            .rank = 5,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .awaits = awaited_members,
};

}  // namespace stackctl::exoscale

// exoscale.sks_nodepool: like nodes of a cluster. Its labels are those of the nodes, so its
// description keeps the spec of the mark.
#include <algorithm>

#include "marks.h"
#include "types.h"
#include "wire.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_clusters;
  const std::vector<LiveObject> clusters =
      sks_cluster.decode(sks_cluster.resource, listed, told_with_the_clusters);
  return decode_parts(type, listed["sks-clusters"], "nodepools", clusters, faults,
                      take_spec_from_description);
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("description", spec_text(work.mark));
  return api.create("create-sks-nodepool",
                    path_to("/sks-cluster", work.desired.text_at("cluster")) + "/nodepool",
                    std::move(body));
}

/// Settings, then the size, so that new nodes get the new settings; the mark last.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const std::string path = path_to("/sks-cluster", live.id, "/nodepool");
  const auto put = [&](Map body) { return api.act("update-sks-nodepool", path, std::move(body)); };
  const Map mark{{"description", spec_text(work.mark)}};
  Map body = encode_these(*work.type, work.desired, work.changed);
  const bool is_scaled = body.erase("size") != 0;
  if (!is_scaled) {
    body.insert(mark.begin(), mark.end());
    return {put(std::move(body))};
  }
  std::vector<Call> calls;
  if (!body.empty()) calls.push_back(put(std::move(body)));
  calls.push_back(api.act("scale-sks-nodepool", path + ":scale",
                          encode_these(*work.type, work.desired, {"size"})));
  calls.push_back(put(mark));
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
      text("instance-prefix", "What nodes' names begin with").otherwise("pool"),
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
            .listing = "/sks-cluster",
            .marked = Marked::parent,
            .carrier = "its parent; the spec in its description",
            .parent = "cluster",
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::minutes{1},
            .rank = 5,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale

#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

Attribute taint() {
  return object("taint", "What keeps pods away",
                {
                    text("key", "Its name").required().check(check::not_empty),
                    text("value", "Its value").required().check(check::not_empty),
                    text("effect", "What happens to pods that do not tolerate it")
                        .otherwise("NoSchedule")
                        .one_of({"NoExecute", "NoSchedule", "PreferNoSchedule"}),
                });
}

Attribute node_pool() {
  constexpr int default_disk = 50;
  return object(
      "pool", "Like nodes",
      {
          text("name", "Unique in the cluster").required().check(check::not_empty),
          text("size", "Processors and memory, in the cloud's words: medium, cpu.large")
              .required()
              .check(check::not_empty),
          integer("count", "How many nodes").required().check(check::not_negative),
          integer("disk", "Size of the system disk in GiB")
              .otherwise(default_disk)
              .check(check::positive),
          set_of("security_groups", ref("group", "security_group", "A security group"),
                 "Firewalls around the nodes"),
          set_of("affinity_groups", ref("group", "affinity_group", "An affinity group"),
                 "Nodes run on different hosts"),
          set_of("networks", ref("network", "network", "A network"), "Networks of the nodes"),
          map_of("labels", text("value", "Value of the label"),
                 "Labels of the nodes in Kubernetes"),
          set_of("taints", taint(), "What keeps pods away"),
          object("update", "What becomes of nodes when size, disk, groups or networks change",
                 {
                     text("strategy",
                          "rolling: they are replaced one after the other, undrained; manual: new "
                          "settings reach new nodes only")
                         .otherwise("rolling")
                         .one_of({"rolling", "manual"}),
                     integer("batch", "How many are replaced at once")
                         .otherwise(1)
                         .check(check::positive),
                 })
              .otherwise(Map{{"strategy", "rolling"}}),
      });
}

}  // namespace

extern const Kind kubernetes_cluster{
    .name = "kubernetes_cluster",
    .help = "A managed Kubernetes with pools of nodes.",
    .schema =
        {
            text("description", "For people").otherwise(""),
            text("version", "Of Kubernetes, or what it begins with: 1.33")
                .required()
                .check(check::not_empty),
            text("level", "What the cloud guarantees")
                .otherwise("starter")
                .one_of({"starter", "pro"}),
            text("cni", "Network between the pods")
                .otherwise("calico")
                .one_of({"calico", "cilium"}),
            set_of("addons", text("addon", "In the cloud's words: metrics-server"),
                   "What the cloud adds to it"),
            boolean("auto_upgrade", "Whether the cloud brings it up to date").otherwise(false),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            list_of("node_pools", node_pool(), "Its nodes; the order is of no importance"),
            output("id", "Identifier in the cloud"),
            output("endpoint", "URL of its API"),
            output("state", "What the cloud says of it: running, upgrading"),
        },
};

}  // namespace stackctl::kinds

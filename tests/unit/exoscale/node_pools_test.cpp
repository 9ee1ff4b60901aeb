// Kubernetes clusters and their node pools: what is read, and which calls create and change.
#include "unit/exoscale/services_support.h"

using namespace stackctl;
using namespace exoscale_test;

TEST_CASE("exoscale services: Kubernetes clusters and their nodes") {
  const std::string all =
      R"({"sks-clusters":[{"id":"c1","name":"wp-k","version":"1.33.2","level":"pro",
      "state":"upgrading","labels":{"stackctl:stack":"wp","stackctl:address":"k","stackctl:spec":"1.a"},
      "nodepools":[{"id":"n1","name":"main","size":2,"description":"stackctl:1.b","state":"scaling",
        "instance-prefix":"pool-g1a2b3c","instance-type":{"id":"t1"},"instance-pool":{"id":"p1"},
        "template":{"id":"m1"},"taints":{"gpu":{"value":"yes","effect":"NoSchedule"}}}]}],
      "instances":[
        {"id":"a","name":"pool-g1a2b3c-x","state":"running","public-ip":"192.0.2.1","manager":{"id":"p1"},
          "instance-type":{"id":"t1"},"template":{"id":"m2"}},
        {"id":"b","name":"pool-x","state":"running","manager":{"id":"p1"}},
        {"id":"c","name":"theirs","state":"running"}]})";
  CHECK(
      decoded(exoscale::sks_cluster, all) ==
      Texts{
          R"(c1 pending wp/k 1.a {"addons":[],"auto-upgrade":false,"cni":"calico","description":"","feature-gates":[],"id":"c1","labels":{},"level":"pro","name":"wp-k","state":"upgrading","version":"1.33.2"})"});
  CHECK(
      decoded(exoscale::sks_nodepool, all) ==
      Texts{
          R"(c1/n1 pending wp/k/main 1.b {"addresses":["192.0.2.1"],"anti-affinity-groups":[],"cluster":"c1","id":"c1/n1","instance-prefix":"pool","instance-type":"t1","labels":{},"members":[{"address":"192.0.2.1","healthy":true,"id":"a","name":"pool-g1a2b3c-x","stale":false,"state":"running"},{"address":null,"healthy":true,"id":"b","name":"pool-x","stale":true,"state":"running"}],"name":"main","private-networks":[],"security-groups":[],"size":2,"stale-members":1,"state":"scaling","taints":{"gpu":{"effect":"NoSchedule","value":"yes"}}})"});
  const LiveObject cluster = object_of(exoscale::sks_cluster, "c1", "{}");
  const std::string desired = R"({"version":"1.34","level":"pro","addons":["metrics-server"]})";
  CHECK(updated(exoscale::sks_cluster, desired, {"version", "level", "addons"}, cluster) ==
        Texts{"PUT /sks-cluster/c1/upgrade-service-level",
              R"(PUT /sks-cluster/c1/upgrade {"version":"1.34"})",
              R"(PUT /sks-cluster/c1 {"addons":["metrics-server"],)" + kMarkLabels + "}"});
  CHECK(updated(exoscale::sks_cluster, R"({"level":"starter"})", {"level"}, cluster).empty());
}

TEST_CASE("exoscale services: node pools of Kubernetes replace their nodes") {
  // For ever: another digest of the same settings replaces the nodes of every pool.
  CHECK(
      created(exoscale::sks_nodepool,
              R"({"cluster":"c1","name":"main","size":0,"disk-size":60,"stale-members":0})") ==
      R"(POST /sks-cluster/c1/nodepool {"description":"stackctl:1.spec","disk-size":60,"instance-prefix":"pool-g536a5d","name":"main","size":1})");
  const auto pool = [](const std::string& attributes) {
    return object_of(exoscale::sks_nodepool, "c1/n1", attributes);
  };
  const std::string desired =
      R"({"size":1,"disk-size":60,"stale-members":0,"update-strategy":"rolling"})";
  const std::string old = R"({"id":"a","state":"running","stale":true,"healthy":true})";
  const std::string fresh = R"({"id":"b","state":"running","stale":false,"healthy":true})";
  const std::string booting = R"({"id":"b","state":"starting","stale":false})";
  const std::vector<std::string> members = {"stale-members"};
  CHECK(
      updated(exoscale::sks_nodepool, desired, {"size", "disk-size", std::string(kMark)},
              pool("{}")) ==
      Texts{
          R"(PUT /sks-cluster/c1/nodepool/n1 {"description":"stackctl:1.spec","disk-size":60,"instance-prefix":"pool-g536a5d"})"});
  CHECK(updated(exoscale::sks_nodepool, desired, members,
                pool(R"({"size":1,"members":[)" + old + "]}")) ==
        Texts{R"(PUT /sks-cluster/c1/nodepool/n1:scale {"size":2})"});
  CHECK(updated(exoscale::sks_nodepool, desired, members,
                pool(R"({"size":2,"members":[)" + old + ',' + booting + "]}"))
            .empty());
  CHECK(exoscale::sks_nodepool.awaits(work_on(exoscale::sks_nodepool, desired),
                                      pool(R"({"size":2,"members":[)" + old + ',' + booting +
                                           "]}")) == "1 new member to run");
  CHECK(updated(exoscale::sks_nodepool, desired, members,
                pool(R"({"size":2,"members":[)" + old + ',' + fresh + "]}")) ==
        Texts{R"(PUT /sks-cluster/c1/nodepool/n1:evict {"instances":["a"]})"});
  CHECK(updated(exoscale::sks_nodepool, R"({"size":3})", {"size", std::string(kMark)},
                pool(R"({"size":1,"members":[)" + old + "]}")) ==
        Texts{R"(PUT /sks-cluster/c1/nodepool/n1 {"description":"stackctl:1.spec"})",
              R"(PUT /sks-cluster/c1/nodepool/n1:scale {"size":3})"});
  CHECK(updated(exoscale::sks_nodepool, R"({"size":1})", {"labels"}, pool(R"({"size":1})")) ==
        Texts{R"(PUT /sks-cluster/c1/nodepool/n1 {"description":"stackctl:1.spec","labels":{}})"});
}

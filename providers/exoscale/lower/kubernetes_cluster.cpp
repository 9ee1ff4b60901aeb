#include <algorithm>
#include <set>

#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

Value taints_of(const Value& given) {
  if (given.is_null()) return {};
  Map taints;
  for (const Value& taint : given.items())
    taints.insert_or_assign(std::string(taint.text_at("key")),
                            Map{{"value", taint["value"]}, {"effect", taint["effect"]}});
  return taints;
}

/// One of the `node_pools`.
struct NodePool {
  const Value& entry;
  std::string path;
  Lowered& lowered;

  void check() const {
    constexpr std::int64_t smallest_disk = 20;
    constexpr std::int64_t biggest_disk = 51200;
    const std::int64_t* disk = entry["disk"].integer();
    if (disk != nullptr && (*disk < smallest_disk || *disk > biggest_disk))
      lowered.faults.push_back(
          fault_at(path + ".disk", "'disk' must be from 20 to 51200 GiB on Exoscale"));
    if (entry["name"].text() == nullptr)
      lowered.faults.push_back(
          fault_at(path + ".name", "names must be known before anything is made"));
  }

  Value look_up_size(const std::string& pool) const {
    const Value& size = entry["size"];
    if (size.text() == nullptr) return size;
    const bool is_id = is_uuid(*size.text());
    const bool is_full = is_id || size.text()->find('.') != std::string::npos;
    Draft lookup(pool + "-size", instance_type.resource);
    lookup.object.is_lookup = true;
    lookup.set(is_id ? "id" : "name", is_full ? *size.text() : "standard." + *size.text(),
               path + ".size");
    lowered.objects.push_back(std::move(lookup).finish());
    return refer(pool + "-size");
  }

  void lower(const std::string& cluster) const {
    check();
    const std::string address = cluster + '/' + std::string(entry.text_at("name"));
    Draft pool(address, sks_nodepool.resource);
    pool.set("cluster", refer(cluster), path);
    pool.set("name", entry["name"], path + ".name");
    pool.set("size", entry["count"], path + ".count");
    pool.set("instance-type", look_up_size(address), path + ".size");
    pool.set("disk-size", entry["disk"], path + ".disk");
    pool.set("security-groups", entry["security_groups"], path + ".security_groups");
    pool.set("anti-affinity-groups", entry["affinity_groups"], path + ".affinity_groups");
    pool.set("private-networks", entry["networks"], path + ".networks");
    pool.set("labels", entry["labels"], path + ".labels");
    pool.set("taints", taints_of(entry["taints"]), path + ".taints");
    const Value& update = entry["update"];
    pool.set("update-strategy", update["strategy"], path + ".update.strategy");
    pool.set("update-batch", update["batch"], path + ".update.batch");
    if (update.text_at("strategy") == "rolling") pool.set("stale-members", 0, path + ".update");
    lowered.objects.push_back(std::move(pool).finish());
  }
};

/// "1.34" becomes the newest release of it.
void look_up_release(Draft& cluster, const Value& version, Lowered& lowered) {
  constexpr std::ptrdiff_t dots_of_release = 2;
  if (version.text() == nullptr || std::ranges::count(*version.text(), '.') >= dots_of_release)
    return;
  Draft lookup(cluster.object.address + "/version", sks_version.resource);
  lookup.object.is_lookup = true;
  lookup.set("name", version, "version");
  cluster.set("release", refer(lookup.object.address, "name"), "version");
  lowered.objects.push_back(std::move(lookup).finish());
}

}  // namespace

Lowered lower_kubernetes_cluster(const Declaration& declaration, const LoweringContext& context) {
  const Value& given = declaration.attributes;
  Lowered lowered;
  Draft cluster(declaration.address, sks_cluster.resource);
  cluster.set("name", context.physical_name(declaration.address));
  for (const std::string_view name : {"description", "version", "level", "cni", "addons", "labels"})
    cluster.set(name, given[name]);
  cluster.set("auto-upgrade", given["auto_upgrade"], "auto_upgrade");
  look_up_release(cluster, given["version"], lowered);
  set_native(cluster, declaration, {"feature-gates"}, lowered.faults);
  lowered.objects.insert(lowered.objects.begin(), std::move(cluster).finish());
  std::set<std::string_view> names;
  std::size_t index = 0;
  for (const Value& entry : given["node_pools"].items()) {
    const std::string path = "node_pools[" + std::to_string(index++) + ']';
    if (names.insert(entry.text_at("name")).second)
      NodePool{entry, path, lowered}.lower(declaration.address);
    else
      lowered.faults.push_back(fault_at(path + ".name", "two node pools of the same name"));
  }
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"endpoint", refer(declaration.address, "endpoint")},
                     {"version", refer(declaration.address, "version")},
                     {"state", refer(declaration.address, "state")}};
  return lowered;
}

}  // namespace stackctl::exoscale

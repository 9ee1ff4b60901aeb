// exoscale.sks_cluster: a managed Kubernetes; its nodes are exoscale.sks_nodepool.
#include <algorithm>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> clusters;
  for_each_item(type, listed["sks-clusters"], faults, [&](const Value& item) {
    take_mark_from_labels(clusters.emplace_back(decode_object(type, item)));
  });
  return clusters;
}

/// Calls need a whole version: "1.34.4" where "1.34" is declared.
Value release_of(const Value& desired) {
  return desired["release"].is_null() ? desired["version"] : desired["release"];
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("version", release_of(work.desired));
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return api.create("create-sks-cluster", "/sks-cluster", std::move(body));
}

/// Version and level have calls of their own; the mark comes last.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const std::string path = path_to("/sks-cluster", live.id);
  const auto is_changed = [&](std::string_view name) {
    return std::ranges::find(work.changed, name) != work.changed.end();
  };
  std::vector<Call> calls;
  if (is_changed("level") && work.desired.text_at("level") == "pro")
    calls.push_back(api.act("upgrade-sks-cluster-service-level", path + "/upgrade-service-level"));
  if (is_changed("version"))
    calls.push_back(api.act("upgrade-sks-cluster", path + "/upgrade",
                            Map{{"version", release_of(work.desired)}}));
  Map body = encode_these(*work.type, work.desired, work.changed);
  for (const char* own : {"level", "version"}) body.erase(own);
  if (body.empty() && !is_changed(kMark)) return calls;
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  calls.push_back(api.put("update-sks-cluster", path, std::move(body)));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-sks-cluster", path_to("/sks-cluster", live.id))};
}

Schema schema() {
  return {
      text("name", "Shown in the console").required().physical_name(),
      text("description", "Shown in the console").otherwise(""),
      text("version", "Of Kubernetes, or what it begins with")
          .required()
          .satisfied_by(is_version_of),
      text("release", "The whole version, where only its beginning is declared").uncompared(),
      text("level", "What the cloud guarantees").required().one_of({"starter", "pro"}),
      text("cni", "Network between the pods")
          .otherwise("calico")
          .one_of({"calico", "cilium"})
          .replaces(),
      set_of("addons", text("addon", "Such as metrics-server"), "What the cloud adds to it")
          .otherwise(List{}),
      boolean("auto-upgrade", "Whether the cloud brings it up to date").otherwise(false),
      set_of("feature-gates", text("gate", "A feature gate of Kubernetes"), "Features turned on")
          .otherwise(List{}),
      map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
      output("id", "Identifier"),
      output("endpoint", "URL of its API"),
      output("state", "What the cloud says of it"),
  };
}

}  // namespace

extern const Type sks_cluster{
    .resource =
        {
            .name = "exoscale.sks_cluster",
            .help = "A managed Kubernetes.",
            .schema = schema(),
            .listing = "/sks-cluster",
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::seconds{30},
            .rank = 4,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale

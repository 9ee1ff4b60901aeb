#include "final_snapshots.h"

#include <string>
#include <utility>

#include "stackctl/final_snapshot.h"
#include "types.h"

namespace stackctl::aws {
namespace {

std::vector<Object> snapshot_of(const LiveObject& live, const Type& type, const std::string& name,
                                Map attributes) {
  Object snapshot = final_snapshot_of(live, type.resource, name);
  snapshot.attributes = std::move(attributes);
  return {std::move(snapshot)};
}

}  // namespace

/// A later database of the same name gets another one.
std::vector<Object> final_db_snapshot(const LiveObject& live) {
  const std::string name = final_snapshot_name(live.created);
  return snapshot_of(
      live, db_snapshot, name,
      {{"DBSnapshotIdentifier", live.id + '-' + name}, {"DBInstanceIdentifier", live.id}});
}

std::vector<Object> final_ebs_snapshot(const LiveObject& live) {
  const std::string name(live.attributes.text_at("Name"));
  return snapshot_of(live, ebs_snapshot, final_snapshot_name(live.id),
                     {{"Name", name + "-final"}, {"VolumeId", live.id}});
}

}  // namespace stackctl::aws

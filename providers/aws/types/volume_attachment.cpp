#include "volume_attachment.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "aws/api/wire.h"
#include "machine.h"
#include "type.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kDetach = "DetachVolume";
constexpr std::string_view kDescribe = "DescribeVolumes";

const Value& attachment_of(const Value& volume) {
  static const Value none;
  for (const Value& attachment : items_of(volume["attachmentSet"]))
    if (attachment.text_at("status") != "detached") return attachment;
  return none;
}

bool is_free(const Value& answer) {
  const std::span<const Value> volumes = items_of(answer["volumeSet"]);
  return volumes.empty() || items_of(volumes.front()["attachmentSet"]).empty();
}

}  // namespace

void show_attachment(Map& shown, const Value& item, const Value& /*listed*/) {
  const Value& attachment = attachment_of(item);
  shown.insert_or_assign("InstanceId", attachment["instanceId"]);
  shown.insert_or_assign("Device", attachment["device"]);
  const std::string_view state = attachment.text_at("status");
  if (state == "attaching" || state == "detaching") shown.insert_or_assign("status", "modifying");
}

/// System disks come and go with their instance.
bool is_data_volume(const Value& shown, const Value& listed) {
  return std::ranges::none_of(instances_in(listed), [&](const Value* instance) {
    return (*instance)["instanceId"] == shown["InstanceId"] &&
           (*instance)["rootDeviceName"] == shown["Device"];
  });
}

std::vector<Call> change_attachment(const Api& api, const Work& work, const LiveObject& live) {
  if (!is_changed(work, "InstanceId") && !is_changed(work, "Device")) return {};
  if (!live.attributes["InstanceId"].is_null()) return detach_volume(api, live);
  const Value& instance = work.desired["InstanceId"];
  if (instance.is_null()) return {};
  return {api.change(
      ec2, "AttachVolume",
      Map{{"VolumeId", live.id}, {"InstanceId", instance}, {"Device", work.desired["Device"]}})};
}

std::vector<Call> detach_volume(const Api& api, const LiveObject& live) {
  const Value& instance = live.attributes["InstanceId"];
  if (instance.is_null()) return {};
  return {api.change(ec2, kDetach, Map{{"VolumeId", live.id}, {"InstanceId", instance}})};
}

Progress follow_detachment(const Api& api, const Work& work, const Call& call,
                           const Value& answer) {
  const bool is_asking = action_of(call) == kDescribe;
  if (work.action != Action::remove || (action_of(call) != kDetach && !is_asking)) return Settled{};
  if (is_asking && is_free(answer)) return Settled{};
  return Poll{api.read(ec2, kDescribe, Map{{"VolumeId", List{work.live.id}}}),
              "the instance to let it go"};
}

}  // namespace stackctl::aws

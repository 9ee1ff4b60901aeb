// Volumes: whose they are, how they get from one instance to another, and what is kept of them.
#include <catch2/catch.hpp>

#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

/// A volume attached to `instance` as `device`, or about to be.
std::string attached(const std::string& id, const std::string& instance, const std::string& device,
                     const std::string& state) {
  return R"({"volumeId":")" + id + R"(","status":"in-use","createTime":"2026","attachmentSet":)" +
         R"({"item":[{"instanceId":"i-0","status":"detached"},{"instanceId":")" + instance +
         R"(","device":")" + device + R"(","status":")" + state + R"("}]}})";
}

std::string listing(const std::string& volumes) {
  return R"({"reservations":[{"instancesSet":{"item":{"instanceId":"i-1","rootDeviceName":"/dev/sda1",)"
         R"("instanceState":{"name":"running"}}}}],"volumes":[)" +
         volumes + "]}";
}

}  // namespace

TEST_CASE("aws volumes: where they are, and which are the disks of instances", "[aws]") {
  const auto shown = [](const std::string& volume) {
    return decoded(aws::ebs_volume, listing(volume));
  };
  CHECK(shown(R"({"volumeId":"v","status":"available","attachmentSet":""})") ==
        Texts{R"(v nobody {"State":"available","Tags":{},"VolumeType":"gp3","id":"v"})"});
  const std::string there =
      R"(v nobody 2026 {"Device":"/dev/sdf","InstanceId":"i-1","State":"in-use",)"
      R"("Tags":{},"VolumeType":"gp3","id":"v"})";
  CHECK(shown(attached("v", "i-1", "/dev/sdf", "attached")) == Texts{there});
  for (const char* const state : {"attaching", "detaching"})
    CHECK(shown(attached("v", "i-1", "/dev/sdf", state)) == Texts{there + " modifying"});
  CHECK(shown(attached("v", "i-1", "/dev/sda1", "attached")).empty());
  CHECK(shown(attached("v", "i-2", "/dev/sda1", "attached")).size() == 1);
  CHECK(shown(R"({"volumeId":"v","status":"deleted"})").empty());
}

TEST_CASE("aws volumes: they grow where they are, and move in two steps", "[aws]") {
  const std::string free = "{}";
  const std::string held = R"({"InstanceId":"i-1","Device":"/dev/sdf"})";
  const std::string elsewhere = R"({"Size":20,"InstanceId":"i-2","Device":"/dev/sdg"})";
  struct Row {
    std::string desired;
    std::string live;
    Texts changed;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {elsewhere, held, {"Size"}, {"ModifyVolume Size=20 VolumeId=v"}},
      {elsewhere,
       held,
       {"Size", "InstanceId"},
       {"ModifyVolume Size=20 VolumeId=v", "DetachVolume InstanceId=i-1 VolumeId=v"}},
      {elsewhere, held, {"Device"}, {"DetachVolume InstanceId=i-1 VolumeId=v"}},
      {elsewhere, free, {"InstanceId"}, {"AttachVolume Device=/dev/sdg InstanceId=i-2 VolumeId=v"}},
      {"{}", held, {"InstanceId"}, {"DetachVolume InstanceId=i-1 VolumeId=v"}},
      {"{}", free, {"InstanceId", "VolumeType"}, {"ModifyVolume VolumeId=v VolumeType=gp3"}},
      {elsewhere, held, {"Tags", "(mark)"}, {}},
  };
  for (const Row& row : rows)
    CHECK(updated(aws::ebs_volume, row.desired, live(aws::ebs_volume, "v", row.live),
                  row.changed) == row.calls);
}

TEST_CASE("aws volumes: they are let go before they go", "[aws]") {
  CHECK(removed(live(aws::ebs_volume, "v", "{}")) == Texts{"DeleteVolume VolumeId=v"});
  Work work = work_on(aws::ebs_volume, "{}");
  work.action = Action::remove;
  work.live = live(aws::ebs_volume, "v", R"({"InstanceId":"i-1"})");
  const std::vector<Call> calls = calls_to_remove(aws::ebs_volume, kApi, work.live);
  CHECK(written(calls) ==
        Texts{"DetachVolume InstanceId=i-1 VolumeId=v", "DeleteVolume VolumeId=v"});
  const std::string question = "DescribeVolumes VolumeId.1=v";
  const auto next = [&](const Call& call, std::string_view answer) {
    const Progress progress = progress_of(aws::ebs_volume, kApi, work, call, parsed(answer));
    const Poll* const poll = std::get_if<Poll>(&progress);
    return poll == nullptr ? "settled" : written(poll->call);
  };
  const Call asked = kApi.read(aws::ec2, "DescribeVolumes");
  CHECK(next(calls.front(), "{}") == question);
  CHECK(next(asked, R"({"volumeSet":{"item":{"attachmentSet":{"item":{}}}}})") == question);
  CHECK(next(asked, R"({"volumeSet":{"item":{"attachmentSet":""}}})") == "settled");
  CHECK(next(asked, R"({"volumeSet":""})") == "settled");
  CHECK(next(calls.back(), "{}") == "settled");
}

TEST_CASE("aws volumes: what is kept of one that goes", "[aws]") {
  const auto snapshots = aws::ebs_volume.resource.final_snapshot(
      live(aws::ebs_volume, "v", R"({"Name":"shop-data"})"));
  REQUIRE(snapshots.size() == 1);
  CHECK(snapshots.front().type == &aws::ebs_snapshot.resource);
  CHECK(snapshots.front().address.starts_with("v/final-snapshot-"));
  CHECK(snapshots.front().attributes == parsed(R"({"Name":"shop-data-final","VolumeId":"v"})"));
}

#include "group_members.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "aws/api/wire.h"
#include "machine.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kDescribe = "DescribeInstanceRefreshes";
constexpr std::string_view kStart = "StartInstanceRefresh";

const Value* instance_of(const Value& id, const std::vector<const Value*>& instances) {
  for (const Value* const instance : instances)
    if ((*instance)["instanceId"] == id) return instance;
  return nullptr;
}

/// Made of something else than the group says now.
bool is_stale(const Value& member, const Value& group) {
  const Value& then = member["LaunchTemplate"];
  const Value& now = group["LaunchTemplate"];
  return then["LaunchTemplateId"] != now["LaunchTemplateId"] || then["Version"] != now["Version"];
}

bool is_in_service(const Value& member) {
  return member.text_at("LifecycleState") == "InService" &&
         to_lower(member.text_at("HealthStatus")) == "healthy";
}

std::int64_t number(const Value& value) {
  return value.integer() == nullptr ? 0 : *value.integer();
}

std::int64_t in_service(const LiveObject& group) {
  return std::ranges::count_if(group.attributes["Members"].items(), [](const Value& member) {
    return member["healthy"] == Value(true);
  });
}

/// All of `group`, or the one of `id`; the newest first.
Call describe_refreshes(const Api& api, std::string_view group, std::string_view id = {}) {
  Map parameters{{"AutoScalingGroupName", group}};
  if (!id.empty()) parameters.insert_or_assign("InstanceRefreshIds", List{id});
  return api.read(auto_scaling, kDescribe, parameters);
}

bool is_under_way(std::string_view status) {
  constexpr std::array going = {"Pending", "InProgress", "Baking", "Cancelling",
                                "RollbackInProgress"};
  return std::ranges::find(going, status) != going.end();
}

std::string waiting_for(const Value& refresh) {
  std::string text = "old members to be replaced";
  const std::string_view percent = refresh.text_at("PercentageComplete");
  if (!percent.empty()) text.append(", ").append(percent).append(" %");
  const std::string_view reason = refresh.text_at("StatusReason");
  if (!reason.empty()) text.append(": ").append(harmless(reason));
  return text;
}

Diagnostic refresh_failed(const Value& refresh) {
  Diagnostic fault =
      error("the replacement of old members ended as " + harmless(refresh.text_at("Status")),
            "mend what keeps new members from being in service, and apply again");
  fault.detail = harmless(refresh.text_at("StatusReason"));
  return fault;
}

}  // namespace

void add_members(Map& shown, const Value& item, const Value& listed) {
  const std::vector<const Value*> instances = instances_in(listed);
  List members;
  List addresses;
  std::int64_t stale = 0;
  for (const Value& member : items_of(item["Instances"])) {
    const bool is_old = is_stale(member, item);
    stale += is_old ? 1 : 0;
    Map described{{"id", member["InstanceId"]},
                  {"state", member["LifecycleState"]},
                  {"healthy", is_in_service(member)},
                  {"stale", is_old}};
    if (const Value* const instance = instance_of(member["InstanceId"], instances)) {
      described.insert_or_assign("address", (*instance)["privateIpAddress"]);
      if (!(*instance)["ipAddress"].is_null()) addresses.push_back((*instance)["ipAddress"]);
    }
    members.emplace_back(std::move(described));
  }
  shown.insert_or_assign("StaleMembers", stale);
  shown.insert_or_assign("Members", std::move(members));
  shown.insert_or_assign("Addresses", std::move(addresses));
}

void count_missing(LiveObject& group, const Value& /*item*/) {
  const std::int64_t least = number(group.attributes["MinSize"]);
  const std::int64_t missing = std::max<std::int64_t>(least - in_service(group), 0);
  group.attributes.map()->insert_or_assign("MissingMembers", missing);
}

std::string awaited_members(const Work& /*work*/, const LiveObject& live) {
  const std::int64_t wanted = number(live.attributes["DesiredCapacity"]);
  const auto members = live.attributes["Members"].items();
  const std::int64_t ready = in_service(live);
  if (ready < wanted)
    return std::to_string(wanted) + " members to be in service, now " + std::to_string(ready);
  if (std::ssize(members) > wanted)
    return "members to leave, now " + std::to_string(members.size()) + " of " +
           std::to_string(wanted);
  return {};
}

/// One that an earlier run has started is waited for first.
std::vector<Call> refresh_members(const Api& api, const Work& work, const LiveObject& live) {
  Map preferences{{"SkipMatching", true}};
  for (const char* const name : {"MinHealthyPercentage", "InstanceWarmup"})
    if (!work.desired[name].is_null()) preferences.insert_or_assign(name, work.desired[name]);
  return {describe_refreshes(api, live.id),
          api.create(auto_scaling, kStart,
                     Map{{"AutoScalingGroupName", live.id}, {"Preferences", preferences}})};
}

Progress follow_refresh(const Api& api, const Work& work, const Call& call, const Value& answer) {
  if (action_of(call) == kStart) {
    const std::string_view id = answer.text_at("InstanceRefreshId");
    if (id.empty()) return Fail{unreadable_answer(call, "it names no refresh")};
    const std::string_view made = work.desired.text_at("AutoScalingGroupName");
    const std::string_view group = work.live.id.empty() ? made : std::string_view(work.live.id);
    return Poll{describe_refreshes(api, group, id), "old members to be replaced"};
  }
  if (action_of(call) != kDescribe) return Settled{};
  const auto refreshes = items_of(answer["InstanceRefreshes"]);
  const bool is_ours = call.request.body.find("InstanceRefreshIds") != std::string::npos;
  if (refreshes.empty()) return Settled{};
  const Value& newest = refreshes.front();
  const std::string_view status = newest.text_at("Status");
  if (is_under_way(status)) return Poll{call, waiting_for(newest)};
  if (is_ours && status != "Successful") return Fail{refresh_failed(newest)};
  return Settled{};
}

Progress follow_removal(const Api& api, const Work& work, const Call& call, const Value& answer) {
  const std::string& group = work.live.id;
  constexpr std::string_view groups = "DescribeAutoScalingGroups";
  constexpr std::string_view instances = "DescribeInstances";
  const bool is_last = action_of(call) == instances;
  const Value& left = answer[is_last ? "reservationSet" : "AutoScalingGroups"];
  if (is_last && items_of(left).empty()) return Settled{};
  if (is_last || (action_of(call) == groups && items_of(left).empty()))
    return Poll{
        api.read(ec2, instances,
                 Map{{"Filter",
                      filters({{"tag:aws:autoscaling:groupName", group},
                               {"instance-state-name", List{"pending", "running", "shutting-down",
                                                            "stopping", "stopped"}}})}}),
        "its members to go"};
  return Poll{api.read(auto_scaling, groups, Map{{"AutoScalingGroupNames", List{group}}}),
              "its members to go"};
}

}  // namespace stackctl::aws

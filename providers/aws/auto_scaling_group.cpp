// aws.auto_scaling_group: like instances, as many as wanted.
#include <algorithm>
#include <array>

#include "group_members.h"
#include "scaling_activities.h"
#include "stackctl/text.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

List subnets_in(const Value& item) {
  List ids;
  for (const std::string& id : split(item.text_at("VPCZoneIdentifier"), ','))
    if (!trim(id).empty()) ids.emplace_back(trim(id));
  return ids;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  for_each_item(type, listed["auto_scaling_groups"], faults, [&](const Value& item) {
    Map shown = *item.map();
    shown.insert_or_assign("LaunchTemplateId", item["LaunchTemplate"]["LaunchTemplateId"]);
    shown.insert_or_assign("Version", item["LaunchTemplate"]["Version"]);
    shown.insert_or_assign("VPCZoneIdentifier", subnets_in(item));
    const std::string_view status = item.text_at("Status");
    shown.insert_or_assign("State", status.empty() ? "running" : status);
    add_members(shown, item, listed);
    LiveObject& group = groups.emplace_back(decode_object(type, shown, "AutoScalingGroupName"));
    group.created = item.text_at("CreatedTime");
    set_state(group, to_lower(status));
  });
  return groups;
}

/// As the API has them: subnets in one text, the template's members together.
Map settings(const Work& work, const std::vector<std::string>& names) {
  Map out = encode_these(*work.type, work.desired, names);
  for (const char* const name : {"StaleMembers", "MinHealthyPercentage", "InstanceWarmup"})
    out.erase(name);
  if (const auto start = out.find("StartCapacity"); start != out.end()) {
    out.insert_or_assign("DesiredCapacity", Value(start->second));
    out.erase("StartCapacity");
  }
  if (const auto subnets = out.find("VPCZoneIdentifier"); subnets != out.end()) {
    std::vector<std::string> ids;
    for (const Value& id : subnets->second.items())
      if (id.text() != nullptr) ids.push_back(*id.text());
    subnets->second = join(ids, ",");
  }
  const bool has_template = out.contains("LaunchTemplateId") || out.contains("Version");
  out.erase("LaunchTemplateId");
  out.erase("Version");
  if (has_template)
    out.insert_or_assign("LaunchTemplate",
                         Map{{"LaunchTemplateId", work.desired["LaunchTemplateId"]},
                             {"Version", work.desired["Version"]}});
  return out;
}

Call create(const Api& api, const Work& work) {
  std::vector<std::string> names;
  for (const auto& [name, value] : *work.desired.map()) names.push_back(name);
  Map parameters = settings(work, names);
  parameters.insert_or_assign(
      "Tags", group_tags(tag_list(work), work.desired.text_at("AutoScalingGroupName")));
  return api.create(auto_scaling, "CreateAutoScalingGroup", parameters);
}

/// The settings first; once they are there, those members are replaced that were made before.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map changed = settings(work, work.changed);
  if (!changed.empty()) {
    changed.insert_or_assign("AutoScalingGroupName", live.id);
    return {api.change(auto_scaling, "UpdateAutoScalingGroup", changed)};
  }
  if (std::ranges::find(work.changed, "StaleMembers") == work.changed.end()) return {};
  return refresh_members(api, work, live);
}

/// With its members.
std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(auto_scaling, "DeleteAutoScalingGroup",
                     Map{{"AutoScalingGroupName", live.id}, {"ForceDelete", true}})};
}

Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  return work.action == Action::remove ? follow_removal(api, work, call, answer)
                                       : follow_refresh(api, work, call, answer);
}

std::string percentage(const Value& value) {
  constexpr std::int64_t most = 100;
  const std::int64_t* const number = value.integer();
  return number != nullptr && *number >= 0 && *number <= most ? "" : "must be from 0 to 100";
}

Schema schema() {
  return {
      text("AutoScalingGroupName", "What it is called").required().physical_name().replaces(),
      ref("LaunchTemplateId", "aws.launch_template", "What members are made of").required(),
      integer("Version", "Which version of it").required(),
      integer("MinSize", "Members at least").required().check(check::not_negative),
      integer("MaxSize", "Members at most").required().check(check::not_negative),
      integer("DesiredCapacity", "How many members").check(check::not_negative),
      integer("StartCapacity",
              "How many members it begins with, and goes to when this changes; in between policies "
              "decide")
          .check(check::not_negative)
          .write_only(),
      set_of("VPCZoneIdentifier", ref("subnet", "aws.subnet", "A subnet"),
             "Subnets, and so zones, of the members")
          .required(),
      text("HealthCheckType", "Whether the balancer's checks count beside those of the machine")
          .one_of({"EC2", "ELB"}),
      integer("HealthCheckGracePeriod", "Seconds before a new member's health counts")
          .check(check::not_negative),
      integer("StaleMembers", "Members that were made before the last change"),
      integer("MinHealthyPercentage", "How many members stay in service while others are replaced")
          .check(percentage)
          .uncompared(),
      integer("InstanceWarmup", "Seconds until a new member counts while others are replaced")
          .check(check::not_negative)
          .uncompared(),
      tags(),
      output("id", "Its name"),
      output("AutoScalingGroupARN", "Identifier in all of AWS"),
      output("State", "What the cloud says of it"),
      output("Members", "The instances in it", stackctl::Type::list),
      output("Addresses", "Public IPv4 addresses of the members", stackctl::Type::list),
  };
}

std::string name_of(const Work& work, const Value& /*answer*/) {
  return std::string(work.desired.text_at("AutoScalingGroupName"));
}

}  // namespace

extern const Type auto_scaling_group{
    .resource =
        {
            .name = "aws.auto_scaling_group",
            .help = "Like instances, as many as wanted.",
            .schema = schema(),
            .listing = "auto_scaling_groups reservations",
            .key = {"AutoScalingGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{60},
            .typical_removal = std::chrono::seconds{90},
            .timeout = std::chrono::minutes{60},
            .rank = 3,
        },
    .service = &auto_scaling,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .awaits = awaited_members,
    .inquiry = {"DescribeScalingActivities", "AutoScalingGroupName", launch_failure},
    .follow = follow,
    .id_in = name_of,
};

}  // namespace stackctl::aws

// aws.auto_scaling_group: like instances, as many as wanted.
#include "aws/api/wire.h"
#include "group_members.h"
#include "group_settings.h"
#include "scaling_activities.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Once the settings are there, those members are replaced that were made before.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map settings = encode_these(*work.type, work.desired, work.changed);
  as_group_takes_it(settings, api, work);
  if (!settings.empty() || !is_changed(work, "StaleMembers")) return {};
  return refresh_members(api, work, live);
}

void with_members(Map& parameters, const LiveObject& /*live*/) {
  parameters.insert_or_assign("ForceDelete", true);
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
      integer("MissingMembers", "Members that `MinSize` asks for and that are not in service")
          .otherwise(0),
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
    .shown = {.list = "auto_scaling_groups",
              .id = "AutoScalingGroupName",
              .state = "Status",
              .created = "CreatedTime",
              .elsewhere = {{"LaunchTemplateId", "LaunchTemplate/LaunchTemplateId"},
                            {"Version", "LaunchTemplate/Version"}},
              .reshape = group_as_schema_has_it,
              .complete = count_missing},
    .creation = {.action = "CreateAutoScalingGroup", .prepare = as_new_group_takes_it},
    .modifications = {{.action = "UpdateAutoScalingGroup",
                       .id = "AutoScalingGroupName",
                       .prepare = as_group_takes_it}},
    .update = update,
    .removal = {.action = "DeleteAutoScalingGroup",
                .by = {"AutoScalingGroupName"},
                .prepare = with_members},
    .awaits = awaited_members,
    .inquiry = {"DescribeScalingActivities", "AutoScalingGroupName", launch_failure},
    .follow = follow,
    .id_in = name_of,
};

}  // namespace stackctl::aws

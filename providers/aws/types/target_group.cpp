// aws.target_group: who serves what a listener takes, and how they are found to be well.
#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void name_shortly(Map& parameters, const Api& /*api*/, const Work& /*work*/) {
  rename(parameters, "TargetGroupName", "Name");
}

/// What leaving the attributes out means, where some were given before.
Map usual_attributes(std::string_view protocol) {
  return protocol.starts_with("HTTP") ? Map{{"load_balancing.algorithm.type", "round_robin"}}
                                      : Map{{"stickiness.enabled", "false"}};
}

void list_attributes(Map& parameters, const Api& /*api*/, const Work& work) {
  const Map* const given = work.desired["Attributes"].map();
  const Map usual = usual_attributes(work.desired.text_at("Protocol"));
  parameters.insert_or_assign("Attributes", tag_list(given == nullptr ? usual : *given));
}

Schema schema() {
  return {
      fixed_name("TargetGroupName", "Unique in the region, at most 32 letters, digits and hyphens"),
      text("Protocol", "What targets speak")
          .required()
          .one_of({"HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"})
          .replaces(),
      integer("Port", "Where targets listen").required().check(check::port).replaces(),
      ref("VpcId", "aws.vpc", "Network of the targets").required().replaces(),
      text("TargetType", "What targets are")
          .otherwise("instance")
          .one_of({"instance", "ip"})
          .replaces(),
      text("HealthCheckProtocol", "How targets are asked").one_of({"HTTP", "HTTPS", "TCP"}),
      text("HealthCheckPort", "Where they are asked: a port, or traffic-port"),
      text("HealthCheckPath", "What HTTP and HTTPS ask for"),
      integer("HealthCheckIntervalSeconds", "Seconds between two checks"),
      integer("HealthCheckTimeoutSeconds", "Seconds that a target may take"),
      integer("HealthyThresholdCount", "Answers in a row that take a target in"),
      integer("UnhealthyThresholdCount", "Failures in a row that take a target out"),
      object("Matcher", "Which answers are well", {text("HttpCode", "Such as 200-299")}),
      map_of("Attributes", text("value", "Value"),
             "Settings such as deregistration_delay.timeout_seconds")
          .unlisted()
          .late(),
      tags(),
      output("id", "ARN"),
  };
}

}  // namespace

extern const Type target_group{
    .resource =
        {
            .name = "aws.target_group",
            .help = "Who serves what a load balancer takes.",
            .schema = schema(),
            .listing = "load_balancing",
            .is_counted = true,
            .key = {"TargetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 4,
        },
    .service = &elastic_load_balancing_v2,
    .shown = {.list = "target_groups",
              .id = "TargetGroupArn",
              .tags = "load_balancing_tags",
              .tags_of = "ResourceArn"},
    .creation = {.action = "CreateTargetGroup", .prepare = name_shortly},
    .modifications = {{"ModifyTargetGroup", "TargetGroupArn"},
                      {.action = "ModifyTargetGroupAttributes",
                       .id = "TargetGroupArn",
                       .of = {"Attributes"},
                       .prepare = list_attributes}},
    .removal = {"DeleteTargetGroup", {"TargetGroupArn"}},
    .created_id = "TargetGroups/member/TargetGroupArn",
};

}  // namespace stackctl::aws

// aws.target_group: who serves what a listener takes, and how they are found to be well.
#include <algorithm>

#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  const TagLists tags = tags_by(listed["load_balancing_tags"], "ResourceArn");
  for_each_item(type, listed["target_groups"], faults, [&](const Value& item) {
    groups.push_back(
        decode_object(type, with_tags(item, "TargetGroupArn", tags), "TargetGroupArn"));
  });
  return groups;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  rename(parameters, "TargetGroupName", "Name");
  parameters.insert_or_assign("Tags", tag_list(work));
  return api.create(elastic_load_balancing_v2, "CreateTargetGroup", parameters);
}

/// What leaving the attributes out means, where some were given before.
Map usual_attributes(const Value& protocol) {
  const bool is_http = protocol == Value("HTTP") || protocol == Value("HTTPS");
  return is_http ? Map{{"load_balancing.algorithm.type", "round_robin"}}
                 : Map{{"stickiness.enabled", "false"}};
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  Map checks = encode_these(*work.type, work.desired, work.changed);
  checks.erase("Attributes");
  const Map whose{{"TargetGroupArn", live.id}};
  if (!checks.empty()) {
    checks.merge(whose);
    calls.push_back(api.change(elastic_load_balancing_v2, "ModifyTargetGroup", checks));
  }
  if (std::ranges::find(work.changed, "Attributes") == work.changed.end()) return calls;
  const Value& given = work.desired["Attributes"];
  Map settings = whose;
  settings.emplace(
      "Attributes",
      tag_list(given.map() == nullptr ? usual_attributes(work.desired["Protocol"]) : *given.map()));
  calls.push_back(api.change(elastic_load_balancing_v2, "ModifyTargetGroupAttributes", settings));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {
      api.change(elastic_load_balancing_v2, "DeleteTargetGroup", Map{{"TargetGroupArn", live.id}})};
}

Schema schema() {
  return {
      text("TargetGroupName", "Unique in the region, at most 32 letters, digits and hyphens")
          .required()
          .physical_name()
          .replaces(),
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
            .listing = "target_groups",
            .key = {"TargetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 4,
        },
    .service = &elastic_load_balancing_v2,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "TargetGroups/member/TargetGroupArn",
};

}  // namespace stackctl::aws

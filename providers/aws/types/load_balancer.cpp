// aws.load_balancer: application and network load balancers; their ports are aws.listener.
#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "balancer_interfaces.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void prepare(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.merge(encode_these(*work.type, work.desired, {"Type", "Scheme"}));
  rename(parameters, "LoadBalancerName", "Name");
}

void as_list(Map& parameters, const Api& /*api*/, const Work& work) {
  const Map& given = members_of(work.desired["Attributes"]);
  if (!given.empty()) parameters.insert_or_assign("Attributes", tag_list(given));
}

/// ARNs end in "loadbalancer/app/web/50dc6c495c0c9188".
Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  const std::string_view id = work.live.id;
  return until_interfaces_go(api, work, call, answer, id.substr(id.find('/') + 1));
}

Schema schema() {
  return {
      fixed_name("LoadBalancerName",
                 "Unique in the region, at most 32 letters, digits and hyphens"),
      text("Type", "What it understands")
          .otherwise("application")
          .one_of({"application", "network"})
          .replaces(),
      text("Scheme", "Whose connections it takes")
          .otherwise("internet-facing")
          .one_of({"internet-facing", "internal"})
          .replaces(),
      set_of("Subnets", ref("subnet", "aws.subnet", "A subnet"), "One in each of its zones")
          .required(),
      set_of("SecurityGroups", ref("group", "aws.security_group", "A group"),
             "Firewalls around it"),
      map_of("Attributes", text("value", "Value"),
             "Settings such as idle_timeout.timeout_seconds; one that is no longer named stays")
          .unlisted()
          .late(),
      tags(),
      output("id", "ARN"),
      output("DNSName", "Host name"),
      output("CanonicalHostedZoneId", "Zone of aliases that point at it"),
      output("VpcId", "Network that it is in"),
  };
}

}  // namespace

extern const Type load_balancer{
    .resource =
        {
            .name = "aws.load_balancer",
            .help = "An application or network load balancer.",
            .schema = schema(),
            .listing = "load_balancing",
            .is_counted = true,
            .key = {"LoadBalancerName"},
            .key_is_unique = true,
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::minutes{3},
            .rank = 6,
        },
    .service = &elastic_load_balancing_v2,
    .shown = {.list = "load_balancers",
              .id = "LoadBalancerArn",
              .state = "State/Code",
              .created = "CreatedTime",
              .tags = "load_balancing_tags",
              .tags_of = "ResourceArn",
              .elsewhere = {{"Subnets", "AvailabilityZones", "SubnetId"}}},
    .creation = {.action = "CreateLoadBalancer", .prepare = prepare},
    .modifications = {{.action = "ModifyLoadBalancerAttributes",
                       .id = "LoadBalancerArn",
                       .of = {"Attributes"},
                       .prepare = as_list},
                      {"SetSecurityGroups", "LoadBalancerArn", {"SecurityGroups"}},
                      {"SetSubnets", "LoadBalancerArn", {"Subnets"}}},
    .removal = {"DeleteLoadBalancer", {"LoadBalancerArn"}},
    .follow = follow,
    .created_id = "LoadBalancers/member/LoadBalancerArn",
};

}  // namespace stackctl::aws

// aws.load_balancer: application and network load balancers; their ports are aws.listener.
#include "balancer_interfaces.h"
#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

List subnets_in(const Value& zones) {
  List subnets;
  for (const Value& zone : items_of(zones))
    if (!zone["SubnetId"].is_null()) subnets.push_back(zone["SubnetId"]);
  return subnets;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> balancers;
  const TagLists tags = tags_by(listed["load_balancing_tags"], "ResourceArn");
  for_each_item(type, listed["load_balancers"], faults, [&](const Value& item) {
    Map whole = with_tags(item, "LoadBalancerArn", tags);
    whole.insert_or_assign("Subnets", subnets_in(item["AvailabilityZones"]));
    LiveObject& balancer = balancers.emplace_back(decode_object(type, whole, "LoadBalancerArn"));
    balancer.created = item.text_at("CreatedTime");
    set_state(balancer, item["State"].text_at("Code"));
  });
  return balancers;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.merge(encode_these(*work.type, work.desired, {"Type", "Scheme"}));
  rename(parameters, "LoadBalancerName", "Name");
  parameters.insert_or_assign("Tags", tag_list(work));
  return api.create(elastic_load_balancing_v2, "CreateLoadBalancer", parameters);
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  const auto change = [&](std::string_view action, std::string_view name, const Value& value) {
    calls.push_back(api.change(elastic_load_balancing_v2, action,
                               Map{{"LoadBalancerArn", live.id}, {std::string(name), value}}));
  };
  for (const auto& [name, value] : encode_these(*work.type, work.desired, work.changed)) {
    if (name == "Subnets") change("SetSubnets", name, value);
    if (name == "SecurityGroups") change("SetSecurityGroups", name, value);
    if (name == "Attributes") change("ModifyLoadBalancerAttributes", name, tag_list(*value.map()));
  }
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(elastic_load_balancing_v2, "DeleteLoadBalancer",
                     Map{{"LoadBalancerArn", live.id}})};
}

/// ARNs end in "loadbalancer/app/web/50dc6c495c0c9188".
Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  const std::string_view id = work.live.id;
  return until_interfaces_go(api, work, call, answer, id.substr(id.find('/') + 1));
}

Schema schema() {
  return {
      text("LoadBalancerName", "Unique in the region, at most 32 letters, digits and hyphens")
          .required()
          .physical_name()
          .replaces(),
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
            .listing = "load_balancers",
            .key = {"LoadBalancerName"},
            .key_is_unique = true,
            .typical = std::chrono::minutes{2},
            .typical_removal = std::chrono::minutes{3},
            .rank = 6,
        },
    .service = &elastic_load_balancing_v2,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .follow = follow,
    .created_id = "LoadBalancers/member/LoadBalancerArn",
};

}  // namespace stackctl::aws

// aws.classic_load_balancer: one of the first generation, with its listeners.
#include "aws/api/wire.h"
#include "balancer_interfaces.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "LoadBalancerName";

/// Nothing says that it is open to the internet.
void drop_usual_scheme(Map& parameters, const Api& /*api*/, const Work& work) {
  if (work.desired.text_at("Scheme") != "internal") parameters.erase("Scheme");
}

/// What a change takes out of a list, and what it adds.
struct Difference {
  List old;
  List fresh;
};

Difference difference(const Work& work, const LiveObject& live, std::string_view name) {
  if (!is_changed(work, name)) return {};
  const Attribute& attribute = *find(work.type->schema, name);
  const Value wanted = canonical(work.desired[name], attribute);
  const Value present = canonical(live.attributes[name], attribute);
  return {without(present.items(), wanted.items()), without(wanted.items(), present.items())};
}

List ports_of(const List& listeners) {
  List ports;
  for (const Value& listener : listeners) ports.push_back(listener["LoadBalancerPort"]);
  return ports;
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  const auto change = [&](std::string_view action, std::string_view name, List items) {
    if (items.empty()) return;
    calls.push_back(
        api.change(elastic_load_balancing, action,
                   Map{{std::string(kName), live.id}, {std::string(name), std::move(items)}}));
  };
  // A port is free only when what serves it is gone.
  Difference listeners = difference(work, live, "Listeners");
  change("DeleteLoadBalancerListeners", "LoadBalancerPorts", ports_of(listeners.old));
  change("CreateLoadBalancerListeners", "Listeners", std::move(listeners.fresh));
  Difference subnets = difference(work, live, "Subnets");
  change("AttachLoadBalancerToSubnets", "Subnets", std::move(subnets.fresh));
  change("DetachLoadBalancerFromSubnets", "Subnets", std::move(subnets.old));
  return calls;
}

Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  return until_interfaces_go(api, work, call, answer, work.live.id);
}

Attribute listener() {
  return object("listener", "One port",
                {text("Protocol", "What clients speak").required(),
                 integer("LoadBalancerPort", "Port that clients connect to").required(),
                 text("InstanceProtocol", "What instances speak").required(),
                 integer("InstancePort", "Port of the instances").required(),
                 text("SSLCertificateId", "ARN of the certificate of HTTPS and SSL")
                     .or_ref("aws.certificate")});
}

Attribute health_check() {
  return object("HealthCheck", "How instances are found to be well",
                {text("Target", "Such as HTTP:80/").required(),
                 integer("Interval", "Seconds between two checks").required(),
                 integer("Timeout", "Seconds that an instance may take").required(),
                 integer("UnhealthyThreshold", "Failures that take one out").required(),
                 integer("HealthyThreshold", "Answers that take one in").required()})
      .late();
}

Schema schema() {
  return {
      fixed_name(kName, "Unique in the region, at most 32 letters, digits and hyphens"),
      text("Scheme", "Whose connections it takes")
          .otherwise("internet-facing")
          .one_of({"internet-facing", "internal"})
          .replaces(),
      set_of("Listeners", listener(), "Ports that it serves").required(),
      set_of("Subnets", ref("subnet", "aws.subnet", "A subnet"), "One in each of its zones")
          .required(),
      set_of("SecurityGroups", ref("group", "aws.security_group", "A group"),
             "Firewalls around it"),
      health_check(),
      tags(),
      output("id", "Its name"),
      output("DNSName", "Host name"),
      output("CanonicalHostedZoneNameID", "Zone of aliases that point at it"),
  };
}

}  // namespace

extern const Type classic_load_balancer{
    .resource =
        {
            .name = "aws.classic_load_balancer",
            .help = "A load balancer of the first generation.",
            .schema = schema(),
            .listing = "classic_load_balancers",
            .is_counted = true,
            .key = {kName},
            .key_is_unique = true,
            .typical = std::chrono::seconds{5},
            .typical_removal = std::chrono::minutes{3},
            .rank = 6,
        },
    .service = &elastic_load_balancing,
    .shown = {.list = "classic_load_balancers",
              .id = kName,
              .created = "CreatedTime",
              .tags = "classic_tags",
              .tags_of = kName,
              .elsewhere = {{"Listeners", "ListenerDescriptions", "Listener"}}},
    .creation = {.action = "CreateLoadBalancer", .prepare = drop_usual_scheme},
    .modifications = {{"ConfigureHealthCheck", kName, {"HealthCheck"}},
                      {"ApplySecurityGroupsToLoadBalancer", kName, {"SecurityGroups"}}},
    .update = update,
    .removal = {"DeleteLoadBalancer", {kName}},
    .follow = follow,
    .id_in = [](const Work& work,
                const Value& /*answer*/) { return std::string(work.desired.text_at(kName)); },
};

}  // namespace stackctl::aws

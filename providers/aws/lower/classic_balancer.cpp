#include "classic_balancer.h"

#include <utility>

#include "aws/types/types.h"
#include "balancer_listener.h"
#include "lowering_tools.h"
#include "own_group.h"

namespace stackctl::aws {
namespace {

constexpr std::size_t kLongestName = 27;

/// What it cannot do, and newer ones can.
void check(const BalancerListener& listener, const BalancerListener& first, Diagnostics& faults) {
  if (listener.entry.text_at("protocol") == "udp")
    faults.push_back(fault_at(listener.path + ".protocol", "classic load balancers know no udp"));
  if (listener.entry.text_at("strategy") != "round_robin")
    faults.push_back(
        fault_at(listener.path + ".strategy", "classic load balancers take turns: round_robin"));
  for (const char* const name : {"redirect", "respond", "rules"})
    if (!listener.entry[name].is_null())
      faults.push_back(fault_at(listener.path + '.' + name,
                                std::string("classic load balancers have no '") + name + "'"));
  if (listener.entry["targets"].is_null())
    faults.push_back(fault_at(listener.path, "a classic load balancer needs 'targets'"));
  if (!(listener.entry["targets"] == first.entry["targets"]))
    faults.push_back(fault_at(listener.path + ".targets",
                              "a classic load balancer has one pool behind all ports"));
  if (!(listener.entry["health"] == first.entry["health"]))
    faults.push_back(
        fault_at(listener.path + ".health", "a classic load balancer checks in one way"));
  listener.check_health();
}

Map listener_of(const BalancerListener& listener) {
  const std::string protocol = listener.protocol();
  Map port{{"Protocol", protocol},
           {"LoadBalancerPort", listener.entry["port"]},
           {"InstanceProtocol", listener.is_web() ? "HTTP" : protocol},
           {"InstancePort", listener.target_port()}};
  if (!listener.entry["certificate"].is_null())
    port.emplace("SSLCertificateId", listener.entry["certificate"]);
  return port;
}

Map health_of(const BalancerListener& listener) {
  const Value& health = listener.entry["health"];
  const std::string_view type = health.text_at("type");
  std::string target = type == "tcp" ? "TCP:" : type == "http" ? "HTTP:" : "HTTPS:";
  target += display(health["port"].is_null() ? listener.target_port() : health["port"]);
  if (type != "tcp") target += health["path"].is_null() ? "/" : health.text_at("path");
  return {{"Target", std::move(target)},
          {"Interval", health["interval"]},
          {"Timeout", health["timeout"]},
          {"UnhealthyThreshold", listener.retries()},
          {"HealthyThreshold", 2}};
}

/// Sets its ports, and what is behind them.
void lower_listeners(Draft& balancer, const Value& entries, std::vector<Opening>& openings,
                     Lowered& lowered) {
  if (entries.items().empty()) {
    lowered.faults.push_back(fault_at("listeners", "a classic load balancer needs a listener"));
    return;
  }
  const BalancerListener first{entries.items().front(), "listeners[0]", lowered.faults};
  List ports;
  for (const Value& entry : entries.items()) {
    const BalancerListener listener{entry, "listeners[" + std::to_string(ports.size()) + ']',
                                    lowered.faults};
    check(listener, first, lowered.faults);
    ports.emplace_back(listener_of(listener));
    openings.push_back({entry["port"], "tcp", {}, "listeners"});
  }
  balancer.set("Listeners", std::move(ports), "listeners");
  balancer.set("HealthCheck", health_of(first), "listeners[0].health");
  Draft members(balancer.object.address + "/members", classic_attachment.resource);
  members.set("LoadBalancerName", refer(balancer.object.address), "listeners");
  members.set("AutoScalingGroupName", first.entry["targets"], "listeners[0].targets");
  lowered.objects.push_back(std::move(members).finish());
}

}  // namespace

Lowered lower_classic_balancer(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft balancer(declaration.address, classic_load_balancer.resource);
  balancer.set("LoadBalancerName",
               plain_name(context.physical_name(declaration.address), kLongestName), "name");
  balancer.set("Tags", given["labels"], "labels");
  balancer.set("Scheme", "internet-facing");
  set_native(balancer, declaration, {"Scheme", "Subnets"}, lowered.faults,
             {boolean("classic", "Whether it is one of the first generation")});
  const bool is_public = balancer.attributes["Scheme"] == Value("internet-facing");
  if (!balancer.attributes.contains("Subnets"))
    balancer.set("Subnets", subnets_of(declaration, given["networks"], is_public, lowered),
                 "networks");
  std::vector<Opening> openings;
  lower_listeners(balancer, given["listeners"], openings, lowered);
  balancer.set("SecurityGroups",
               given["security_groups"].items().empty()
                   ? Value(List{own_group(declaration, context, openings, lowered)})
                   : given["security_groups"],
               "security_groups");
  lowered.objects.insert(lowered.objects.begin(), std::move(balancer).finish());
  const std::string& own = declaration.address;
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"address", refer(own, "DNSName")},
                     {"alias_zone", refer(own, "CanonicalHostedZoneNameID")}};
  return lowered;
}

}  // namespace stackctl::aws

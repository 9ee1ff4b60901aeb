#include "kinds/health.h"
#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

Attribute health() {
  return object("health", "How a member is found to be well",
                health_check(integer("port", "Where it is asked; the target port unless given")
                                 .check(check::port)))
      .otherwise(Map{{"type", "tcp"}});
}

Attribute listener() {
  return object(
      "listener", "One port and what stands behind it",
      {
          integer("port", "Port that clients connect to").required().check(check::port),
          integer("target_port", "Port of the members; the same unless given").check(check::port),
          text("protocol",
               "What clients speak; http and tcp are the same where the cloud does not look inside")
              .otherwise("tcp")
              .one_of({"tcp", "udp", "http", "https"}),
          text("certificate", "What https shows clients, by its ARN or its domain")
              .check(check::not_empty),
          ref("targets", "instance_pool", "Pool that serves it").required(),
          text("strategy", "Which member gets a new connection")
              .otherwise("round_robin")
              .one_of({"round_robin", "source_hash", "maglev_hash", "least_connections"}),
          health(),
      });
}

}  // namespace

extern const Kind load_balancer{
    .name = "load_balancer",
    .help = "One public address in front of pools of instances.",
    .schema =
        {
            text("description", "For people").otherwise(""),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            set_of("listeners", listener(), "Ports it serves"),
            set_of("networks", ref("network", "network", "A network"),
                   "The network that it is in; else the cloud's default one"),
            set_of("security_groups", ref("group", "security_group", "A group"),
                   "Firewalls around it; unless given its ports are open to all"),
            output("id", "Identifier in the cloud"),
            output("address", "Public IPv4 address, or host name"),
        },
};

}  // namespace stackctl::kinds

#include <algorithm>
#include <array>

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

/// One that stands alone: 3xx would have to say where to.
std::string status_alone(const Value& value) {
  constexpr std::int64_t hundred = 100;
  constexpr std::array<std::int64_t, 3> good = {2, 4, 5};
  const std::int64_t* const status = value.integer();
  const bool is_one = status != nullptr && std::ranges::find(good, *status / hundred) != good.end();
  return is_one ? "" : "must be a status of HTTP: 2xx, 4xx or 5xx";
}

/// What may become of a request: one of them.
Schema with_ends(Schema own) {
  own.push_back(ref("targets", "instance_pool", "Pool that serves it"));
  own.push_back(set_of("instances", ref("instance", "instance", "An instance"),
                       "Single instances that serve it, instead of a pool"));
  own.push_back(text("redirect", "Sends clients to the same address in another protocol instead")
                    .one_of({"https"}));
  own.push_back(integer("respond", "Answers with this status instead").check(status_alone));
  return own;
}

Attribute rule() {
  return object(
      "rule", "Requests that go elsewhere",
      with_ends(
          {text("host", "Host that clients ask for, with * and ?").check(check::not_empty),
           text("path", "Path that they ask for, with * and ?: /api/*").check(check::not_empty)}));
}

Attribute listener() {
  return object(
      "listener", "One port and what stands behind it",
      with_ends({
          integer("port", "Port that clients connect to").required().check(check::port),
          integer("target_port", "Port of the members; the same unless given").check(check::port),
          text("protocol",
               "What clients speak; http and tcp are the same where the cloud does not look inside")
              .otherwise("tcp")
              .one_of({"tcp", "udp", "http", "https"}),
          text("certificate", "What https shows clients, by its ARN or its domain")
              .check(check::not_empty),
          list_of("rules", rule(), "Of http and https: the first one that fits counts"),
          text("strategy", "Which member gets a new connection")
              .otherwise("round_robin")
              .one_of({"round_robin", "source_hash", "maglev_hash", "least_connections"}),
          health(),
      }));
}

}  // namespace

extern const Kind load_balancer{
    .name = "load_balancer",
    .help = "One public address in front of pools of instances, or single ones.",
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

#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

/// `peer` says which side the rule is about.
Schema rule(Attribute peer) {
  return {
      std::move(peer),
      integer("port", "The one port").check(check::port),
      text("ports", "A range of ports, such as 8000-8080"),
      text("protocol", "What is let through")
          .otherwise("tcp")
          .one_of({"tcp", "udp", "icmp", "icmpv6", "ah", "esp", "gre", "ipip", "all"}),
      text("description", "For people"),
  };
}

Attribute peer(std::string_view name, std::string_view help) {
  return text(name, help).required().check(check::cidr).or_ref("security_group");
}

}  // namespace

extern const Kind security_group{
    .name = "security_group",
    .help = "A stateful firewall around the instances that wear it.",
    .schema =
        {
            text("description", "For people").otherwise(""),
            ref("network", "network",
                "Network whose instances may wear it, else the cloud's default one; clouds whose "
                "groups are in no network ignore it"),
            set_of("ingress",
                   object("rule", "Traffic let in",
                          rule(peer("from", "Source: a CIDR block or a security group"))),
                   "Traffic let in; all else is dropped"),
            set_of("egress",
                   object("rule", "Traffic let out",
                          rule(peer("to", "Destination: a CIDR block or a security group"))),
                   "Traffic let out; without any rule all is"),
            output("id", "Identifier in the cloud"),
            output("name", "Name in the cloud"),
        },
};

}  // namespace stackctl::kinds

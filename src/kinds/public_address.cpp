#include "kinds/health.h"
#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind public_address{
    .name = "address",
    .help =
        "A public address that outlives the instances that have it. Instances and pools name it "
        "under addresses.",
    .schema =
        {
            boolean("ipv6", "An IPv6 address instead of an IPv4 one").otherwise(false),
            object(
                "health", "How the cloud finds out which instances serve it; none unless given",
                health_check(integer("port", "Where it is asked").required().check(check::port))),
            text("reverse_dns", "Name that the address resolves to").check(check::not_empty),
            text("description", "For people").otherwise(""),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            output("id", "Identifier in the cloud"),
            output("address", "The address"),
            output("cidr", "The address as a block, for firewall rules"),
        },
};

}  // namespace stackctl::kinds

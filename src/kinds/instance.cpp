#include "kinds/kinds.h"
#include "kinds/machine.h"

namespace stackctl::kinds {

extern const Kind instance{
    .name = "instance",
    .help = "A virtual machine.",
    .schema = with_machine({
        set_of("networks",
               object("network", "A private network, or one and the address there",
                      {
                          ref("network", "network", "The network").required(),
                          text("address", "Address there; any unless given").check(check::address),
                      })
                   .or_ref("network"),
               "Private networks that it is in"),
        text("reverse_dns", "Name that its public address resolves to").check(check::not_empty),
        output("id", "Identifier in the cloud"),
        output("address", "Public IPv4 address"),
        output("private_address", "IPv4 address in its private network"),
        output("ipv6_address", "Public IPv6 address"),
        output("state", "What the cloud says of it: running, stopped"),
    }),
};

}  // namespace stackctl::kinds

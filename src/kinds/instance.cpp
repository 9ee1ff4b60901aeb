#include "kinds/kinds.h"
#include "kinds/machine.h"

namespace stackctl::kinds {

extern const Kind instance{
    .name = "instance",
    .help = "A virtual machine.",
    .schema = with_machine({
        output("id", "Identifier in the cloud"),
        output("address", "Public IPv4 address"),
        output("ipv6_address", "Public IPv6 address"),
        output("state", "What the cloud says of it: running, stopped"),
    }),
};

}  // namespace stackctl::kinds

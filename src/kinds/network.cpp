#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

Attribute addresses(std::string_view name, std::string_view help) {
  return list_of(name, text("address", "IPv4 address").check(check::address), help);
}

Attribute range() {
  return object("range",
                "Addresses that are leased; with a cidr a part of it, else of a /24 network",
                {
                    text("start", "First address").required().check(check::address),
                    text("end", "Last address").required().check(check::address),
                });
}

}  // namespace

extern const Kind network{
    .name = "network",
    .help =
        "A private network between instances. With a cidr or a range the cloud leases addresses "
        "in it.",
    .schema =
        {
            text("cidr", "The network, such as 10.0.0.0/24").check(check::cidr),
            range(),
            addresses("dns_servers", "Name servers that leases tell"),
            addresses("ntp_servers", "Time servers that leases tell"),
            addresses("routers", "Gateways that leases tell"),
            list_of("domain_search", text("domain", "Domain"), "Where short names are looked up"),
            text("description", "For people").otherwise(""),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            output("id", "Identifier in the cloud"),
            output("leases", "Addresses that instances have in it", Type::list),
        },
};

}  // namespace stackctl::kinds

#include "kinds/kinds.h"
#include "kinds/machine.h"

namespace stackctl::kinds {

extern const Kind instance_pool{
    .name = "instance_pool",
    .help =
        "A number of like virtual machines. Members with old settings are replaced by new ones.",
    .schema = with_machine({
        integer("count", "How many members").required().check(check::not_negative),
        set_of("networks", ref("network", "network", "A private network"),
               "Private networks that the members are in"),
        integer("min_available", "Members that stay up while the cloud replaces others")
            .check(check::not_negative),
        object("update", "What becomes of members when the settings change",
               {
                   text("strategy",
                        "rolling: they are replaced one after the other; manual: new settings "
                        "reach new members only")
                       .otherwise("rolling")
                       .one_of({"rolling", "manual"}),
                   integer("batch", "How many are replaced at once")
                       .otherwise(1)
                       .check(check::positive),
                   text("wait",
                        "When a new member stands for an old one: once the load balancers in "
                        "front of it find it well, or once it runs")
                       .otherwise("health")
                       .one_of({"health", "running"}),
               })
            .otherwise(Map{{"strategy", "rolling"}}),
        object("autoscale",
               "The cloud itself changes how many members there are, by what there is to do; count "
               "is what it begins with, and what it goes to when the stack file changes it",
               {
                   integer("min", "Members at least").required().check(check::not_negative),
                   integer("max", "Members at most").required().check(check::positive),
                   integer("requests_per_target", "Requests a minute that each member is to get")
                       .check(check::positive),
                   ref("load_balancer", "load_balancer", "Whose requests are counted"),
               }),
        output("id", "Identifier in the cloud"),
        output("addresses", "Public IPv4 addresses of the members", Type::list),
        output("state", "What the cloud says of it: running, scaling-up"),
    }),
};

}  // namespace stackctl::kinds

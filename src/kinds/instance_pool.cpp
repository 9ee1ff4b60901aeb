#include "kinds/kinds.h"
#include "kinds/machine.h"

namespace stackctl::kinds {

extern const Kind instance_pool{
    .name = "instance_pool",
    .help = "A number of like virtual machines. New settings reach new members only.",
    .schema = with_machine({
        integer("count", "How many members").required().check(check::not_negative),
        integer("min_available", "Members that stay up while the cloud replaces others")
            .check(check::not_negative),
        output("id", "Identifier in the cloud"),
        output("state", "What the cloud says of it: running, scaling-up"),
    }),
};

}  // namespace stackctl::kinds

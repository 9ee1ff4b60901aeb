#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind affinity_group{
    .name = "affinity_group",
    .help = "Instances that name the group run on different hosts.",
    .schema =
        {
            text("description", "For people").otherwise(""),
            output("id", "Identifier in the cloud"),
            output("name", "Name in the cloud"),
        },
};

}  // namespace stackctl::kinds

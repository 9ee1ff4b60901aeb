#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind volume_snapshot{
    .name = "volume_snapshot",
    .help = "What was on a volume when this was made. It outlives the volume.",
    .schema =
        {
            ref("of", "volume", "The volume").required(),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            output("id", "Identifier in the cloud"),
            output("size", "GiB", Type::integer),
            output("state", "What the cloud says of it: creating, created"),
        },
};

}  // namespace stackctl::kinds

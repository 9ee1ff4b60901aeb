#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind volume{
    .name = "volume",
    .help =
        "A disk that outlives the instance that it is attached to. on_delete: snapshot keeps what "
        "is on it.",
    .schema =
        {
            integer("size",
                    "GiB; it can only grow, and is detached meanwhile. As large as the snapshot "
                    "that it is made from unless given")
                .check(check::positive),
            ref("attached_to", "instance", "The instance that has it"),
            text("from_snapshot",
                 "The snapshot that is on it when it is made: an identifier, or a volume_snapshot "
                 "resource. Of no meaning later")
                .or_ref("volume_snapshot"),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            output("id", "Identifier in the cloud"),
            output("state", "What the cloud says of it: attached, detached"),
        },
};

}  // namespace stackctl::kinds

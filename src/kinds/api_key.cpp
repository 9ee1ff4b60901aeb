#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind api_key{
    .name = "api_key",
    .help = "A key for the cloud's API, with the rights of a role.",
    .schema =
        {
            text("role", "An iam_role resource, or the name or id of a role that is there")
                .required()
                .check(check::not_empty)
                .or_ref("iam_role"),
            output("id", "Identifier in the cloud"),
            output("key", "The public half"),
            output("secret", "The secret half; known only in the run that makes the key")
                .shown_once(),
        },
};

}  // namespace stackctl::kinds

#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind iam_role{
    .name = "iam_role",
    .help = "What API keys of the role may do.",
    .schema =
        {
            text("description", "For people").check(check::not_empty),
            any("policy", "What is allowed, as the cloud's own policy document: a map")
                .required()
                .check(check::not_empty),
            any("assume_policy", "Who may take the role on, as the cloud's own document"),
            set_of("permissions", text("permission", "In the cloud's words"),
                   "What goes beyond policies"),
            map_of("labels", text("value", "Value of the label"),
                   "Names and values for your own use"),
            boolean("editable", "Whether it can change after its creation").otherwise(true),
            output("id", "Identifier in the cloud"),
            output("name", "Name in the cloud"),
        },
};

}  // namespace stackctl::kinds

#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind image{
    .name = "image",
    .help =
        "What instances boot from. It is looked up, by exactly one of name, family and id; of "
        "several the newest is taken.",
    .schema =
        {
            text("name", "Its name").check(check::not_empty),
            text("family", "The family it belongs to").check(check::not_empty),
            text("id", "Identifier in the cloud"),
            text("visibility", "Whether the account owns it or everybody sees it")
                .one_of({"private", "public"}),
        },
};

}  // namespace stackctl::kinds

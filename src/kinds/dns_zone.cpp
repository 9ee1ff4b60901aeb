#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind dns_zone{
    .name = "dns_zone",
    .help = "A domain whose records the cloud serves.",
    .schema =
        {
            text("name", "The domain, such as example.com").required().check(check::not_empty),
            output("id", "Identifier in the cloud"),
            output("name_servers", "Who serves it, for the registrar of the domain", Type::list),
        },
};

}  // namespace stackctl::kinds

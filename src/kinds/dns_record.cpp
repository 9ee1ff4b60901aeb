#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind dns_record{
    .name = "dns_record",
    .help = "The records of one name and type in a zone.",
    .schema =
        {
            text("zone", "A dns_zone resource, or the name of a zone that is there")
                .required()
                .check(check::not_empty)
                .or_ref("dns_zone"),
            text("name", "Below the zone: www, *.dev; empty or @ for the zone itself")
                .otherwise(""),
            text("type", "Type of the records")
                .required()
                .one_of({"A", "AAAA", "ALIAS", "CAA", "CNAME", "HINFO", "MX", "NAPTR", "NS", "POOL",
                         "SRV", "SSHFP", "TXT", "URL"}),
            text("value", "What the name stands for").check(check::not_empty),
            set_of("values", text("value", "One of them").check(check::not_empty),
                   "The same, where it stands for several"),
            duration("ttl", "How long others may remember it").otherwise("1h"),
            integer("priority", "Of MX and SRV: the lowest is asked first")
                .check(check::not_negative),
            output("id", "Identifier in the cloud"),
        },
};

}  // namespace stackctl::kinds

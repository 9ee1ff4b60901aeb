#include "kinds/data_service.h"
#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind cache{
    .name = "cache",
    .help = "A managed key-value store that speaks the protocol of Redis, or that of Memcached.",
    .schema = with_data_service({
        text("engine", "What it runs").otherwise("valkey").one_of({"valkey", "redis", "memcached"}),
    }),
};

}  // namespace stackctl::kinds

#include "kinds/data_service.h"
#include "kinds/kinds.h"

namespace stackctl::kinds {

extern const Kind cache{
    .name = "cache",
    .help = "A managed key-value store that speaks the protocol of Redis.",
    .schema = with_data_service({
        text("engine", "What it runs").otherwise("valkey").one_of({"valkey", "redis"}),
    }),
};

}  // namespace stackctl::kinds

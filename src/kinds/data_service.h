// The attributes that managed databases and caches have in common.
#pragma once

#include "stackctl/schema.h"

namespace stackctl::kinds {

/// `own` before what every managed data service has.
Schema with_data_service(Schema own);

}  // namespace stackctl::kinds

// Reads the buckets of a zone. S3 lists names only: what else is to be known is asked for bucket by
// bucket, of others' buckets no more than whose they are.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"

namespace stackctl::exoscale {

/// The listing of exoscale.bucket.
inline constexpr std::string_view kBuckets = "sos/buckets";

/// Its `Done` is {buckets: [...]}: attributes, and "mark" of those that have one, or
/// "is-unclaimed".
std::unique_ptr<Flow> list_buckets(const Api& api, std::string zone);

}  // namespace stackctl::exoscale

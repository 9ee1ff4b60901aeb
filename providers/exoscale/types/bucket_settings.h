// What S3's answers say of a bucket, in the terms of exoscale.bucket, and back.
#pragma once

#include <string>

#include "stackctl/value.h"

namespace stackctl::exoscale {

/// "private", "public-read", "public-read-write", "authenticated-read"; "custom" for what none of
/// these describes.
Value acl_of(const Value& answer);
Value versioning_of(const Value& answer);
Value cors_of(const Value& answer);

std::string versioning_body(const Value& versioning);
std::string cors_body(const Value& rules);

}  // namespace stackctl::exoscale

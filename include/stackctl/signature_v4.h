// AWS Signature Version 4, in the Authorization header.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/clock.h"
#include "stackctl/http.h"

namespace stackctl::signature_v4 {

struct Credentials {
  std::string_view key;
  std::string_view secret;
  std::string_view session_token = {};  ///< of temporary credentials
};

struct Scope {
  std::string_view service;  ///< "s3" signs paths and bodies in its own way
  std::string_view region;
};

/// Signs `request` for `now`: sets X-Amz-Date and Authorization, with a session token
/// X-Amz-Security-Token, for S3 X-Amz-Content-Sha256. Every header that is there is signed, and
/// the host; what a transport adds is not. Signing anew replaces the old signature.
void sign(http::Request& request, const Scope& scope, const Credentials& credentials, Time now);

/// What `sign` digests of a request that has its headers; for tests and servers.
std::string canonical_request(const http::Request& request, std::string_view service);

}  // namespace stackctl::signature_v4

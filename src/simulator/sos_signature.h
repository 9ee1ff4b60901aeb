// Verifies AWS Signature V4 as the object storage wants it. Written from the published description
// alone: it shares no code with what signs, so that one checks the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stackctl/clock.h"
#include "stackctl/http.h"

namespace stackctl::simulator::sos {

struct Signer {
  std::string_view key;
  std::string_view secret;
  std::string_view region;
};

/// Why a request is refused, in S3's words.
struct SignatureFault {
  int status = 403;
  std::string code;
  std::string message;
};

/// Nothing when `request` is signed by `signer` for the service s3: host, every x-amz header and
/// the digest of the body included, not more than 15 minutes from `now`.
std::optional<SignatureFault> check_signature(const http::Request& request, const Signer& signer,
                                              Time now);

}  // namespace stackctl::simulator::sos

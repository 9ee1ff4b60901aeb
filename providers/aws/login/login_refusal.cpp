#include "login_refusal.h"

#include <algorithm>
#include <array>

#include "aws/api/errors.h"

namespace stackctl::aws {
namespace {

constexpr std::array<std::string_view, 5> kUnknownKeys = {
    "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "InvalidToken",
    "MissingAuthenticationToken"};
constexpr std::array<std::string_view, 3> kWrongSignatures = {
    "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature"};

/// EC2 has one word for all of it, and uses that word for other things as well.
bool is_of_ec2(const Refusal& refusal) {
  return refusal.code == "AuthFailure" &&
         refusal.message.find("access credentials") != std::string::npos;
}

}  // namespace

std::optional<std::string> login_refusal(const http::Reply& reply, std::string_view origin) {
  const Refusal refusal = refusal_in(reply);
  const auto is_among = [&](const auto& codes) {
    return std::ranges::find(codes, refusal.code) != codes.end();
  };
  if (!is_of_ec2(refusal) && !is_among(kUnknownKeys) && !is_among(kWrongSignatures))
    return std::nullopt;
  return "AWS does not accept the credentials of " + std::string(origin) +
         "; check access key, secret and session token, this machine's clock, and that the region "
         "is "
         "enabled for the account";
}

}  // namespace stackctl::aws

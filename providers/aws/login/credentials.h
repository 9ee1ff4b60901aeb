// Who asks, and where: found in the places, and in the order, of AWS's own tools.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "stackctl/clock.h"
#include "stackctl/flow.h"
#include "stackctl/http.h"
#include "stackctl/provider.h"
#include "stackctl/value.h"

namespace stackctl::aws {

struct Credentials {
  std::string key;
  Secret secret;
  Secret session_token;  ///< of temporary ones
  std::optional<Time> expires = {};
};

struct Found;

/// The credentials of a connection, and the way to get and renew them.
class Login {
 public:
  /// `sts_endpoint` is where roles are assumed: "https://sts.eu-west-1.amazonaws.com".
  Login(Found found, std::string sts_endpoint, const Surroundings& surroundings);

  /// Whether there are none yet, or none for long. Never, where nothing could be renewed.
  bool needs_renewal(Time now) const;
  /// The cloud takes them no longer.
  void refused() const;
  /// Its calls are part of a login; those that are to be signed are for the service "sts", all
  /// others for none. It fails when nothing is left to sign with; a renewal that fails early is
  /// tried again later.
  std::unique_ptr<Flow> renew() const;

  /// Those to sign `request` with: all but calls that assume a role have the same.
  const Credentials& credentials_for(const http::Request& request) const;
  const Diagnostics& warnings() const { return warnings_; }
  /// Where they come from, for messages: "the environment", "profile 'ci'".
  const std::string& origin() const;

  struct State;

 private:
  Diagnostics warnings_;
  std::shared_ptr<State> state_;
};

/// Makes no call and runs no command: that is left to `renew`. Without `sts_endpoint` roles are
/// assumed at AWS's own of the region.
Result<std::shared_ptr<Login>> find_login(const Value& settings, const Surroundings& surroundings,
                                          std::string sts_endpoint = {});

/// The setting `region`, AWS_REGION, AWS_DEFAULT_REGION, that of the profile; a fault if there is
/// none.
Result<std::string> find_region(const Value& settings, const Surroundings& surroundings);

/// URLs that the profile names: service id in lower case ("elastic_load_balancing_v2") → URL; the
/// empty id is that of all others. The environment counts before them.
std::map<std::string, std::string, std::less<>> endpoints_of_profile(
    const Value& settings, const Surroundings& surroundings);

}  // namespace stackctl::aws

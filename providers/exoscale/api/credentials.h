// Who logs in, and where: found in the places, and in the order, of Exoscale's own clients.
#pragma once

#include <string>

#include "stackctl/provider.h"
#include "stackctl/value.h"

namespace stackctl::exoscale {

struct Login {
  std::string key;
  Secret secret;
  std::string zone;
  std::string endpoint;  ///< "https://api-ch-gva-2.exoscale.com/v2", without a slash at the end
  std::string storage_endpoint;  ///< "https://sos-ch-gva-2.exo.io", likewise
};

/// The stack file first, then the environment, then `exoscale.toml`, then defaults. Key and secret
/// from the environment count only together. An account that the stack file names is read from
/// the file whatever the environment says.
Result<Login> log_in(const Value& settings, const Surroundings& surroundings);

}  // namespace stackctl::exoscale

#include "provider.h"

#include "connection.h"
#include "exoscale/api/credentials.h"
#include "exoscale/lower/lowerings.h"
#include "exoscale/types/types.h"

namespace stackctl::exoscale {
namespace {

Result<std::unique_ptr<stackctl::Connection>> connect(const Value& settings,
                                                      const Surroundings& surroundings) {
  Result<Login> login = log_in(settings, surroundings);
  if (!login) return login.fault();
  std::unique_ptr<stackctl::Connection> connection =
      std::make_unique<Connection>(*std::move(login));
  return connection;
}

}  // namespace

extern const Provider provider{
    .name = "exoscale",
    .help =
        "Exoscale (API v2). Credentials come from EXOSCALE_API_KEY and EXOSCALE_API_SECRET, or "
        "from the exoscale.toml of the exo command.",
    .settings =
        {
            text("zone", "Zone, such as ch-gva-2; else EXOSCALE_ZONE or the account's default"),
            text("account", "Account in exoscale.toml; else EXOSCALE_ACCOUNT or its default"),
            text("endpoint", "URL of the API with /v2; else EXOSCALE_API_ENDPOINT or the zone's"),
            text("storage_endpoint",
                 "URL of the object storage; else EXOSCALE_STORAGE_API_ENDPOINT, "
                 "EXOSCALE_SOS_ENDPOINT or the zone's. With an 'endpoint' that is not Exoscale's "
                 "own: /sos on the same host"),
        },
    .types = resource_types(),
    .lowerings = lowerings(),
    .connect = connect,
};

}  // namespace stackctl::exoscale

#include "listings.h"

#include <algorithm>
#include <array>

#include "exoscale/api/details.h"
#include "exoscale/types/database_service.h"
#include "exoscale/types/dns.h"

namespace stackctl::exoscale {
namespace {

/// Named after the list in its answer.
std::string operation_of(std::string_view name) {
  const std::string_view key = listing_of(name).key;
  return "list-" + (key.empty() ? std::string(name.substr(1)) + "s" : std::string(key));
}

std::vector<Call> one_call(const Api& api, std::string_view name) {
  return {api.get(operation_of(name), name)};
}

/// The public ones, the account's own.
std::vector<Call> both_visibilities(const Api& api, std::string_view name) {
  return {api.get(operation_of(name), name, {{"visibility", "public"}}),
          api.get(operation_of(name), name, {{"visibility", "private"}})};
}

constexpr Listing kPlain{.begin = one_call};
constexpr std::array kListings = {
    Listing{.name = "/block-storage", .key = "block-storage-volumes", .begin = one_call},
    Listing{.name = "/dbaas-service", .begin = dbaas::list, .follow = dbaas::follow_list},
    Listing{.name = "/dns-domain", .begin = dns::list, .follow = dns::follow_list},
    Listing{.name = "/elastic-ip", .begin = one_call, .follow = details::follow_list},
    Listing{.name = "/instance", .begin = one_call, .follow = details::follow_list},
    Listing{.name = "/template", .begin = both_visibilities},
};

}  // namespace

const Listing& listing_of(std::string_view name) {
  const auto* const found = std::ranges::find(kListings, name, &Listing::name);
  return found == kListings.end() ? kPlain : *found;
}

}  // namespace stackctl::exoscale

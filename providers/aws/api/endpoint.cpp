#include "endpoint.h"

#include <algorithm>
#include <array>

namespace stackctl::aws {
namespace {

struct Partition {
  std::string_view prefix;  ///< of its regions
  std::string_view name;
  std::string_view domain;
  std::string_view dual_stack_domain;
  std::string_view global_region;  ///< in the signatures of services without regions
};
/// The first row whose prefix fits.
constexpr std::array kPartitions = {
    Partition{"cn-", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn",
              "cn-northwest-1"},
    Partition{"us-gov-", "aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1"},
    Partition{"us-iso-", "aws-iso", "c2s.ic.gov", "c2s.ic.gov", "us-iso-east-1"},
    Partition{"us-isob-", "aws-iso-b", "sc2s.sgov.gov", "sc2s.sgov.gov", "us-isob-east-1"},
    Partition{"", "aws", "amazonaws.com", "api.aws", "us-east-1"},
};

const Partition& partition(std::string_view region) {
  return *std::ranges::find_if(
      kPartitions, [&](const Partition& row) { return region.starts_with(row.prefix); });
}

}  // namespace

std::string_view partition_of(std::string_view region) { return partition(region).name; }

std::string signing_region(const Endpoints& endpoints, const Service& service) {
  return service.is_global ? std::string(partition(endpoints.region).global_region)
                           : endpoints.region;
}

std::string endpoint_of(const Endpoints& endpoints, const Service& service) {
  for (const std::string_view name : {service.name, std::string_view()})
    if (const auto own = endpoints.overrides.find(name); own != endpoints.overrides.end())
      return own->second;
  const Partition& row = partition(endpoints.region);
  std::string host(service.host);
  if (endpoints.use_fips) host += "-fips";
  if (!service.is_global) host += '.' + endpoints.region;
  const std::string_view domain = endpoints.use_dual_stack ? row.dual_stack_domain : row.domain;
  return "https://" + host + '.' + std::string(domain);
}

}  // namespace stackctl::aws

// Where the services of a region are.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "service.h"

namespace stackctl::aws {

struct Endpoints {
  std::string region;
  bool use_fips = false;
  bool use_dual_stack = false;
  /// Service name → URL without a slash at the end; the empty name is that of all others.
  std::map<std::string, std::string, std::less<>> overrides = {};
};

/// "https://ec2.eu-west-1.amazonaws.com", without a slash at the end.
std::string endpoint_of(const Endpoints& endpoints, const Service& service);

/// The region in the scope of its signatures.
std::string signing_region(const Endpoints& endpoints, const Service& service);

/// "aws", "aws-cn", "aws-us-gov": what ARNs begin with behind "arn:".
std::string_view partition_of(std::string_view region);

}  // namespace stackctl::aws

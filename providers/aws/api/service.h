// AWS's services, as far as stackctl speaks to them: where they are, and what they speak.
#pragma once

#include <span>
#include <string_view>

namespace stackctl::aws {

enum class Protocol {
  ec2,    ///< form fields in, lists flattened ("Filter.1.Value.1"); XML out, fields in small case
  query,  ///< form fields in, lists with "member"; XML out
  json,   ///< JSON both ways, the action in X-Amz-Target
  rest_xml,  ///< paths and XML
};

struct Service {
  std::string_view name;     ///< in operations: "ec2:CreateVpc"
  std::string_view host;     ///< "elasticloadbalancing" of elasticloadbalancing.eu-west-1.…
  std::string_view signing;  ///< in the scope of signatures, where it is not `host`
  std::string_view id;       ///< in AWS_ENDPOINT_URL_…: "ELASTIC_LOAD_BALANCING_V2"
  Protocol protocol = Protocol::query;
  std::string_view version;      ///< "2016-11-15"; of JSON: "1.1", its media type's version
  std::string_view target = {};  ///< of JSON: what stands before the action in X-Amz-Target
  /// One for all regions, signed for us-east-1 (of the usual partition).
  bool is_global = false;
  std::string_view token_in = "Marker";   ///< parameter that asks for the next page
  std::string_view token_out = "Marker";  ///< where an answer names it
};

extern const Service auto_scaling;
extern const Service certificate_manager;
extern const Service ec2;
extern const Service elastic_cache;
extern const Service elastic_load_balancing;  ///< classic
extern const Service elastic_load_balancing_v2;
extern const Service iam;
extern const Service rds;
extern const Service resource_tagging;
extern const Service route_53;
extern const Service s3;
extern const Service sts;

std::span<const Service* const> services();
/// The one of `name`, or null.
const Service* find_service(std::string_view name);

}  // namespace stackctl::aws

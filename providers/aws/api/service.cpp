#include "service.h"

#include <algorithm>
#include <array>

namespace stackctl::aws {

extern const Service auto_scaling{.name = "autoscaling",
                                  .host = "autoscaling",
                                  .signing = "autoscaling",
                                  .id = "AUTO_SCALING",
                                  .protocol = Protocol::query,
                                  .version = "2011-01-01",
                                  .token_in = "NextToken",
                                  .token_out = "NextToken"};
extern const Service certificate_manager{.name = "acm",
                                         .host = "acm",
                                         .signing = "acm",
                                         .id = "ACM",
                                         .protocol = Protocol::json,
                                         .version = "1.1",
                                         .target = "CertificateManager",
                                         .token_in = "NextToken",
                                         .token_out = "NextToken"};
extern const Service ec2{.name = "ec2",
                         .host = "ec2",
                         .signing = "ec2",
                         .id = "EC2",
                         .protocol = Protocol::ec2,
                         .version = "2016-11-15",
                         .token_in = "NextToken",
                         .token_out = "nextToken"};
extern const Service elastic_cache{.name = "elasticache",
                                   .host = "elasticache",
                                   .signing = "elasticache",
                                   .id = "ELASTICACHE",
                                   .protocol = Protocol::query,
                                   .version = "2015-02-02"};
extern const Service elastic_load_balancing{.name = "elb",
                                            .host = "elasticloadbalancing",
                                            .signing = "elasticloadbalancing",
                                            .id = "ELASTIC_LOAD_BALANCING",
                                            .protocol = Protocol::query,
                                            .version = "2012-06-01",
                                            .token_out = "NextMarker"};
extern const Service elastic_load_balancing_v2{.name = "elbv2",
                                               .host = "elasticloadbalancing",
                                               .signing = "elasticloadbalancing",
                                               .id = "ELASTIC_LOAD_BALANCING_V2",
                                               .protocol = Protocol::query,
                                               .version = "2015-12-01",
                                               .token_out = "NextMarker"};
extern const Service iam{.name = "iam",
                         .host = "iam",
                         .signing = "iam",
                         .id = "IAM",
                         .protocol = Protocol::query,
                         .version = "2010-05-08",
                         .is_global = true};
extern const Service rds{.name = "rds",
                         .host = "rds",
                         .signing = "rds",
                         .id = "RDS",
                         .protocol = Protocol::query,
                         .version = "2014-10-31"};
extern const Service resource_tagging{.name = "tagging",
                                      .host = "tagging",
                                      .signing = "tagging",
                                      .id = "RESOURCE_GROUPS_TAGGING_API",
                                      .protocol = Protocol::json,
                                      .version = "1.1",
                                      .target = "ResourceGroupsTaggingAPI_20170126",
                                      .token_in = "PaginationToken",
                                      .token_out = "PaginationToken"};
extern const Service route_53{.name = "route53",
                              .host = "route53",
                              .signing = "route53",
                              .id = "ROUTE_53",
                              .protocol = Protocol::rest_xml,
                              .version = "2013-04-01",
                              .is_global = true,
                              .token_in = "marker",
                              .token_out = "NextMarker"};
extern const Service s3{.name = "s3",
                        .host = "s3",
                        .signing = "s3",
                        .id = "S3",
                        .protocol = Protocol::rest_xml,
                        .version = "2006-03-01"};
extern const Service sts{.name = "sts",
                         .host = "sts",
                         .signing = "sts",
                         .id = "STS",
                         .protocol = Protocol::query,
                         .version = "2011-06-15"};

std::span<const Service* const> services() {
  static constexpr std::array all = {
      &auto_scaling,
      &certificate_manager,
      &ec2,
      &elastic_cache,
      &elastic_load_balancing,
      &elastic_load_balancing_v2,
      &iam,
      &rds,
      &resource_tagging,
      &route_53,
      &s3,
      &sts,
  };
  return all;
}

const Service* find_service(std::string_view name) {
  const auto found = std::ranges::find(services(), name, &Service::name);
  return found == services().end() ? nullptr : *found;
}

}  // namespace stackctl::aws

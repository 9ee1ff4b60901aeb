#include "census.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "aws/api/tagging.h"
#include "aws/types/types.h"
#include "listings.h"
#include "stackctl/listing.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

/// What the tagging API calls a type. It does not show auto scaling groups, roles and zones.
struct Counted {
  const Type* type;
  std::string_view service;      ///< in ARNs
  std::string_view resource;     ///< what the part of an ARN behind the account begins with
  bool is_of_aws_alone = false;  ///< emulators do not show it
};
/// Of the rows that fit an ARN the first counts, and those that say the same.
constexpr std::array kCounted = {
    Counted{&builder, "ec2", "instance/"},
    Counted{&instance, "ec2", "instance/"},
    Counted{&ebs_snapshot, "ec2", "snapshot/"},
    Counted{&ebs_volume, "ec2", "volume/"},
    Counted{&image, "ec2", "image/"},
    Counted{&internet_gateway, "ec2", "internet-gateway/"},
    Counted{&nat_gateway, "ec2", "natgateway/"},
    Counted{&route_table, "ec2", "route-table/"},
    Counted{&security_group, "ec2", "security-group/"},
    Counted{&subnet, "ec2", "subnet/"},
    Counted{&vpc, "ec2", "vpc/"},
    Counted{&load_balancer, "elasticloadbalancing", "loadbalancer/app/"},
    Counted{&load_balancer, "elasticloadbalancing", "loadbalancer/net/"},
    Counted{&classic_load_balancer, "elasticloadbalancing", "loadbalancer/"},
    Counted{&target_group, "elasticloadbalancing", "targetgroup/"},
    Counted{&db_instance, "rds", "db:"},
    Counted{&db_parameter_group, "rds", "pg:", true},
    Counted{&db_snapshot, "rds", "snapshot:"},
    Counted{&db_subnet_group, "rds", "subgrp:", true},
    Counted{&cache_cluster, "elasticache", "cluster:"},
    Counted{&cache_replication_group, "elasticache", "replicationgroup:"},
    Counted{&cache_subnet_group, "elasticache", "subnetgroup:"},
};

/// "ec2:vpc"
std::string filter_of(const Counted& row) {
  const std::string_view word = row.resource.substr(0, row.resource.find_first_of("/:"));
  return std::string(row.service).append(":").append(word);
}

/// Only AWS itself is sure to know all of these words, and to show all of these types. Without the
/// words all that the stack owns is shown, a hundred a page.
bool is_aws(const Endpoints& endpoints) {
  return !endpoints.overrides.contains("") && !endpoints.overrides.contains(resource_tagging.name);
}

Map parameters_of(const Api& api, std::string_view stack,
                  std::span<const ResourceType* const> types) {
  constexpr int page = 100;
  Map parameters{{"TagFilters", List{Map{{"Key", kStackTag}, {"Values", List{stack}}}}},
                 {"ResourcesPerPage", page}};
  if (!is_aws(api.endpoints)) return parameters;
  std::set<std::string> words;
  for (const Counted& row : kCounted)
    if (std::ranges::find(types, &row.type->resource) != types.end()) words.insert(filter_of(row));
  parameters.emplace("ResourceTypeFilters", List(words.begin(), words.end()));
  return parameters;
}

/// Those of `types` of which nothing can be said.
std::set<std::string_view> unknown_in(const Api& api, std::span<const ResourceType* const> types) {
  std::set<std::string_view> names;
  for (const Counted& row : kCounted)
    if (row.is_of_aws_alone && !is_aws(api.endpoints) &&
        std::ranges::find(types, &row.type->resource) != types.end())
      names.insert(row.type->resource.name);
  return names;
}

/// With those of the types in what was read.
List with_names_in(const Value& read, std::set<std::string_view> names) {
  for (const Value& item : read[kTagged].items())
    for (const ResourceType* type : counted_as(item.text_at("ResourceARN")))
      names.insert(type->name);
  return {names.begin(), names.end()};
}

class Census final : public Flow {
 public:
  Census(std::unique_ptr<Flow> pages, std::set<std::string_view> unknown)
      : pages_(std::move(pages)), unknown_(std::move(unknown)) {}

  Next next(const Seen& seen) override {
    Next next = pages_->next(seen);
    if (auto* const done = std::get_if<Done>(&next))
      done->outputs = with_names_in(done->outputs, unknown_);
    return next;
  }

 private:
  std::unique_ptr<Flow> pages_;
  std::set<std::string_view> unknown_;  ///< they are told, so that they are read
};

}  // namespace

std::vector<Call> list_tagged(const Api& api, std::span<const Value> lookups) {
  return {api.read(resource_tagging, "GetResources", lookups.front())};
}

std::unique_ptr<Flow> count_owned(const Api& api, std::string_view stack,
                                  std::span<const ResourceType* const> types) {
  // Not every region has such a host for it.
  if (api.endpoints.use_fips || api.endpoints.use_dual_stack) return nullptr;
  const Value parameters = parameters_of(api, stack, types);
  std::vector<Reading> readings;
  readings.push_back(reading_of(api, kTagged, {.lookups = {parameters}, .declared = {}}));
  return std::make_unique<Census>(read_lists(std::move(readings)), unknown_in(api, types));
}

std::vector<const ResourceType*> counted_as(std::string_view arn) {
  constexpr std::size_t service = 2;
  constexpr std::size_t before_resource = 5;
  const std::vector<std::string> parts = split(arn, ':');
  if (parts.size() <= before_resource) return {};
  std::size_t length = before_resource;
  for (std::size_t i = 0; i < before_resource; ++i) length += parts[i].size();
  const std::string_view resource = arn.substr(length);
  const auto fits = [&](const Counted& row) {
    return row.service == parts[service] && resource.starts_with(row.resource);
  };
  std::vector<const ResourceType*> types;
  const auto first = std::ranges::find_if(kCounted, fits);
  for (auto row = first; row != kCounted.end(); ++row)
    if (row->service == first->service && row->resource == first->resource)
      types.push_back(&row->type->resource);
  return types;
}

}  // namespace stackctl::aws

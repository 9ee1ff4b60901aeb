#include "listings.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "aws/api/batches.h"
#include "aws/api/wire.h"
#include "aws/types/dns.h"
#include "aws/types/iam.h"
#include "aws/types/images.h"
#include "aws/types/tag_lists.h"
#include "census.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr int kPage = 1000;  // what EC2 gives at most
constexpr int kGroupsPage = 100;
constexpr int kTemplatesPage = 200;
constexpr int kTablePage = 100;  // of route tables
constexpr int kBalancersPage = 400;
constexpr int kDatabasesPage = 100;

/// Those that AWS makes day by day go with their database.
std::vector<Call> list_db_snapshots(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(rds, "DescribeDBSnapshots",
                   Map{{"MaxRecords", kDatabasesPage}, {"SnapshotType", "manual"}})};
}

/// Their newest versions say what there is to know of launch templates, but for the tags.
std::vector<Call> list_templates(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(ec2, "DescribeLaunchTemplateVersions",
                   Map{{"LaunchTemplateVersion", List{"$Latest"}}, {"MaxResults", kTemplatesPage}}),
          api.read(ec2, "DescribeTags",
                   Map{{"Filter", filters({{"resource-type", "launch-template"}})},
                       {"MaxResults", kPage}})};
}

constexpr std::array kPages = {
    Page{&ec2, "DescribeAddresses", "addressesSet", "addresses"},
    Page{&ec2, "DescribeImages", "imagesSet", "images"},
    Page{&ec2, "DescribeInstances", "reservationSet", "reservations", "MaxResults", kPage},
    Page{&ec2, "DescribeInternetGateways", "internetGatewaySet", "internet_gateways", "MaxResults",
         kPage},
    Page{&ec2, "DescribeKeyPairs", "keySet", "key_pairs"},
    Page{&ec2, "DescribeLaunchTemplateVersions", "launchTemplateVersionSet", "newest_versions"},
    Page{&ec2, "DescribeNatGateways", "natGatewaySet", "nat_gateways", "MaxResults", kPage},
    Page{&ec2, "DescribeRouteTables", "routeTableSet", "route_tables", "MaxResults", kTablePage},
    Page{&ec2, "DescribeSecurityGroups", "securityGroupInfo", "security_groups", "MaxResults",
         kPage},
    Page{&ec2, "DescribeSnapshots", "snapshotSet", "snapshots"},
    Page{&ec2, "DescribeTags", "tagSet", "template_tags"},
    Page{&ec2, "DescribeSubnets", "subnetSet", "subnets", "MaxResults", kPage},
    Page{&ec2, "DescribeVolumes", "volumeSet", "volumes", "MaxResults", kPage},
    Page{&ec2, "DescribeVpcs", "vpcSet", "vpcs", "MaxResults", kPage},
    Page{&auto_scaling, "DescribeAutoScalingGroups", "AutoScalingGroups", "auto_scaling_groups",
         "MaxRecords", kGroupsPage},
    Page{&auto_scaling, "DescribePolicies", "ScalingPolicies", "scaling_policies", "MaxRecords",
         kGroupsPage},
    Page{&certificate_manager, "ListCertificates", "CertificateSummaryList", "certificates"},
    Page{.service = &iam,
         .action = "GetAccountAuthorizationDetails",
         .items = "RoleDetailList",
         .list = "iam",
         .read = identity::read_details},
    Page{.service = &iam,
         .action = "ListInstanceProfiles",
         .items = "InstanceProfiles",
         .list = "iam",
         .read = identity::read_profiles},
    Page{.service = &route_53,
         .action = "ListHostedZones",
         .items = "HostedZones",
         .list = "hosted_zones",
         .leads_to = dns::details_of},
    Page{&route_53, "ListTagsForResources", "ResourceTagSets", "hosted_zone_tags"},
    Page{.service = &route_53,
         .action = "ListResourceRecordSets",
         .items = "ResourceRecordSets",
         .list = "dns_records",
         .read = dns::read_records},
    Page{&elastic_load_balancing_v2, "DescribeLoadBalancers", "LoadBalancers", "load_balancers",
         "PageSize", kBalancersPage, balancers_lead_to},
    Page{.service = &elastic_load_balancing_v2,
         .action = "DescribeTags",
         .items = "TagDescriptions",
         .list = "load_balancing_tags",
         .leads_to = parts_of_marked},
    Page{.service = &elastic_load_balancing_v2,
         .action = "DescribeListeners",
         .items = "Listeners",
         .list = "listeners",
         .leads_to = tags_of_listeners},
    Page{.service = &elastic_load_balancing_v2,
         .action = "DescribeRules",
         .items = "Rules",
         .list = "listener_rules",
         .leads_to = tags_of_rules,
         .read = read_rules},
    Page{&elastic_load_balancing_v2, "DescribeTargetGroups", "TargetGroups", "target_groups",
         "PageSize", kBalancersPage, tags_of_target_groups},
    Page{.service = &elastic_load_balancing_v2,
         .action = "DescribeTargetHealth",
         .items = "TargetHealthDescriptions",
         .list = "target_health",
         .read = read_target_health},
    Page{&elastic_load_balancing, "DescribeLoadBalancers", "LoadBalancerDescriptions",
         "classic_load_balancers", "PageSize", kBalancersPage, tags_of_classic_balancers},
    Page{&elastic_load_balancing, "DescribeTags", "TagDescriptions", "classic_tags"},
    Page{&elastic_cache, "DescribeReplicationGroups", "ReplicationGroups",
         "cache_replication_groups", "MaxRecords", kDatabasesPage, tags_of_caches},
    Page{.service = &elastic_cache,
         .action = "DescribeCacheClusters",
         .items = "CacheClusters",
         .list = "cache_clusters",
         .leads_to = tags_of_clusters},
    Page{&elastic_cache, "DescribeCacheSubnetGroups", "CacheSubnetGroups", "cache_subnet_groups",
         "MaxRecords", kDatabasesPage, tags_of_caches},
    Page{.service = &elastic_cache,
         .action = "ListTagsForResource",
         .items = "TagList",
         .list = "cache_tags",
         .read = read_tags},
    Page{&rds, "DescribeDBInstances", "DBInstances", "db_instances", "MaxRecords", kDatabasesPage},
    Page{&rds, "DescribeDBSnapshots", "DBSnapshots", "db_snapshots"},
    Page{&rds, "DescribeDBSubnetGroups", "DBSubnetGroups", "db_subnet_groups", "MaxRecords",
         kDatabasesPage, tags_of_db_subnet_groups},
    Page{&rds, "DescribeDBParameterGroups", "DBParameterGroups", "db_parameter_groups",
         "MaxRecords", kDatabasesPage, tags_of_db_parameter_groups},
    Page{.service = &rds,
         .action = "ListTagsForResource",
         .items = "TagList",
         .list = "rds_tags",
         .read = read_tags},
    Page{.service = &rds,
         .action = "DescribeDBParameters",
         .items = "Parameters",
         .list = "db_parameters",
         .read = read_parameters},
    Page{&resource_tagging, "GetResources", "ResourceTagMappingList", kTagged},
};

std::vector<Call> list_caches(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(elastic_cache, "DescribeCacheClusters",
                   Map{{"MaxRecords", kDatabasesPage}, {"ShowCacheNodeInfo", true}})};
}

/// Without the kinds of keys named only those of RSA are listed.
std::vector<Call> list_issued(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(
      certificate_manager, "ListCertificates",
      Map{{"CertificateStatuses", List{"ISSUED"}},
          {"Includes", Map{{"keyTypes", List{"RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096",
                                             "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"}}}},
          {"MaxItems", kPage}})};
}

std::vector<Call> list_keys(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(ec2, "DescribeKeyPairs", Map{{"IncludePublicKey", true}})};
}

/// Those that others publish are not the account's to keep.
std::vector<Call> list_own_snapshots(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(ec2, "DescribeSnapshots", Map{{"Owner", List{"self"}}, {"MaxResults", kPage}})};
}

Map parameters_of(const Page& page) {
  if (page.size_name.empty()) return {};
  return {{std::string(page.size_name), page.size}};
}

Call first_page(const Api& api, std::string_view list) {
  const auto page = std::ranges::find(kPages, list, &Page::list);
  return api.read(*page->service, page->action, parameters_of(*page));
}

/// One after the other, so that their tags are asked for together.
std::vector<Call> list_balancers(const Api& api, std::span<const Value> /*lookups*/) {
  return {first_page(api, "load_balancers"), first_page(api, "target_groups")};
}

constexpr std::array kListings = {
    Listing{"cache_clusters", list_caches},
    Listing{"certificates", list_issued},
    Listing{"db_snapshots", list_db_snapshots},
    Listing{"hosted_zones", dns::list_zones},
    Listing{"iam", identity::list_details},
    Listing{"images", find_images},
    Listing{"instance_profiles", identity::list_profiles},
    Listing{"key_pairs", list_keys},
    Listing{"launch_templates", list_templates},
    Listing{"load_balancing", list_balancers},
    Listing{"published_images", find_published_images},
    Listing{"snapshots", list_own_snapshots},
    Listing{kTagged, list_tagged},
};

const Page* page_of(const Call& call) {
  const auto found = std::ranges::find_if(kPages, [&](const Page& page) {
    return page.service->name == call.request.service && page.action == action_of(call);
  });
  return found == kPages.end() ? nullptr : &*found;
}

/// `call` once more, for the page behind `token`.
Call next_page(const Page& page, const Call& call, const std::string& token) {
  Call next = call;
  if (page.service->protocol == Protocol::rest_xml) {
    http::set(next.request.query, page.service->token_in, token);
    return next;
  }
  if (page.service->protocol == Protocol::json) {
    const Result<Value> asked = json::parse(call.request.body);
    Map body = asked && asked->map() != nullptr ? *asked->map() : Map{};
    body.insert_or_assign(std::string(page.service->token_in), token);
    next.request.body = json::write(body);
    return next;
  }
  const std::string field = http::query_string({{std::string(page.service->token_in), token}});
  // The token of the page before stands at the end.
  const std::size_t old = next.request.body.rfind('&' + std::string(page.service->token_in) + '=');
  if (old != std::string::npos) next.request.body.erase(old);
  next.request.body += '&' + field;
  return next;
}

Result<Value> take(const Api& api, std::span<const Value> declared, const Call& call,
                   const http::Reply& reply, std::vector<Call>& more) {
  const Page* const page = page_of(call);
  if (page == nullptr) return unreadable_answer(call, "nobody reads it");
  const Result<Value> answer = answer_to(call, reply);
  if (!answer) return answer.fault();
  const Value& wrapped = at_path(*answer, page->items);
  // Without its list it must not be taken for an empty cloud; an empty one is an empty text.
  if (wrapped.is_null())
    return unreadable_answer(call, "it holds no '" + std::string(page->items) + "'");
  const std::span<const Value> items = items_of(wrapped);
  if (page->leads_to != nullptr) more = page->leads_to(api, items, declared);
  const Value& token = (*answer)[page->service->token_out];
  if (token.text() != nullptr && !token.text()->empty())
    more.push_back(next_page(*page, call, *token.text()));
  List list = page->read == nullptr ? List(items.begin(), items.end())
                                    : page->read(api, call, *answer, more);
  return Value(Map{{std::string(page->list), std::move(list)}});
}

std::vector<Call> calls_of(const Api& api, std::string_view listing,
                           std::span<const Value> lookups) {
  const auto row = std::ranges::find(kListings, listing, &Listing::name);
  if (row != kListings.end()) return row->begin(api, lookups);
  return {first_page(api, listing)};
}

}  // namespace

Reading reading_of(const Api& api, std::string_view listing, const Interest& interest) {
  return {calls_of(api, listing, interest.lookups),
          [api, declared = interest.declared](const Call& call, const http::Reply& reply,
                                              std::vector<Call>& more) {
            return take(api, declared, call, reply, more);
          },
          apart, unite};
}

}  // namespace stackctl::aws

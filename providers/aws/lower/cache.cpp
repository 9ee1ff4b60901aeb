// Managed caches: a replication group of ElastiCache, or of Memcached a cluster; where it may be,
// and its firewall.
#include <utility>
#include <vector>

#include "aws/types/types.h"
#include "balancer_listener.h"
#include "data_service.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr int kRedisPort = 6379;
constexpr int kMemcachedPort = 11211;
constexpr std::size_t kLongestName = 35;  // of 40; a replacement gets "-xxxx" behind

std::string name_of(const LoweringContext& context, std::string_view address) {
  return to_lower(plain_name(context.physical_name(address), kLongestName));
}

void refuse_others(const Value& given, Diagnostics& faults) {
  if (const Map* const settings = given["settings"].map();
      settings != nullptr && !settings->empty())
    faults.push_back(fault_at("settings", "AWS keeps settings of caches in a parameter group",
                              "make one, and name it: aws: {CacheParameterGroupName: …}"));
  if (given["termination_protection"] == Value(true))
    faults.push_back(fault_at("termination_protection", "AWS itself does not protect caches",
                              "write protect: true"));
}

Value lower_subnets(const Declaration& declaration, const LoweringContext& context,
                    Lowered& lowered) {
  const std::string address = declaration.address + "/subnets";
  Draft group(address, cache_subnet_group.resource);
  group.set("CacheSubnetGroupName", name_of(context, address));
  group.set("CacheSubnetGroupDescription", "Subnets of " + declaration.address);
  group.set("SubnetIds",
            subnets_of(declaration, declaration.attributes["networks"], false, lowered),
            "networks");
  lowered.objects.push_back(std::move(group).finish());
  return refer(address);
}

/// Its objects: `name` is the attribute that it is called by.
struct CacheKind {
  const Type& type;
  std::string_view name;
  std::string_view state;
  int port;
  std::vector<std::string_view> native;
};

CacheKind kind_of(const Declaration& declaration) {
  const bool is_memcached = declaration.attributes["engine"] == Value("memcached") ||
                            declaration.existing["engine"] == Value("memcached");
  if (is_memcached)
    return {cache_cluster,
            "CacheClusterId",
            "CacheClusterStatus",
            kMemcachedPort,
            {"CacheParameterGroupName", "NumCacheNodes", "TransitEncryptionEnabled"}};
  return {cache_replication_group,
          "ReplicationGroupId",
          "Status",
          kRedisPort,
          {"AtRestEncryptionEnabled", "AutomaticFailoverEnabled", "CacheParameterGroupName",
           "NumCacheClusters", "SnapshotRetentionLimit", "TransitEncryptionEnabled"}};
}

}  // namespace

Lowered lower_cache(const Declaration& declaration, const LoweringContext& context) {
  constexpr std::int64_t window = 60;
  Lowered lowered;
  const Value& given = declaration.attributes;
  const std::string& own = declaration.address;
  const CacheKind kind = kind_of(declaration);
  refuse_others(given, lowered.faults);
  Draft cache(own, kind.type.resource);
  cache.set(kind.name, name_of(context, own), "name");
  if (&kind.type == &cache_replication_group)
    cache.set("ReplicationGroupDescription", "Cache of " + context.stack);
  cache.set("Engine", given["engine"], "engine");
  cache.set("EngineVersion", given["version"], "version");
  cache.set("CacheNodeType", node_type(given["plan"], "cache", lowered.faults), "plan");
  const Value weekly = weekly_window(given["maintenance"], window);
  cache.set("PreferredMaintenanceWindow", weekly, "maintenance");
  cache.set("AutoMinorVersionUpgrade", !weekly.is_null(), "maintenance");
  set_native(cache, declaration, kind.native, lowered.faults);
  cache.set("CacheSubnetGroupName", lower_subnets(declaration, context, lowered), "networks");
  cache.set("SecurityGroupIds", groups_around(declaration, context, kind.port, lowered),
            "security_groups");
  lowered.objects.insert(lowered.objects.begin(), std::move(cache).finish());
  lowered.outputs = {{"", refer(own)},
                     {"id", refer(own)},
                     {"state", refer(own, std::string(kind.state))},
                     {"host", refer(own, "Address")},
                     {"port", refer(own, "Port")},
                     {"uri", refer(own, "uri")},
                     {"user", ""},
                     {"password", ""}};
  return lowered;
}

}  // namespace stackctl::aws

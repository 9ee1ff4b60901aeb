// aws.cache_cluster: a Memcached of one or more nodes.
#include <algorithm>

#include "aws/api/wire.h"
#include "cache.h"
#include "data_instance.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "CacheClusterId";
constexpr std::string_view kNodes = "NumCacheNodes";

/// Tags cannot be read while it is made. Members of replication groups are theirs.
bool is_own(const Value& cluster, const Value& /*listed*/) {
  const bool is_unread =
      cluster.text_at("CacheClusterStatus") == "creating" && cluster["Tags"].items().empty();
  return !is_unread && cluster["ReplicationGroupId"].is_null();
}

void reshape(Map& shown, const Value& item, const Value& /*listed*/) {
  shown.insert_or_assign("SecurityGroupIds",
                         effective_groups(item["SecurityGroups"], "SecurityGroupId"));
  show_endpoint(shown, item["ConfigurationEndpoint"], "memcached://");
}

void prepare(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.merge(encode_these(*work.type, work.desired, {std::string(kNodes)}));
  write_groups(parameters);
}

/// The last ones go.
List surplus_nodes(const Value& wanted, const LiveObject& live) {
  List names;
  for (const Value& node : live.attributes["CacheNodes"].items())
    names.push_back(node["CacheNodeId"]);
  std::ranges::sort(names, {}, [](const Value& name) { return display(name); });
  const std::int64_t* const count = wanted.integer();
  const std::size_t stay = count == nullptr ? names.size() : static_cast<std::size_t>(*count);
  if (stay >= names.size()) return {};
  return {names.begin() + static_cast<std::ptrdiff_t>(stay), names.end()};
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map parameters = encode_these(*work.type, work.desired, work.changed);
  if (const auto count = parameters.find(kNodes); count != parameters.end())
    if (List surplus = surplus_nodes(count->second, live); !surplus.empty())
      parameters.insert_or_assign("CacheNodeIdsToRemove.CacheNodeId", std::move(surplus));
  return modify_at_once(api, "ModifyCacheCluster", work, live, std::move(parameters));
}

}  // namespace

extern const Type cache_cluster{
    .resource =
        {
            .name = "aws.cache_cluster",
            .help = "A Memcached.",
            .schema = cache_schema(
                kName, {text("Engine", "What it runs").required().one_of({"memcached"}).replaces(),
                        text("CacheNodeType", "Processors and memory, such as cache.t3.micro")
                            .required()
                            .replaces(),
                        integer(kNodes, "How many nodes").otherwise(1).check(check::positive),
                        output("CacheClusterStatus", "What AWS says of it"),
                        output("CacheNodes", "Its nodes", stackctl::Type::list)}),
            .listing = "cache_clusters",
            .is_counted = true,
            .key = {kName},
            .key_is_unique = true,
            .appears_when_ready = true,
            .typical = std::chrono::minutes{5},
            .typical_removal = std::chrono::minutes{3},
            .timeout = std::chrono::hours{1},
            .rank = 4,
        },
    .service = &elastic_cache,
    .tagged_by = "ARN",
    .shown = {.list = "cache_clusters",
              .id = kName,
              .state = "CacheClusterStatus",
              .created = "CacheClusterCreateTime",
              .tags = "cache_tags",
              .tags_of = "ResourceName",
              .elsewhere = {{"CacheParameterGroupName",
                             "CacheParameterGroup/CacheParameterGroupName"}},
              .reshape = reshape,
              .is_one = is_own},
    .creation = {.action = "CreateCacheCluster", .prepare = prepare},
    .update = update,
    .removal = {.action = "DeleteCacheCluster",
                .by = {kName},
                .polled_by = "DescribeCacheClusters"},
    .created_id = "CacheCluster/CacheClusterId",
};

}  // namespace stackctl::aws

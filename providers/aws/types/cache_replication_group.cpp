// aws.cache_replication_group: a Redis or Valkey of one or more nodes. Much of what it is, only its
// members tell.
#include "aws/api/wire.h"
#include "cache.h"
#include "data_instance.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "ReplicationGroupId";
constexpr std::string_view kNodes = "NumCacheClusters";

void add_facts_of_members(Map& group, const Value& clusters) {
  for (const Value& cluster : clusters.items()) {
    if (cluster.text_at(kName).empty() || !(cluster[kName] == group[kName])) continue;
    for (const char* const name : {"Engine", "EngineVersion", "CacheSubnetGroupName"})
      if (!cluster[name].is_null()) group.insert_or_assign(name, cluster[name]);
    if (List groups = effective_groups(cluster["SecurityGroups"], "SecurityGroupId");
        !groups.empty())
      group.insert_or_assign("SecurityGroupIds", std::move(groups));
  }
}

void reshape(Map& shown, const Value& item, const Value& listed) {
  add_facts_of_members(shown, listed["cache_clusters"]);
  if (const auto nodes = items_of(item["NodeGroups"]); !nodes.empty())
    show_endpoint(shown, nodes.front()["PrimaryEndpoint"], "redis://");
}

/// Tags cannot be read while it is made, and what goes may be listed for long.
bool is_there(const Value& group, const Value& /*listed*/) {
  const std::string_view state = group.text_at("Status");
  return state != "deleting" && (state != "creating" || !group["Tags"].items().empty());
}

void prepare(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.merge(encode_these(*work.type, work.desired, {std::string(kNodes)}));
  write_groups(parameters);
}

/// One call a round: the number of nodes is one of its own.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map parameters = encode_these(*work.type, work.desired, work.changed);
  const std::int64_t* const wanted = work.desired[kNodes].integer();
  const bool counts = parameters.erase(kNodes) > 0 && wanted != nullptr;
  if (!parameters.empty())
    return modify_at_once(api, "ModifyReplicationGroup", work, live, std::move(parameters));
  const auto present = std::ssize(items_of(live.attributes["MemberClusters"]));
  if (!counts || present == *wanted) return {};
  return modify_at_once(api, *wanted > present ? "IncreaseReplicaCount" : "DecreaseReplicaCount",
                        work, live, {{"NewReplicaCount", *wanted - 1}});
}

bool has_members(const Value& answer) {
  const auto groups = items_of(answer["ReplicationGroups"]);
  return !groups.empty() && !items_of(groups.front()["MemberClusters"]).empty();
}

/// Its nodes hold its subnets and groups until they are gone, and some servers of the API tell only
/// of one of both, group and node. What is asked for by name is not found when it is gone.
Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  constexpr std::string_view groups = "DescribeReplicationGroups";
  constexpr std::string_view nodes = "DescribeCacheClusters";
  const auto members = items_of(work.live.attributes["MemberClusters"]);
  if (work.action != Action::remove || members.empty()) return Settled{};
  const bool has_lost_them = action_of(call) == groups && !has_members(answer);
  if (has_lost_them || action_of(call) == nodes)
    return Poll{api.read(elastic_cache, nodes, Map{{"CacheClusterId", members.front()}}),
                "its nodes to go"};
  return Poll{api.read(elastic_cache, groups, Map{{std::string(kName), work.live.id}}),
              "its removal"};
}

Schema schema() {
  return cache_schema(
      kName, {text("ReplicationGroupDescription", "For people").required(),
              text("Engine", "What it runs: redis, valkey").required().unlisted().replaces(),
              text("CacheNodeType", "Processors and memory, such as cache.t3.micro").required(),
              integer(kNodes, "How many nodes").otherwise(1).check(check::positive).unlisted(),
              boolean("AutomaticFailoverEnabled", "Whether a replica takes over").unlisted(),
              integer("SnapshotRetentionLimit", "Days that snapshots are kept; 0 makes none"),
              boolean("AtRestEncryptionEnabled", "Whether it is encrypted").replaces(),
              output("Status", "What AWS says of it"),
              output("MemberClusters", "Its nodes", stackctl::Type::list)});
}

}  // namespace

extern const Type cache_replication_group{
    .resource =
        {
            .name = "aws.cache_replication_group",
            .help = "A Redis or Valkey.",
            .schema = schema(),
            .listing = "cache_replication_groups cache_clusters",
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
    .shown = {.list = "cache_replication_groups",
              .id = kName,
              .state = "Status",
              .created = "ReplicationGroupCreateTime",
              .tags = "cache_tags",
              .tags_of = "ResourceName",
              .elsewhere = {{"ReplicationGroupDescription", "Description"}},
              .reshape = reshape,
              .is_one = is_there},
    .creation = {.action = "CreateReplicationGroup", .prepare = prepare},
    .update = update,
    .removal = {"DeleteReplicationGroup", {kName}},
    .follow = follow,
    .created_id = "ReplicationGroup/ReplicationGroupId",
};

}  // namespace stackctl::aws

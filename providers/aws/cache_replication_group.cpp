// aws.cache_replication_group: a Redis or Valkey of one or more nodes. Much of what it is, only its
// members tell.
#include <algorithm>

#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "ReplicationGroupId";
constexpr std::string_view kNodes = "NumCacheClusters";

void add_endpoint(Map& group, const Value& item) {
  const auto nodes = items_of(item["NodeGroups"]);
  if (nodes.empty()) return;
  const Value& endpoint = nodes.front()["PrimaryEndpoint"];
  const std::string_view host = endpoint.text_at("Address");
  if (host.empty()) return;
  group.insert_or_assign("Address", host);
  group.insert_or_assign("Port", endpoint["Port"]);
  group.insert_or_assign(
      "uri", std::string("redis://").append(host).append(":").append(endpoint.text_at("Port")));
}

void add_facts_of_members(Map& group, const Value& clusters) {
  for (const Value& cluster : clusters.items()) {
    if (cluster.text_at(kName).empty() || !(cluster[kName] == group[kName])) continue;
    for (const char* const name : {"Engine", "EngineVersion", "CacheSubnetGroupName"})
      if (!cluster[name].is_null()) group.insert_or_assign(name, cluster[name]);
    List groups;
    for (const Value& firewall : items_of(cluster["SecurityGroups"]))
      if (firewall.text_at("Status") != "removing") groups.push_back(firewall["SecurityGroupId"]);
    if (!groups.empty()) group.insert_or_assign("SecurityGroupIds", std::move(groups));
  }
}

/// Tags cannot be read while it is made, and what goes may be listed for long.
bool is_hidden(const Value& item, const Map& whole) {
  const std::string_view state = item.text_at("Status");
  return state == "deleting" || (state == "creating" && whole.at("Tags").items().empty());
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  const TagLists tags = tags_by(listed["cache_tags"], "ResourceName");
  for_each_item(type, listed["cache_replication_groups"], faults, [&](const Value& item) {
    Map whole = with_tags(item, "ARN", tags);
    if (is_hidden(item, whole)) return;
    whole.insert_or_assign("ReplicationGroupDescription", item["Description"]);
    add_facts_of_members(whole, listed["cache_clusters"]);
    add_endpoint(whole, item);
    LiveObject& group = groups.emplace_back(decode_object(type, whole, kName));
    group.created = item.text_at("ReplicationGroupCreateTime");
    set_state(group, item.text_at("Status"));
  });
  return groups;
}

Map parameters_of(Map attributes) {
  rename(attributes, "SecurityGroupIds", "SecurityGroupIds.SecurityGroupId");
  return attributes;
}

Call create(const Api& api, const Work& work) {
  Map parameters = parameters_of(encode_declared(*work.type, work.desired));
  parameters.merge(encode_these(*work.type, work.desired, {std::string(kNodes)}));
  parameters.insert_or_assign("Tags.Tag", tag_list(work));
  return api.create(elastic_cache, "CreateReplicationGroup", parameters);
}

/// AWS refuses a second change while it works on the first, so that none is repeated blindly. One
/// a round: the number of nodes is a call of its own.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map parameters = encode_these(*work.type, work.desired, work.changed);
  const std::int64_t* const wanted = work.desired[kNodes].integer();
  const bool counts = parameters.erase(kNodes) > 0 && wanted != nullptr;
  const auto change = [&](std::string_view action, Map what) {
    what.insert_or_assign(std::string(kName), live.id);
    what.insert_or_assign("ApplyImmediately", true);
    return std::vector{api.create(elastic_cache, action, parameters_of(std::move(what)))};
  };
  if (!parameters.empty()) return change("ModifyReplicationGroup", std::move(parameters));
  if (!counts) return {};
  const auto present = std::ssize(items_of(live.attributes["MemberClusters"]));
  if (present == *wanted) return {};
  return change(*wanted > present ? "IncreaseReplicaCount" : "DecreaseReplicaCount",
                Map{{"NewReplicaCount", *wanted - 1}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(elastic_cache, "DeleteReplicationGroup", Map{{std::string(kName), live.id}})};
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
  return {
      text(kName, "Unique in the region, at most 40 letters, digits and hyphens")
          .required()
          .physical_name()
          .normalise(lower_case)
          .replaces(),
      text("ReplicationGroupDescription", "For people").required(),
      text("Engine", "What it runs: redis, valkey").required().unlisted().replaces(),
      text("EngineVersion", "Version, or what it begins with")
          .unlisted()
          .satisfied_by(is_version_of),
      text("CacheNodeType", "Processors and memory, such as cache.t3.micro").required(),
      integer(kNodes, "How many nodes").otherwise(1).check(check::positive).unlisted(),
      boolean("AutomaticFailoverEnabled", "Whether a replica takes over").unlisted(),
      text("CacheParameterGroupName", "Settings of the engine").unlisted(),
      ref("CacheSubnetGroupName", "aws.cache_subnet_group", "Where it may be")
          .unlisted()
          .replaces(),
      set_of("SecurityGroupIds", ref("group", "aws.security_group", "A group"),
             "Firewalls around it")
          .unlisted(),
      text("PreferredMaintenanceWindow", "Weekly, in UTC: sun:03:00-sun:04:00").unlisted(),
      boolean("AutoMinorVersionUpgrade", "Whether AWS brings new minor versions").unlisted(),
      integer("SnapshotRetentionLimit", "Days that snapshots are kept; 0 makes none"),
      boolean("TransitEncryptionEnabled", "Whether clients speak TLS").replaces(),
      boolean("AtRestEncryptionEnabled", "Whether it is encrypted").replaces(),
      tags(),
      output("id", "Its name"),
      output("ARN", "ARN"),
      output("Status", "What AWS says of it"),
      output("Address", "Host to connect to"),
      output("Port", "Port to connect to", stackctl::Type::integer),
      output("uri", "Where it is"),
      output("MemberClusters", "Its nodes", stackctl::Type::list),
  };
}

}  // namespace

extern const Type cache_replication_group{
    .resource =
        {
            .name = "aws.cache_replication_group",
            .help = "A Redis or Valkey.",
            .schema = schema(),
            .listing = "cache_replication_groups cache_clusters",
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
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .follow = follow,
    .created_id = "ReplicationGroup/ReplicationGroupId",
};

}  // namespace stackctl::aws

// aws.db_instance: a managed database.
#include <algorithm>

#include "stackctl/final_snapshot.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "DBInstanceIdentifier";
constexpr std::string_view kPassword = "MasterUserPassword";
constexpr std::string_view kPending = "PendingModifiedValues";

/// Those that are on their way out do not count.
List groups_in(const Value& listed) {
  List groups;
  for (const Value& group : items_of(listed))
    if (group.text_at("Status") != "removing" && !group["VpcSecurityGroupId"].is_null())
      groups.push_back(group["VpcSecurityGroupId"]);
  return groups;
}

Value address_of(const Value& item) {
  const std::string_view host = item["Endpoint"].text_at("Address");
  if (host.empty()) return {};
  return std::string(item.text_at("Engine"))
      .append("://")
      .append(item.text_at("MasterUsername"))
      .append("@")
      .append(host)
      .append(":")
      .append(item["Endpoint"].text_at("Port"))
      .append("/")
      .append(item.text_at("DBName"));
}

/// What AWS shows somewhere inside goes where the parameters have it. What it is about to make of
/// the database counts as if it were there: so somebody else's change is seen before it is done,
/// and one's own is not asked for twice.
Map flattened(const Value& item) {
  Map flat = *item.map();
  const auto set = [&flat](std::string_view name, const Value& value) {
    if (!value.is_null()) flat.insert_or_assign(std::string(name), value);
  };
  const auto groups = items_of(item["DBParameterGroups"]);
  set("VpcSecurityGroupIds", groups_in(item["VpcSecurityGroups"]));
  set("DBSubnetGroupName", item["DBSubnetGroup"]["DBSubnetGroupName"]);
  set("Address", item["Endpoint"]["Address"]);
  set("Port", item["Endpoint"]["Port"]);
  set("uri", address_of(item));
  if (!groups.empty()) set("DBParameterGroupName", groups.front()["DBParameterGroupName"]);
  const Map* const pending = item[kPending].map();
  if (pending == nullptr) flat.erase(std::string(kPending));
  if (pending != nullptr)
    for (const auto& [name, value] : *pending)
      if (name != kName && name != kPassword) set(name, value);
  return flat;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> databases;
  for_each_item(type, listed["db_instances"], faults, [&](const Value& item) {
    LiveObject& database = databases.emplace_back(decode_object(type, flattened(item), kName));
    database.created = item.text_at("InstanceCreateTime");
    database.is_protected = database.attributes["DeletionProtection"] == Value(true);
    set_state(database, item.text_at("DBInstanceStatus"));
  });
  return databases;
}

Map parameters_of(Map attributes) {
  rename(attributes, "VpcSecurityGroupIds", "VpcSecurityGroupIds.VpcSecurityGroupId");
  return attributes;
}

Call create(const Api& api, const Work& work) {
  Map parameters = parameters_of(encode_declared(*work.type, work.desired));
  parameters.insert_or_assign("Tags.Tag", tag_list(work));
  return api.create(rds, "CreateDBInstance", parameters);
}

/// AWS refuses a second change while it works on the first, so that none is repeated blindly.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map parameters = encode_these(*work.type, work.desired, work.changed);
  if (parameters.empty()) return {};
  if (parameters.contains("EngineVersion"))
    parameters.insert_or_assign("AllowMajorVersionUpgrade", true);
  rename(parameters, "Port", "DBPortNumber");
  parameters.insert_or_assign(std::string(kName), live.id);
  parameters.insert_or_assign("ApplyImmediately", true);
  return {api.create(rds, "ModifyDBInstance", parameters_of(std::move(parameters)))};
}

/// Values that were asked for show as pending first, and later the state does.
std::string awaits(const Work& work, const LiveObject& live) {
  const Map* const pending = live.attributes[kPending].map();
  if (pending == nullptr) return {};
  const auto is_wanted = [&](const auto& entry) { return !work.desired[entry.first].is_null(); };
  const auto found = std::ranges::find_if(*pending, is_wanted);
  return found == pending->end() ? "" : "its new " + found->first;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  std::vector<Call> calls;
  if (live.is_protected)
    calls.push_back(api.change(rds, "ModifyDBInstance",
                               Map{{std::string(kName), live.id},
                                   {"DeletionProtection", false},
                                   {"ApplyImmediately", true}}));
  calls.push_back(api.change(rds, "DeleteDBInstance",
                             Map{{std::string(kName), live.id}, {"SkipFinalSnapshot", true}}));
  return calls;
}

/// Until it is gone it holds its subnets, groups and settings; asked for by name, it is not found
/// then.
Progress follow(const Api& api, const Work& work, const Call& call, const Value& /*answer*/) {
  if (work.action != Action::remove || action_of(call) == "ModifyDBInstance") return Settled{};
  return Poll{api.read(rds, "DescribeDBInstances", Map{{std::string(kName), work.live.id}}),
              "its removal"};
}

/// A later database of the same name gets another one.
std::vector<Object> final_snapshot(const LiveObject& live) {
  const std::string name = final_snapshot_name(live.created);
  Object snapshot = final_snapshot_of(live, db_snapshot.resource, name);
  snapshot.attributes =
      Map{{"DBSnapshotIdentifier", live.id + '-' + name}, {std::string(kName), live.id}};
  return {std::move(snapshot)};
}

/// AWS grows storage by a tenth at least.
bool is_rounded_up(const Value& desired, const Value& live) {
  constexpr std::int64_t part = 10;
  const std::int64_t* const wanted = desired.integer();
  const std::int64_t* const present = live.integer();
  if (wanted == nullptr || present == nullptr || *present < *wanted) return false;
  return *present - *wanted <= (*wanted + part - 1) / part;
}

Schema schema() {
  return {
      text(kName, "Unique in the region")
          .required()
          .physical_name()
          .normalise(lower_case)
          .replaces(),
      text("Engine", "What it runs: mysql, postgres, mariadb").required().replaces(),
      text("EngineVersion", "Version, or what it begins with").satisfied_by(is_version_of),
      text("DBInstanceClass", "Processors and memory, such as db.t3.micro").required(),
      integer("AllocatedStorage", "GiB; it can only grow, by a tenth at least")
          .required()
          .check(check::positive)
          .satisfied_by(is_rounded_up),
      integer("MaxAllocatedStorage", "GiB up to which AWS lets it grow by itself"),
      text("StorageType", "Such as gp3"),
      integer("Iops", "Operations a second, of io1, io2 and gp3"),
      boolean("StorageEncrypted", "Whether it is encrypted").replaces(),
      text("KmsKeyId", "Key that it is encrypted with").replaces(),
      text("DBName", "The database that is there from the beginning").replaces(),
      text("MasterUsername", "The main user").required().replaces(),
      text(kPassword, "Password of the main user").required().write_only(),
      integer("Port", "Where it listens").check(check::port),
      ref("DBSubnetGroupName", "aws.db_subnet_group", "Where it may be").replaces(),
      set_of("VpcSecurityGroupIds", ref("group", "aws.security_group", "A group"),
             "Firewalls around it"),
      ref("DBParameterGroupName", "aws.db_parameter_group", "Settings of the engine"),
      // Without a standard it would be mixed up, in the mark, with another attribute of its digest.
      boolean("MultiAZ", "Whether a second one stands by in another zone").otherwise(false),
      boolean("PubliclyAccessible", "Whether it has a public address").unlisted(),
      integer("BackupRetentionPeriod", "Days that backups are kept; 0 makes none"),
      text("PreferredBackupWindow", "Daily, in UTC: 02:00-02:30"),
      text("PreferredMaintenanceWindow", "Weekly, in UTC: sun:03:00-sun:03:30")
          .normalise(lower_case),
      boolean("AutoMinorVersionUpgrade", "Whether AWS brings new minor versions"),
      boolean("DeletionProtection", "Whether AWS refuses to delete it").otherwise(false),
      tags(),
      output("id", "Its name"),
      output("DBInstanceArn", "ARN"),
      output("DBInstanceStatus", "What AWS says of it"),
      output("Address", "Host to connect to"),
      output("uri", "Where it is, without the password"),
      output(kPending, "Changes that AWS is about to make", stackctl::Type::any),
  };
}

}  // namespace

extern const Type db_instance{
    .resource =
        {
            .name = "aws.db_instance",
            .help = "A managed database.",
            .schema = schema(),
            .listing = "db_instances",
            .has_protection = true,
            .is_counted = true,
            .key = {kName},
            .key_is_unique = true,
            .typical = std::chrono::minutes{8},
            .typical_removal = std::chrono::minutes{4},
            .timeout = std::chrono::hours{2},
            .rank = 4,
            .final_snapshot = final_snapshot,
        },
    .service = &rds,
    .tagged_by = "DBInstanceArn",
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .awaits = awaits,
    .follow = follow,
    .created_id = "DBInstance/DBInstanceIdentifier",
};

}  // namespace stackctl::aws

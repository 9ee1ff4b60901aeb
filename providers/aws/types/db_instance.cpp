// aws.db_instance: a managed database.
#include "aws/api/wire.h"
#include "data_instance.h"
#include "db_changes.h"
#include "final_snapshots.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "DBInstanceIdentifier";

void reshape(Map& shown, const Value& item, const Value& /*listed*/) {
  const std::string user(item.text_at("MasterUsername"));
  const std::string scheme(item.text_at("Engine"));
  shown.insert_or_assign("VpcSecurityGroupIds",
                         effective_groups(item["VpcSecurityGroups"], "VpcSecurityGroupId"));
  show_endpoint(shown, item["Endpoint"], scheme + "://" + user + '@',
                '/' + std::string(item.text_at("DBName")));
  show_pending(shown);
}

void note_protection(LiveObject& live, const Value& /*item*/) {
  live.is_protected = live.attributes["DeletionProtection"] == Value(true);
}

void prepare(Map& parameters, const Api& /*api*/, const Work& /*work*/) {
  write_groups(parameters);
}

/// The one that is wanted has been made.
void skip_snapshot(Map& parameters, const LiveObject& /*live*/) {
  parameters.insert_or_assign("SkipFinalSnapshot", true);
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
      text("MasterUserPassword", "Password of the main user").required().write_only(),
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
      output("PendingModifiedValues", "Changes that AWS is about to make", stackctl::Type::any),
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
            .final_snapshot = final_db_snapshot,
        },
    .service = &rds,
    .tagged_by = "DBInstanceArn",
    .shown = {.list = "db_instances",
              .id = kName,
              .state = "DBInstanceStatus",
              .created = "InstanceCreateTime",
              .elsewhere = {{"DBSubnetGroupName", "DBSubnetGroup/DBSubnetGroupName"},
                            {"DBParameterGroupName",
                             "DBParameterGroups/DBParameterGroup/DBParameterGroupName"}},
              .reshape = reshape,
              .complete = note_protection},
    .creation = {.action = "CreateDBInstance", .prepare = prepare},
    .update = change_database,
    .removal = {.action = "DeleteDBInstance",
                .by = {kName},
                .before = lift_protection,
                .prepare = skip_snapshot,
                .polled_by = "DescribeDBInstances"},
    .awaits = awaited_change,
    .created_id = "DBInstance/DBInstanceIdentifier",
};

}  // namespace stackctl::aws

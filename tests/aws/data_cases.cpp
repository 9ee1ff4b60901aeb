#include "aws/cases.h"

namespace aws_test {
namespace {

std::vector<engine::DesiredObject> private_network(std::vector<engine::DesiredObject> more = {}) {
  std::vector<engine::DesiredObject> objects = {vpc("v"),
                                                subnet("n", "10.0.1.0/24", "eu-west-1a"),
                                                subnet("m", "10.0.2.0/24", "eu-west-1b"),
                                                subnet("o", "10.0.3.0/24", "eu-west-1c"),
                                                group("g"),
                                                group("h")};
  objects.insert(objects.end(), more.begin(), more.end());
  return objects;
}

engine::DesiredObject database_subnets() {
  return want("s", "aws.db_subnet_group",
              {{"DBSubnetGroupName", "s-s"},
               {"DBSubnetGroupDescription", "s"},
               {"SubnetIds", List{to("n"), to("m")}}});
}

engine::DesiredObject cache_subnets() {
  return want("s", "aws.cache_subnet_group",
              {{"CacheSubnetGroupName", "s-s"},
               {"CacheSubnetGroupDescription", "s"},
               {"SubnetIds", List{to("n"), to("m")}}});
}

const Map kDatabase = {{"DBInstanceIdentifier", "s-x"},
                       {"Engine", "mysql"},
                       {"EngineVersion", "8.0"},
                       {"DBInstanceClass", "db.t3.micro"},
                       {"AllocatedStorage", 20},
                       {"MasterUsername", "admin"},
                       {"MasterUserPassword", Secret{"a-password-of-tests"}},
                       {"DBSubnetGroupName", to("s")},
                       {"VpcSecurityGroupIds", List{to("g")}}};

std::vector<Case> database_cases() {
  return {
      {.type = "aws.db_subnet_group",
       .around = private_network(),
       .address = "x",
       .attributes = {{"DBSubnetGroupName", "s-x"},
                      {"DBSubnetGroupDescription", "one"},
                      {"SubnetIds", List{to("n"), to("m")}}},
       .updates = {{"SubnetIds", List{to("n"), to("m"), to("o")}},
                   {"DBSubnetGroupDescription", "two"},
                   {"Tags", Map{{"a", "b"}}}},
       // It removes the group instead.
       .not_on_moto = {"SubnetIds", "DBSubnetGroupDescription"},
       .removal = R"(["rds", "delete_db_subnet_group", {"DBSubnetGroupName": "{id}"}])"},
      {.type = "aws.db_parameter_group",
       .address = "x",
       .attributes = {{"DBParameterGroupName", "s-x"},
                      {"DBParameterGroupFamily", "mysql8.0"},
                      {"Description", "one"},
                      // Back to none is more than moto can.
                      {"Parameters", Map{{"max_connections", "50"}}}},
       .updates = {{"Parameters", Map{{"max_connections", "100"}}}, {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"Description", "two"}},
       .removal = R"(["rds", "delete_db_parameter_group", {"DBParameterGroupName": "{id}"}])"},
      {.type = "aws.db_instance",
       .around = private_network({database_subnets()}),
       .address = "x",
       .attributes = kDatabase,
       .updates = {{"DBInstanceClass", "db.t3.small"},
                   {"AllocatedStorage", 30},
                   {"MasterUserPassword", Secret{"another-password"}},
                   {"VpcSecurityGroupIds", List{to("g"), to("h")}},
                   {"BackupRetentionPeriod", 3},
                   {"PreferredBackupWindow", "02:00-02:30"},
                   {"PreferredMaintenanceWindow", "sun:03:00-sun:03:30"},
                   {"AutoMinorVersionUpgrade", false},
                   {"Tags", Map{{"a", "b"}}}},
       // In marks MultiAZ has the code of PreferredMaintenanceWindow. Each of the others needs
       // another engine, class or state of the account.
       .fixed = {"MultiAZ", "EngineVersion", "MaxAllocatedStorage", "StorageType", "Iops", "Port",
                 "DBParameterGroupName", "PubliclyAccessible", "DeletionProtection"},
       .one_way = {"AllocatedStorage"},
       .drift = R"(["rds", "modify_db_instance", {"DBInstanceIdentifier": "{id}",
           "DBInstanceClass": "db.t3.large", "ApplyImmediately": true}])",
       .drifted = "DBInstanceClass"},
      {.type = "aws.db_snapshot",
       .around = private_network({database_subnets(), want("d", "aws.db_instance", kDatabase)}),
       .address = "x",
       .attributes = {{"DBSnapshotIdentifier", "s-snapshot"}, {"DBInstanceIdentifier", to("d")}},
       .updates = {{"Tags", Map{{"a", "b"}}}},
       .removal = R"(["rds", "delete_db_snapshot", {"DBSnapshotIdentifier": "{id}"}])"},
  };
}

/// moto has neither changes of caches nor removal of their subnet groups.
std::vector<Case> cache_cases() {
  if (is_moto())
    return {{.type = "aws.cache_subnet_group", .address = {}, .attributes = {}},
            {.type = "aws.cache_replication_group", .address = {}, .attributes = {}},
            {.type = "aws.cache_cluster", .address = {}, .attributes = {}}};
  return {
      {.type = "aws.cache_subnet_group",
       .around = private_network(),
       .address = "x",
       .attributes = {{"CacheSubnetGroupName", "s-x"},
                      {"CacheSubnetGroupDescription", "one"},
                      {"SubnetIds", List{to("n"), to("m")}}},
       .updates = {{"SubnetIds", List{to("n"), to("m"), to("o")}},
                   {"CacheSubnetGroupDescription", "two"},
                   {"Tags", Map{{"a", "b"}}}}},
      {.type = "aws.cache_cluster",
       .around = private_network({cache_subnets()}),
       .address = "x",
       .attributes = {{"CacheClusterId", "s-x"},
                      {"Engine", "memcached"},
                      {"CacheNodeType", "cache.t3.micro"},
                      {"CacheSubnetGroupName", to("s")},
                      {"SecurityGroupIds", List{to("g")}}},
       .updates = {{"NumCacheNodes", 3},
                   {"SecurityGroupIds", List{to("g"), to("h")}},
                   {"PreferredMaintenanceWindow", "sun:03:00-sun:04:00"},
                   {"AutoMinorVersionUpgrade", false},
                   {"Tags", Map{{"a", "b"}}}},
       .fixed = {"EngineVersion", "CacheParameterGroupName"}},
      {.type = "aws.cache_replication_group",
       .around = private_network({cache_subnets()}),
       .address = "x",
       .attributes = {{"ReplicationGroupId", "s-x"},
                      {"ReplicationGroupDescription", "one"},
                      {"Engine", "redis"},
                      {"CacheNodeType", "cache.t3.micro"},
                      {"CacheSubnetGroupName", to("s")},
                      {"SecurityGroupIds", List{to("g")}}},
       .updates = {{"ReplicationGroupDescription", "two"},
                   {"CacheNodeType", "cache.t3.small"},
                   {"SnapshotRetentionLimit", 2},
                   {"Tags", Map{{"a", "b"}}}},
       .fixed = {"EngineVersion", "NumCacheClusters", "AutomaticFailoverEnabled",
                 "CacheParameterGroupName", "SecurityGroupIds", "PreferredMaintenanceWindow",
                 "AutoMinorVersionUpgrade"}},
  };
}

}  // namespace

std::vector<Case> data_cases() {
  std::vector<Case> all = database_cases();
  for (Case& test : cache_cases()) all.push_back(std::move(test));
  return all;
}

}  // namespace aws_test

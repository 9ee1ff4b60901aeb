// Databases and caches: how they are listed, made, changed and removed.
#include <algorithm>

#include "aws/api/errors.h"
#include "unit/aws/made_up_services.h"

using namespace aws_test;

namespace {

std::string database(const std::string& state, const std::string& more = "") {
  return "<DBInstances><DBInstance><DBInstanceIdentifier>db</DBInstanceIdentifier><Engine>mysql"
         "</Engine><EngineVersion>8.0.35</EngineVersion><DBInstanceClass>db.t3.micro"
         "</DBInstanceClass><AllocatedStorage>20</AllocatedStorage><MasterUsername>app"
         "</MasterUsername><DBName>blog</DBName><InstanceCreateTime>2026-01-01T00:00:00Z"
         "</InstanceCreateTime><DBInstanceStatus>" +
         state + "</DBInstanceStatus>" + more + kMarkList + "</DBInstance></DBInstances>";
}

LiveObject listed_database(const std::string& state, const std::string& more = "") {
  const auto all =
      listed(aws::db_instance, {{"DescribeDBInstances MaxRecords=100", database(state, more)}});
  REQUIRE(all.size() == 1);
  return all.front();
}

}  // namespace

TEST_CASE("aws databases: what AWS shows somewhere inside") {
  const LiveObject made = listed_database(
      "available",
      "<Endpoint><Address>h</Address><Port>3306</Port></Endpoint><DBSubnetGroup>"
      "<DBSubnetGroupName>sn</DBSubnetGroupName></DBSubnetGroup><VpcSecurityGroups>"
      "<VpcSecurityGroupMembership><VpcSecurityGroupId>g1</VpcSecurityGroupId><Status>removing"
      "</Status></VpcSecurityGroupMembership><VpcSecurityGroupMembership><VpcSecurityGroupId>g2"
      "</VpcSecurityGroupId><Status>active</Status></VpcSecurityGroupMembership>"
      "</VpcSecurityGroups><DBParameterGroups><DBParameterGroup><DBParameterGroupName>pg"
      "</DBParameterGroupName></DBParameterGroup></DBParameterGroups><DeletionProtection>true"
      "</DeletionProtection><PendingModifiedValues/>");
  CHECK(made.condition == Condition::ready);
  CHECK(made.is_protected);
  REQUIRE(made.mark);
  CHECK(made.mark->address == "web");
  CHECK(
      shown({made}).front() ==
      R"(db shop/web {"Address":"h","AllocatedStorage":20,"DBInstanceClass":"db.t3.micro","DBInstanceIdentifier":"db","DBInstanceStatus":"available","DBName":"blog","DBParameterGroupName":"pg","DBSubnetGroupName":"sn","DeletionProtection":true,"Engine":"mysql","EngineVersion":"8.0.35","MasterUsername":"app","MultiAZ":false,"Port":3306,"Tags":{},"VpcSecurityGroupIds":["g2"],"uri":"mysql://app@h:3306/blog"})");
  CHECK(listed_database("creating").condition == Condition::pending);
  CHECK(listed_database("deleting").condition == Condition::leaving);
}

TEST_CASE("aws databases: what is pending counts as done, and is waited for") {
  const LiveObject pending = listed_database(
      "available",
      "<PendingModifiedValues><AllocatedStorage>30</AllocatedStorage><DBInstanceIdentifier>other"
      "</DBInstanceIdentifier><MasterUserPassword>****</MasterUserPassword>"
      "</PendingModifiedValues>");
  CHECK(pending.attributes["AllocatedStorage"] == Value(30));
  CHECK(pending.id == "db");
  CHECK(pending.attributes["MasterUserPassword"].is_null());
  const Work work = work_on(aws::db_instance, R"({"AllocatedStorage":30})", {"AllocatedStorage"});
  CHECK(aws::db_instance.awaits(work, pending) == "its new AllocatedStorage");
  CHECK(aws::db_instance.awaits(work, listed_database("available")).empty());
  // What somebody else has asked for is nobody's to wait for.
  CHECK(aws::db_instance.awaits(work_on(aws::db_instance, "{}"), pending).empty());
}

TEST_CASE("aws databases: storage may be rounded up by AWS, and is not taken for drift") {
  const std::pair<int, bool> cases[] = {{19, true}, {17, false}, {20, true}, {21, false}};
  for (const auto& [wanted, is_quiet] : cases) {
    INFO(wanted);
    const Value desired(Map{{"AllocatedStorage", wanted}});
    const Value live(Map{{"AllocatedStorage", 20},
                         {"MultiAZ", false},
                         {"DeletionProtection", false},
                         {"Tags", Map{}}});
    const auto& schema = aws::db_instance.resource.schema;
    const auto names = differing(schema, desired, Map{{"AllocatedStorage", 20}});
    CHECK((std::ranges::find(names, "AllocatedStorage") == names.end()) == is_quiet);
  }
}

TEST_CASE("aws databases: what is made, changed and removed") {
  CHECK(written(call_to_create(
            aws::db_instance, kApi,
            work_on(aws::db_instance,
                    R"({"DBInstanceIdentifier":"db","Port":1,"VpcSecurityGroupIds":["g"]})"))) ==
        "CreateDBInstance DBInstanceIdentifier=db Port=1 "
        "VpcSecurityGroupIds.VpcSecurityGroupId.1=g +3 tags (once)");
  CHECK(written(calls_to_change(
            aws::db_instance, kApi,
            work_on(aws::db_instance,
                    R"({"EngineVersion":"8.4","Port":2,"VpcSecurityGroupIds":["g","h"]})",
                    {"EngineVersion", "Port", "VpcSecurityGroupIds"}),
            live(aws::db_instance, "db", "{}"))) ==
        Texts{"ModifyDBInstance AllowMajorVersionUpgrade=true ApplyImmediately=true "
              "DBInstanceIdentifier=db DBPortNumber=2 EngineVersion=8.4 "
              "VpcSecurityGroupIds.VpcSecurityGroupId.1=g "
              "VpcSecurityGroupIds.VpcSecurityGroupId.2=h (once)"});
  CHECK(written(calls_to_remove(aws::db_instance, kApi, live(aws::db_instance, "db", "{}"))) ==
        Texts{"DeleteDBInstance DBInstanceIdentifier=db SkipFinalSnapshot=true"});
  CHECK(written(calls_to_remove(
            aws::db_instance, kApi,
            listed_database("available", "<DeletionProtection>true</DeletionProtection>"))) ==
        Texts{"ModifyDBInstance ApplyImmediately=true DBInstanceIdentifier=db "
              "DeletionProtection=false",
              "DeleteDBInstance DBInstanceIdentifier=db SkipFinalSnapshot=true"});
}

TEST_CASE("aws databases: a final snapshot tells databases of one name apart") {
  LiveObject first = listed_database("available");
  LiveObject second = first;
  second.created = "2026-02-02T00:00:00Z";
  const auto snapshots = aws::db_instance.resource.final_snapshot(first);
  REQUIRE(snapshots.size() == 1);
  CHECK(snapshots.front().type == &aws::db_snapshot.resource);
  CHECK(snapshots.front().address.starts_with("web/final-snapshot-"));
  CHECK(snapshots.front().attributes.text_at("DBInstanceIdentifier") == "db");
  CHECK(aws::db_instance.resource.final_snapshot(second).front().address !=
        snapshots.front().address);
}

TEST_CASE("aws databases: groups are read with their tags, one call each") {
  const std::string group =
      "<DBSubnetGroups><DBSubnetGroup><DBSubnetGroupName>default</DBSubnetGroupName>"
      "<DBSubnetGroupArn>a:default</DBSubnetGroupArn><Subnets/></DBSubnetGroup><DBSubnetGroup>"
      "<DBSubnetGroupName>sn</DBSubnetGroupName><DBSubnetGroupDescription>d"
      "</DBSubnetGroupDescription><DBSubnetGroupArn>a:sn</DBSubnetGroupArn><Subnets><Subnet>"
      "<SubnetIdentifier>s1</SubnetIdentifier></Subnet></Subnets></DBSubnetGroup>"
      "</DBSubnetGroups>";
  CHECK(
      shown(listed(aws::db_subnet_group, {{"DescribeDBSubnetGroups MaxRecords=100", group},
                                          {"ListTagsForResource ResourceName=a:sn", kMarkList}})) ==
      Texts{
          R"(default nobody/ {"DBSubnetGroupArn":"a:default","DBSubnetGroupName":"default","SubnetIds":[],"Tags":{}})",
          R"(sn shop/web {"DBSubnetGroupArn":"a:sn","DBSubnetGroupDescription":"d","DBSubnetGroupName":"sn","SubnetIds":["s1"],"Tags":{}})"});
  CHECK(written(
            calls_to_change(aws::db_subnet_group, kApi,
                            work_on(aws::db_subnet_group, R"({"SubnetIds":["s2"]})", {"SubnetIds"}),
                            live(aws::db_subnet_group, "sn", "{}"))) ==
        Texts{"ModifyDBSubnetGroup DBSubnetGroupName=sn SubnetIds.SubnetIdentifier.1=s2"});
}

TEST_CASE("aws databases: settings are set one by one, and put back") {
  const std::string group =
      "<DBParameterGroups><DBParameterGroup><DBParameterGroupName>pg</DBParameterGroupName>"
      "<DBParameterGroupFamily>mysql8.0</DBParameterGroupFamily><Description>d</Description>"
      "<DBParameterGroupArn>arn:aws:rds:r:1:pg:pg</DBParameterGroupArn></DBParameterGroup>"
      "</DBParameterGroups>";
  const auto groups =
      listed(aws::db_parameter_group,
             {{"DescribeDBParameterGroups MaxRecords=100", group},
              {"ListTagsForResource ResourceName=arn:aws:rds:r:1:pg:pg", kMarkList},
              {"DescribeDBParameters DBParameterGroupName=pg Source=user",
               "<Parameters><Parameter><ParameterName>a</ParameterName><ParameterValue>1"
               "</ParameterValue></Parameter><Parameter><ParameterName>b</ParameterName>"
               "<ParameterValue>2</ParameterValue></Parameter></Parameters>"}});
  REQUIRE(groups.size() == 1);
  CHECK(groups.front().attributes["Parameters"] == parsed(R"({"a":"1","b":"2"})"));
  CHECK(written(calls_to_change(
            aws::db_parameter_group, kApi,
            work_on(aws::db_parameter_group, R"({"Parameters":{"b":"3"}})", {"Parameters"}),
            groups.front())) ==
        Texts{"ResetDBParameterGroup DBParameterGroupName=pg "
              "Parameters.Parameter.1.ApplyMethod=pending-reboot "
              "Parameters.Parameter.1.ParameterName=a",
              "ModifyDBParameterGroup DBParameterGroupName=pg "
              "Parameters.Parameter.1.ApplyMethod=pending-reboot "
              "Parameters.Parameter.1.ParameterName=b Parameters.Parameter.1.ParameterValue=3"});
}

namespace {

/// Of a cache in `state`.
std::vector<LiveObject> listed_caches(const std::string& state, const std::string& tags) {
  Answers answers = {
      {"DescribeReplicationGroups MaxRecords=100",
       "<ReplicationGroups><ReplicationGroup><ReplicationGroupId>c</ReplicationGroupId>"
       "<Description>d</Description><Status>" +
           state +
           "</Status><MemberClusters><ClusterId>c-1</ClusterId></MemberClusters><NodeGroups>"
           "<NodeGroup><PrimaryEndpoint><Address>h</Address><Port>6379</Port></PrimaryEndpoint>"
           "</NodeGroup></NodeGroups><CacheNodeType>cache.t3.micro</CacheNodeType><ARN>a:c</ARN>"
           "</ReplicationGroup></ReplicationGroups>"},
      {"DescribeCacheClusters MaxRecords=100 ShowCacheNodeInfo=true",
       "<CacheClusters><CacheCluster><CacheClusterId>c-1</CacheClusterId><ReplicationGroupId>c"
       "</ReplicationGroupId><Engine>redis</Engine><CacheSubnetGroupName>sn"
       "</CacheSubnetGroupName></CacheCluster></CacheClusters>"},
      {"ListTagsForResource ResourceName=a:c", tags}};
  return listed(aws::cache_replication_group, answers);
}

}  // namespace

TEST_CASE("aws caches: much of what they are, their members tell") {
  CHECK(
      shown(listed_caches("available", kMarkList)) ==
      Texts{
          R"(c shop/web {"ARN":"a:c","Address":"h","CacheNodeType":"cache.t3.micro","CacheSubnetGroupName":"sn","Engine":"redis","MemberClusters":["c-1"],"Port":6379,"ReplicationGroupDescription":"d","ReplicationGroupId":"c","Status":"available","Tags":{},"uri":"redis://h:6379"})"});
  // Nobody can say whose it is before it is there, and it may be listed long after it is gone.
  CHECK(listed_caches("creating", "<TagList/>").empty());
  CHECK(listed_caches("creating", kMarkList).size() == 1);
  CHECK(listed_caches("deleting", kMarkList).empty());
}

TEST_CASE("aws caches: a cluster of Memcached, which is no member of a group") {
  const std::string node = "<CacheNode><CacheNodeId>";
  const Answers answers = {
      {"DescribeCacheClusters MaxRecords=100 ShowCacheNodeInfo=true",
       "<CacheClusters><CacheCluster><CacheClusterId>c-1</CacheClusterId><ReplicationGroupId>c"
       "</ReplicationGroupId><ARN>a:c-1</ARN></CacheCluster><CacheCluster><CacheClusterId>m"
       "</CacheClusterId><ARN>a:m</ARN><Engine>memcached</Engine><EngineVersion>1.6.22"
       "</EngineVersion><CacheClusterStatus>modifying</CacheClusterStatus><NumCacheNodes>2"
       "</NumCacheNodes><CacheParameterGroup><CacheParameterGroupName>pg</CacheParameterGroupName>"
       "</CacheParameterGroup><SecurityGroups><member><SecurityGroupId>g</SecurityGroupId><Status>"
       "active</Status></member></SecurityGroups><ConfigurationEndpoint><Address>h</Address><Port>"
       "11211</Port></ConfigurationEndpoint><CacheNodes>" +
           node + "0001</CacheNodeId></CacheNode>" + node +
           "0002</CacheNodeId></CacheNode></CacheNodes></CacheCluster></CacheClusters>"},
      {"ListTagsForResource ResourceName=a:m", kMarkList}};
  const auto caches = listed(aws::cache_cluster, answers);
  CHECK(
      shown(caches) ==
      Texts{
          R"(m shop/web {"ARN":"a:m","Address":"h","CacheClusterId":"m","CacheClusterStatus":"modifying","CacheNodes":[{"CacheNodeId":"0001"},{"CacheNodeId":"0002"}],"CacheParameterGroupName":"pg","Engine":"memcached","EngineVersion":"1.6.22","NumCacheNodes":2,"Port":11211,"SecurityGroupIds":["g"],"Tags":{},"uri":"memcached://h:11211"})"});
  CHECK(caches.front().condition == Condition::pending);
  const auto changed = [&](const std::string& count) {
    return written(calls_to_change(
        aws::cache_cluster, kApi,
        work_on(aws::cache_cluster, R"({"NumCacheNodes":)" + count + "}", {"NumCacheNodes"}),
        caches.front()));
  };
  CHECK(changed("3") == Texts{"ModifyCacheCluster ApplyImmediately=true CacheClusterId=m "
                              "NumCacheNodes=3 (once)"});
  CHECK(changed("1") == Texts{"ModifyCacheCluster ApplyImmediately=true CacheClusterId=m "
                              "CacheNodeIdsToRemove.CacheNodeId.1=0002 NumCacheNodes=1 (once)"});
  CHECK(written(call_to_create(
            aws::cache_cluster, kApi,
            work_on(aws::cache_cluster, R"({"CacheClusterId":"m","SecurityGroupIds":["g"]})"))) ==
        "CreateCacheCluster CacheClusterId=m NumCacheNodes=1 SecurityGroupIds.SecurityGroupId.1=g "
        "+3 tags (once)");
}

TEST_CASE("aws caches: what is made and changed") {
  CHECK(
      written(call_to_create(aws::cache_replication_group, kApi,
                             work_on(aws::cache_replication_group,
                                     R"({"ReplicationGroupId":"c","SecurityGroupIds":["g"]})"))) ==
      "CreateReplicationGroup NumCacheClusters=1 ReplicationGroupId=c "
      "SecurityGroupIds.SecurityGroupId.1=g +3 tags (once)");
  struct Row {
    std::string desired;
    Texts changed;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {R"({"NumCacheClusters":3})",
       {"NumCacheClusters"},
       {"IncreaseReplicaCount ApplyImmediately=true NewReplicaCount=2 ReplicationGroupId=c "
        "(once)"}},
      {R"({"NumCacheClusters":1})",
       {"NumCacheClusters"},
       {"DecreaseReplicaCount ApplyImmediately=true NewReplicaCount=0 ReplicationGroupId=c "
        "(once)"}},
      {R"({"NumCacheClusters":2})", {"NumCacheClusters"}, {}},
      {R"({"CacheNodeType":"n"})",
       {"CacheNodeType"},
       {"ModifyReplicationGroup ApplyImmediately=true CacheNodeType=n ReplicationGroupId=c "
        "(once)"}},
  };
  for (const Row& row : rows)
    CHECK(written(calls_to_change(aws::cache_replication_group, kApi,
                                  work_on(aws::cache_replication_group, row.desired, row.changed),
                                  live(aws::cache_replication_group, "c",
                                       R"({"MemberClusters":["1","2"]})"))) == row.calls);
}

TEST_CASE("aws caches: one is gone when neither the group nor its nodes are found") {
  Work work = work_on(aws::cache_replication_group, "{}");
  work.action = Action::remove;
  work.live = live(aws::cache_replication_group, "c", R"({"MemberClusters":["c-1","c-2"]})");
  const Call removal = calls_to_remove(aws::cache_replication_group, kApi, work.live).front();
  const auto after = [&](const Call& call, std::string_view answer) {
    const Progress next = aws::cache_replication_group.follow(kApi, work, call, parsed(answer));
    const Poll* const poll = std::get_if<Poll>(&next);
    return poll == nullptr ? std::string("settled") : written(poll->call);
  };
  const std::string group = "DescribeReplicationGroups ReplicationGroupId=c";
  const std::string node = "DescribeCacheClusters CacheClusterId=c-1";
  const Call of_group = kApi.read(aws::elastic_cache, "DescribeReplicationGroups", {});
  const Call of_node = kApi.read(aws::elastic_cache, "DescribeCacheClusters", {});
  CHECK(after(removal, "{}") == group);
  CHECK(after(of_group, R"({"ReplicationGroups":{"ReplicationGroup":{"Status":"deleting",
            "MemberClusters":{"ClusterId":["c-1","c-2"]}}}})") == group);
  CHECK(after(of_group, R"({"ReplicationGroups":{"ReplicationGroup":{"Status":"deleting",
            "MemberClusters":""}}})") == node);
  CHECK(after(of_node, R"({"CacheClusters":{"CacheCluster":{"CacheClusterStatus":"deleting"}}})") ==
        node);

  http::Reply lost;
  lost.status = 404;
  for (const char* const code : {"ReplicationGroupNotFoundFault", "CacheClusterNotFound"}) {
    lost.body =
        "<ErrorResponse><Error><Code>" + std::string(code) + "</Code></Error></ErrorResponse>";
    CHECK(aws::judge(of_group, lost).verdict == Verdict::gone);
  }
  work.live.attributes = parsed(R"({"MemberClusters":[]})");
  CHECK(after(removal, "{}") == "settled");
}

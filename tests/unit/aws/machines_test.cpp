// Instances, groups of them, and what goes with them: the calls that make, change and remove them,
// and what listings show.
#include <catch2/catch.hpp>

#include "aws/api/errors.h"
#include "aws/lower/lowerings.h"
#include "aws/types/group_members.h"
#include "kinds/kinds.h"
#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

const std::string kMachine =
    R"({"ImageId":"ami-1","InstanceType":"t3.small","KeyName":"k","SecurityGroupId":["sg-1"],)"
    R"("AssociatePublicIpAddress":false,"UserData":"hi","RootDeviceName":"/dev/xvda",)"
    R"("VolumeSize":12,"IamInstanceProfile":"p",)";

}  // namespace

TEST_CASE("machines are made in one call that marks them", "[aws][aws-machines]") {
  CHECK(created(aws::instance, kMachine + R"("Name":"shop-web","SubnetId":"subnet-1"})") ==
        "RunInstances BlockDeviceMapping.1.DeviceName=/dev/xvda "
        "BlockDeviceMapping.1.Ebs.DeleteOnTermination=true "
        "BlockDeviceMapping.1.Ebs.VolumeSize=12 ClientToken=t0 IamInstanceProfile.Name=p "
        "ImageId=ami-1 InstanceType=t3.small KeyName=k MaxCount=1 MinCount=1 "
        "NetworkInterface.1.AssociatePublicIpAddress=false "
        "NetworkInterface.1.DeleteOnTermination=true NetworkInterface.1.DeviceIndex=0 "
        "NetworkInterface.1.SecurityGroupId.1=sg-1 NetworkInterface.1.SubnetId=subnet-1 "
        "TagSpecification.1.ResourceType=instance TagSpecification.1.Tag.1.Key=Name "
        "TagSpecification.1.Tag.1.Value=shop-web "
        "TagSpecification.1.Tag.2.Key=stackctl:address TagSpecification.1.Tag.2.Value=web "
        "TagSpecification.1.Tag.3.Key=stackctl:spec TagSpecification.1.Tag.3.Value=1.spec "
        "TagSpecification.1.Tag.4.Key=stackctl:stack TagSpecification.1.Tag.4.Value=shop "
        "TagSpecification.2.ResourceType=volume TagSpecification.2.Tag.1.Key=Name "
        "TagSpecification.2.Tag.1.Value=shop-web UserData=aGk= (once)");
  CHECK(created(aws::auto_scaling_group,
                R"({"AutoScalingGroupName":"g","LaunchTemplateId":"lt-1","Version":2,"MinSize":1,)"
                R"("MaxSize":4,"StartCapacity":2,"VPCZoneIdentifier":["a","b"],"StaleMembers":0,)"
                R"("MinHealthyPercentage":50})") ==
        "CreateAutoScalingGroup AutoScalingGroupName=g DesiredCapacity=2 "
        "LaunchTemplate.LaunchTemplateId=lt-1 LaunchTemplate.Version=2 MaxSize=4 MinSize=1 "
        "VPCZoneIdentifier=a,b +3 tags (once)");
}

TEST_CASE("a machine is stopped before it gets another size, and started again",
          "[aws][aws-machines]") {
  const std::string desired = R"({"InstanceType":"t3.large","VolumeSize":20})";
  const auto is = [](bool running) {
    return live(
        aws::instance, "i-1",
        std::string(R"({"RootVolumeId":"vol-1","Running":)") + (running ? "true}" : "false}"));
  };
  CHECK(updated(aws::instance, desired, is(true), {"InstanceType", "VolumeSize"}) ==
        Texts{"ModifyVolume Size=20 VolumeId=vol-1", "StopInstances InstanceId.1=i-1"});
  CHECK(updated(aws::instance, desired, is(false), {"InstanceType", "Running"}) ==
        Texts{"ModifyInstanceAttribute InstanceId=i-1 InstanceType.Value=t3.large",
              "StartInstances InstanceId.1=i-1"});
  CHECK(updated(aws::instance, R"({"SecurityGroupId":["sg-1","sg-2"]})", is(true),
                {"SecurityGroupId"}) ==
        Texts{"ModifyInstanceAttribute GroupId.1=sg-1 GroupId.2=sg-2 InstanceId=i-1"});
}

TEST_CASE("what of a machine changes in place, one call for each thing", "[aws][aws-machines]") {
  const LiveObject machine = live(aws::instance, "i-1", R"({"RootVolumeId":"vol-1"})");
  CHECK(updated(aws::instance,
                R"({"MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":2},)"
                R"("VolumeType":"gp3","Iops":4000,"Throughput":200,"DisableApiTermination":true})",
                machine,
                {"MetadataOptions", "VolumeType", "Iops", "Throughput", "DisableApiTermination"}) ==
        Texts{"ModifyInstanceAttribute DisableApiTermination.Value=true InstanceId=i-1",
              "ModifyInstanceMetadataOptions HttpPutResponseHopLimit=2 HttpTokens=required "
              "InstanceId=i-1",
              "ModifyVolume Iops=4000 Throughput=200 VolumeId=vol-1 VolumeType=gp3"});
}

TEST_CASE("a protected machine is let go before it is terminated", "[aws][aws-machines]") {
  LiveObject machine = live(aws::instance, "i-1", "{}");
  CHECK(written(calls_to_remove(aws::instance, kApi, machine)) ==
        Texts{"TerminateInstances InstanceId.1=i-1"});
  machine.is_protected = true;
  CHECK(written(calls_to_remove(aws::instance, kApi, machine)) ==
        Texts{"ModifyInstanceAttribute DisableApiTermination.Value=false InstanceId=i-1",
              "TerminateInstances InstanceId.1=i-1"});
}

TEST_CASE("metadata options that nobody asked for are left alone", "[aws][aws-machines]") {
  const auto differs = [](std::string_view wanted, std::string_view seen) {
    const std::string key = R"({"MetadataOptions":)";
    return !differing(aws::instance.resource.schema, parsed(key + std::string(wanted) + "}"),
                      parsed(key + std::string(seen) + R"(,"Running":true,"Tags":{}})"))
                .empty();
  };
  const std::string seen = R"({"HttpTokens":"required","HttpPutResponseHopLimit":2})";
  CHECK_FALSE(differs(R"({"HttpTokens":"required"})", seen));
  CHECK(differs(R"({"HttpTokens":"optional"})", seen));
  CHECK(differs(R"({"HttpTokens":"required","HttpEndpoint":"disabled"})", seen));
}

TEST_CASE("every change of a template is a version with all its data", "[aws][aws-machines]") {
  const LiveObject template_2 = live(aws::launch_template, "lt-1", R"({"LatestVersionNumber":2})");
  const std::string desired = R"({"ImageId":"ami-2","InstanceType":"t3.small"})";
  CHECK(updated(aws::launch_template, desired, template_2, {"ImageId", "(mark)"}) ==
        Texts{"CreateLaunchTemplateVersion ClientToken=t0 LaunchTemplateData.ImageId=ami-2 "
              "LaunchTemplateData.InstanceType=t3.small "
              "LaunchTemplateData.NetworkInterface.1.DeleteOnTermination=true "
              "LaunchTemplateData.NetworkInterface.1.DeviceIndex=0 LaunchTemplateId=lt-1",
              "ModifyLaunchTemplate LaunchTemplateId=lt-1 SetDefaultVersion=3"});
  CHECK(updated(aws::launch_template, desired, template_2, {"Tags", "(mark)"}).empty());
}

TEST_CASE("old members are replaced once the group has its settings", "[aws][aws-machines]") {
  const LiveObject group = live(aws::auto_scaling_group, "g", "{}");
  const std::string desired =
      R"({"LaunchTemplateId":"lt-1","Version":3,"StaleMembers":0,"MinHealthyPercentage":50})";
  CHECK(updated(aws::auto_scaling_group, desired, group, {"Version", "StaleMembers"}) ==
        Texts{"UpdateAutoScalingGroup AutoScalingGroupName=g LaunchTemplate.LaunchTemplateId=lt-1 "
              "LaunchTemplate.Version=3"});
  CHECK(updated(aws::auto_scaling_group, desired, group, {"StaleMembers"}) ==
        Texts{"DescribeInstanceRefreshes AutoScalingGroupName=g",
              "StartInstanceRefresh AutoScalingGroupName=g Preferences.MinHealthyPercentage=50 "
              "Preferences.SkipMatching=true (once)"});
}

TEST_CASE("a refresh is waited for, and fails aloud", "[aws][aws-machines]") {
  Work work = work_on(aws::auto_scaling_group, R"({"AutoScalingGroupName":"g"})");
  work.action = Action::update;
  work.live.id = "g";
  const auto follow = [&](const Call& call, std::string_view answer) {
    return aws::follow_refresh(kApi, work, call, parsed(answer));
  };
  const Call before =
      kApi.read(aws::auto_scaling, "DescribeInstanceRefreshes", Map{{"AutoScalingGroupName", "g"}});
  const Call start = kApi.create(aws::auto_scaling, "StartInstanceRefresh", Map{});
  const auto list = [](const std::string& status) {
    return R"({"InstanceRefreshes":{"member":{"Status":")" + status +
           R"(","PercentageComplete":"40","StatusReason":"too few healthy"}}})";
  };
  // One of an earlier run that goes on is waited for; how it ended is of no interest.
  CHECK(std::holds_alternative<Poll>(follow(before, list("InProgress"))));
  CHECK(std::holds_alternative<Settled>(follow(before, list("Failed"))));
  CHECK(std::holds_alternative<Settled>(follow(before, R"({"InstanceRefreshes":""})")));
  const Progress begun = follow(start, R"({"InstanceRefreshId":"r1"})");
  REQUIRE(std::holds_alternative<Poll>(begun));
  const Call ours = std::get<Poll>(begun).call;
  CHECK(written(ours) ==
        "DescribeInstanceRefreshes AutoScalingGroupName=g InstanceRefreshIds.member.1=r1");
  const Progress going = follow(ours, list("InProgress"));
  REQUIRE(std::holds_alternative<Poll>(going));
  CHECK(std::get<Poll>(going).waiting_for == "old members to be replaced, 40 %: too few healthy");
  CHECK(std::holds_alternative<Settled>(follow(ours, list("Successful"))));
  for (const std::string status : {"Failed", "Cancelled", "RollbackFailed", "RollbackSuccessful"}) {
    const Progress failed = follow(ours, list(status));
    REQUIRE(std::holds_alternative<Fail>(failed));
    CHECK(std::get<Fail>(failed).why.summary ==
          "the replacement of old members ended as " + status);
    CHECK(std::get<Fail>(failed).why.detail == "too few healthy");
  }
}

namespace {

/// A group of two, one of which is in service.
LiveObject group_of(int least, int wanted) {
  const auto member = [](const std::string& id, const std::string& version,
                         const std::string& state) {
    return "<member><InstanceId>" + id + "</InstanceId><LifecycleState>" + state +
           "</LifecycleState><HealthStatus>Healthy</HealthStatus><LaunchTemplate>"
           "<LaunchTemplateId>lt-1</LaunchTemplateId><Version>" +
           version + "</Version></LaunchTemplate></member>";
  };
  const std::string group =
      "<AutoScalingGroups><member><AutoScalingGroupName>g</AutoScalingGroupName><MinSize>" +
      std::to_string(least) + "</MinSize><DesiredCapacity>" + std::to_string(wanted) +
      "</DesiredCapacity><VPCZoneIdentifier>a,b</VPCZoneIdentifier>"
      "<LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId><Version>2</Version>"
      "</LaunchTemplate><Instances>" +
      member("i-1", "1", "InService") + member("i-2", "2", "Pending") +
      "</Instances></member></AutoScalingGroups>";
  const auto groups =
      listed(aws::auto_scaling_group, {{"DescribeAutoScalingGroups MaxRecords=100", group},
                                       {"DescribeInstances MaxResults=1000", "<reservationSet/>"}});
  REQUIRE(groups.size() == 1);
  return groups.front();
}

}  // namespace

TEST_CASE("members of a group are counted by what they are made of", "[aws][aws-machines]") {
  const LiveObject found = group_of(0, 2);
  CHECK(found.attributes["StaleMembers"] == Value(1));
  CHECK(found.attributes["Version"] == Value(2));
  CHECK(found.attributes["LaunchTemplateId"] == Value("lt-1"));
  CHECK(found.attributes["VPCZoneIdentifier"] == Value(List{"a", "b"}));
  CHECK(found.attributes["State"] == Value("running"));
  CHECK(aws::awaited_members({}, found) == "2 members to be in service, now 1");
}

TEST_CASE("a group differs from what is wanted while it has less members than it must have",
          "[aws][aws-machines]") {
  struct Row {
    int least;
    int wanted;
    int missing;
  };
  const Row rows[] = {{2, 2, 1}, {3, 3, 2}, {1, 1, 0}, {1, 2, 0}, {0, 0, 0}};
  for (const Row& row : rows) {
    INFO("at least " << row.least << ", wanted " << row.wanted);
    const LiveObject found = group_of(row.least, row.wanted);
    CHECK(found.attributes["MissingMembers"] == Value(row.missing));
    Value wanted = found.attributes;
    wanted.map()->erase("MissingMembers");
    const auto names = differing(aws::auto_scaling_group.resource.schema, wanted, found.attributes);
    CHECK(names == (row.missing == 0 ? Texts{} : Texts{"MissingMembers"}));
  }
  const LiveObject lacking = group_of(2, 2);
  CHECK(updated(aws::auto_scaling_group, R"({"MinSize":2})", lacking, {"MissingMembers"}).empty());
}

TEST_CASE("instances that live and no group manages are shown", "[aws][aws-machines]") {
  const auto instance = [](const std::string& id, const std::string& state,
                           const std::string& tag) {
    return "<item><instancesSet><item><instanceId>" + id + "</instanceId><instanceState><name>" +
           state +
           "</name></instanceState><rootDeviceName>/dev/xvda</rootDeviceName>"
           "<groupSet/><networkInterfaceSet><item><groupSet><item><groupId>sg-1</groupId></item>"
           "</groupSet></item></networkInterfaceSet><tagSet><item><key>" +
           tag + "</key><value>g</value></item></tagSet></item></instancesSet></item>";
  };
  const std::string reservations = "<reservationSet>" + instance("i-1", "running", "Name") +
                                   instance("i-2", "terminated", "a") +
                                   instance("i-3", "running", "aws:autoscaling:groupName") +
                                   instance("i-4", "stopped", "Name") + "</reservationSet>";
  const std::string volumes =
      "<volumeSet><item><volumeId>vol-1</volumeId><size>12</size><attachmentSet><item>"
      "<instanceId>i-1</instanceId><device>/dev/xvda</device></item></attachmentSet></item>"
      "</volumeSet>";
  const std::string addresses =
      "<addressesSet><item><allocationId>eipalloc-1</allocationId><instanceId>i-1</instanceId>"
      "</item></addressesSet>";
  const auto all = listed(aws::instance, {{"DescribeInstances MaxResults=1000", reservations},
                                          {"DescribeVolumes MaxResults=1000", volumes},
                                          {"DescribeAddresses", addresses}});
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "i-1");
  CHECK(all[0].attributes["SecurityGroupId"] == Value(List{"sg-1"}));
  CHECK(all[0].attributes["VolumeSize"] == Value(12));
  CHECK(all[0].attributes["AllocationId"] == Value("eipalloc-1"));
  CHECK(all[0].attributes["Running"] == Value(true));
  CHECK(all[1].id == "i-4");
  CHECK(all[1].attributes["Running"] == Value(false));
}

TEST_CASE("a policy names balancer and target group by the ends of their ARNs",
          "[aws][aws-machines]") {
  const std::string arn = "arn:aws:elasticloadbalancing:eu-west-1:1:";
  CHECK(created(aws::scaling_policy,
                R"({"AutoScalingGroupName":"g","PolicyName":"p","PredefinedMetricType":)"
                R"("ALBRequestCountPerTarget","TargetValue":100,"LoadBalancerArn":")" +
                    arn + R"(loadbalancer/app/b/1","TargetGroupArn":")" + arn +
                    R"(targetgroup/t/2"})") ==
        "PutScalingPolicy AutoScalingGroupName=g PolicyName=p "
        "PolicyType=TargetTrackingScaling "
        "TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType="
        "ALBRequestCountPerTarget "
        "TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel="
        "app/b/1/targetgroup/t/2 TargetTrackingConfiguration.TargetValue=100");
  const auto policies = listed(
      aws::scaling_policy,
      {{"DescribePolicies MaxRecords=100",
        "<ScalingPolicies><member><AutoScalingGroupName>g</AutoScalingGroupName>"
        "<PolicyName>p</PolicyName><TargetTrackingConfiguration><PredefinedMetricSpecification>"
        "<PredefinedMetricType>ALBRequestCountPerTarget</PredefinedMetricType>"
        "<ResourceLabel>app/b/1/targetgroup/t/2</ResourceLabel></PredefinedMetricSpecification>"
        "<TargetValue>100.0</TargetValue></TargetTrackingConfiguration></member>"
        "</ScalingPolicies>"},
       {"DescribeAutoScalingGroups MaxRecords=100", "<AutoScalingGroups/>"}});
  REQUIRE(policies.size() == 1);
  const Value wanted =
      parsed(R"({"AutoScalingGroupName":"g","PolicyName":"p","TargetValue":100,)"
             R"("PredefinedMetricType":"ALBRequestCountPerTarget",)"
             R"("LoadBalancerArn":")" +
             arn + R"(loadbalancer/app/b/1","TargetGroupArn":")" + arn + R"(targetgroup/t/2"})");
  CHECK(differing(aws::scaling_policy.resource.schema, wanted, policies[0].attributes).empty());
}

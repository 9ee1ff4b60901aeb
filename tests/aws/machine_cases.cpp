#include "aws/cases.h"

namespace aws_test {
namespace {

/// What moto has under that id.
constexpr const char* kImage = "ami-1e749f67";

std::vector<engine::DesiredObject> surroundings() {
  return {vpc("v"), subnet("n", "10.0.1.0/24", "eu-west-1a"),
          subnet("m", "10.0.2.0/24", "eu-west-1b"), group("g"), group("h")};
}

std::vector<engine::DesiredObject> public_surroundings() {
  return {vpc("v"),
          gateway("i"),
          public_subnet("n", "10.0.1.0/24", "eu-west-1a"),
          public_subnet("m", "10.0.2.0/24", "eu-west-1b"),
          group("g"),
          group("h")};
}

std::vector<engine::DesiredObject> with(std::vector<engine::DesiredObject> objects,
                                        std::vector<engine::DesiredObject> more) {
  objects.insert(objects.end(), more.begin(), more.end());
  return objects;
}

engine::DesiredObject machine_template() {
  return want("t", "aws.launch_template",
              {{"LaunchTemplateName", "s-t"},
               {"ImageId", kImage},
               {"InstanceType", "t3.micro"},
               {"SecurityGroupId", List{to("g")}}});
}

const Map kInstance = {{"Name", "s-x"},
                       {"ImageId", kImage},
                       {"InstanceType", "t3.micro"},
                       {"SubnetId", to("n")},
                       {"SecurityGroupId", List{to("g")}},
                       {"UserData", "#!/bin/sh\n"}};

const Map kGroup = {{"AutoScalingGroupName", "s-x"},
                    {"LaunchTemplateId", to("t")},
                    {"Version", to("t", "LatestVersionNumber")},
                    {"MinSize", 0},
                    {"MaxSize", 3},
                    {"DesiredCapacity", 1},
                    {"VPCZoneIdentifier", List{to("n")}}};

Case instance_case() {
  return {.type = "aws.instance",
          .around =
              with(surroundings(), {gateway("i"), want("e", "aws.elastic_ip", {{"Name", "s-e"}})}),
          .address = "x",
          .attributes = kInstance,
          .updates = {{"Name", "s-other"},
                      {"InstanceType", "t3.small"},
                      {"SecurityGroupId", List{to("g"), to("h")}},
                      {"AllocationId", to("e")},
                      {"SourceDestCheck", false},
                      {"MetadataOptions", Map{{"HttpTokens", "required"}}},
                      {"VolumeSize", 12},
                      {"VolumeType", "gp3"},
                      {"Iops", 4000},
                      {"Throughput", 200},
                      {"Running", false},
                      {"Tags", Map{{"a", "b"}}}},
          // With protection a failed case could not be cleared away.
          .fixed = {"DisableApiTermination"},
          .one_way = {"VolumeSize", "VolumeType", "Iops", "Throughput"},
          .replacement = {{"PrivateIpAddress", "10.0.1.9"}},
          .drift = R"(["ec2", "stop_instances", {"InstanceIds": ["{id}"]}])",
          .drifted = "Running",
          .removal = R"(["ec2", "terminate_instances", {"InstanceIds": ["{id}"]}])"};
}

const Map kBuilder = {{"Name", "s-b"},
                      {"ImageId", kImage},
                      {"InstanceType", "t3.micro"},
                      {"SubnetId", to("n")},
                      {"AssociatePublicIpAddress", true},
                      {"UserData", "#!/bin/sh\npoweroff\n"}};

std::vector<Case> image_cases() {
  return {
      {.type = "aws.builder",
       .around = public_surroundings(),
       .address = "x/builder",
       .attributes = kBuilder,
       .updates = {{"Name", "s-other"}, {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"InstanceType", "t3.small"}},
       .removal = R"(["ec2", "terminate_instances", {"InstanceIds": ["{id}"]}])"},
      {.type = "aws.image",
       .around = with(public_surroundings(), {want("x/builder", "aws.builder", kBuilder)}),
       .address = "x",
       .attributes = {{"Name", "s-image"},
                      {"Description", "one"},
                      {"InstanceId", to("x/builder")},
                      {"Inputs", Map{{"user_data", "one"}}}},
       .updates = {{"Tags", Map{{"a", "b"}}}},
       // The first two only look one up; moto does not change descriptions.
       .fixed = {"id", "Owner", "Description"},
       // What goes by hand leaves its snapshots behind.
       .replacement = {{"Inputs", Map{{"user_data", "two"}}}}},
  };
}

std::vector<Case> volume_cases() {
  const Map volume = {{"Name", "s-x"}, {"AvailabilityZone", "eu-west-1a"}, {"Size", 8}};
  Map of_snapshot = volume;
  of_snapshot.insert_or_assign("Name", "s-v");
  return {
      {.type = "aws.ebs_volume",
       .around = with(surroundings(), {want("j", "aws.instance", kInstance)}),
       .address = "x",
       .attributes = volume,
       .updates = {{"Name", "s-other"},
                   {"Size", 10},
                   {"VolumeType", "io1"},
                   {"Iops", 200},
                   {"Tags", Map{{"a", "b"}}}},
       .fixed = {"Throughput", "InstanceId", "Device"},  // of gp3; both or none
       .one_way = {"Size"},
       .replacement = {{"Encrypted", true}},
       .removal = R"(["ec2", "delete_volume", {"VolumeId": "{id}"}])"},
      {.type = "aws.ebs_snapshot",
       .around = {want("v", "aws.ebs_volume", of_snapshot)},
       .address = "x",
       .attributes = {{"Name", "s-x"}, {"VolumeId", to("v")}, {"Description", "one"}},
       .updates = {{"Name", "s-other"}, {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"Description", "two"}},
       .removal = R"(["ec2", "delete_snapshot", {"SnapshotId": "{id}"}])"},
  };
}

std::vector<Case> group_cases() {
  const std::vector<engine::DesiredObject> around = with(surroundings(), {machine_template()});
  return {
      {.type = "aws.launch_template",
       .around = surroundings(),
       .address = "x",
       .attributes = {{"LaunchTemplateName", "s-x"},
                      {"ImageId", kImage},
                      {"InstanceType", "t3.micro"},
                      {"SecurityGroupId", List{to("g")}},
                      {"RootDeviceName", "/dev/sda1"},
                      {"VolumeSize", 8}},
       .updates = {{"InstanceType", "t3.small"},
                   {"SecurityGroupId", List{to("g"), to("h")}},
                   {"AssociatePublicIpAddress", true},
                   {"UserData", "#!/bin/sh\ntrue\n"},
                   {"VolumeSize", 12},
                   {"VolumeType", "gp3"},
                   {"Encrypted", true},
                   {"KmsKeyId", "alias/aws/ebs"},
                   {"Iops", 4000},
                   {"Throughput", 200},
                   {"MetadataOptions", Map{{"HttpTokens", "required"}}},
                   {"Tags", Map{{"a", "b"}}}},
       .fixed = {"ImageId", "KeyName", "IamInstanceProfile"},  // as the others
       .removal = R"(["ec2", "delete_launch_template", {"LaunchTemplateId": "{id}"}])"},
      {.type = "aws.auto_scaling_group",
       .around = around,
       .address = "x",
       .attributes = kGroup,
       .updates = {{"DesiredCapacity", 2},
                   {"MinSize", 1},
                   {"MaxSize", 4},
                   {"VPCZoneIdentifier", List{to("n"), to("m")}},
                   {"HealthCheckType", "ELB"},
                   {"HealthCheckGracePeriod", 60},
                   {"Tags", Map{{"a", "b"}}}},
       // How members are replaced has a test of its own; where policies decide how many there are.
       .fixed = {"LaunchTemplateId", "Version", "StaleMembers", "MissingMembers", "StartCapacity"},
       .drift = R"(["autoscaling", "set_desired_capacity",
           {"AutoScalingGroupName": "{id}", "DesiredCapacity": 3}])",
       .drifted = "DesiredCapacity"},
      {.type = "aws.scaling_policy",
       .around = with(around, {want("x", "aws.auto_scaling_group", kGroup)}),
       .address = "x/requests",
       .attributes = {{"AutoScalingGroupName", to("x")},
                      {"PolicyName", "requests"},
                      {"PredefinedMetricType", "ASGAverageCPUUtilization"},
                      {"TargetValue", 50.0}},
       .updates = {{"TargetValue", 60.0},
                   {"DisableScaleIn", true},
                   {"PredefinedMetricType", "ASGAverageNetworkIn"}},
       .fixed = {"LoadBalancerArn", "TargetGroupArn"},  // both or none
       .removal = R"(["autoscaling", "delete_policy",
           {"AutoScalingGroupName": "{AutoScalingGroupName}", "PolicyName": "{PolicyName}"}])"},
  };
}

engine::DesiredObject targets(const std::string& address) {
  return want(address, "aws.target_group",
              {{"TargetGroupName", "s-" + address},
               {"Protocol", "HTTP"},
               {"Port", 80},
               {"VpcId", to("v")}});
}

engine::DesiredObject balancer(const std::string& address) {
  return want(address, "aws.load_balancer",
              {{"LoadBalancerName", "s-" + address},
               {"Subnets", List{to("n"), to("m")}},
               {"SecurityGroups", List{to("g")}}});
}

Value forward(const std::string& group) {
  return List{Map{{"Type", "forward"}, {"TargetGroupArn", to(group)}}};
}

Value redirect() {
  return List{Map{
      {"Type", "redirect"},
      {"RedirectConfig", Map{{"Protocol", "HTTPS"}, {"Port", "443"}, {"StatusCode", "HTTP_301"}}}}};
}

Value respond(const std::string& status) {
  return List{
      Map{{"Type", "fixed-response"},
          {"FixedResponseConfig", Map{{"StatusCode", status}, {"ContentType", "text/plain"}}}}};
}

Value paths(const std::string& path) {
  return Map{{"Field", "path-pattern"}, {"PathPatternConfig", Map{{"Values", List{path}}}}};
}

Value hosts(const std::string& host) {
  return Map{{"Field", "host-header"}, {"HostHeaderConfig", Map{{"Values", List{host}}}}};
}

Value classic_listener(int port) {
  return Map{{"Protocol", "HTTP"},
             {"LoadBalancerPort", port},
             {"InstanceProtocol", "HTTP"},
             {"InstancePort", 80}};
}

std::vector<Case> balancer_cases() {
  const auto public_network = public_surroundings();
  return {
      {.type = "aws.load_balancer",
       .around = public_network,
       .address = "x",
       .attributes = {{"LoadBalancerName", "s-x"},
                      {"Subnets", List{to("n"), to("m")}},
                      {"SecurityGroups", List{to("g")}}},
       .updates = {{"SecurityGroups", List{to("h")}},
                   {"Attributes", Map{{"idle_timeout.timeout_seconds", "30"}}},
                   {"Tags", Map{{"a", "b"}}}},
       .fixed = {"Subnets"},  // two zones are the least
       .replacement = {{"Scheme", "internal"}},
       .drift = R"(["elbv2", "set_security_groups",
           {"LoadBalancerArn": "{id}", "SecurityGroups": []}])",
       .drifted = "SecurityGroups",
       .removal = R"(["elbv2", "delete_load_balancer", {"LoadBalancerArn": "{id}"}])"},
      {.type = "aws.target_group",
       .around = {vpc("v")},
       .address = "x",
       .attributes =
           {{"TargetGroupName", "s-x"}, {"Protocol", "HTTP"}, {"Port", 80}, {"VpcId", to("v")}},
       .updates = {{"HealthCheckProtocol", "HTTPS"},
                   {"HealthCheckPort", "8080"},
                   {"HealthCheckPath", "/test/"},
                   {"HealthCheckIntervalSeconds", 20},
                   {"HealthCheckTimeoutSeconds", 4},
                   {"HealthyThresholdCount", 3},
                   {"UnhealthyThresholdCount", 4},
                   {"Matcher", Map{{"HttpCode", "200-299"}}},
                   {"Attributes", Map{{"deregistration_delay.timeout_seconds", "30"}}},
                   {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"Port", 8080}},
       .removal = R"(["elbv2", "delete_target_group", {"TargetGroupArn": "{id}"}])"},
      {.type = "aws.listener",
       .around = with(public_network, {balancer("x"), targets("p"), targets("q")}),
       .address = "x/http-80",
       .attributes = {{"LoadBalancerArn", to("x")},
                      {"Port", 80},
                      {"Protocol", "HTTP"},
                      {"DefaultActions", forward("p")}},
       .updates = {{"DefaultActions", redirect()}, {"HasRules", true}, {"Tags", Map{{"a", "b"}}}},
       // Another port is another listener; the others are of HTTPS.
       .fixed = {"Port", "Protocol", "Certificates", "SslPolicy"},
       .one_way = {"HasRules"},
       .removal = R"(["elbv2", "delete_listener", {"ListenerArn": "{id}"}])"},
      {.type = "aws.listener_rule",
       .around = with(public_network, {balancer("b"), targets("p"), targets("q"),
                                       want("x", "aws.listener",
                                            {{"LoadBalancerArn", to("b")},
                                             {"Port", 80},
                                             {"Protocol", "HTTP"},
                                             {"DefaultActions", forward("p")},
                                             {"HasRules", true}})}),
       .address = "x/rule-1",
       .attributes = {{"ListenerArn", to("x")},
                      {"Priority", 1},
                      {"Conditions", List{paths("/api/*")}},
                      {"Actions", forward("q")}},
       .updates = {{"Conditions", List{paths("/v1/*"), hosts("a.test")}},
                   {"Actions", respond("404")},
                   {"Tags", Map{{"a", "b"}}}},
       .drift = R"(["elbv2", "modify_rule", {"RuleArn": "{id}", "Actions":
           [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}]}])",
       .drifted = "Actions",
       .removal = R"(["elbv2", "delete_rule", {"RuleArn": "{id}"}])"},
      {.type = "aws.target_attachment",
       .around = with(public_network, {machine_template(), targets("x"),
                                       want("p", "aws.auto_scaling_group", kGroup)}),
       .address = "x/members",
       .attributes = {{"TargetGroupARN", to("x")}, {"AutoScalingGroupName", to("p")}},
       .removal = R"(["autoscaling", "detach_load_balancer_target_groups",
           {"AutoScalingGroupName": "{AutoScalingGroupName}",
            "TargetGroupARNs": ["{TargetGroupARN}"]}])"},
      {.type = "aws.target_registration",
       .around = with(surroundings(),
                      {want("j", "aws.instance", kInstance), want("x/machines", "aws.target_group",
                                                                  {{"TargetGroupName", "s-x"},
                                                                   {"Protocol", "HTTP"},
                                                                   {"Port", 80},
                                                                   {"VpcId", to("v")}})}),
       .address = "x/machines/j",
       .attributes = {{"TargetGroupArn", to("x/machines")}, {"InstanceId", to("j")}},
       .removal = R"(["elbv2", "deregister_targets",
           {"TargetGroupArn": "{TargetGroupArn}", "Targets": [{"Id": "{InstanceId}"}]}])"},
      {.type = "aws.classic_load_balancer",
       .around = public_network,
       .address = "x",
       .attributes = {{"LoadBalancerName", "s-x"},
                      {"Listeners", List{classic_listener(80)}},
                      {"Subnets", List{to("n")}},
                      {"SecurityGroups", List{to("g")}}},
       .updates = {{"Listeners", List{classic_listener(80), classic_listener(81)}},
                   {"Subnets", List{to("n"), to("m")}},
                   {"SecurityGroups", List{to("h")}},
                   {"HealthCheck", Map{{"Target", "HTTP:80/"},
                                       {"Interval", 10},
                                       {"Timeout", 5},
                                       {"UnhealthyThreshold", 2},
                                       {"HealthyThreshold", 3}}},
                   {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"Scheme", "internal"}},
       .removal = R"(["elb", "delete_load_balancer", {"LoadBalancerName": "{id}"}])"},
      {.type = "aws.classic_attachment",
       .around = with(public_network, {machine_template(),
                                       want("x", "aws.classic_load_balancer",
                                            {{"LoadBalancerName", "s-b"},
                                             {"Listeners", List{classic_listener(80)}},
                                             {"Subnets", List{to("n")}},
                                             {"SecurityGroups", List{to("g")}}}),
                                       want("p", "aws.auto_scaling_group", kGroup)}),
       .address = "x/members",
       .attributes = {{"LoadBalancerName", to("x")}, {"AutoScalingGroupName", to("p")}}},
  };
}

}  // namespace

std::vector<Case> machine_cases() {
  std::vector<Case> all = {instance_case()};
  for (const std::vector<Case>& more :
       {image_cases(), volume_cases(), group_cases(), balancer_cases()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace aws_test

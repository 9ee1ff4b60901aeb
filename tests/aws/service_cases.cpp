#include "aws/cases.h"

namespace aws_test {
namespace {

Value document(const std::string& action) {
  return Map{{"Version", "2012-10-17"},
             {"Statement", List{Map{{"Effect", "Allow"}, {"Action", action}, {"Resource", "*"}}}}};
}

Value trust(const std::string& service) {
  return Map{{"Version", "2012-10-17"},
             {"Statement", List{Map{{"Effect", "Allow"},
                                    {"Principal", Map{{"Service", service}}},
                                    {"Action", "sts:AssumeRole"}}}}};
}

engine::DesiredObject role(const std::string& address) {
  return want(
      address, "aws.iam_role",
      {{"RoleName", "s-" + address}, {"AssumeRolePolicyDocument", trust("ec2.amazonaws.com")}});
}

std::vector<Case> dns_cases() {
  return {
      {.type = "aws.dns_zone",
       .address = "x",
       .attributes = {{"Name", "x.test"}},
       .updates = {{"Tags", Map{{"a", "b & c"}}}},
       .replacement = {{"Name", "y.test"}},
       .removal = R"(["route53", "delete_hosted_zone", {"Id": "{id}"}])"},
      {.type = "aws.dns_record",
       .around = {want("z", "aws.dns_zone", {{"Name", "x.test"}})},
       .address = "x",
       .attributes = {{"HostedZoneId", to("z")},
                      {"Name", "*.db.x.test"},
                      {"Type", "A"},
                      {"ResourceRecords", List{"192.0.2.1", "192.0.2.2"}}},
       .updates = {{"TTL", 60}, {"ResourceRecords", List{"192.0.2.3"}}},
       // Instead of records: its own case.
       .fixed = {"AliasTarget"},
       .replacement = {{"Name", "other.x.test"}},
       .drift = R"(["route53", "change_resource_record_sets", {"HostedZoneId": "{HostedZoneId}",
           "ChangeBatch": {"Changes": [{"Action": "UPSERT", "ResourceRecordSet":
             {"Name": "{Name}", "Type": "A", "TTL": 300,
              "ResourceRecords": [{"Value": "192.0.2.9"}]}}]}}])",
       .drifted = "ResourceRecords"},
      {.type = "aws.dns_record",
       .around = {want("z", "aws.dns_zone", {{"Name", "x.test"}})},
       .address = "x",
       .attributes = {{"HostedZoneId", to("z")},
                      {"Name", "x.test"},
                      {"Type", "TXT"},
                      {"ResourceRecords", List{"v=spf1 \"-all\"", std::string(300, 'k')}}},
       .updates = {{"TTL", 60}, {"ResourceRecords", List{"v=spf1"}}},
       .fixed = {"AliasTarget"}},
      {.type = "aws.dns_record",
       .around = {want("z", "aws.dns_zone", {{"Name", "x.test"}}),
                  want("t", "aws.dns_record",
                       {{"HostedZoneId", to("z")},
                        {"Name", "t.x.test"},
                        {"Type", "A"},
                        {"ResourceRecords", List{"192.0.2.1"}}})},
       .address = "x",
       .attributes = {{"HostedZoneId", to("z")},
                      {"Name", "www.x.test"},
                      {"Type", "A"},
                      {"AliasTarget", Map{{"HostedZoneId", to("z")}, {"DNSName", "t.x.test"}}}},
       .updates = {{"AliasTarget", Map{{"HostedZoneId", to("z")},
                                       {"DNSName", "t.x.test"},
                                       {"EvaluateTargetHealth", true}}}},
       .fixed = {"TTL", "ResourceRecords"}},
  };
}

std::vector<Case> identity_cases() {
  return {
      {.type = "aws.iam_policy",
       .address = "x",
       .attributes = {{"PolicyName", "s-x"}, {"PolicyDocument", document("s3:*")}},
       .updates = {{"PolicyDocument", document("ec2:*")}},
       .replacement = {{"Description", "other"}},
       .drift = R"(["iam", "create_policy_version", {"PolicyArn": "{id}", "SetAsDefault": true,
           "PolicyDocument": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}"}])",
       .drifted = "PolicyDocument",
       .removal = {}},
      {.type = "aws.iam_role",
       .around = {want("p", "aws.iam_policy",
                       {{"PolicyName", "s-p"}, {"PolicyDocument", document("s3:*")}})},
       .address = "x",
       .attributes = {{"RoleName", "s-x"},
                      {"AssumeRolePolicyDocument", trust("ec2.amazonaws.com")},
                      {"Policies", Map{{"own", document("s3:*")}}}},
       .updates = {{"AssumeRolePolicyDocument", trust("ecs.amazonaws.com")},
                   {"Description", "of machines"},
                   {"MaxSessionDuration", 7200},
                   {"Policies", Map{{"own", document("s3:Get*")}, {"more", document("ec2:*")}}},
                   {"PolicyArns", List{to("p")}},
                   {"Tags", Map{{"a", "b"}}}},
       .replacement = {{"Path", "/other/"}},
       .drift = R"(["iam", "delete_role_policy", {"RoleName": "{id}", "PolicyName": "own"}])",
       .drifted = "Policies"},
      {.type = "aws.instance_profile",
       .around = {role("r"), role("q")},
       .address = "x",
       .attributes = {{"InstanceProfileName", "s-x"}, {"RoleName", to("r")}},
       .updates = {{"RoleName", to("q")}},
       .drift = R"(["iam", "remove_role_from_instance_profile",
           {"InstanceProfileName": "{id}", "RoleName": "{RoleName}"}])",
       .drifted = "RoleName"},
  };
}

}  // namespace

std::vector<Case> service_cases() {
  std::vector<Case> all = dns_cases();
  for (Case& test : identity_cases()) all.push_back(std::move(test));
  return all;
}

}  // namespace aws_test

// IAM: policy documents, marks in paths, what is read, and which calls create, change and remove.
// Certificates: which are looked up.
#include <catch2/catch.hpp>

#include "aws/types/iam.h"
#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

constexpr std::string_view kListed = R"({"iam": [{
  "RoleDetailList": {"member": [
    {"Path": "/", "RoleName": "wp-web", "Arn": "arn:r", "CreateDate": "2026",
     "AssumeRolePolicyDocument": "%7B%22Version%22%3A%20%22x%22%7D",
     "RolePolicyList": {"member": {"PolicyName": "own", "PolicyDocument": "%7B%22a%22%3A1%7D"}},
     "AttachedManagedPolicies": {"member": {"PolicyName": "p", "PolicyArn": "arn:p"}},
     "Tags": {"member": [{"Key": "stackctl:stack", "Value": "wp"},
                         {"Key": "stackctl:address", "Value": "web"},
                         {"Key": "team", "Value": "a"}]}},
    {"Path": "/aws-service-role/x/", "RoleName": "AWSServiceRoleForX", "Arn": "arn:x"}]},
  "Policies": {"member": {"Arn": "arn:aws:iam::1:policy/stackctl/wp/web/wp-p",
     "Path": "/stackctl/wp/web/", "DefaultVersionId": "v2", "CreateDate": "2026",
     "PolicyVersionList": {"member": [
       {"Document": "%7B%22a%22%3A1%7D", "VersionId": "v2", "IsDefaultVersion": "true"},
       {"Document": "%7B%7D", "VersionId": "v1", "IsDefaultVersion": "false"}]}}}}]})";

}  // namespace

TEST_CASE("aws identity: documents compare by what they mean") {
  const auto plain = [](std::string_view text) {
    return json::write(aws::identity::plain_document(Value(text)));
  };
  CHECK(plain(R"({"Action": ["b", "a"], "Resource": ["*"]})") ==
        R"({"Action":["a","b"],"Resource":"*"})");
  CHECK(plain("%7B%22Action%22%3A%20%22s3%3A%2A%22%7D") == R"({"Action":"s3:*"})");
  CHECK(plain("no document") == R"("no document")");
  CHECK(aws::identity::document_text(parsed(R"({"b": 1, "a": [true]})")) ==
        Value(R"({"a":[true],"b":1})"));
}

TEST_CASE("aws identity: the mark in a path survives") {
  for (const char* const address : {"web", "web[\"a b\"]", "web/profile"}) {
    const Mark mark{"wp", address, ""};
    CHECK(aws::identity::mark_in_path(aws::identity::path_of(mark)) == mark);
  }
  CHECK(aws::identity::path_of({"wp", "n[0]", "1.spec"}) == "/stackctl/wp/n=5b0=5d/");
  for (const char* const path : {"/", "/stackctl/", "/stackctl/wp/", "/stackctl//web/",
                                 "/other/wp/web/", "/stackctl/wp/web"})
    CHECK_FALSE(aws::identity::mark_in_path(path));
}

TEST_CASE("aws identity: what is read") {
  CHECK(decoded(aws::iam_role, kListed) ==
        Texts{R"(wp-web wp/web 2026 {"Arn":"arn:r","AssumeRolePolicyDocument":{"Version":"x"},)"
              R"("Path":"/","Policies":{"own":{"a":1}},"PolicyArns":["arn:p"],)"
              R"("RoleName":"wp-web","Tags":{"team":"a"},"id":"wp-web"})"});
  CHECK(decoded(aws::iam_policy, kListed) ==
        Texts{R"(arn:aws:iam::1:policy/stackctl/wp/web/wp-p wp/web 2026 {"OldVersions":["v1"],)"
              R"("PolicyDocument":{"a":1},"PolicyName":"wp-p",)"
              R"("id":"arn:aws:iam::1:policy/stackctl/wp/web/wp-p"})"});
  CHECK(decoded(aws::instance_profile,
                R"({"iam": [{"InstanceProfiles": {"member": [
                   {"InstanceProfileName": "wp-web", "Arn": "arn:i",
                    "Path": "/stackctl/wp/web/profile/", "CreateDate": "2026",
                    "Roles": {"member": {"RoleName": "wp-web"}}},
                   {"InstanceProfileName": "x", "Arn": "arn:x", "Path": "/", "Roles": ""}]}}]})") ==
        Texts{R"(wp-web wp/web/profile 2026 {"Arn":"arn:i","InstanceProfileName":"wp-web",)"
              R"("RoleName":"wp-web","id":"wp-web"})",
              R"(x nobody {"Arn":"arn:x","InstanceProfileName":"x","id":"x"})"});
  CHECK(decoded(aws::certificate,
                R"({"certificates": [{"CertificateArn": "arn:c", "DomainName": "x.test",
                    "IssuedAt": 1795259515.5, "SubjectAlternativeNames": ["x.test"]},
                   {"CertificateArn": "arn:d", "DomainName": "y.test", "CreatedAt": "soon"}]})") ==
        Texts{R"(arn:c nobody 2026-11-21T11:11:55Z {"DomainName":"x.test",)"
              R"("SubjectAlternativeNames":["x.test"],"id":"arn:c"})",
              R"(arn:d nobody {"DomainName":"y.test","id":"arn:d"})"});
}

TEST_CASE("aws identity: pages") {
  aws::Api api = kApi;
  const Reading iam = aws::reading_of(api, "iam", {});
  CHECK(written(iam.calls) == Texts{"GetAccountAuthorizationDetails Filter.member.1=Role "
                                    "Filter.member.2=LocalManagedPolicy MaxItems=1000"});
  std::vector<Call> more;
  const http::Reply page{
      200,
      {},
      "<GetAccountAuthorizationDetailsResponse>"
      "<GetAccountAuthorizationDetailsResult><RoleDetailList/><Marker>m</Marker>"
      "</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>",
      {},
      {}};
  REQUIRE(iam.take(iam.calls[0], page, more));
  CHECK(written(more) == Texts{written(iam.calls[0]) + " Marker=m"});

  const Reading certificates = aws::reading_of(api, "certificates", {});
  more.clear();
  const http::Reply first{200, {}, R"({"CertificateSummaryList": [], "NextToken": "n"})", {}, {}};
  REQUIRE(certificates.take(certificates.calls[0], first, more));
  REQUIRE(more.size() == 1);
  CHECK(parsed(more[0].request.body)["NextToken"] == Value("n"));
  CHECK(parsed(more[0].request.body)["CertificateStatuses"] == Value(List{"ISSUED"}));
  CHECK(http::find(more[0].request.headers, "X-Amz-Target") ==
        "CertificateManager.ListCertificates");
}

TEST_CASE("aws identity: profiles are told by their roles, and once") {
  const std::string profile =
      "<member><InstanceProfileName>p</InstanceProfileName><Arn>arn:p</Arn>"
      "<Path>/stackctl/wp/p/</Path><Roles><member><RoleName>r</RoleName></member></Roles></member>";
  const auto in_role = [&](const std::string& profiles) {
    return "<RoleDetailList><member><RoleName>r</RoleName><InstanceProfileList>" + profiles +
           "</InstanceProfileList></member></RoleDetailList>";
  };
  const std::string without =
      "<member><InstanceProfileName>q</InstanceProfileName><Arn>arn:q</Arn>"
      "<Path>/stackctl/wp/q/</Path><Roles/></member>";
  const std::string details =
      "GetAccountAuthorizationDetails Filter.member.1=Role Filter.member.2=LocalManagedPolicy "
      "MaxItems=1000";
  const auto all = listed(aws::instance_profile,
                          {{details, in_role(profile)},
                           {"ListInstanceProfiles MaxItems=1000",
                            "<InstanceProfiles>" + profile + without + "</InstanceProfiles>"}});
  REQUIRE(all.size() == 2);
  CHECK(all[0].attributes["RoleName"] == Value("r"));
  CHECK(all[1].id == "q");

  aws::Type asked_for_nothing = aws::instance_profile;
  asked_for_nothing.resource.listing = "iam";
  const auto told = listed(asked_for_nothing, {{details, in_role(profile)}});
  REQUIRE(told.size() == 1);
  CHECK(told[0].mark->address == "p");
  CHECK(told[0].attributes["RoleName"] == Value("r"));
}

TEST_CASE("aws identity: calls about roles") {
  CHECK(created(aws::iam_role, R"({"RoleName": "wp-web", "AssumeRolePolicyDocument": {"v": 1},
                                   "Policies": {"own": {}}, "PolicyArns": ["arn:p"]})") ==
        "CreateRole AssumeRolePolicyDocument={\"v\":1} RoleName=wp-web +3 tags (once)");
  const LiveObject role =
      live(aws::iam_role, "wp-web",
           R"({"Policies": {"own": {"a": 1}, "old": {}}, "PolicyArns": ["arn:p"]})");
  CHECK(updated(aws::iam_role,
                R"({"AssumeRolePolicyDocument": {"v": 2}, "Description": "d",
                    "Policies": {"own": {"a": 2}}, "PolicyArns": ["arn:q"]})",
                role, {"AssumeRolePolicyDocument", "Description", "Policies", "PolicyArns"}) ==
        Texts{"UpdateAssumeRolePolicy PolicyDocument={\"v\":2} RoleName=wp-web",
              "UpdateRole Description=d RoleName=wp-web",
              "PutRolePolicy PolicyDocument={\"a\":2} PolicyName=own RoleName=wp-web",
              "DeleteRolePolicy PolicyName=old RoleName=wp-web",
              "AttachRolePolicy PolicyArn=arn:q RoleName=wp-web",
              "DetachRolePolicy PolicyArn=arn:p RoleName=wp-web"});
  CHECK(removed(role) == Texts{"DetachRolePolicy PolicyArn=arn:p RoleName=wp-web",
                               "DeleteRolePolicy PolicyName=old RoleName=wp-web",
                               "DeleteRolePolicy PolicyName=own RoleName=wp-web",
                               "DeleteRole RoleName=wp-web"});
}

TEST_CASE("aws identity: calls about policies and profiles") {
  CHECK(created(aws::iam_policy, R"({"PolicyName": "p", "PolicyDocument": {"a": 1}})") ==
        "CreatePolicy Path=/stackctl/shop/web/ PolicyDocument={\"a\":1} PolicyName=p (once)");
  const auto after = [](std::string_view attributes) {
    return updated(aws::iam_policy, R"({"PolicyDocument": {"a": 2}})",
                   live(aws::iam_policy, "arn:p", attributes), {"PolicyDocument"});
  };
  const std::string version =
      "CreatePolicyVersion PolicyArn=arn:p PolicyDocument={\"a\":2} SetAsDefault=true (once)";
  CHECK(after(R"({"OldVersions": ["v3"]})") == Texts{version});
  CHECK(after(R"({"OldVersions": ["v5", "v4", "v3", "v2"]})") ==
        Texts{"DeletePolicyVersion PolicyArn=arn:p VersionId=v2", version});
  CHECK(removed(live(aws::iam_policy, "arn:p", R"({"OldVersions": ["v1"]})")) ==
        Texts{"DeletePolicyVersion PolicyArn=arn:p VersionId=v1", "DeletePolicy PolicyArn=arn:p"});

  CHECK(created(aws::instance_profile, R"({"InstanceProfileName": "i", "RoleName": "r"})") ==
        "CreateInstanceProfile InstanceProfileName=i Path=/stackctl/shop/web/ (once)");
  const LiveObject profile = live(aws::instance_profile, "i", R"({"RoleName": "q"})");
  const LiveObject empty = live(aws::instance_profile, "i", "{}");
  const std::string add = "AddRoleToInstanceProfile InstanceProfileName=i RoleName=r (once)";
  const std::string take = "RemoveRoleFromInstanceProfile InstanceProfileName=i RoleName=q";
  CHECK(updated(aws::instance_profile, R"({"RoleName": "r"})", profile, {"RoleName"}) ==
        Texts{take, add});
  CHECK(updated(aws::instance_profile, R"({"RoleName": "r"})", empty, {"RoleName"}) == Texts{add});
  CHECK(removed(profile) == Texts{take, "DeleteInstanceProfile InstanceProfileName=i"});
}

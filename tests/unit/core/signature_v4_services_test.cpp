// Requests as the services of AWS get them, signed by its own library for Python.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "stackctl/signature_v4.h"

using namespace stackctl;

namespace {

struct Row {
  std::string name;
  signature_v4::Scope scope;
  http::Request request;
  bool is_temporary;
  std::string signature;
};

const Time kMoment =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + std::chrono::hours{12};
constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kToken = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQD+/==";
const std::string kForm = "application/x-www-form-urlencoded; charset=utf-8";

std::vector<Row> rows() {
  return {
      {"query POST",
       {"ec2", "eu-west-1"},
       {"POST",
        "https://ec2.eu-west-1.amazonaws.com/",
        {},
        {{"Content-Type", kForm}},
        "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0%2F16&TagSpecification.1.Tag.1."
        "Value=a%20b"},
       false,
       "186144a9eb538a6129688f12778e493c3790c41d58c7f37f70dae0e29bc6ef29"},
      {"query POST with a session token",
       {"sts", "us-east-1"},
       {"POST",
        "https://sts.us-east-1.amazonaws.com/",
        {},
        {{"Content-Type", kForm}},
        "Action=GetCallerIdentity&Version=2011-06-15"},
       true,
       "3b5d5c8af755fbe11ea89168620e535e402d7753966c67888374451e1f7c08d4"},
      {"query POST to another port",
       {"rds", "us-east-1"},
       {"POST",
        "http://127.0.0.1:5000/",
        {},
        {{"Content-Type", kForm}},
        "Action=DescribeDBInstances&Version=2014-10-31"},
       false,
       "b262e6307ff525b0af7e4d4e9b97edec09c77e8eef99ec7f5056899d87d42c9f"},
      {"JSON POST",
       {"ecs", "eu-central-1"},
       {"POST",
        "https://ecs.eu-central-1.amazonaws.com/",
        {},
        {{"Content-Type", "application/x-amz-json-1.1"},
         {"X-Amz-Target", "AmazonEC2ContainerServiceV20141113.CreateCluster"}},
        "{\"clusterName\":\"zürich\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}"},
       false,
       "6a63a9723a123da16a7f31f4b1b95abc57c7a4e8d7433ff41c0dec0e3b819098"},
      {"JSON POST with a session token",
       {"dynamodb", "us-east-2"},
       {"POST",
        "https://dynamodb.us-east-2.amazonaws.com/",
        {},
        {{"Content-Type", "application/x-amz-json-1.0"},
         {"X-Amz-Target", "DynamoDB_20120810.DescribeTable"}},
        "{\"TableName\":\"t\"}"},
       true,
       "427f76bb60cf407fa78d8b0013d51ce861ab4e1445757316704afb06f40969b2"},
      {"REST-XML GET with a query",
       {"route53", "us-east-1"},
       {"GET",
        "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset",
        {{"name", "a.example.org."}, {"type", "TXT"}, {"maxitems", "100"}},
        {},
        ""},
       false,
       "7fb7ea6c9825f85b8a5c5a5098cec03f5c631c1bedbd8db85759e1dd6181d7d3"},
      {"REST-XML POST",
       {"route53", "us-east-1"},
       {"POST",
        "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset/",
        {},
        {{"Content-Type", "text/xml"}},
        "<a>é</a>"},
       false,
       "fbacd4c06eaf68a545c345c1633cc5dfc9c7595119e83383b82dfbab90b7101e"},
      {"REST-XML PUT with If-Match",
       {"cloudfront", "us-east-1"},
       {"PUT",
        "https://cloudfront.amazonaws.com/2020-05-31/distribution/E1/config",
        {},
        {{"If-Match", "E2QWRUHEXAMPLE"}},
        "<DistributionConfig/>"},
       true,
       "9137e4b19707e2538da86746a805e0df56597667ecd7494f05c413d40d51995c"},
      {"REST-JSON GET with an encoded path",
       {"ses", "eu-west-1"},
       {"GET",
        "https://email.eu-west-1.amazonaws.com/v2/email/identities/me%40example.org",
        {},
        {},
        ""},
       false,
       "089cab3fc0da4b84224feee89bd3ff513c4503999bfe8c5444d72c4277121352"},
      {"REST-JSON GET of an ARN in the path",
       {"ecs", "us-west-2"},
       {"GET",
        "https://x.us-west-2.amazonaws.com/tags/arn%3Aaws%3Aecs%3Aus-west-2%3A1%3Acluster%2Fa%20b",
        {{"tagKeys", "a&b=c"}},
        {},
        ""},
       false,
       "084f710c1e6ceb498aaac5b88ea62664910b47b3bf49112d4bab8a9f22363d07"},
      {"path with what needs no escape",
       {"execute-api", "us-east-1"},
       {"GET", "https://x.test/a+b/c;d=e,f/~user/!$'()*", {}, {}, ""},
       false,
       "bedeea32ed6b04a7031ea02454c25f686ffdcebeb41369637fd23905bb5709ad"},
      {"query with odd values",
       {"execute-api", "us-east-1"},
       {"GET", "https://x.test/p", {{"b", ""}, {"a", "1 2+3"}, {"~", "*"}, {"ü", "/?"}}, {}, ""},
       false,
       "b5d638db07d34f9a0cc59c134163d97e1d9522663071b49af7652f201583ad7a"},
      {"S3 key with odd letters",
       {"s3", "eu-west-1"},
       {"GET", "https://b.s3.eu-west-1.amazonaws.com/a//b/../c%20d/%C3%BC%2B%26%3D~", {}, {}, ""},
       false,
       "0025206ac7163bb38717d94e586c5417de5892df38fb93ba805df48b79a2478e"},
      {"S3 sub-resource",
       {"s3", "eu-west-1"},
       {"PUT",
        "https://b.s3.eu-west-1.amazonaws.com/",
        {{"tagging", ""}},
        {{"Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="}},
        "<Tagging/>"},
       false,
       "d81d70b7f4beaeb4a5b7b2a0e8dc5abcf852d3471299d1ba303674348982c2a9"},
      {"S3 versions with a session token",
       {"s3", "us-east-1"},
       {"GET",
        "https://s3.amazonaws.com/b",
        {{"versions", ""}, {"key-marker", "a b/c+d"}, {"max-keys", "1000"}},
        {},
        ""},
       true,
       "3ad0b57e6bb6487e576586799b005b792bb3e8d3c89e0fb6096e8f38a34800f6"},
  };
}

}  // namespace

TEST_CASE("signature_v4: requests to each kind of service") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    http::Request request = row.request;
    signature_v4::sign(request, row.scope,
                       {"AKIDEXAMPLE", kSecret, row.is_temporary ? kToken : std::string_view()},
                       kMoment);
    const std::string header(http::find(request.headers, "Authorization").value_or(""));
    CHECK(header.substr(header.rfind('=') + 1) == row.signature);
  }
}

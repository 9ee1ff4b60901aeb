// What is told when settings lead nowhere, and when AWS does not know who asks.
#include <catch2/catch.hpp>

#include "aws/login/login_refusal.h"
#include "aws/lower/lowering_tools.h"
#include "aws/provider.h"
#include "unit/aws/made_up_machine.h"

using namespace stackctl;
using aws_test::Machine;
using aws_test::Texts;

namespace {

std::string connected(const Texts& more, const Value& settings = Map{}) {
  Texts environment = {{"AWS_ACCESS_KEY_ID", "AK"}, {"AWS_SECRET_ACCESS_KEY", "s3cret"}};
  for (const auto& [name, value] : more) environment.insert_or_assign(name, value);
  const Machine machine{environment, {}, {}};
  const auto connection = aws::provider.connect(settings, machine.surroundings());
  return connection ? (*connection)->where() : "! " + connection.fault().summary;
}

std::string refused(const std::string& code, const std::string& message) {
  http::Reply reply;
  reply.status = 403;
  reply.body = "<ErrorResponse><Error><Code>" + code + "</Code><Message>" + message +
               "</Message></Error><RequestId>r-" + code + "</RequestId></ErrorResponse>";
  return aws::login_refusal(reply, "profile 'ci'").value_or("");
}

}  // namespace

TEST_CASE("aws connecting: a region is checked before it becomes part of a host's name") {
  for (const char* const region :
       {"eu-west-1", "us-gov-east-1", "ap-southeast-12", "us-isob-east-1"})
    CHECK(connected({{"AWS_REGION", region}}) == std::string("aws ") + region);
  for (const char* const region :
       {"Ireland", "eu-west", "eu-west-1a", "eu_west_1", "eu--1", "evil.test/x-1", "eu west-1"})
    CHECK(connected({{"AWS_REGION", region}}) ==
          std::string("! '") + region + "' is no region of AWS");
}

TEST_CASE("aws connecting: an endpoint that is no URL is told without its words") {
  const Texts region = {{"AWS_REGION", "eu-west-1"}};
  const auto with = [&](const std::string& name, const std::string& url) {
    Texts all = region;
    all.emplace(name, url);
    return connected(all);
  };
  CHECK(with("AWS_ENDPOINT_URL", "http://127.0.0.1:5000/") == "aws eu-west-1");
  CHECK(with("AWS_ENDPOINT_URL", "localhost:5000") == "! the endpoint of all services is no URL");
  CHECK(with("AWS_ENDPOINT_URL_RDS", "ftp://rds.test") == "! the endpoint of rds is no URL");
  CHECK(connected(region, Map{{"endpoint", "me:s3cret@host"}}) ==
        "! the endpoint of all services is no URL");
}

TEST_CASE("aws connecting: who AWS does not know is told in the same words by all services") {
  const std::string words =
      refused("AuthFailure", "AWS was not able to validate the provided access credentials");
  CHECK(words.starts_with("AWS does not accept the credentials of profile 'ci'; check access key"));
  for (const char* const code :
       {"SignatureDoesNotMatch", "InvalidClientTokenId", "UnrecognizedClientException",
        "InvalidSignatureException", "IncompleteSignature"})
    CHECK(refused(code, "The canonical string should have been x") == words);
  for (const char* const code : {"AuthFailure", "AccessDenied", "UnauthorizedOperation"})
    CHECK(refused(code, "Not authorized for images: [ami-1]").empty());
}

TEST_CASE("aws connecting: a name that is cut has no two dashes in a row") {
  CHECK(aws::short_name("short", 10) == "short");
  CHECK(aws::short_name("abcd-efgh-ijkl", 12).starts_with("abcd-"));
  CHECK(aws::short_name("abcd-efgh-ijkl", 12).find("--") == std::string::npos);
  CHECK(aws::short_name("abcd--efgh-ijk", 13).find("--") == std::string::npos);
}

// How credentials are got and renewed.
#include <catch2/catch.hpp>

#include "aws/login/exchange.h"
#include "unit/aws/scripted_login.h"

using namespace stackctl;
using namespace std::chrono_literals;
using namespace aws_test;

namespace {

std::string agent(const std::string& key, const std::string& expires = "2026-01-31T13:00:00Z") {
  return R"({"Code":"Success","AccessKeyId":")" + key +
         R"(","SecretAccessKey":"s3cret","Token":"tok","Expiration":")" + expires + "\"}";
}

}  // namespace

TEST_CASE("aws login: given credentials are there, and cannot be renewed") {
  ScriptedLogin world({{{"AWS_ACCESS_KEY_ID", "AK"}, {"AWS_SECRET_ACCESS_KEY", "s3cret"}}, {}, {}});
  CHECK(!world.login->needs_renewal(kNow));
  CHECK(world.key() == "AK/s3cret/");
  world.login->refused();
  CHECK(!world.login->needs_renewal(kNow));
}

TEST_CASE("aws login: a role is assumed with the keys of its source") {
  ScriptedLogin world(role_machine(kRole + "external_id = e&x\nduration_seconds = 900\n"));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA1")}}) == "done");
  CHECK(world.asked ==
        std::vector<std::string>{
            "sts:AssumeRole POST https://sts.test/ "
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&"
            "RoleSessionName=stackctl&ExternalId=e%26x&DurationSeconds=900"});
  CHECK(world.signed_by == std::vector<std::string>{"AKFILE"});
  CHECK(world.key() == "ASIA1/s3cret/tok");
  CHECK(!world.login->needs_renewal(kNow));
}

TEST_CASE("aws login: a chain of roles begins at its end") {
  ScriptedLogin world(
      role_machine(kRole + "[profile top]\nrole_arn = arn:top\nsource_profile = r\n"),
      Map{{"profile", "top"}});
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA1")}, {200, sts("AssumeRole", "ASIA2")}}) ==
        "done");
  REQUIRE(world.asked.size() == 2);
  CHECK(world.asked[0].find("role%2Fr&") != std::string::npos);
  CHECK(world.asked[1].find("arn%3Atop&") != std::string::npos);
  CHECK(world.signed_by == std::vector<std::string>{"AKFILE", "ASIA1"});
  CHECK(world.key() == "ASIA2/s3cret/tok");
}

TEST_CASE("aws login: web identity is not signed; its token is read anew each time") {
  ScriptedLogin world({{{"AWS_WEB_IDENTITY_TOKEN_FILE", "/web"},
                        {"AWS_ROLE_ARN", "arn:w"},
                        {"AWS_ROLE_SESSION_NAME", "job"}},
                       {{"/web", "jwt-1\n"}},
                       {}});
  CHECK(world.login->needs_renewal(kNow));
  const Script script = {{200, sts("AssumeRoleWithWebIdentity", "ASIA")}};
  CHECK(world.renew(script) == "done");
  world.machine.files["/web"] = "jwt-2";
  CHECK(world.renew(script) == "done");
  const std::string start =
      "sts:AssumeRoleWithWebIdentity POST https://sts.test/ "
      "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aw&RoleSessionName=job&"
      "WebIdentityToken=jwt-";
  CHECK(world.asked == std::vector<std::string>{start + "1", start + "2"});
  CHECK(world.signed_by == std::vector<std::string>{"", ""});
}

TEST_CASE("aws login: a command prints them") {
  ScriptedLogin world(process_machine(
      R"({"Version":1,"AccessKeyId":"AK","SecretAccessKey":"s3cret","SessionToken":"t",)"
      R"("Expiration":"2026-01-31T13:00:00+00:00"})"));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({}) == "done");
  CHECK(world.key() == "AK/s3cret/t");
  CHECK(!world.login->needs_renewal(kNow + 44min));
  CHECK(world.login->needs_renewal(kNow + 45min));
}

TEST_CASE("aws login: single sign-on") {
  ScriptedLogin world(sign_on_machine(sign_on_token()));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, R"({"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"s3cret",)"
                           R"("sessionToken":"t","expiration":1769864400000}})"}}) == "done");
  CHECK(world.asked ==
        std::vector<std::string>{"sso:GetRoleCredentials GET "
                                 "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
                                 "?role_name=Dev&account_id=1"});
  CHECK(world.headers[0] == http::Fields{{"x-amz-sso_bearer_token", "s3cret"}});
  CHECK(world.key() == "ASIA/s3cret/t");
  CHECK(!world.login->needs_renewal(kNow + 44min));
  CHECK(world.login->needs_renewal(kNow + 45min));
}

TEST_CASE("aws login: a container's agent") {
  ScriptedLogin world(container_machine());
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{0, ""}, {0, ""}, {200, agent("ASIA")}}) == "done");
  CHECK(world.pauses == 2);
  CHECK(world.asked[2] == "container:GetCredentials GET http://169.254.170.2/v2?id=1");
  CHECK(http::find(world.headers[2], "Authorization") == "Bearer s3cret");
  CHECK(world.key() == "ASIA/s3cret/tok");
}

TEST_CASE("aws login: the machine's metadata service") {
  ScriptedLogin world(Machine{});
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, "tok-1"}, {200, "my role\nother\n"}, {200, agent("ASIA")}}) == "done");
  const std::string list = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";
  CHECK(world.asked ==
        std::vector<std::string>{"metadata:GetToken PUT http://169.254.169.254/latest/api/token",
                                 "metadata:GetRole GET " + list,
                                 "metadata:GetCredentials GET " + list + "my%20role"});
  CHECK(world.headers[0] == http::Fields{{"X-aws-ec2-metadata-token-ttl-seconds", "21600"}});
  CHECK(world.headers[1] == http::Fields{{"X-aws-ec2-metadata-token", "tok-1"}});
  CHECK(world.headers[2] == world.headers[1]);
  CHECK(world.key() == "ASIA/s3cret/tok");
  // A renewal begins with a token of its own.
  CHECK(world.renew({{200, "tok-2"}, {200, "role"}, {200, agent("ASIB")}}) == "done");
  CHECK(world.key() == "ASIB/s3cret/tok");
}

TEST_CASE("aws login: renewal comes before the end, and may fail for a while") {
  ScriptedLogin world(role_machine(kRole));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA1")}}) == "done");
  const Time end = kNow + 1h;
  CHECK(!world.login->needs_renewal(end - 15min - 1s));
  CHECK(world.login->needs_renewal(end - 15min));
  CHECK(world.renew({{403, ""}}) == "done");
  CHECK(world.key() == "ASIA1/s3cret/tok");
  CHECK(!world.login->needs_renewal(end - 14min));
  CHECK(world.login->needs_renewal(end - 13min));
  CHECK(world.renew({{403, ""}}) == "done");
  CHECK(world.login->needs_renewal(end - 10min));
  CHECK(world.renew({{403, ""}}).starts_with("! profile 'r': sts:AssumeRole: HTTP 403"));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA2", "2026-01-31T14:00:00Z")}}) == "done");
  CHECK(world.key() == "ASIA2/s3cret/tok");
  CHECK(!world.login->needs_renewal(end));
}

TEST_CASE("aws login: short lives do not renew at every call") {
  ScriptedLogin world(role_machine(kRole));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA", "2026-01-31T12:12:00Z")}}) == "done");
  CHECK(!world.login->needs_renewal(kNow + 9min - 1s));
  CHECK(world.login->needs_renewal(kNow + 9min));
  CHECK(world.renew({{403, ""}}) == "done");
  CHECK(world.login->needs_renewal(kNow + 10min));
  CHECK(world.renew({{403, ""}}).starts_with("! profile 'r'"));
}

TEST_CASE("aws login: refused credentials are renewed at once, or are of no use") {
  ScriptedLogin world(role_machine(kRole));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA1")}}) == "done");
  world.login->refused();
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{403, ""}}).starts_with("! profile 'r'"));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA2")}}) == "done");
  CHECK(!world.login->needs_renewal(kNow));
}

TEST_CASE("aws login: moments") {
  const auto at = [](std::string_view text) {
    const auto moment = aws::parse_moment(text);
    return moment ? *moment - kNow : Duration::max();
  };
  for (const char* const text :
       {"2026-01-31T12:00:00Z", "2026-01-31T12:00:00UTC", "2026-01-31 12:00:00+00:00",
        "2026-01-31T12:00:00.123456789Z", "2026-01-31T14:30:00+02:30", "2026-01-31T07:00:00-0500"})
    CHECK(at(text) == Duration{0});
  CHECK(at("2027-01-31T12:00:00Z") == 365 * 24h);
  for (const char* const text :
       {"", "Z", "2026-01-31", "2026-01-31T12:00:00", "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:61Z", "2026-01-31T12:00:00Zx", "2026-01-31T12:00:00+",
        "-026-01-31T12:00:00Z", "2026-01-31T12:0-:00Z", "20260131T120000Z"})
    CHECK(at(text) == Duration::max());
}

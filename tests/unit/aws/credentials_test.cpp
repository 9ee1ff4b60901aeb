// Where credentials and the region are found, and in which order.
#include <catch2/catch.hpp>

#include "unit/aws/found_source.h"

using namespace stackctl;
using namespace aws_test;

namespace {

Texts operator+(Texts texts, const Texts& more) {
  texts.insert(more.begin(), more.end());
  return texts;
}

const std::string kConfigKeys =
    "[default]\naws_access_key_id = AKCONF\naws_secret_access_key = conf\n";
const std::string kSignOn =
    "sso_account_id = 1\nsso_role_name = Dev\nsso_start_url = https://x.awsapps.com/start\n"
    "sso_region = eu-west-1\n";
const std::string kRole = "[profile r]\nrole_arn = arn:r\nsource_profile = default\n";

}  // namespace

TEST_CASE("aws credentials: the environment") {
  expect({
      {"both", kEnvironment, "", kDefaultKeys, "AKENV/env"},
      {"session token", kEnvironment + Texts{{"AWS_SESSION_TOKEN", "t"}}, "", "", "AKENV/env/t"},
      {"old name of it", kEnvironment + Texts{{"AWS_SECURITY_TOKEN", "o"}}, "", "", "AKENV/env/o"},
      {"both names of it",
       kEnvironment + Texts{{"AWS_SESSION_TOKEN", "t"}, {"AWS_SECURITY_TOKEN", "o"}}, "", "",
       "AKENV/env/t"},
      {"a key alone",
       {{"AWS_ACCESS_KEY_ID", "AKENV"}},
       "",
       kDefaultKeys,
       "! AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"},
      {"a secret alone", {{"AWS_SECRET_ACCESS_KEY", "env"}}, "", kDefaultKeys, "AKFILE/file"},
      {"an empty key",
       {{"AWS_ACCESS_KEY_ID", ""}, {"AWS_SECRET_ACCESS_KEY", "env"}},
       "",
       kDefaultKeys,
       "AKFILE/file"},
      {"a key with a line break",
       {{"AWS_ACCESS_KEY_ID", "AK\r\nX: y"}, {"AWS_SECRET_ACCESS_KEY", "env"}},
       "",
       "",
       "! the access key id of the environment is none: it is too long, or holds blanks or control "
       "characters"},
      {"before a profile that the environment names", kEnvironment + Texts{{"AWS_PROFILE", "p"}},
       "", "[p]\naws_access_key_id = AKP\naws_secret_access_key = p\n", "AKENV/env"},
      {"after a profile that the stack file names", kEnvironment, "",
       "[p]\naws_access_key_id = AKP\naws_secret_access_key = p\n", "AKP/p", Map{{"profile", "p"}}},
  });
}

TEST_CASE("aws credentials: the secret's other name is taken with a warning, and only alone") {
  const Machine alone{{{"AWS_ACCESS_KEY_ID", "AK"}, {"AWS_SECRET_KEY", "alias"}}, {}, {}};
  auto source = aws::find_source(Map{}, alone.surroundings());
  REQUIRE(source);
  CHECK(show(source->source) == "AK/alias");
  REQUIRE(source->warnings.size() == 1);
  CHECK(source->warnings[0].severity == Severity::warning);
  CHECK(source->warnings[0].summary == "the secret is taken from AWS_SECRET_KEY");

  const Machine both{kEnvironment + Texts{{"AWS_SECRET_KEY", "alias"}}, {}, {}};
  source = aws::find_source(Map{}, both.surroundings());
  REQUIRE(source);
  CHECK(show(source->source) == "AKENV/env");
  CHECK(source->warnings.empty());
}

TEST_CASE("aws credentials: profiles and their order") {
  expect({
      {"credentials file before config", {}, kConfigKeys, kDefaultKeys, "AKFILE/file"},
      {"config file", {}, kConfigKeys, "", "AKCONF/conf"},
      {"a command before keys of the config file",
       {},
       kConfigKeys + kProcess,
       "",
       "process [/opt/get] [a b] [c\"d] [e f]"},
      {"keys of the credentials file before a command",
       {},
       kConfigKeys + kProcess,
       kDefaultKeys,
       "AKFILE/file"},
      {"sign-on before keys",
       {},
       "[default]\n" + kSignOn,
       kDefaultKeys,
       "sso ~/.aws/sso/cache/3947de8b16688092197fa616c34e01335f21d256.json "
       "https://portal.sso.eu-west-1.amazonaws.com 1 Dev (aws sso login --profile default)"},
      {"web identity before sign-on",
       {},
       "[default]\n" + kWeb + kSignOn,
       "",
       "web /web arn:web stackctl"},
      {"a role before web identity of the environment",
       {{"AWS_PROFILE", "r"}, {"AWS_WEB_IDENTITY_TOKEN_FILE", "/w"}, {"AWS_ROLE_ARN", "arn:w"}},
       kRole,
       kDefaultKeys,
       "role arn:r stackctl   <- AKFILE/file"},
      {"web identity of the environment",
       {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/w"},
        {"AWS_ROLE_ARN", "arn:w"},
        {"AWS_ROLE_SESSION_NAME", "job"}},
       "",
       kDefaultKeys,
       "web /w arn:w job"},
      {"which a named profile is not asked for",
       {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/w"}, {"AWS_ROLE_ARN", "arn:w"}},
       "",
       kDefaultKeys,
       "AKFILE/file",
       Map{{"profile", "default"}}},
      {"web identity without a role",
       {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/w"}},
       "",
       kDefaultKeys,
       "! a web identity token without a role (AWS_WEB_IDENTITY_TOKEN_FILE)"},
      {"AWS_PROFILE before AWS_DEFAULT_PROFILE",
       {{"AWS_PROFILE", "p"}, {"AWS_DEFAULT_PROFILE", "default"}},
       "",
       kDefaultKeys + "[p]\naws_access_key_id=AKP\naws_secret_access_key=p\n",
       "AKP/p"},
      {"AWS_DEFAULT_PROFILE",
       {{"AWS_DEFAULT_PROFILE", "p"}},
       "",
       kDefaultKeys + "[p]\naws_access_key_id=AKP\naws_secret_access_key=p\n",
       "AKP/p"},
      {"an unknown profile", kEnvironment + Texts{{"AWS_PROFILE", "dfault"}}, "", kDefaultKeys,
       "! no AWS profile 'dfault' in ~/.aws/config (no such file) or ~/.aws/credentials"},
      {"a section without the word profile",
       {{"AWS_PROFILE", "p"}},
       "[p]\nregion = x\n",
       "",
       "! no AWS profile 'p' in ~/.aws/config or ~/.aws/credentials (no such file)"},
      {"a key without a secret",
       {},
       "",
       "[default]\naws_access_key_id = AK\n",
       "! profile 'default' in ~/.aws/credentials has no secret access key"},
      {"old name of the session token",
       {},
       "",
       kDefaultKeys + "aws_security_token = t\n",
       "AKFILE/file/t"},
      {"a session of the console",
       {},
       "[default]\nlogin_session = arn:aws:x\n",
       "",
       "! profile 'default' has a login_session, which is not supported"},
      {"an empty command",
       {},
       "[default]\ncredential_process = ''\n",
       "",
       "! credential_process of profile 'default' is empty"},
      {"an unfinished command",
       {},
       "[default]\ncredential_process = get 'x\n",
       "",
       "! credential_process of profile 'default' has a quote that does not end"},
  });
}

TEST_CASE("aws credentials: the files may be elsewhere") {
  Machine machine{{{"AWS_CONFIG_FILE", "/c"}, {"AWS_SHARED_CREDENTIALS_FILE", "/k"}},
                  {{kConfig, "["}, {kKeys, "["}, {"/c", kConfigKeys}, {"/k", kDefaultKeys}},
                  {}};
  auto source = aws::find_source(Map{}, machine.surroundings());
  REQUIRE(source);
  CHECK(show(source->source) == "AKFILE/file");
  machine.files["/k"] = "[default]\nsecret s3cret\n";
  source = aws::find_source(Map{}, machine.surroundings());
  REQUIRE(!source);
  CHECK(source.fault().summary == "cannot read /k: line 2: neither a section nor KEY = VALUE");
}

TEST_CASE("aws credentials: container and machine") {
  const std::string relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  const std::string full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  const std::string refused =
      "! AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor at an address of a container's "
      "agent";
  std::vector<SourceRow> rows = {
      {"relative",
       {{relative, "/v2/x?id=1"}, {full, "http://[::1]/y"}},
       "",
       "",
       "container http://169.254.170.2/v2/x?id=1  "},
      {"elsewhere on another host",
       {{relative, ".evil.test/x"}},
       "",
       "",
       "! AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with '/'"},
      {"full, token file first",
       {{full, "http://169.254.170.23/x"},
        {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/t"},
        {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "text"}},
       "",
       "",
       "container http://169.254.170.23/x? /t "},
      {"full, token",
       {{full, "http://169.254.170.23/x"}, {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "text"}},
       "",
       "",
       "container http://169.254.170.23/x?  text"},
      {"after files", {{full, "http://localhost/x"}}, "", kDefaultKeys, "AKFILE/file"},
      {"before the machine",
       {{full, "http://localhost/x"}},
       "",
       "",
       "container http://localhost/x?  "},
      {"machine", {}, "", "", "instance http://169.254.169.254 1"},
      {"machine, IPv6",
       {{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6"}},
       "",
       "",
       "instance http://[fd00:ec2::254] 1"},
      {"machine, elsewhere",
       {{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1338/"},
        {"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "3"}},
       "",
       "",
       "instance http://127.0.0.1:1338 3"},
      {"machine, by profile",
       {},
       "[default]\nec2_metadata_service_endpoint = http://m.test\n",
       "",
       "instance http://m.test 1"},
      {"no URL", {{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "m.test"}}, "", "", "! no AWS credentials"},
      {"forbidden", {{"AWS_EC2_METADATA_DISABLED", "True"}}, "", "", "! no AWS credentials"},
  };
  for (const char* const url :
       {"http://169.254.170.2/x", "http://[fd00:ec2::23]/x", "http://127.0.0.1:80/x",
        "http://127.8.9.1/x", "http://[::1]:9/x", "https://a.test/x"})
    rows.push_back({url, {{full, url}}, "", "", "container " + std::string(url) + "?  "});
  for (const char* const url :
       {"http://a.test/x", "http://127.a.test/x", "http://169.254.169.254/x", "ftp://localhost/x",
        "http://169.254.170.2@a.test/x", "http://a.test\\@169.254.170.2/x", "169.254.170.2/x",
        "https:///x", "http://u:p@localhost/x"})
    rows.push_back({url, {{full, url}}, "", "", refused});
  expect(rows);
}

TEST_CASE("aws credentials: when there are none, every place is told") {
  const auto detail = [](const Texts& environment, const Texts& files) {
    Machine machine{environment, files, {}};
    machine.environment["AWS_EC2_METADATA_DISABLED"] = "true";
    const auto source = aws::find_source(Map{}, machine.surroundings());
    REQUIRE(!source);
    CHECK(source.fault().summary == "no AWS credentials");
    return source.fault().detail;
  };
  const std::string start = "looked in environment: AWS_ACCESS_KEY_ID is not set; ";
  const std::string end =
      "; container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor "
      "AWS_CONTAINER_CREDENTIALS_FULL_URI is set; machine: AWS_EC2_METADATA_DISABLED forbids to "
      "ask "
      "the metadata service";
  CHECK(detail({}, {}) ==
        start + "~/.aws/credentials: no such file; ~/.aws/config: no such file" + end);
  CHECK(detail({}, {{kConfig, "[profile x]\nregion = r\n"}}) ==
        start + "~/.aws/credentials: no such file; profiles: there is no 'default'" + end);
  CHECK(detail({}, {{kKeys, "[default]\n"}, {kConfig, "[default]\nregion = r\n"}}) ==
        start +
            "profile 'default': none of aws_access_key_id, role_arn, sso_session, "
            "credential_process" +
            end);
}

TEST_CASE("aws credentials: the region") {
  struct Case {
    std::string name;
    Texts environment;
    Value settings;
    std::string region;
  };
  const Texts files = {{kConfig, "[default]\nregion = d\n[profile p]\nregion = p\n"}};
  const std::vector<Case> cases = {
      {"setting", {{"AWS_REGION", "a"}}, Map{{"region", "s"}}, "s"},
      {"AWS_REGION", {{"AWS_REGION", "a"}, {"AWS_DEFAULT_REGION", "b"}}, Map{}, "a"},
      {"AWS_DEFAULT_REGION", {{"AWS_DEFAULT_REGION", "b"}}, Map{}, "b"},
      {"default profile", {}, Map{}, "d"},
      {"beside keys of the environment", kEnvironment + Texts{{"AWS_PROFILE", "p"}}, Map{}, "p"},
      {"named profile", {{"AWS_PROFILE", "p"}}, Map{{"profile", "default"}}, "d"},
      {"unknown profile",
       {{"AWS_PROFILE", "q"}},
       Map{},
       "! no AWS profile 'q' in ~/.aws/config or ~/.aws/credentials (no such file)"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    const Machine machine{test.environment, files, {}};
    const auto region = aws::find_region(test.settings, machine.surroundings());
    CHECK((region ? *region : "! " + region.fault().summary) == test.region);
  }
  const auto none = aws::find_region(Map{}, Machine{}.surroundings());
  REQUIRE(!none);
  CHECK(none.fault().summary == "no AWS region");
  CHECK(none.fault().path == "region");
}

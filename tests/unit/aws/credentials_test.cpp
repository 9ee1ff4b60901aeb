// Where credentials are found, and in which order.
#include <catch2/catch.hpp>

#include "aws/profiles.h"
#include "aws/source.h"
#include "unit/aws/made_up_machine.h"

using namespace stackctl;
using aws_test::Machine;
using aws_test::Texts;

namespace {

const std::string kConfig = "~/.aws/config";
const std::string kKeys = "~/.aws/credentials";
const Texts kEnvironment = {{"AWS_ACCESS_KEY_ID", "AKENV"}, {"AWS_SECRET_ACCESS_KEY", "env"}};

Texts operator+(Texts texts, const Texts& more) {
  texts.insert(more.begin(), more.end());
  return texts;
}

std::string show(const aws::Source& source);

struct Show {
  std::string operator()(const aws::Given& given) const {
    const aws::Credentials& found = given.credentials;
    return found.key + '/' + found.secret.text +
           (found.session_token.text.empty() ? "" : '/' + found.session_token.text);
  }
  std::string operator()(const aws::Process& process) const {
    std::string text = "process";
    for (const std::string& word : process.command) text += " [" + word + ']';
    return text;
  }
  std::string operator()(const aws::AssumedRole& role) const {
    return "role " + role.arn + ' ' + role.session_name + ' ' + role.external_id + ' ' +
           role.duration_seconds + " <- " + show(*role.from);
  }
  std::string operator()(const aws::WebIdentity& identity) const {
    return "web " + identity.token_file + ' ' + identity.role_arn + ' ' + identity.session_name;
  }
  std::string operator()(const aws::SingleSignOn& sign_on) const {
    return "sso " + sign_on.token_file + ' ' + sign_on.endpoint + ' ' + sign_on.account + ' ' +
           sign_on.role + " (" + sign_on.login_command + ')';
  }
  std::string operator()(const aws::Container& container) const {
    return "container " + container.url + '?' + http::query_string(container.query) + ' ' +
           container.token_file + ' ' + container.token.text;
  }
  std::string operator()(const aws::Instance& instance) const {
    return "instance " + instance.endpoint + ' ' + std::to_string(instance.attempts);
  }
};

std::string show(const aws::Source& source) { return std::visit(Show{}, source.how); }

struct Row {
  std::string name;
  Texts environment;
  std::string config;
  std::string keys;
  std::string found;
  Value settings = Map{};
};

std::string found(const Row& row) {
  Machine machine{row.environment, {}, {}};
  if (!row.config.empty()) machine.files[kConfig] = row.config;
  if (!row.keys.empty()) machine.files[kKeys] = row.keys;
  const auto source = aws::find_source(row.settings, machine.surroundings());
  return source ? show(source->source) : "! " + source.fault().summary;
}

void expect(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(found(row) == row.found);
  }
}

const std::string kDefaultKeys =
    "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = file\n";
const std::string kConfigKeys =
    "[default]\naws_access_key_id = AKCONF\naws_secret_access_key = conf\n";
const std::string kProcess = "credential_process = /opt/get \"a b\" 'c\"d' e\\ f\n";
const std::string kWeb = "web_identity_token_file = /web\nrole_arn = arn:web\n";
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

TEST_CASE("aws credentials: sign-on by session") {
  const std::string session = "[sso-session corp]\nsso_start_url = https://x\nsso_region = cn-x\n";
  const std::string profile = "[default]\nsso_session = corp\nsso_account_id = 1\n";
  expect({
      {"session",
       {},
       session + profile + "sso_role_name = Dev\n",
       "",
       "sso ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json "
       "https://portal.sso.cn-x.amazonaws.com.cn 1 Dev (aws sso login --profile default)"},
      {"endpoint",
       {{"AWS_ENDPOINT_URL_SSO", "http://sso.test"}},
       session + profile + "sso_role_name = Dev\n",
       "",
       "sso ~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json http://sso.test 1 Dev "
       "(aws sso login --profile default)"},
      {"no role", {}, session + profile, "", "! profile 'default' lacks sso_role_name"},
      {"no such session",
       {},
       profile,
       "",
       "! sso_session 'corp' of profile 'default' does not exist"},
      {"no region",
       {},
       "[sso-session corp]\nsso_start_url = https://x\n" + profile + "sso_role_name = Dev\n",
       "",
       "! profile 'default' lacks sso_region"},
  });
}

TEST_CASE("aws credentials: roles and what they are assumed with") {
  const auto role = [](const std::string& more) { return "[default]\nrole_arn = arn:r\n" + more; };
  expect({
      {"all settings",
       {},
       role("source_profile = s\nrole_session_name = me\nexternal_id = e\n"
            "duration_seconds = 900\n"),
       "[s]\naws_access_key_id=AKS\naws_secret_access_key=s\n",
       "role arn:r me e 900 <- AKS/s"},
      {"its own keys",
       {},
       role("source_profile = default\n"),
       kDefaultKeys,
       "role arn:r stackctl   <- AKFILE/file"},
      {"chain",
       {},
       role("source_profile = b\n") + "[profile b]\nrole_arn = arn:b\nsource_profile = c\n" +
           "[profile c]\n" + kProcess,
       "",
       "role arn:r stackctl   <- role arn:b stackctl   <- process [/opt/get] [a b] [c\"d] [e f]"},
      {"keys beside the role of the source",
       {},
       role("source_profile = b\n"),
       "[b]\nrole_arn = arn:b\nsource_profile = c\naws_access_key_id=AKB\n"
       "aws_secret_access_key=b\n",
       "role arn:r stackctl   <- AKB/b"},
      {"web identity as source",
       {},
       role("source_profile = w\n") + "[profile w]\n" + kWeb,
       "",
       "role arn:r stackctl   <- web /web arn:web stackctl"},
      {"environment", kEnvironment, role("credential_source = Environment\n"), "",
       "role arn:r stackctl   <- AKENV/env", Map{{"profile", "default"}}},
      {"environment that is empty",
       {},
       role("credential_source = Environment\n"),
       "",
       "! credential_source = Environment of profile 'default': AWS_ACCESS_KEY_ID is not set"},
      {"container",
       {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"}},
       role("credential_source = EcsContainer\n"),
       "",
       "role arn:r stackctl   <- container http://169.254.170.2/x?  "},
      {"container that is none",
       {},
       role("credential_source = EcsContainer\n"),
       "",
       "! credential_source = EcsContainer of profile 'default': this is no container with "
       "credentials"},
      {"machine",
       {},
       role("credential_source = Ec2InstanceMetadata\n"),
       "",
       "role arn:r stackctl   <- instance http://169.254.169.254 1"},
      {"unknown source",
       {},
       role("credential_source = Ec2\n"),
       "",
       "! unknown credential_source = Ec2 of profile 'default'"},
      {"neither",
       {},
       role(""),
       kDefaultKeys,
       "! profile 'default' with role_arn needs source_profile or credential_source"},
      {"both",
       {},
       role("source_profile = s\ncredential_source = Environment\n"),
       "",
       "! profile 'default' with role_arn needs source_profile or credential_source, not both"},
      {"no such source",
       {},
       role("source_profile = s\n"),
       "",
       "! source_profile 's' of profile 'default' does not exist"},
      {"a source without credentials",
       {},
       role("source_profile = s\n") + "[profile s]\nregion=x\n",
       "",
       "! source_profile 's' of profile 'default' has no credentials"},
      {"itself",
       {},
       role("source_profile = default\n"),
       "",
       "! the profiles default assume their roles in a circle"},
      {"circle",
       {},
       role("source_profile = b\n") + "[profile b]\nrole_arn = arn:b\nsource_profile = default\n",
       "",
       "! the profiles default, b assume their roles in a circle"},
      {"device",
       {},
       role("source_profile = s\nmfa_serial = arn:m\n"),
       "",
       "! profile 'default' asks for the code of an MFA device (mfa_serial), which is not "
       "supported"},
      {"too short",
       {},
       role("source_profile = s\nduration_seconds = 60\n"),
       "",
       "! duration_seconds of profile 'default' is no number from 900 to 43200"},
      {"no number",
       {},
       role("source_profile = s\nduration_seconds = 1h\n"),
       "",
       "! duration_seconds of profile 'default' is no number from 900 to 43200"},
  });
}

TEST_CASE("aws credentials: container and machine") {
  const std::string relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  const std::string full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  const std::string refused =
      "! AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor at an address of a container's "
      "agent";
  std::vector<Row> rows = {
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

TEST_CASE("aws credentials: endpoints that a profile names") {
  const Machine machine{{},
                        {{kConfig,
                          "[default]\nendpoint_url = http://all.test\nservices = local\n"
                          "[services local]\nec2 =\n  endpoint_url = http://ec2.test\n"
                          "elastic_load_balancing_v2=\n\tendpoint_url = http://elb.test\n"
                          "s3 =\n  addressing_style = path\n"}},
                        {}};
  CHECK(aws::endpoints_of_profile(Map{}, machine.surroundings()) ==
        std::map<std::string, std::string, std::less<>>{
            {"", "http://all.test"},
            {"ec2", "http://ec2.test"},
            {"elastic_load_balancing_v2", "http://elb.test"}});
}

TEST_CASE("aws credentials: sections of files") {
  const auto sections = aws::parse_sections(
      "\xEF\xBB\xBF# comment\n; comment\n\n[ a ]\r\nKey = v = w # x\r\nempty=\n  in.ner = 1\n"
      "  other: 2\nlong = x\n  y\n[b] # rest\nc: d\n[a]\nkey2 = z\n");
  REQUIRE(sections);
  CHECK(*sections == aws::Sections{{"a",
                                    {{"key", "v = w # x"},
                                     {"empty", ""},
                                     {"empty.in.ner", "1"},
                                     {"empty.other", "2"},
                                     {"long", "x\ny"},
                                     {"key2", "z"}}},
                                   {"b", {{"c", "d"}}}});
  const std::pair<const char*, const char*> broken[] = {
      {"a = b\n", "line 1: a setting before the first section"},
      {"\n[a\n", "line 2: a section without ']'"},
      {"[a]\nsecret\n", "line 2: neither a section nor KEY = VALUE"},
      {"[a]\n= secret\n", "line 2: neither a section nor KEY = VALUE"},
      {"[a]\nx =\n  secret\n", "line 3: neither a section nor KEY = VALUE"},
  };
  for (const auto& [text, fault] : broken) {
    const auto parsed = aws::parse_sections(text);
    REQUIRE(!parsed);
    CHECK(parsed.fault().summary == fault);
  }
}

TEST_CASE("aws credentials: words of a command") {
  const auto words = [](std::string_view line) {
    const auto split = aws::split_words(line);
    std::string text;
    if (!split) return "! " + split.fault().summary;
    for (const std::string& word : *split) text += '[' + word + ']';
    return text;
  };
  const std::pair<std::string_view, std::string> cases[] = {
      {"", ""},
      {"  a\tb ", "[a][b]"},
      {R"(a"b c"d 'e "f' "g 'h")", R"([ab cd][e "f][g 'h])"},
      {R"("" '')", "[][]"},
      {R"(a\ b "c\"d\\e\f" 'g\')", R"([a b][c"d\e\f][g\])"},
      {R"($HOME `x` \\)", R"([$HOME][`x`][\])"},
      {"'a", "! a quote that does not end"},
  };
  for (const auto& [line, expected] : cases) CHECK(words(line) == expected);
}

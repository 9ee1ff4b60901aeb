// What the files of profiles say, and how they are read.
#include <catch2/catch.hpp>

#include "aws/login/profiles.h"
#include "unit/aws/found_source.h"

using namespace stackctl;
using namespace aws_test;

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

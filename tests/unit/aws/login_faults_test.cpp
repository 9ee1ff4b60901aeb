// What is told when credentials cannot be got.
#include <catch2/catch.hpp>

#include "unit/aws/scripted_login.h"

using namespace stackctl;
using namespace aws_test;

TEST_CASE("aws login: a machine without a role is told with every place that was looked in") {
  const std::string start =
      "! no AWS credentials | looked in environment: AWS_ACCESS_KEY_ID is not set; "
      "~/.aws/credentials: no such file; ~/.aws/config: no such file; container: neither "
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set; "
      "machine: metadata service at http://169.254.169.254: ";
  const std::string end =
      " | set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws configure' or 'aws "
      "configure sso'";
  const std::pair<Script, std::string> cases[] = {
      {{{0, ""}}, "metadata:GetToken: no answer, connection refused"},
      {{{404, ""}}, "metadata:GetToken: HTTP 404, AccessDenied: no (request req-1)"},
      {{{200, ""}}, "metadata:GetToken: the answer is no token"},
      {{{200, "a\r\nb"}}, "metadata:GetToken: the answer is no token"},
      {{{200, "t"}, {200, " \n"}}, "metadata:GetRole: this machine has no role"},
      {{{200, "t"}, {200, "../../x"}}, "metadata:GetRole: this machine has no role"},
      {{{200, "t"}, {200, "r"}, {200, R"({"Code":"AssumeRoleUnauthorizedAccess"})"}},
       "metadata:GetCredentials: AssumeRoleUnauthorizedAccess"},
  };
  for (const auto& [script, why] : cases) {
    CAPTURE(why);
    ScriptedLogin world(Machine{});
    CHECK(world.login->needs_renewal(kNow));
    CHECK(world.renew(script) == std::string(start).append(why).append(end));
    CHECK(world.pauses == 0);
  }
}

TEST_CASE("aws login: what goes wrong is told without secrets") {
  struct Case {
    std::string name;
    Machine machine;
    Script script;
    std::string fault;
  };
  const std::string sign_on_hint = " |  | run 'aws sso login --profile default'";
  const std::string not_signed_in = "! profile 'default' is not signed in: no ";
  const std::vector<Case> cases = {
      {"refused role",
       role_machine(kRole),
       {{403, ""}},
       "! profile 'r': sts:AssumeRole: HTTP 403 | AccessDenied: no (request req-1) | "},
      {"unreachable",
       role_machine(kRole),
       {{0, ""}, {0, ""}, {0, ""}, {0, ""}},
       "! profile 'r': sts:AssumeRole: no answer | connection refused | "},
      {"no XML",
       role_machine(kRole),
       {{200, "s3cret"}},
       "! profile 'r': sts:AssumeRole: the answer is no XML |  | "},
      {"another answer",
       role_machine(kRole),
       {{200, "<a><b>s3cret</b></a>"}},
       "! profile 'r': sts:AssumeRole: no credentials in the answer |  | "},
      {"answer to something else",
       role_machine(kRole),
       {{200, sts("GetSessionToken", "A")}},
       "! profile 'r': sts:AssumeRole: no credentials in the answer |  | "},
      {"a key that breaks headers",
       role_machine(kRole),
       {{200, sts("AssumeRole", "A&#10;B")}},
       "! profile 'r': the access key id of sts:AssumeRole is none: it is too long, or holds "
       "blanks "
       "or control characters |  | "},
      {"no date",
       role_machine(kRole),
       {{200, sts("AssumeRole", "A", "s3cret")}},
       "! profile 'r': sts:AssumeRole: the answer says in no known way when the credentials expire "
       "|  | "},
      {"over already",
       role_machine(kRole),
       {{200, sts("AssumeRole", "A", "2026-01-31T12:00:00Z")}},
       "! the credentials of profile 'r' have expired |  | "},
      {"no token file",
       {{{"AWS_WEB_IDENTITY_TOKEN_FILE", "/w"}, {"AWS_ROLE_ARN", "a"}}, {}, {}},
       {},
       "! AWS_WEB_IDENTITY_TOKEN_FILE: cannot read the web identity token in /w |  | "},
      {"failing command",
       {{}, {{"~/.aws/config", "[default]\ncredential_process = x\n"}}, {}},
       {},
       "! credential_process of profile 'default' failed: exit status 1 |  | "},
      {"chatty command",
       process_machine("s3cret"),
       {},
       "! credential_process of profile 'default' printed no JSON |  | "},
      {"command of another version",
       process_machine(R"({"Version":2})"),
       {},
       "! credential_process of profile 'default' printed no answer of version 1 |  | "},
      {"command without a secret",
       process_machine(R"({"Version":1,"AccessKeyId":"AK"})"),
       {},
       "! credential_process of profile 'default': no credentials in the answer |  | "},
      {"types that nobody expects",
       process_machine(R"({"Version":1,"AccessKeyId":["s3cret"],"SecretAccessKey":{}})"),
       {},
       "! credential_process of profile 'default': no credentials in the answer |  | "},
      {"not signed in",
       sign_on_machine(""),
       {},
       not_signed_in + std::string(kTokenFile) + sign_on_hint},
      {"broken token",
       sign_on_machine("{\"accessToken\": 7}"),
       {},
       not_signed_in + "token in " + std::string(kTokenFile) + sign_on_hint},
      {"sign-in is over",
       sign_on_machine(sign_on_token("2026-01-31T12:00:00UTC")),
       {},
       "! the sign-in of profile 'default' has expired" + sign_on_hint},
      {"sign-in without an end",
       sign_on_machine(R"({"accessToken":"s3cret"})"),
       {},
       "! the sign-in of profile 'default' has expired" + sign_on_hint},
      {"sign-in refused",
       sign_on_machine(sign_on_token()),
       {{401, ""}},
       "! profile 'default': sso:GetRoleCredentials: HTTP 401 | AccessDenied: no (request req-1) | "
       "run 'aws sso login --profile default'"},
      {"role refused",
       sign_on_machine(sign_on_token()),
       {{403, ""}},
       "! profile 'default': sso:GetRoleCredentials: HTTP 403 | AccessDenied: no (request req-1) "
       "| "},
      {"hostile sign-on",
       sign_on_machine(sign_on_token()),
       {{200, R"({"roleCredentials":[{"secretAccessKey":"s3cret"}]})"}},
       "! profile 'default': sso:GetRoleCredentials: no credentials in the answer |  | "},
      {"hostile agent",
       container_machine(),
       {{200, "[\"s3cret\"]"}},
       "! the container: container:GetCredentials: no credentials in the answer |  | "},
      {"agent without its token",
       {{{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2"},
         {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/none"}},
        {},
        {}},
       {},
       "! cannot read the container's token in /none |  | "},
      {"agent with a broken token",
       {{{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2"},
         {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "s3cret\r\nX: y"}},
        {},
        {}},
       {},
       "! the container's token is none |  | "},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    ScriptedLogin world(test.machine);
    CHECK(world.login->needs_renewal(kNow));
    CHECK(world.renew(test.script) == test.fault);
    CHECK(world.login->needs_renewal(kNow));
  }
}

// How credentials are got and renewed.
#include <functional>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "aws/credentials.h"
#include "aws/exchange.h"
#include "unit/aws/made_up_machine.h"

using namespace stackctl;
using namespace std::chrono_literals;
using aws_test::Machine;
using aws_test::Texts;

namespace {

const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h;
constexpr std::string_view kSecret = "s3cret";

struct Said {
  int status = 200;
  std::string body;
};
/// What the other side says, one answer after the other; a status of 0: cannot be reached.
using Script = std::vector<Said>;

http::Reply reply_of(const Said& said) {
  http::Reply reply;
  reply.status = said.status;
  reply.body = said.body;
  if (said.status == 0) {
    reply.failure = http::Failure::not_sent;
    reply.failure_text = "connection refused";
  }
  return reply;
}

Judgement judgement_of(const Said& said) {
  if (said.status == 200) return {};
  if (said.status == 0) return {Verdict::transient, "", ""};
  return {Verdict::failed, "AccessDenied: no", "req-1"};
}

/// A login in front of a script.
struct World {
  Machine machine;
  std::shared_ptr<aws::Login> login;
  std::vector<std::string> asked = {};     ///< what the calls were
  std::vector<http::Fields> headers = {};  ///< that they had
  std::vector<std::string> signed_by = {};
  int pauses = 0;

  explicit World(Machine made, const Value& settings = Map{}) : machine(std::move(made)) {
    auto found = aws::find_login(settings, machine.surroundings(), "https://sts.test");
    REQUIRE(found);
    login = *found;
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  std::string key() const {
    const aws::Credentials& now = login->credentials_for({});
    return now.key + '/' + now.secret.text + '/' + now.session_token.text;
  }

  void note(const Call& call) {
    CHECK(call.is_login);
    CHECK(call.access == Access::read);
    const http::Request& request = call.request;
    asked.push_back(call.operation + ' ' + request.method + ' ' + request.url +
                    (request.query.empty() ? "" : '?' + http::query_string(request.query)) +
                    (request.body.empty() ? "" : ' ' + request.body));
    headers.push_back(request.headers);
    const bool is_signed = !request.service.empty();
    signed_by.push_back(is_signed ? login->credentials_for(request).key : "");
  }

  /// "done", or "! summary | detail | hint".
  std::string renew(const Script& script) {
    const std::unique_ptr<Flow> flow = login->renew();
    Next next = flow->next({});
    std::size_t at = 0;
    while (true) {
      if (const auto* send = std::get_if<Send>(&next)) {
        note(send->call);
        REQUIRE(at < script.size());
        const http::Reply reply = reply_of(script[at]);
        const Judgement judgement = judgement_of(script[at++]);
        next = flow->next({&reply, &judgement, nullptr, {}});
      } else if (std::holds_alternative<Pause>(next)) {
        ++pauses;
        next = flow->next({});
      } else {
        CHECK(at == script.size());
        const auto* const fail = std::get_if<Fail>(&next);
        return fail == nullptr ? "done" : show(fail->why);
      }
    }
  }

  static std::string show(const Diagnostic& why) {
    const std::string text = "! " + why.summary + " | " + why.detail + " | " + why.hint;
    CHECK(text.find(kSecret) == std::string::npos);
    return text;
  }
};

std::string sts(const std::string& action, const std::string& key,
                const std::string& expires = "2026-01-31T13:00:00Z") {
  return "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action +
         "Result><Credentials><AccessKeyId>" + key +
         "</AccessKeyId><SecretAccessKey>s3cret</SecretAccessKey><SessionToken>tok</SessionToken>"
         "<Expiration>" +
         expires + "</Expiration></Credentials></" + action +
         "Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></" + action +
         "Response>";
}

std::string agent(const std::string& key, const std::string& expires = "2026-01-31T13:00:00Z") {
  return R"({"Code":"Success","AccessKeyId":")" + key +
         R"(","SecretAccessKey":"s3cret","Token":"tok","Expiration":")" + expires + "\"}";
}

const std::string kFile = "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = s3cret\n";

Machine role_machine(const std::string& config) {
  return {{{"AWS_PROFILE", "r"}}, {{"~/.aws/config", config}, {"~/.aws/credentials", kFile}}, {}};
}
const std::string kRole =
    "[profile r]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\n";

Machine process_machine(const std::string& printed) {
  return {{}, {{"~/.aws/config", "[default]\ncredential_process = get it\n"}}, {{"get", printed}}};
}

Machine container_machine() {
  return {{{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2?id=1"},
           {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"}},
          {{"/token", "Bearer s3cret\n"}},
          {}};
}

constexpr std::string_view kTokenFile =
    "~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
Machine sign_on_machine(const std::string& token) {
  Machine machine{{},
                  {{"~/.aws/config",
                    "[sso-session corp]\nsso_start_url = https://x\nsso_region = eu-west-1\n"
                    "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n"}},
                  {}};
  if (!token.empty()) machine.files[std::string(kTokenFile)] = token;
  return machine;
}
std::string sign_on_token(const std::string& expires = "2026-01-31T12:00:01Z") {
  return R"({"accessToken":"s3cret","expiresAt":")" + expires + "\"}";
}

}  // namespace

TEST_CASE("aws login: given credentials are there, and cannot be renewed") {
  World world({{{"AWS_ACCESS_KEY_ID", "AK"}, {"AWS_SECRET_ACCESS_KEY", "s3cret"}}, {}, {}});
  CHECK(!world.login->needs_renewal(kNow));
  CHECK(world.key() == "AK/s3cret/");
  world.login->refused();
  CHECK(!world.login->needs_renewal(kNow));
}

TEST_CASE("aws login: a role is assumed with the keys of its source") {
  World world(role_machine(kRole + "external_id = e&x\nduration_seconds = 900\n"));
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
  World world(role_machine(kRole + "[profile top]\nrole_arn = arn:top\nsource_profile = r\n"),
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
  World world({{{"AWS_WEB_IDENTITY_TOKEN_FILE", "/web"},
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
  World world(process_machine(
      R"({"Version":1,"AccessKeyId":"AK","SecretAccessKey":"s3cret","SessionToken":"t",)"
      R"("Expiration":"2026-01-31T13:00:00+00:00"})"));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({}) == "done");
  CHECK(world.key() == "AK/s3cret/t");
  CHECK(!world.login->needs_renewal(kNow + 44min));
  CHECK(world.login->needs_renewal(kNow + 45min));
}

TEST_CASE("aws login: single sign-on") {
  World world(sign_on_machine(sign_on_token()));
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
  World world(container_machine());
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{0, ""}, {0, ""}, {200, agent("ASIA")}}) == "done");
  CHECK(world.pauses == 2);
  CHECK(world.asked[2] == "container:GetCredentials GET http://169.254.170.2/v2?id=1");
  CHECK(http::find(world.headers[2], "Authorization") == "Bearer s3cret");
  CHECK(world.key() == "ASIA/s3cret/tok");
}

TEST_CASE("aws login: the machine's metadata service") {
  World world(Machine{});
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
    World world(Machine{});
    CHECK(world.login->needs_renewal(kNow));
    CHECK(world.renew(script) == start + why + end);
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
    World world(test.machine);
    CHECK(world.login->needs_renewal(kNow));
    CHECK(world.renew(test.script) == test.fault);
    CHECK(world.login->needs_renewal(kNow));
  }
}

TEST_CASE("aws login: renewal comes before the end, and may fail for a while") {
  World world(role_machine(kRole));
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
  World world(role_machine(kRole));
  CHECK(world.login->needs_renewal(kNow));
  CHECK(world.renew({{200, sts("AssumeRole", "ASIA", "2026-01-31T12:12:00Z")}}) == "done");
  CHECK(!world.login->needs_renewal(kNow + 9min - 1s));
  CHECK(world.login->needs_renewal(kNow + 9min));
  CHECK(world.renew({{403, ""}}) == "done");
  CHECK(world.login->needs_renewal(kNow + 10min));
  CHECK(world.renew({{403, ""}}).starts_with("! profile 'r'"));
}

TEST_CASE("aws login: refused credentials are renewed at once, or are of no use") {
  World world(role_machine(kRole));
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

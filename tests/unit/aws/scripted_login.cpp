#include "unit/aws/scripted_login.h"

#include <utility>
#include <variant>

#include <catch2/catch.hpp>

namespace aws_test {

using namespace stackctl;

namespace {

constexpr std::string_view kSecret = "s3cret";

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

std::string show(const Diagnostic& why) {
  std::string text = "! " + why.summary + " | " + why.detail + " | " + why.hint;
  CHECK(text.find(kSecret) == std::string::npos);
  return text;
}

}  // namespace

ScriptedLogin::ScriptedLogin(Machine made, const Value& settings) : machine(std::move(made)) {
  auto found = aws::find_login(settings, machine.surroundings(), "https://sts.test");
  REQUIRE(found);
  login = *found;
}

std::string ScriptedLogin::key() const {
  const aws::Credentials& now = login->credentials_for({});
  return now.key + '/' + now.secret.text + '/' + now.session_token.text;
}

void ScriptedLogin::note(const Call& call) {
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

std::string ScriptedLogin::renew(const Script& script) {
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

std::string sts(const std::string& action, const std::string& key, const std::string& expires) {
  return "<" + action + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + action +
         "Result><Credentials><AccessKeyId>" + key +
         "</AccessKeyId><SecretAccessKey>s3cret</SecretAccessKey><SessionToken>tok</SessionToken>"
         "<Expiration>" +
         expires + "</Expiration></Credentials></" + action +
         "Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></" + action +
         "Response>";
}

Machine role_machine(const std::string& config) {
  const std::string keys =
      "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = s3cret\n";
  return {{{"AWS_PROFILE", "r"}}, {{"~/.aws/config", config}, {"~/.aws/credentials", keys}}, {}};
}

Machine process_machine(const std::string& printed) {
  return {{}, {{"~/.aws/config", "[default]\ncredential_process = get it\n"}}, {{"get", printed}}};
}

Machine container_machine() {
  return {{{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2?id=1"},
           {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"}},
          {{"/token", "Bearer s3cret\n"}},
          {}};
}

Machine sign_on_machine(const std::string& token) {
  Machine machine{{},
                  {{"~/.aws/config",
                    "[sso-session corp]\nsso_start_url = https://x\nsso_region = eu-west-1\n"
                    "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = Dev\n"}},
                  {}};
  if (!token.empty()) machine.files[std::string(kTokenFile)] = token;
  return machine;
}

std::string sign_on_token(const std::string& expires) {
  return R"({"accessToken":"s3cret","expiresAt":")" + expires + "\"}";
}

}  // namespace aws_test

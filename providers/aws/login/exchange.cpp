#include "exchange.h"

#include <algorithm>
#include <utility>

#include "stackctl/json.h"
#include "stackctl/shape.h"
#include "stackctl/text.h"
#include "stackctl/xml.h"

namespace stackctl::aws {
namespace {

constexpr int kAgentAttempts = 3;
constexpr int kCloudAttempts = 4;

/// What the parts are called.
struct Names {
  std::string_view key = "AccessKeyId";
  std::string_view secret = "SecretAccessKey";
  std::string_view session_token = "SessionToken";
  std::string_view expires = "Expiration";
};
constexpr Names kUsual;
constexpr Names kAgent{.session_token = "Token"};
constexpr Names kSignOn{"accessKeyId", "secretAccessKey", "sessionToken", "expiration"};

/// Texts, or milliseconds since 1970.
std::optional<Time> moment_in(const Value& value) {
  constexpr std::int64_t last = 253'402'300'799'000;  // of the year 9999
  const std::int64_t* const number = value.integer();
  if (number != nullptr && *number > 0 && *number <= last)
    return Time(std::chrono::milliseconds{*number});
  return value.text() == nullptr ? std::nullopt : parse_moment(*value.text());
}

/// Faults say nothing of what the answer holds: part of it is secret.
Answered credentials_in(const Value& answer, const Names& names, const std::string& who) {
  Credentials credentials;
  credentials.key = answer.text_at(names.key);
  credentials.secret.text = answer.text_at(names.secret);
  credentials.session_token.text = answer.text_at(names.session_token);
  if (credentials.key.empty() || credentials.secret.text.empty())
    return error(who + ": no credentials in the answer");
  if (auto fault = fault_in(credentials, who)) return *fault;
  const Value& expires = answer[names.expires];
  credentials.expires = moment_in(expires);
  if (!credentials.expires && !expires.is_null())
    return error(who + ": the answer says in no known way when the credentials expire");
  return credentials;
}

bool is_header_value(std::string_view text) {
  constexpr std::size_t longest = 16384;
  return !text.empty() && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// A part of a login that goes out unsigned.
Call login_call(std::string operation, std::string method, std::string url) {
  Call call;
  call.operation = std::move(operation);
  call.request.method = std::move(method);
  call.request.url = std::move(url);
  call.access = Access::read;
  call.is_login = true;
  return call;
}

Call sts_call(const Circumstances& circumstances, const std::string& action, http::Fields fields) {
  Call call = login_call("sts:" + action, "POST", circumstances.sts_endpoint + '/');
  call.request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  http::Fields form = {{"Action", action}, {"Version", "2011-06-15"}};
  std::ranges::move(fields, std::back_inserter(form));
  call.request.body = http::query_string(form);
  return call;
}

Exchange sts_exchange(Call call) {
  const auto take = [who = call.operation](const http::Reply& reply) -> Answered {
    const Result<Value> document = xml::parse(reply.body);
    if (!document) return error(who + ": the answer is no XML");
    const std::string result = who.substr(who.find(':') + 1) + "Result";
    return credentials_in(xml::content(*document)[result]["Credentials"], kUsual, who);
  };
  return {std::move(call), kCloudAttempts, take};
}

Answered json_credentials(const http::Reply& reply, const std::string& who) {
  const Result<Value> answer = json::parse(reply.body);
  if (!answer) return error(who + ": the answer is no JSON");
  const std::string_view code = answer->text_at("Code");
  if (!code.empty() && code != "Success") return error(who + ": " + harmless(code));
  return credentials_in(*answer, kAgent, who);
}

/// A token first, then the role's name, then its credentials.
class InstanceAnswers {
 public:
  explicit InstanceAnswers(std::string endpoint) : endpoint_(std::move(endpoint)) {}

  Call first() const {
    Call call = login_call("metadata:GetToken", "PUT", endpoint_ + "/latest/api/token");
    call.request.headers = {{"X-aws-ec2-metadata-token-ttl-seconds", "21600"}};
    return call;
  }

  Answered operator()(const http::Reply& reply) {
    if (token_.text.empty()) return take_token(reply);
    if (!is_role_known_) return take_role(reply);
    return json_credentials(reply, "metadata:GetCredentials");
  }

 private:
  Answered take_token(const http::Reply& reply) {
    token_.text = trim(reply.body);
    if (!is_header_value(token_.text)) return error("metadata:GetToken: the answer is no token");
    return ask("metadata:GetRole", "");
  }

  Answered take_role(const http::Reply& reply) {
    const std::string_view names = trim(reply.body);
    const std::string role(trim(names.substr(0, names.find('\n'))));
    if (!is_identity(role)) return error("metadata:GetRole: this machine has no role");
    is_role_known_ = true;
    return ask("metadata:GetCredentials", http::encode(role));
  }

  Call ask(std::string operation, const std::string& role) const {
    Call call = login_call(std::move(operation), "GET",
                           endpoint_ + "/latest/meta-data/iam/security-credentials/" + role);
    call.request.headers = {{"X-aws-ec2-metadata-token", token_.text}};
    return call;
  }

  std::string endpoint_;
  Secret token_;
  bool is_role_known_ = false;
};

class Beginner {
 public:
  Beginner(const Source& source, const Circumstances& circumstances, Time now)
      : source_(source), circumstances_(circumstances), now_(now) {}

  Beginning operator()(const Given& given) const { return given.credentials; }

  Beginning operator()(const Process& process) const {
    const std::string who = "credential_process of " + source_.origin;
    const Result<std::string> output = circumstances_.surroundings.run(process.command);
    if (!output) {
      Diagnostic fault = output.fault();
      fault.summary = who + " failed: " + fault.summary;
      return fault;
    }
    const Result<Value> answer = json::parse(*output);
    if (!answer) return error(who + " printed no JSON");
    if ((*answer)["Version"] != Value(1)) return error(who + " printed no answer of version 1");
    const Answered credentials = credentials_in(*answer, kUsual, who);
    if (const auto* fault = std::get_if<Diagnostic>(&credentials)) return *fault;
    return std::get<Credentials>(credentials);
  }

  Beginning operator()(const AssumedRole& role) const {
    http::Fields fields = {{"RoleArn", role.arn}, {"RoleSessionName", role.session_name}};
    if (!role.external_id.empty()) fields.emplace_back("ExternalId", role.external_id);
    if (!role.duration_seconds.empty())
      fields.emplace_back("DurationSeconds", role.duration_seconds);
    Call call = sts_call(circumstances_, "AssumeRole", std::move(fields));
    call.request.service = "sts";
    return sts_exchange(std::move(call));
  }

  Beginning operator()(const WebIdentity& identity) const {
    const auto token = read(identity.token_file);
    if (!token) return error("cannot read the web identity token in " + identity.token_file);
    return sts_exchange(sts_call(circumstances_, "AssumeRoleWithWebIdentity",
                                 {{"RoleArn", identity.role_arn},
                                  {"RoleSessionName", identity.session_name},
                                  {"WebIdentityToken", *token}}));
  }

  Beginning operator()(const SingleSignOn& sign_on) const {
    const Result<Secret> token = token_of(sign_on);
    if (!token) return token.fault();
    Exchange exchange;
    exchange.call =
        login_call("sso:GetRoleCredentials", "GET", sign_on.endpoint + "/federation/credentials");
    exchange.call.request.query = {{"role_name", sign_on.role}, {"account_id", sign_on.account}};
    exchange.call.request.headers = {{"x-amz-sso_bearer_token", token->text}};
    exchange.attempts = kCloudAttempts;
    exchange.hint = "run '" + sign_on.login_command + "'";
    exchange.take = [who = exchange.call.operation](const http::Reply& reply) -> Answered {
      const Result<Value> answer = json::parse(reply.body);
      if (!answer) return error(who + ": the answer is no JSON");
      return credentials_in((*answer)["roleCredentials"], kSignOn, who);
    };
    return exchange;
  }

  Beginning operator()(const Container& container) const {
    Exchange exchange;
    exchange.call = login_call("container:GetCredentials", "GET", container.url);
    exchange.call.request.query = container.query;
    exchange.call.request.headers = {{"Accept", "application/json"}};
    exchange.attempts = kAgentAttempts;
    exchange.take = [](const http::Reply& reply) {
      return json_credentials(reply, "container:GetCredentials");
    };
    std::optional<std::string> token = container.token.text;
    if (!container.token_file.empty()) token = read(container.token_file);
    if (!token) return error("cannot read the container's token in " + container.token_file);
    if (token->empty()) return exchange;
    if (!is_header_value(*token)) return error("the container's token is none");
    exchange.call.request.headers.emplace_back("Authorization", *token);
    return exchange;
  }

  Beginning operator()(const Instance& instance) const {
    InstanceAnswers answers(instance.endpoint);
    Call first = answers.first();
    return Exchange{std::move(first), instance.attempts, std::move(answers)};
  }

 private:
  std::optional<std::string> read(const std::string& path) const {
    const auto text = circumstances_.surroundings.read_file(path);
    if (!text || trim(*text).empty()) return std::nullopt;
    return std::string(trim(*text));
  }

  Result<Secret> token_of(const SingleSignOn& sign_on) const {
    const std::string hint = "run '" + sign_on.login_command + "'";
    const auto text = circumstances_.surroundings.read_file(sign_on.token_file);
    if (!text) return error(source_.origin + " is not signed in: no " + sign_on.token_file, hint);
    const Result<Value> cached = json::parse(*text);
    const Secret token{std::string(cached ? cached->text_at("accessToken") : "")};
    if (!is_header_value(token.text))
      return error(source_.origin + " is not signed in: no token in " + sign_on.token_file, hint);
    const std::optional<Time> expires = moment_in((*cached)["expiresAt"]);
    if (expires && *expires > now_) return token;
    return error("the sign-in of " + source_.origin + " has expired", hint);
  }

  const Source& source_;
  const Circumstances& circumstances_;
  Time now_;
};

}  // namespace

Beginning begin(const Source& source, const Circumstances& circumstances, Time now) {
  return std::visit(Beginner(source, circumstances, now), source.how);
}

}  // namespace stackctl::aws

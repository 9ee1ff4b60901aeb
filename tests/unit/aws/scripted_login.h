// A login, and what everybody says whom it asks.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/login/credentials.h"
#include "unit/aws/made_up_machine.h"

namespace aws_test {

inline constexpr stackctl::Time kNow =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + std::chrono::hours{12};

struct Said {
  int status = 200;
  std::string body;
};
/// What the other side says, one answer after the other; a status of 0: cannot be reached.
using Script = std::vector<Said>;

/// A login in front of a script.
struct ScriptedLogin {
  Machine machine;
  std::shared_ptr<stackctl::aws::Login> login;
  std::vector<std::string> asked = {};               ///< what the calls were
  std::vector<stackctl::http::Fields> headers = {};  ///< that they had
  std::vector<std::string> signed_by = {};
  int pauses = 0;

  explicit ScriptedLogin(Machine made, const stackctl::Value& settings = stackctl::Map{});
  ScriptedLogin(const ScriptedLogin&) = delete;
  ScriptedLogin& operator=(const ScriptedLogin&) = delete;

  /// "AK/secret/token"
  std::string key() const;
  /// "done", or "! summary | detail | hint".
  std::string renew(const Script& script);

 private:
  void note(const stackctl::Call& call);
};

/// What the service answers that roles are assumed at.
std::string sts(const std::string& action, const std::string& key,
                const std::string& expires = "2026-01-31T13:00:00Z");

inline const std::string kRole =
    "[profile r]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\n";
/// Its profile is "r", its keys are those of "default".
Machine role_machine(const std::string& config);

Machine process_machine(const std::string& printed);

Machine container_machine();

inline constexpr std::string_view kTokenFile =
    "~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
/// `token` stands in kTokenFile; empty: there is no such file.
Machine sign_on_machine(const std::string& token);
std::string sign_on_token(const std::string& expires = "2026-01-31T12:00:01Z");

}  // namespace aws_test

#include "profile_source.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

/// AWS wants one, and its own tools make one up.
constexpr std::string_view kSessionName = "stackctl";
constexpr int kShortestRole = 900;
constexpr int kLongestRole = 43200;

std::string quoted(const std::string& name) { return "profile '" + name + "'"; }

bool has_key(const Section& section) {
  return section.contains("aws_access_key_id") || section.contains("aws_secret_access_key");
}

std::string text_in(const Section& section, std::string_view key) {
  const auto setting = section.find(key);
  return setting == section.end() ? "" : setting->second;
}

Result<Source> keys_in(const Section& section, const std::string& origin) {
  Credentials credentials;
  credentials.key = text_in(section, "aws_access_key_id");
  credentials.secret.text = text_in(section, "aws_secret_access_key");
  credentials.session_token.text = text_in(section, "aws_session_token");
  if (credentials.session_token.text.empty())
    credentials.session_token.text = text_in(section, "aws_security_token");
  if (auto fault = fault_in(credentials, origin)) return *fault;
  return Source{Given{credentials}, origin};
}

Result<Source> process_in(const std::string& command, const std::string& origin) {
  Result<std::vector<std::string>> words = split_words(command);
  if (!words) return error("credential_process of " + origin + " has " + words.fault().summary);
  if (words->empty() || words->front().empty())
    return error("credential_process of " + origin + " is empty");
  return Source{Process{*std::move(words)}, origin};
}

std::string session_name_or_usual(std::string name) {
  if (name.empty()) return std::string(kSessionName);
  return name;
}

Result<std::string> duration_of(const std::string& name, const Profile& profile) {
  std::string text = profile.text("duration_seconds");
  if (text.empty()) return text;
  int seconds = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, code] = std::from_chars(text.data(), end, seconds);
  if (code == std::errc() && rest == end && seconds >= kShortestRole && seconds <= kLongestRole)
    return text;
  return error("duration_seconds of " + quoted(name) + " is no number from 900 to 43200");
}

}  // namespace

Finding ProfileReader::assumed_role(const std::string& name) {
  const Profile* const profile = profiles_.find(name);
  if (profile == nullptr || !profile->settings.contains("role_arn")) return std::nullopt;
  if (profile->settings.contains("web_identity_token_file")) return std::nullopt;
  visited_.push_back(name);
  return role_of(name, *profile);
}

Result<Source> ProfileReader::role_of(const std::string& name, const Profile& profile) {
  if (profile.settings.contains("mfa_serial"))
    return error(quoted(name) +
                     " asks for the code of an MFA device (mfa_serial), which is not "
                     "supported",
                 "use a profile of temporary credentials, got with 'aws sts get-session-token'");
  Result<std::string> duration = duration_of(name, profile);
  if (!duration) return duration.fault();
  Result<Source> from = origin_of_role(name, profile);
  if (!from) return from;
  AssumedRole role;
  role.arn = profile.text("role_arn");
  role.session_name = session_name_or_usual(profile.text("role_session_name"));
  role.external_id = profile.text("external_id");
  role.duration_seconds = *std::move(duration);
  role.from = std::make_shared<const Source>(*std::move(from));
  return Source{std::move(role), quoted(name)};
}

Result<Source> ProfileReader::origin_of_role(const std::string& name, const Profile& profile) {
  const std::string source_profile = profile.text("source_profile");
  const std::string source = profile.text("credential_source");
  if (source_profile.empty() == source.empty())
    return error(quoted(name) + " with role_arn needs source_profile or credential_source" +
                 (source.empty() ? "" : ", not both"));
  return source.empty() ? from_profile(name, source_profile) : from_named_source(name, source);
}

Result<Source> ProfileReader::from_profile(const std::string& name,
                                           const std::string& source_name) {
  const Profile* const profile = profiles_.find(source_name);
  if (profile == nullptr)
    return error("source_profile '" + source_name + "' of " + quoted(name) + " does not exist",
                 suggest(source_name, profiles_.names()));
  // Keys beside a role are those to assume it with, for itself and for others.
  if (!has_key(profile->settings)) {
    if (std::ranges::find(visited_, source_name) != visited_.end())
      return error("the profiles " + join(visited_, ", ") + " assume their roles in a circle");
    if (auto role = assumed_role(source_name)) return *std::move(role);
  }
  const ProfileReader files_only(profiles_, surroundings_, false);
  if (auto found = files_only.source(source_name)) return *std::move(found);
  return error("source_profile '" + source_name + "' of " + quoted(name) + " has no credentials");
}

Result<Source> ProfileReader::from_named_source(const std::string& name,
                                                const std::string& source) const {
  const std::string what = "credential_source = " + source + " of " + quoted(name);
  if (source == "Environment") {
    Diagnostics ignored;
    if (auto keys = environment_keys(surroundings_, ignored)) return *std::move(keys);
    return error(what + ": AWS_ACCESS_KEY_ID is not set");
  }
  if (source == "EcsContainer") {
    if (auto container = container_source(surroundings_)) return *std::move(container);
    return error(what + ": this is no container with credentials");
  }
  if (source == "Ec2InstanceMetadata") return instance_source(*profiles_.find(name), surroundings_);
  constexpr std::array<std::string_view, 3> known = {"Environment", "EcsContainer",
                                                     "Ec2InstanceMetadata"};
  return error("unknown " + what, suggest(source, known));
}

Finding ProfileReader::source(const std::string& name) const {
  static const Profile none;
  const Profile* const found = profiles_.find(name);
  const Profile& profile = found == nullptr ? none : *found;
  if (auto source = web_identity(name, profile)) return source;
  if (auto source = single_sign_on(name, profile)) return source;
  if (has_key(profile.secrets))
    return keys_in(profile.secrets, quoted(name) + " in " + profiles_.credentials.path);
  if (profile.settings.contains("login_session"))
    return error(quoted(name) + " has a login_session, which is not supported",
                 "use 'aws configure export-credentials --profile " + name + "'");
  if (const std::string command = profile.text("credential_process"); !command.empty())
    return process_in(command, quoted(name));
  if (has_key(profile.settings))
    return keys_in(profile.settings, quoted(name) + " in " + profiles_.config.path);
  return std::nullopt;
}

std::string ProfileReader::web_setting(const Profile& profile, std::string_view variable,
                                       std::string_view key) const {
  const std::string value = asks_environment_ ? variable_of(surroundings_, variable) : "";
  return value.empty() ? profile.text(key) : value;
}

Finding ProfileReader::web_identity(const std::string& name, const Profile& profile) const {
  WebIdentity identity;
  identity.token_file =
      web_setting(profile, "AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
  if (identity.token_file.empty()) return std::nullopt;
  identity.role_arn = web_setting(profile, "AWS_ROLE_ARN", "role_arn");
  identity.session_name =
      session_name_or_usual(web_setting(profile, "AWS_ROLE_SESSION_NAME", "role_session_name"));
  const bool is_in_profile = profile.settings.contains("web_identity_token_file");
  const std::string origin = is_in_profile ? quoted(name) : "AWS_WEB_IDENTITY_TOKEN_FILE";
  if (identity.role_arn.empty())
    return error("a web identity token without a role (" + origin + ")",
                 is_in_profile ? "add a role_arn" : "set AWS_ROLE_ARN");
  return Source{std::move(identity), origin};
}

Finding ProfileReader::single_sign_on(const std::string& name, const Profile& profile) const {
  const Section& settings = profile.settings;
  if (!settings.contains("sso_account_id") && !settings.contains("sso_role_name"))
    return std::nullopt;
  Section all = settings;
  const std::string session = profile.text("sso_session");
  if (!session.empty()) {
    const auto found = profiles_.sessions.find(session);
    if (found == profiles_.sessions.end())
      return error("sso_session '" + session + "' of " + quoted(name) + " does not exist");
    for (const auto& [key, value] : found->second) all.insert_or_assign(key, value);
  }
  for (const char* const key : {"sso_account_id", "sso_role_name", "sso_start_url", "sso_region"})
    if (text_in(all, key).empty()) return error(quoted(name) + " lacks " + key);

  SingleSignOn sign_on;
  const std::string cached = session.empty() ? text_in(all, "sso_start_url") : session;
  sign_on.token_file = "~/.aws/sso/cache/" + crypto::hex(crypto::sha1(cached)) + ".json";
  const std::string region = text_in(all, "sso_region");
  sign_on.endpoint = "https://portal.sso." + region +
                     (region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
  if (const auto url = variable_of(surroundings_, "AWS_ENDPOINT_URL_SSO"); !url.empty())
    sign_on.endpoint = url;
  sign_on.account = text_in(all, "sso_account_id");
  sign_on.role = text_in(all, "sso_role_name");
  sign_on.login_command = "aws sso login --profile " + name;
  return Source{std::move(sign_on), quoted(name)};
}

}  // namespace stackctl::aws

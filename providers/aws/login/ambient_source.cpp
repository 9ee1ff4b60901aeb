// Places that no file tells of: the environment, the container, the machine.
#include <algorithm>
#include <array>
#include <charconv>

#include "profile_source.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kContainerHost = "http://169.254.170.2";
constexpr std::array<std::string_view, 6> kContainerHosts = {
    "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "[::1]", "127.0.0.1"};
constexpr int kMostAttempts = 10;

/// "127.0.0.1", "127.1.2.3"; not "127.example.org".
bool is_loopback(std::string_view host) {
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// Readers of URLs disagree about the host of one with these.
bool is_plain(std::string_view url) {
  return url.find_first_of("@\\ \t\r\n#") == std::string_view::npos;
}

bool may_have_token(std::string_view text) {
  if (!is_plain(text)) return false;
  const http::Url url = http::split(text);
  if (url.scheme == "https") return !url.host.empty();
  return url.scheme == "http" &&
         (is_loopback(url.host) ||
          std::ranges::find(kContainerHosts, url.host) != kContainerHosts.end());
}

bool is_true(const std::string& text) { return to_lower(text) == "true"; }

int attempts_in(const std::string& text) {
  int attempts = 1;
  std::from_chars(text.data(), text.data() + text.size(), attempts);
  return std::clamp(attempts, 1, kMostAttempts);
}

std::string instance_endpoint(const Profile& profile, const Surroundings& surroundings) {
  const auto setting = [&](std::string_view variable, std::string_view key) {
    const std::string value = variable_of(surroundings, variable);
    return value.empty() ? profile.text(key) : value;
  };
  std::string endpoint =
      setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
  while (endpoint.ends_with('/')) endpoint.pop_back();
  if (!endpoint.empty()) return endpoint;
  const bool is_ipv6 = to_lower(setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
                                        "ec2_metadata_service_endpoint_mode")) == "ipv6";
  return is_ipv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
}

}  // namespace

std::string variable_of(const Surroundings& surroundings, std::string_view name) {
  return surroundings.environment(name).value_or("");
}

Finding environment_keys(const Surroundings& surroundings, Diagnostics& warnings) {
  Credentials credentials;
  credentials.key = variable_of(surroundings, "AWS_ACCESS_KEY_ID");
  if (credentials.key.empty()) return std::nullopt;
  credentials.secret.text = variable_of(surroundings, "AWS_SECRET_ACCESS_KEY");
  if (credentials.secret.text.empty()) {
    credentials.secret.text = variable_of(surroundings, "AWS_SECRET_KEY");
    if (credentials.secret.text.empty())
      return error("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
    Diagnostic warning = error("the secret is taken from AWS_SECRET_KEY",
                               "AWS's own tools read AWS_SECRET_ACCESS_KEY only");
    warning.severity = Severity::warning;
    warnings.push_back(std::move(warning));
  }
  credentials.session_token.text = variable_of(surroundings, "AWS_SESSION_TOKEN");
  if (credentials.session_token.text.empty())
    credentials.session_token.text = variable_of(surroundings, "AWS_SECURITY_TOKEN");
  if (auto fault = fault_in(credentials, "the environment")) return *fault;
  return Source{Given{credentials}, "the environment"};
}

Finding container_source(const Surroundings& surroundings) {
  const std::string relative = variable_of(surroundings, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  const std::string full = variable_of(surroundings, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
  if (relative.empty() && full.empty()) return std::nullopt;
  if (!relative.empty() && !relative.starts_with('/'))
    return error("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with '/'");
  const std::string url = relative.empty() ? full : std::string(kContainerHost) + relative;
  if (!may_have_token(url))
    return error(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor at an address of a "
        "container's agent",
        "without https only loopback addresses, 169.254.170.2, 169.254.170.23 and "
        "fd00:ec2::23 are asked");
  Container container;
  const std::size_t mark = url.find('?');
  container.url = url.substr(0, mark);
  if (mark != std::string::npos) container.query = http::parse_query(url.substr(mark + 1));
  container.token_file = variable_of(surroundings, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  if (container.token_file.empty())
    container.token.text = variable_of(surroundings, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
  return Source{std::move(container), "the container"};
}

Result<Source> instance_source(const Profile& profile, const Surroundings& surroundings) {
  if (is_true(variable_of(surroundings, "AWS_EC2_METADATA_DISABLED")))
    return error("AWS_EC2_METADATA_DISABLED forbids to ask the metadata service");
  Instance instance;
  instance.endpoint = instance_endpoint(profile, surroundings);
  instance.attempts = attempts_in(variable_of(surroundings, "AWS_METADATA_SERVICE_NUM_ATTEMPTS"));
  const std::string_view scheme = http::split(instance.endpoint).scheme;
  if (!is_plain(instance.endpoint) || (scheme != "http" && scheme != "https"))
    return error("AWS_EC2_METADATA_SERVICE_ENDPOINT is no URL");
  return Source{std::move(instance), "the metadata service of this machine"};
}

}  // namespace stackctl::aws

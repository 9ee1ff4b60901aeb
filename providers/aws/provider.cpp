#include "provider.h"

#include <algorithm>
#include <utility>

#include "aws/lower/lowerings.h"
#include "aws/types/types.h"
#include "connection.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

bool is_on(const Surroundings& surroundings, std::string_view name) {
  return surroundings.environment(name).value_or("") == "true";
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

void find_overrides_of_profile(const Value& settings, const Surroundings& surroundings,
                               Endpoints& endpoints) {
  const auto urls = endpoints_of_profile(settings, surroundings);
  const auto set = [&](std::string_view service, const std::string& id) {
    if (const auto url = urls.find(id); url != urls.end())
      endpoints.overrides.insert_or_assign(std::string(service), without_slash(url->second));
  };
  set("", "");
  for (const Service* const service : services()) set(service->name, to_lower(service->id));
}

/// Overrides as AWS's own clients read them: the environment before the profile, one service before
/// all.
void find_overrides(const Value& settings, const Surroundings& surroundings, Endpoints& endpoints) {
  const auto set = [&](std::string_view service, std::optional<std::string> url) {
    if (url && !url->empty())
      endpoints.overrides.insert_or_assign(std::string(service), without_slash(*std::move(url)));
  };
  if (!is_on(surroundings, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
    const std::string all = surroundings.environment("AWS_ENDPOINT_URL").value_or("");
    if (all.empty()) find_overrides_of_profile(settings, surroundings, endpoints);
    set("", all);
    for (const Service* const service : services())
      set(service->name, surroundings.environment("AWS_ENDPOINT_URL_" + std::string(service->id)));
  }
  if (const std::string_view own = settings.text_at("endpoint"); !own.empty())
    endpoints.overrides = {{"", without_slash(std::string(own))}};
}

bool setting(const Value& settings, std::string_view name, const Surroundings& surroundings,
             std::string_view variable) {
  const bool* const given = settings[name].boolean();
  return given == nullptr ? is_on(surroundings, variable) : *given;
}

/// It becomes part of host names: "eu-west-1", "us-gov-east-1".
bool is_region(std::string_view text) {
  const std::vector<std::string> words = split(text, '-');
  const auto is_made_of = [](std::string_view word, char first, char last) {
    const auto fits = [&](char letter) { return letter >= first && letter <= last; };
    return !word.empty() && std::ranges::all_of(word, fits);
  };
  constexpr std::size_t fewest_words = 3;
  return words.size() >= fewest_words && is_made_of(words.back(), '0', '9') &&
         std::all_of(words.begin(), words.end() - 1,
                     [&](const std::string& word) { return is_made_of(word, 'a', 'z'); });
}

std::optional<Diagnostic> fault_in(const Endpoints& endpoints) {
  if (!is_region(endpoints.region)) {
    Diagnostic fault = error("'" + harmless(endpoints.region) + "' is no region of AWS",
                             "write its code, such as eu-west-1");
    fault.path = "region";
    return fault;
  }
  for (const auto& [service, url] : endpoints.overrides) {
    const http::Url parts = http::split(url);
    if ((parts.scheme == "http" || parts.scheme == "https") && !parts.host.empty()) continue;
    const std::string whose = service.empty() ? "all services" : service;
    return error("the endpoint of " + whose + " is no URL",
                 "write it as http://127.0.0.1:5000, in 'endpoint', AWS_ENDPOINT_URL, "
                 "AWS_ENDPOINT_URL_SERVICE or the profile");
  }
  return std::nullopt;
}

Result<std::unique_ptr<stackctl::Connection>> connect(const Value& settings,
                                                      const Surroundings& surroundings) {
  Result<std::string> region = find_region(settings, surroundings);
  if (!region) return region.fault();
  Endpoints endpoints{.region = *std::move(region)};
  endpoints.use_fips = setting(settings, "fips", surroundings, "AWS_USE_FIPS_ENDPOINT");
  endpoints.use_dual_stack =
      setting(settings, "dual_stack", surroundings, "AWS_USE_DUALSTACK_ENDPOINT");
  find_overrides(settings, surroundings, endpoints);
  if (const std::optional<Diagnostic> fault = fault_in(endpoints)) return *fault;
  Result<std::shared_ptr<Login>> login =
      find_login(settings, surroundings, endpoint_of(endpoints, sts));
  if (!login) return login.fault();
  std::unique_ptr<stackctl::Connection> connection =
      std::make_unique<Connection>(std::move(endpoints), *std::move(login));
  return connection;
}

}  // namespace

extern const Provider provider{
    .name = "aws",
    .help =
        "Amazon Web Services. Credentials and region come from where AWS's own clients look for "
        "them: environment, ~/.aws, the machine's role.",
    .settings =
        {
            text("region",
                 "Region, such as eu-west-1; else AWS_REGION, AWS_DEFAULT_REGION or the "
                 "profile's"),
            text("profile", "Profile in ~/.aws/config and ~/.aws/credentials; else AWS_PROFILE"),
            text("endpoint",
                 "URL of all services, for tests; else AWS_ENDPOINT_URL and "
                 "AWS_ENDPOINT_URL_SERVICE, or AWS's own"),
            boolean("fips", "Endpoints with validated cryptography; else AWS_USE_FIPS_ENDPOINT"),
            boolean("dual_stack",
                    "Endpoints that have IPv6 as well; else AWS_USE_DUALSTACK_ENDPOINT"),
        },
    .types = resource_types(),
    .lowerings = lowerings(),
    .connect = connect,
};

}  // namespace stackctl::aws

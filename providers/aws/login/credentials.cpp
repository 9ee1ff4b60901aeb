#include <algorithm>
#include <array>
#include <utility>

#include "profile_source.h"
#include "profiles.h"
#include "source.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::size_t kLongestText = 16384;

bool can_be_sent(std::string_view text) {
  constexpr char first = '!';
  constexpr char last = '~';
  return text.size() <= kLongestText &&
         std::ranges::all_of(text, [](char c) { return c >= first && c <= last; });
}

std::string first_of(std::initializer_list<std::string_view> candidates) {
  for (const std::string_view candidate : candidates)
    if (!candidate.empty()) return std::string(candidate);
  return {};
}

class Search {
 public:
  Search(const Value& settings, const Surroundings& surroundings)
      : settings_(settings), surroundings_(surroundings) {}

  Result<Found> run() {
    if (auto fault = read()) return *fault;
    Result<Source> source = find_source();
    if (!source) return source.fault();
    return Found{*std::move(source), std::move(warnings_)};
  }

  Result<std::string> region() {
    if (auto fault = read()) return *fault;
    std::string region = first_of({settings_.text_at("region"), variable("AWS_REGION"),
                                   variable("AWS_DEFAULT_REGION"), profile_.text("region")});
    if (!region.empty()) return region;
    Diagnostic fault =
        error("no AWS region", "write providers: {aws: {region: eu-west-1}} or set AWS_REGION");
    fault.path = "region";
    return fault;
  }

  /// "services = NAME" leads to a section with "ec2.endpoint_url".
  std::map<std::string, std::string, std::less<>> endpoints() {
    std::map<std::string, std::string, std::less<>> urls;
    if (read()) return urls;
    constexpr std::string_view key = "endpoint_url";
    if (const std::string all = profile_.text(key); !all.empty()) urls.emplace("", all);
    const auto services = profiles_.services.find(profile_.text("services"));
    if (services == profiles_.services.end()) return urls;
    for (const auto& [name, value] : services->second) {
      const std::size_t dot = name.find('.');
      if (dot != std::string::npos && name.substr(dot + 1) == key)
        urls.emplace(name.substr(0, dot), value);
    }
    return urls;
  }

 private:
  std::string variable(std::string_view name) const { return variable_of(surroundings_, name); }
  bool is_named_in_stack() const { return !settings_.text_at("profile").empty(); }

  std::optional<Diagnostic> read() {
    Result<Profiles> profiles = read_profiles(surroundings_);
    if (!profiles) return profiles.fault();
    profiles_ = *std::move(profiles);
    return choose_profile();
  }

  std::optional<Diagnostic> choose_profile() {
    name_ = first_of({settings_.text_at("profile"), variable("AWS_PROFILE"),
                      variable("AWS_DEFAULT_PROFILE"), "default"});
    const Profile* const profile = profiles_.find(name_);
    if (profile != nullptr) profile_ = *profile;
    const bool is_named = is_named_in_stack() || !variable("AWS_PROFILE").empty() ||
                          !variable("AWS_DEFAULT_PROFILE").empty();
    if (profile != nullptr || !is_named) return {};
    const std::vector<std::string_view> known = profiles_.names();
    Diagnostic fault = error("no AWS profile '" + name_ + "' in " + place(profiles_.config) +
                                 " or " + place(profiles_.credentials),
                             known.empty() ? "'aws configure' makes one" : suggest(name_, known));
    if (is_named_in_stack()) fault.path = "profile";
    return fault;
  }

  static std::string place(const SharedFile& file) {
    return file.path + (file.is_there ? "" : " (no such file)");
  }

  Result<Source> find_source() {
    if (!is_named_in_stack()) {
      if (auto keys = environment_keys(surroundings_, warnings_)) return *std::move(keys);
      note("environment: AWS_ACCESS_KEY_ID is not set");
    } else {
      note("environment: not asked, since the stack file names a profile");
    }
    ProfileReader reader(profiles_, surroundings_, !is_named_in_stack());
    if (auto role = reader.assumed_role(name_)) return *std::move(role);
    if (auto source = reader.source(name_)) return *std::move(source);
    note_profile();
    if (auto container = container_source(surroundings_)) return *std::move(container);
    note(
        "container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor "
        "AWS_CONTAINER_CREDENTIALS_FULL_URI is set");
    return last_resort();
  }

  void note(std::string what) { looked_in_.push_back(std::move(what)); }

  void note_profile() {
    for (const SharedFile& file : {profiles_.credentials, profiles_.config}) {
      if (!file.is_there) note(file.path + ": no such file");
    }
    if (!profiles_.credentials.is_there && !profiles_.config.is_there) return;
    note(profiles_.find(name_) == nullptr
             ? "profiles: there is no '" + name_ + "'"
             : "profile '" + name_ +
                   "': none of aws_access_key_id, role_arn, sso_session, credential_process");
  }

  Result<Source> last_resort() {
    Result<Source> source = instance_source(profile_, surroundings_);
    if (!source) {
      note("machine: " + source.fault().summary);
      return no_credentials(looked_in_);
    }
    std::get<Instance>(source->how).looked_in = looked_in_;
    return source;
  }

  const Value& settings_;
  const Surroundings& surroundings_;
  Profiles profiles_;
  std::string name_;
  Profile profile_;
  std::vector<std::string> looked_in_;
  Diagnostics warnings_;
};

}  // namespace

Result<Found> find_source(const Value& settings, const Surroundings& surroundings) {
  return Search(settings, surroundings).run();
}

Result<std::string> find_region(const Value& settings, const Surroundings& surroundings) {
  return Search(settings, surroundings).region();
}

std::map<std::string, std::string, std::less<>> endpoints_of_profile(
    const Value& settings, const Surroundings& surroundings) {
  return Search(settings, surroundings).endpoints();
}

std::optional<Diagnostic> fault_in(const Credentials& credentials, const std::string& origin) {
  struct Part {
    std::string_view name;
    const std::string& text;
    bool is_needed;
  };
  const std::array<Part, 3> parts = {{{"access key id", credentials.key, true},
                                      {"secret access key", credentials.secret.text, true},
                                      {"session token", credentials.session_token.text, false}}};
  for (const Part& part : parts) {
    if (part.is_needed && part.text.empty())
      return error(origin + " has no " + std::string(part.name));
    if (!can_be_sent(part.text))
      return error("the " + std::string(part.name) + " of " + origin +
                   " is none: it is too long, or holds blanks or control characters");
  }
  return std::nullopt;
}

Diagnostic no_credentials(const std::vector<std::string>& looked_in) {
  Diagnostic fault = error("no AWS credentials",
                           "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws "
                           "configure' or 'aws configure sso'");
  fault.detail = "looked in " + join(looked_in, "; ");
  return fault;
}

}  // namespace stackctl::aws

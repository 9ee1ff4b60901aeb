// What each place says about credentials.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profiles.h"
#include "source.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

/// Nothing: the place says nothing, so the next one counts.
using Finding = std::optional<Result<Source>>;

/// Empty where it is not set.
std::string variable_of(const Surroundings& surroundings, std::string_view name);

/// AWS_ACCESS_KEY_ID and what belongs to it.
Finding environment_keys(const Surroundings& surroundings, Diagnostics& warnings);
Finding container_source(const Surroundings& surroundings);
/// A fault where asking it is forbidden, or its address is none.
Result<Source> instance_source(const Profile& profile, const Surroundings& surroundings);

class ProfileReader {
 public:
  ProfileReader(const Profiles& profiles, const Surroundings& surroundings, bool asks_environment)
      : profiles_(profiles), surroundings_(surroundings), asks_environment_(asks_environment) {}

  /// The role that the profile names, with what it takes to assume it.
  Finding assumed_role(const std::string& name);
  /// All other ways: web identity, single sign-on, keys, a command.
  Finding source(const std::string& name) const;

 private:
  Result<Source> role_of(const std::string& name, const Profile& profile);
  Result<Source> origin_of_role(const std::string& name, const Profile& profile);
  Result<Source> from_profile(const std::string& name, const std::string& source_name);
  Result<Source> from_named_source(const std::string& name, const std::string& source) const;
  Finding web_identity(const std::string& name, const Profile& profile) const;
  Finding single_sign_on(const std::string& name, const Profile& profile) const;
  std::string web_setting(const Profile& profile, std::string_view variable,
                          std::string_view key) const;

  const Profiles& profiles_;
  const Surroundings& surroundings_;
  bool asks_environment_;
  std::vector<std::string> visited_;
};

}  // namespace stackctl::aws

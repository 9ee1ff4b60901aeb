// The config and credentials files that AWS's tools share.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

/// Keys in lower case. What is nested below a key has a dotted name: "s3.endpoint_url".
using Section = std::map<std::string, std::string, std::less<>>;
using Sections = std::map<std::string, Section, std::less<>>;

/// Sections by what stands between the brackets. A fault names the line, never its content.
Result<Sections> parse_sections(std::string_view text);

struct SharedFile {
  std::string path;
  bool is_there = false;
};

struct Profile {
  Section settings;  ///< of both files; the credentials file wins
  Section secrets;   ///< of the credentials file alone
  std::string text(std::string_view key) const;
};

struct Profiles {
  SharedFile config;
  SharedFile credentials;
  std::map<std::string, Profile, std::less<>> profiles;
  Sections sessions;  ///< "[sso-session NAME]"
  Sections services;  ///< "[services NAME]"

  const Profile* find(std::string_view name) const;
  std::vector<std::string_view> names() const;
};

/// From where AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say, or ~/.aws. A file that is not
/// there has no sections.
Result<Profiles> read_profiles(const Surroundings& surroundings);

/// The words of a command line, split as a shell does, quotes taken away. Nothing is expanded.
Result<std::vector<std::string>> split_words(std::string_view line);

}  // namespace stackctl::aws

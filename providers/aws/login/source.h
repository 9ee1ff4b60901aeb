// Where credentials come from, before anybody is asked for them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "credentials.h"
#include "stackctl/http.h"
#include "stackctl/provider.h"

namespace stackctl::aws {

struct Source;

/// They stand in the environment or in a file.
struct Given {
  Credentials credentials;
};
/// A command prints them.
struct Process {
  std::vector<std::string> command;
};
/// They are got with other ones.
struct AssumedRole {
  std::string arn;
  std::string session_name;
  std::string external_id;
  std::string duration_seconds;  ///< digits; empty: what AWS thinks right
  std::shared_ptr<const Source> from;
};
/// They are got with a token that somebody keeps fresh in a file.
struct WebIdentity {
  std::string token_file;
  std::string role_arn;
  std::string session_name;
};
/// They are got with a token that `aws sso login` leaves in a file.
struct SingleSignOn {
  std::string token_file;
  std::string endpoint;
  std::string account;
  std::string role;
  std::string login_command;
};
/// The container's agent gives them.
struct Container {
  std::string url;
  http::Fields query;
  std::string token_file;
  Secret token;
};
/// The machine's metadata service gives them.
struct Instance {
  std::string endpoint;
  int attempts = 1;
  /// Everywhere else, and what was missing there; when this is the last resort.
  std::vector<std::string> looked_in;
};

/// Where credentials come from. Only `Given` ones are there already.
struct Source {
  std::variant<Given, Process, AssumedRole, WebIdentity, SingleSignOn, Container, Instance> how;
  std::string origin;  ///< for messages: "profile 'ci'"
};

struct Found {
  Source source;
  Diagnostics warnings;
};

/// The setting `profile` first, then the environment, then the profile that the environment names,
/// then container and machine. A profile that the stack file names counts whatever the environment
/// says. Makes no call and runs no command.
Result<Found> find_source(const Value& settings, const Surroundings& surroundings);

/// Which places were looked in, and what was missing there.
Diagnostic no_credentials(const std::vector<std::string>& looked_in);

/// Why these cannot be sent, or nothing: they become header fields.
std::optional<Diagnostic> fault_in(const Credentials& credentials, const std::string& origin);

}  // namespace stackctl::aws

// The configuration file of Exoscale's command line client.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"

namespace stackctl::exoscale {

/// One of the `[[accounts]]`; what is absent is empty.
struct Account {
  std::string name;
  std::string key;
  std::string secret;
  std::vector<std::string> secret_command;  ///< prints the secret
  std::string zone;
  std::string endpoint;
  std::string storage_endpoint;
  std::string environment;
};

struct AccountFile {
  std::string default_account;
  std::vector<Account> accounts;

  /// The one called `name`; for an empty name the default, or the only one.
  const Account* find(std::string_view name) const;
};

/// Keys are case-insensitive, as in the client.
Result<AccountFile> parse_account_file(std::string_view toml);

}  // namespace stackctl::exoscale

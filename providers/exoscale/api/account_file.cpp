#include "account_file.h"

#include <algorithm>

#include <toml++/toml.h>

#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

const toml::node* member(const toml::table& table, std::string_view lower_case_name) {
  for (const auto& [key, node] : table)
    if (to_lower(key.str()) == lower_case_name) return &node;
  return nullptr;
}

std::string text(const toml::node* node) {
  return node == nullptr ? std::string() : node->value_or(std::string());
}

std::vector<std::string> texts(const toml::node* node) {
  std::vector<std::string> out;
  if (node == nullptr || !node->is_array()) return out;
  for (const toml::node& item : *node->as_array()) out.push_back(text(&item));
  return out;
}

Account account(const toml::table& table) {
  Account out;
  out.name = text(member(table, "name"));
  out.key = text(member(table, "key"));
  out.secret = text(member(table, "secret"));
  out.secret_command = texts(member(table, "secretcommand"));
  out.zone = text(member(table, "defaultzone"));
  out.endpoint = text(member(table, "endpoint"));
  out.storage_endpoint = text(member(table, "sosendpoint"));
  out.environment = text(member(table, "environment"));
  return out;
}

AccountFile account_file(const toml::table& table) {
  AccountFile out;
  out.default_account = text(member(table, "defaultaccount"));
  const toml::node* accounts = member(table, "accounts");
  if (accounts == nullptr || !accounts->is_array()) return out;
  for (const toml::node& item : *accounts->as_array())
    if (item.is_table()) out.accounts.push_back(account(*item.as_table()));
  return out;
}

}  // namespace

const Account* AccountFile::find(std::string_view name) const {
  const std::string_view wanted = name.empty() ? std::string_view(default_account) : name;
  if (wanted.empty() && accounts.size() == 1) return &accounts.front();
  const auto found = std::ranges::find(accounts, wanted, &Account::name);
  return found == accounts.end() ? nullptr : &*found;
}

Result<AccountFile> parse_account_file(std::string_view toml_text) {
  try {
    return account_file(toml::parse(toml_text));
  } catch (const toml::parse_error& fault) {
    // The line itself is not shown: it may hold the secret.
    return error("line " + std::to_string(fault.source().begin.line) + ": " +
                 std::string(fault.description()));
  }
}

}  // namespace stackctl::exoscale

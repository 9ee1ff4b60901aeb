#include "simulator/machines.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "simulator/private_network_leases.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

// Of the settings of a machine, those that an instance shows.
constexpr const char* shown_settings[] = {
    "application-consistent-snapshot-enabled",
    "anti-affinity-groups",
    "deploy-target",
    "disk-size",
    "instance-type",
    "secureboot-enabled",
    "security-groups",
    "ssh-key",
    "ssh-keys",
    "template",
    "tpm-enabled",
    "user-data",
};

Json default_groups(Account& account) {
  for (const auto& [id, group] : account.table("security-group"))
    if (group.contains(".builtin") && group["name"] == "default")
      return Json::array({{{"id", id}}});
  return Json::array();
}

std::string assignment(const Json& settings) {
  if (settings.contains("public-ip-assignment")) return settings["public-ip-assignment"];
  return settings.value("ipv6-enabled", false) ? "dual" : "inet4";
}

std::string id_in(const Json& reference) { return reference["id"].get<std::string>(); }

// `first` followed by `second`, as words of a command line; an empty `second` is anything.
bool has_words(std::string_view line, std::string_view first, std::string_view second) {
  std::string plain(line);
  const auto is_part = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  std::replace_if(
      plain.begin(), plain.end(), [&](char c) { return !is_part(static_cast<unsigned char>(c)); },
      ' ');
  std::vector<std::string> words = split(plain, ' ');
  std::erase(words, "");
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == first && (second.empty() || (i + 1 < words.size() && words[i + 1] == second)))
      return true;
  return false;
}

void join_networks(Account& account, Json& instance, const Json& wanted) {
  for (const Json& reference : wanted.value("private-networks", Json::array()))
    if (const Json* network = account.find("private-network", id_in(reference)))
      join_network(account, *network, instance, "");
}

void free_volumes(Account& account, const std::string& instance) {
  for (auto& [id, volume] : account.table("block-storage")) {
    if (volume.value("instance", Json::object()).value("id", "") != instance) continue;
    volume.erase("instance");
    if (volume["state"] != "snapshotting") volume["state"] = "detached";
  }
}

}  // namespace

std::optional<Answer> check_machine(Account& account, const Json& settings) {
  const Json* type = account.find("instance-type", id_in(settings["instance-type"]));
  if (type == nullptr || !(*type)["authorized"].get<bool>())
    return refuse(403, "Instance type is not authorized for this account");
  const Json* image = account.find("template", id_in(settings["template"]));
  constexpr std::int64_t gibibyte = std::int64_t{1} << 30U;
  if (image != nullptr && (*image)["size"] > settings["disk-size"].get<std::int64_t>() * gibibyte)
    return invalid("disk-size: must not be below the size of the template");
  if (settings.contains("ssh-key") && settings.contains("ssh-keys"))
    return invalid("ssh-key: use either ssh-key or ssh-keys");
  return std::nullopt;
}

void unify_ssh_keys(Json& settings) {
  if (settings.contains("ssh-key")) settings["ssh-keys"] = Json::array({settings["ssh-key"]});
  if (!settings.contains("ssh-keys")) return;
  settings.erase("ssh-key");
  if (settings["ssh-keys"].empty())
    settings.erase("ssh-keys");
  else
    settings["ssh-key"] = settings["ssh-keys"][0];
}

std::string add_machine(Account& account, const Json& settings, const std::string& name) {
  std::string id = account.random_id();
  Json instance{{"id", id},
                {"name", name},
                {"state", "starting"},
                {"created-at", timestamp(account.now())},
                {"public-ip-assignment", assignment(settings)}};
  for (const char* setting : shown_settings)
    if (settings.contains(setting)) instance[setting] = settings[setting];
  // Without a public address, groups are dropped in silence, as the cloud does.
  if (instance["public-ip-assignment"] == "none")
    instance.erase("security-groups");
  else if (instance.value("security-groups", Json::array()).empty())
    instance["security-groups"] = default_groups(account);
  connect_machine(account, account.add("instance", id, std::move(instance)), Json::object(),
                  settings);
  return id;
}

void retire_machine(Json& instance) {
  instance["state"] = "destroying";
  instance[".leaving"] = true;
}

void end_machine(Account& account, const std::string& id) {
  free_volumes(account, id);
  account.erase("instance", id);
}

void connect_machine(Account& account, Json& instance, const Json& before, const Json& wanted) {
  for (const Json& reference : before.value("private-networks", Json::array()))
    if (!refers(wanted, "private-networks", id_in(reference)))
      leave_network(instance, id_in(reference));
  join_networks(account, instance, wanted);
  for (const Json& reference : before.value("elastic-ips", Json::array()))
    if (!refers(wanted, "elastic-ips", id_in(reference)))
      change_reference(instance, "elastic-ips", id_in(reference), false);
  for (const Json& reference : wanted.value("elastic-ips", Json::array()))
    if (!refers(instance, "elastic-ips", id_in(reference)))
      change_reference(instance, "elastic-ips", id_in(reference), true);
}

void change_reference(Json& record, const char* list, const std::string& id, bool is_there) {
  Json changed = Json::array();
  for (const Json& reference : record.value(list, Json::array()))
    if (reference["id"] != id) changed.push_back(reference);
  if (is_there) changed.push_back({{"id", id}});
  merge(record, {{list, changed.empty() ? Json() : changed}});
}

std::optional<Answer> refuse_used(Call& call, std::string_view attribute, std::string_view what) {
  for (const char* user : {"instance", "instance-pool", "sks-nodepool"})
    for (const auto& [id, record] : call.account.table(user))
      if (refers(record, attribute, call.id()))
        return refuse(409, "Cannot delete " + std::string(what) + " while it is in use by " + user +
                               " " + id);
  return std::nullopt;
}

// Comments do nothing. Compressed data is not looked into.
bool asks_for_power_off(std::string_view user_data) {
  const auto script = crypto::base64_decode(user_data);
  if (!script) return false;
  for (const std::string& line : split(*script, '\n')) {
    if (trim(line).starts_with('#')) continue;
    if (has_words(line, "poweroff", "") || has_words(line, "shutdown", "-h") ||
        has_words(line, "shutdown", "now"))
      return true;
  }
  return false;
}

std::vector<std::string> pool_members(Account& account, std::string_view pool, bool with_leaving) {
  std::vector<std::string> members;
  for (const auto& [id, instance] : account.table("instance"))
    if (instance.contains("manager") && instance["manager"]["id"] == pool &&
        (with_leaving || !is_leaving(instance)))
      members.push_back(id);
  return members;
}

void settle_pool(Account& account, const std::string& pool) {
  Json* record = account.find("instance-pool", pool);
  if (record == nullptr || is_leaving(*record)) return;
  for (const std::string& id : pool_members(account, pool, true)) {
    const std::string state = (*account.find("instance", id))["state"];
    if (state == "starting" || state == "destroying") return;
  }
  (*record)["state"] = "running";
}

}  // namespace stackctl::simulator

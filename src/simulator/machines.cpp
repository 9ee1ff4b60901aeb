#include "simulator/machines.h"

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
  account.add("instance", id, std::move(instance));
  return id;
}

void retire_machine(Json& instance) {
  instance["state"] = "destroying";
  instance[".leaving"] = true;
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

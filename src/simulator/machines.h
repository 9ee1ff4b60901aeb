// What instances and instance pools share: checking the settings of a machine, making and ending
// it.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// Why these settings (a request body, or a pool merged with one) make no machine.
std::optional<Answer> check_machine(Account& account, const Json& settings);

/// Both spellings of the SSH keys are read back: `ssh-keys`, and the first of them as `ssh-key`.
void unify_ssh_keys(Json& settings);

/// Adds an instance made from `settings`, in state "starting"; returns its id.
std::string add_machine(Account& account, const Json& settings, const std::string& name);

/// Marks the instance as being destroyed; "instance.gone" must be scheduled besides.
void retire_machine(Json& instance);

/// Ids of the instances of a pool; without those that are being destroyed, or with them.
std::vector<std::string> pool_members(Account& account, std::string_view pool, bool with_leaving);

/// Called when a member came up or went: the pool is "running" again when none is in between.
void settle_pool(Account& account, const std::string& pool);

}  // namespace stackctl::simulator

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

/// Ends the instance: what it held is free again.
void end_machine(Account& account, const std::string& id);

/// Attaches the instance to the private networks and elastic IPs of `wanted`, and detaches it from
/// those that `before` has and `wanted` has not. Both are pools or bodies of such.
void connect_machine(Account& account, Json& instance, const Json& before, const Json& wanted);

/// Adds a reference to a list, or takes it out; an empty list disappears.
void change_reference(Json& record, const char* list, const std::string& id, bool is_there);

/// 409 when a machine or a pool has the object of the call in its list `attribute`; `what` names
/// the object's type.
std::optional<Answer> refuse_used(Call& call, std::string_view attribute, std::string_view what);

/// Whether this user data (base64) switches the machine off once it is through.
bool asks_for_power_off(std::string_view user_data);

/// Ids of the instances of a pool; without those that are being destroyed, or with them.
std::vector<std::string> pool_members(Account& account, std::string_view pool, bool with_leaving);

/// Called when a member came up or went: the pool is "running" again when none is in between.
void settle_pool(Account& account, const std::string& pool);

}  // namespace stackctl::simulator

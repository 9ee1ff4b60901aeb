// Instance pools that something else manages: the operations of a pool without requests.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// Adds a running pool made from `settings` and begins to boot its members; returns its id.
std::string add_managed_pool(Account& account, Json settings, const Json& manager);
void update_managed_pool(Account& account, const std::string& id, const Json& changes);
void scale_managed_pool(Account& account, const std::string& id, std::int64_t size);
void evict_managed_members(Account& account, const std::string& id, const Json& members);
void remove_managed_pool(Account& account, const std::string& id);

}  // namespace stackctl::simulator

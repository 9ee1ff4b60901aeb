// exoscale.valkey: a managed Valkey, for caches. Its name bears the mark.
#include "database_service.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// The cloud shows these where nothing else is set.
Value without_defaults(const Value& settings) {
  static const Map defaults = {
      {"ssl", true},         {"lfu_log_factor", 10},         {"frequent_snapshots", true},
      {"lfu_decay_time", 1}, {"active_expire_effort", 1},    {"maxmemory_policy", "noeviction"},
      {"timeout", 300},      {"notify_keyspace_events", ""},
  };
  if (settings.map() == nullptr) return settings;
  Map own;
  for (const auto& [name, value] : *settings.map()) {
    const auto found = defaults.find(name);
    if (found == defaults.end() || !(found->second == value)) own.emplace(name, value);
  }
  return own;
}

}  // namespace

extern const Type valkey =
    dbaas::managed_service("exoscale.valkey", "A managed Valkey, for caches.",
                           {
                               any("valkey-settings", "Settings of the engine: a map")
                                   .otherwise(Map{})
                                   .normalise(without_defaults),
                           });

}  // namespace stackctl::exoscale

#include "db_changes.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "aws/api/wire.h"
#include "data_instance.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "DBInstanceIdentifier";
constexpr std::string_view kPending = "PendingModifiedValues";
constexpr std::string_view kModify = "ModifyDBInstance";

}  // namespace

void show_pending(Map& shown) {
  const auto entry = shown.find(kPending);
  if (entry == shown.end()) return;
  const Value pending = entry->second;
  if (pending.map() == nullptr) shown.erase(entry);  // an empty element
  for (const auto& [name, value] : members_of(pending))
    if (name != kName && name != "MasterUserPassword" && !value.is_null())
      shown.insert_or_assign(name, value);
}

std::string awaited_change(const Work& work, const LiveObject& live) {
  const Map& pending = members_of(live.attributes[kPending]);
  const auto is_wanted = [&](const auto& entry) { return !work.desired[entry.first].is_null(); };
  const auto found = std::ranges::find_if(pending, is_wanted);
  return found == pending.end() ? "" : "its new " + found->first;
}

bool is_rounded_up(const Value& desired, const Value& live) {
  constexpr std::int64_t part = 10;
  const std::int64_t* const wanted = desired.integer();
  const std::int64_t* const present = live.integer();
  if (wanted == nullptr || present == nullptr || *present < *wanted) return false;
  return *present - *wanted <= (*wanted + part - 1) / part;
}

std::vector<Call> change_database(const Api& api, const Work& work, const LiveObject& live) {
  Map parameters = encode_these(*work.type, work.desired, work.changed);
  if (parameters.contains("EngineVersion"))
    parameters.insert_or_assign("AllowMajorVersionUpgrade", true);
  rename(parameters, "Port", "DBPortNumber");
  return modify_at_once(api, kModify, work, live, std::move(parameters));
}

std::vector<Call> lift_protection(const Api& api, const LiveObject& live) {
  if (!live.is_protected) return {};
  return {api.change(rds, kModify,
                     Map{{std::string(kName), live.id},
                         {"DeletionProtection", false},
                         {"ApplyImmediately", true}})};
}

}  // namespace stackctl::aws

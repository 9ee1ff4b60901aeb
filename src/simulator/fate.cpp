#include "simulator/fate.h"

#include <algorithm>
#include <array>

namespace stackctl::simulator {
namespace {

// Types whose objects can be in state "error": what remains of a create that failed.
constexpr std::array<std::string_view, 6> breakable{"block-storage", "block-storage-snapshot",
                                                    "instance",      "load-balancer",
                                                    "sks-cluster",   "snapshot"};

const Json* find_in(const Account::Tables& tables, const std::string& type, const std::string& id) {
  const auto table = tables.find(type);
  if (table == tables.end()) return nullptr;
  const auto record = table->second.find(id);
  return record == table->second.end() ? nullptr : &record->second;
}

// [{type, id, before, after}], with null for what was not there; operations aside.
Json differences(const Account::Tables& before, const Account::Tables& after) {
  Json found = Json::array();
  const auto note = [&](const std::string& type, const std::string& id, Json was, Json is) {
    found.push_back(
        {{"type", type}, {"id", id}, {"before", std::move(was)}, {"after", std::move(is)}});
  };
  for (const auto& [type, table] : after) {
    if (type == "operation") continue;
    for (const auto& [id, record] : table) {
      const Json* was = find_in(before, type, id);
      if (was == nullptr || *was != record) note(type, id, was ? *was : Json(), record);
    }
  }
  for (const auto& [type, table] : before)
    for (const auto& [id, record] : table)
      if (find_in(after, type, id) == nullptr) note(type, id, record, Json());
  return found;
}

Json* same_item(Json& list, const Json& item) {
  const bool has_id = item.is_object() && item.contains("id");
  const auto found = std::find_if(list.begin(), list.end(), [&](const Json& other) {
    return has_id ? other.is_object() && other.value("id", Json()) == item["id"] : other == item;
  });
  return found == list.end() ? nullptr : &*found;
}

Json revert(Json now, Json before, Json after);

Json revert_items(Json now, Json before, Json after) {
  for (const Json& item : after) {
    Json* present = same_item(now, item);
    if (present == nullptr) continue;
    if (const Json* was = same_item(before, item))
      *present = revert(std::move(*present), *was, item);
    else
      now.erase(now.begin() + (present - &now.front()));
  }
  for (const Json& item : before)
    if (same_item(after, item) == nullptr && same_item(now, item) == nullptr) now.push_back(item);
  return now;
}

Json revert_members(Json now, const Json& before, const Json& after) {
  Json names = before;
  names.update(after);
  for (const auto& entry : names.items()) {
    const std::string& name = entry.key();
    const auto of = [&](const Json& record) { return record.value(name, Json()); };
    if (of(before) == of(after)) continue;
    now[name] = revert(of(now), of(before), of(after));
    if (now[name].is_null()) now.erase(name);
  }
  return now;
}

// What `now` would be without the change from `before` to `after`.
Json revert(Json now, Json before, Json after) {
  if (now == after) return before;
  if (now.is_object() && before.is_object() && after.is_object())
    return revert_members(std::move(now), before, after);
  if (now.is_array() && before.is_array() && after.is_array())
    return revert_items(std::move(now), std::move(before), std::move(after));
  return now;
}

// The index of the one record that was made and can stay behind in state "error", or -1.
int broken_rest(const Json& changes) {
  int found = -1;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (!changes[i]["before"].is_null()) continue;
    const auto type = changes[i]["type"].get<std::string>();
    const bool is_breakable =
        std::find(breakable.begin(), breakable.end(), type) != breakable.end() &&
        !changes[i]["after"].contains("manager");  // a pool has no place for broken members
    if (found >= 0 || !is_breakable) return -1;
    found = static_cast<int>(i);
  }
  return found;
}

}  // namespace

Answer begin_doomed(Account& account, const Fate& fate, const std::function<Answer()>& handle) {
  const std::uint64_t mark = account.scheduled();
  const Account::Tables before = fate.fails ? account.tables() : Account::Tables{};
  Answer answer = handle();
  auto begun = account.take_scheduled_since(mark);
  const bool fails = fate.fails && std::any_of(begun.begin(), begun.end(), [](const auto& entry) {
                       return !entry.second.operation.empty();
                     });
  for (auto& [due, event] : begun) {
    if (fails && event.operation.empty()) continue;  // nothing comes of what fails
    if (fails) {
      Json changes = differences(before, account.tables());
      const int rest = account.random(2) == 0 ? broken_rest(changes) : -1;
      event.action = failing_action;
      event.arguments = {{"changes", std::move(changes)}, {"rest", rest}};
    }
    account.schedule_at(due + fate.longer, std::move(event));
  }
  return answer;
}

std::optional<Failure> take_back(Account& account, const Json& arguments) {
  const int rest = arguments["rest"];
  int index = -1;
  for (const Json& change : arguments["changes"]) {
    const auto type = change["type"].get<std::string>();
    const auto id = change["id"].get<std::string>();
    Json* now = account.find(type, id);
    if (++index == rest && now != nullptr && !is_leaving(*now))
      (*now)["state"] = "error";
    else if (index != rest && change["before"].is_null())
      account.erase(type, id);
    else if (now != nullptr && !change["after"].is_null())
      *now = revert(*now, change["before"], change["after"]);
    else if (change["after"].is_null())
      account.add(type, id, change["before"]);
  }
  return Failure{"fault", "Internal error, please try again"};
}

}  // namespace stackctl::simulator

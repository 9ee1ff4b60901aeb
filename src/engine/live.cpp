#include "engine/live.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace stackctl::engine {
namespace {

constexpr Duration kListTimeout = std::chrono::minutes{10};

/// A binding and one of its listings.
using ListingKey = std::pair<std::size_t, std::string_view>;
/// The types that are read there.
using Types = std::vector<std::pair<std::size_t, const ResourceType*>>;

std::vector<std::string_view> listings_of(const ResourceType& type) {
  std::vector<std::string_view> names;
  std::string_view rest = type.listing;
  while (!rest.empty()) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    names.push_back(rest.substr(0, blank));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  return names;
}

/// What has to be read: every type that may bear a mark, and what the stack looks up.
Types types_in_use(const Bindings& bindings, const Desired& desired) {
  std::set<std::pair<std::size_t, const ResourceType*>> looked_up;
  for (const DesiredObject& object : desired.objects)
    if (object.object.is_lookup) looked_up.emplace(object.binding, object.object.type);

  Types types;
  for (std::size_t binding = 0; binding < bindings.size(); ++binding)
    for (const ResourceType* type : bindings[binding].provider->types)
      if (type->marked != Marked::never || looked_up.contains({binding, type}))
        types.emplace_back(binding, type);
  return types;
}

/// By what objects are looked up, for each listing. Values that wait for others say nothing.
std::map<ListingKey, std::vector<Value>> sought_in(const Desired& desired) {
  std::map<ListingKey, std::vector<Value>> sought;
  std::set<std::pair<ListingKey, std::string>> seen;
  for (const DesiredObject& wanted : desired.objects) {
    const Value& attributes = wanted.object.attributes;
    if (!wanted.object.is_lookup || !attributes.is_known()) continue;
    for (const std::string_view name : listings_of(*wanted.object.type)) {
      const ListingKey key{wanted.binding, name};
      if (seen.emplace(key, display(attributes)).second) sought[key].push_back(attributes);
    }
  }
  return sought;
}

/// The answers of all listings of a type in one map; null when one of them is missing.
Value joined(std::size_t binding, const ResourceType& type,
             const std::map<ListingKey, Value>& answers) {
  const std::vector<std::string_view> names = listings_of(type);
  if (names.size() == 1) {
    const auto answer = answers.find({binding, names.front()});
    return answer == answers.end() ? Value() : answer->second;
  }
  Map lists;
  for (const std::string_view name : names) {
    const auto answer = answers.find({binding, name});
    if (answer == answers.end() || answer->second.map() == nullptr) return {};
    for (const auto& [key, items] : *answer->second.map()) lists.insert_or_assign(key, items);
  }
  return lists;
}

/// One fault for all listings that fail for the same reason, such as a wrong key.
void add_fault(Diagnostics& faults, Diagnostic fault, const std::string& where) {
  fault.address = where;
  const auto is_same = [&](const Diagnostic& other) {
    return other.address == where && other.detail == fault.detail;
  };
  const auto same = std::ranges::find_if(faults, is_same);
  if (same == faults.end()) return faults.push_back(std::move(fault));
  // What one listing may lack, another may not; the login is one for all.
  const bool is_another = same->summary != fault.summary;
  if (fault.severity == Severity::error) *same = std::move(fault);
  if (is_another) same->hint = "other listings fail in the same way";
}

/// Whether the plan depends on the listing. When all is to go, everything has to be seen.
bool is_needed(const ListingKey& key, const Desired& desired) {
  if (desired.objects.empty()) return true;
  return std::ranges::any_of(desired.objects, [&](const DesiredObject& object) {
    const std::vector<std::string_view> names = listings_of(*object.object.type);
    return object.binding == key.first && std::ranges::find(names, key.second) != names.end();
  });
}

/// A login may lack rights on a service that the stack does not use.
void overlook(Diagnostic& fault) {
  fault.severity = Severity::warning;
  fault.hint = "the stack file uses nothing of it; what the stack may own there is not seen";
}

}  // namespace

Live refresh(Runner& runner, const Bindings& bindings, const Desired& desired) {
  Live live;
  const Time began = runner.now();
  const std::size_t calls_before = runner.dispatcher().attempts();
  const Types types = types_in_use(bindings, desired);
  std::set<ListingKey> wanted;
  for (const auto& [binding, type] : types)
    for (const std::string_view name : listings_of(*type)) wanted.emplace(binding, name);

  std::map<ListingKey, std::vector<Value>> sought = sought_in(desired);
  std::map<FlowId, ListingKey> running;
  for (const ListingKey& key : wanted) {
    const Connection& connection = *bindings[key.first].connection;
    FlowOptions options;
    options.timeout = kListTimeout;
    running.emplace(runner.start(connection, connection.list(key.second, sought[key]), options),
                    key);
  }
  std::map<ListingKey, Value> answers;
  while (!running.empty()) {
    std::optional<Finished> finished = runner.wait(Time::max());
    if (!finished) {
      live.faults.push_back(error("interrupted while reading the live objects"));
      break;
    }
    const ListingKey key = running.extract(finished->flow).mapped();
    if (auto* fault = std::get_if<Diagnostic>(&finished->result)) {
      if (!is_needed(key, desired)) overlook(*fault);
      add_fault(live.faults, std::move(*fault), bindings[key.first].connection->where());
    } else {
      answers.emplace(key, std::get<Value>(std::move(finished->result)));
    }
  }
  for (const auto& [binding, type] : types) {
    const Value listed = joined(binding, *type, answers);
    if (listed.is_null()) continue;
    const Connection& connection = *bindings[binding].connection;
    Diagnostics malformed;
    for (LiveObject& object : connection.decode(*type, listed, malformed))
      live.objects.push_back({std::move(object), binding});
    for (Diagnostic& fault : malformed) {
      fault.address = connection.where();
      if (!is_needed({binding, listings_of(*type).front()}, desired)) overlook(fault);
      live.faults.push_back(std::move(fault));
    }
  }
  live.calls = runner.dispatcher().attempts() - calls_before;
  live.took = runner.now() - began;
  return live;
}

}  // namespace stackctl::engine

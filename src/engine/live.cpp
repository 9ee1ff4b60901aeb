#include "engine/live.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>
#include <variant>

#include "engine/scope.h"
#include "engine/spec.h"
#include "stackctl/address.h"

namespace stackctl::engine {
namespace {

constexpr Duration kListTimeout = std::chrono::minutes{10};

/// What `desired` says of what each listing shows.
std::map<ListingKey, Interest> interests_in(const Desired& desired, const Scope& scope) {
  std::map<ListingKey, Interest> interests;
  std::map<TypePlace, std::vector<Interest*>> by_place;
  std::set<std::pair<const Interest*, std::string>> seen;
  for (const DesiredObject& wanted : desired.objects) {
    const Object& object = wanted.object;
    // What waits for others says nothing yet.
    if (object.is_lookup && !object.attributes.is_known()) continue;
    const TypePlace place{wanted.binding, object.type};
    const auto [its, is_new] = by_place.try_emplace(place);
    if (is_new)
      for (const std::string_view name : scope.listings_of(place))
        its->second.push_back(&interests[{place.first, name}]);
    for (Interest* const interest : its->second)
      if (!object.is_lookup)
        interest->declared.push_back(object.attributes);
      else if (seen.emplace(interest, display(object.attributes)).second)
        interest->lookups.push_back(object.attributes);
  }
  return interests;
}

/// The answers of all those listings of a binding in one map; null when one of them is missing.
Value joined(std::size_t binding, std::span<const std::string_view> names,
             const std::map<ListingKey, Value>& answers) {
  if (names.size() == 1) {
    const auto answer = answers.find({binding, names.front()});
    return answer == answers.end() ? Value() : answer->second;
  }
  Map lists;
  for (const std::string_view name : names) {
    const auto answer = answers.find({binding, name});
    if (answer == answers.end() || answer->second.map() == nullptr) return {};
    for (const auto& [key, items] : *answer->second.map()) {
      const auto [list, is_new] = lists.try_emplace(key, items);
      List* const all = is_new ? nullptr : list->second.list();
      if (all != nullptr) all->insert(all->end(), items.items().begin(), items.items().end());
    }
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

/// A login may lack rights on a service that the stack does not use.
void overlook(Diagnostic& fault) {
  fault.severity = Severity::warning;
  fault.hint = "the stack file uses nothing of it; what the stack may own there is not seen";
}

/// Reads what is needed, what a census shows beside it, and, where something goes, all the rest.
class Refresh {
 public:
  Refresh(Runner& runner, const Bindings& bindings, const Desired& desired, Detail detail)
      : runner_(runner),
        bindings_(bindings),
        desired_(desired),
        scope_(bindings, desired, detail),
        interests_(interests_in(desired, scope_)) {}

  Live run() && {
    const Time began = runner_.now();
    const std::size_t calls_before = runner_.dispatcher().attempts();
    for (std::size_t binding = 0; binding < bindings_.size(); ++binding) count(binding);
    read([&](const TypePlace& place) { return scope_.is_needed(place); });
    const bool is_whole = collect();
    decode();
    // Who holds what goes is to be named, of whatever type.
    if (is_whole && something_goes()) {
      scope_.widen();
      read([](const TypePlace&) { return true; });
      collect();
      decode();
    }
    live_.calls = runner_.dispatcher().attempts() - calls_before;
    live_.took = runner_.now() - began;
    return std::move(live_);
  }

 private:
  using Choice = std::function<bool(const TypePlace&)>;

  static FlowOptions options() {
    FlowOptions options;
    options.timeout = kListTimeout;
    return options;
  }

  const Connection& connection(std::size_t binding) const { return *bindings_[binding].connection; }

  void count(std::size_t binding) {
    const std::vector<const ResourceType*> types = scope_.to_count(binding);
    if (types.empty()) return;
    std::unique_ptr<Flow> census = connection(binding).census(desired_.stack, types);
    if (census == nullptr) return read_all(binding);
    counting_.emplace(runner_.start(connection(binding), std::move(census), options()), binding);
  }

  void read_all(std::size_t binding) {
    read([&](const TypePlace& place) { return place.first == binding; });
  }

  void read(const Choice& is_chosen) {
    for (const TypePlace& place : scope_.all()) {
      if (!is_chosen(place)) continue;
      for (const std::string_view name : scope_.listings_of(place)) list({place.first, name});
    }
  }

  void list(const ListingKey& key) {
    if (!begun_.insert(key).second) return;
    const Connection& from = connection(key.first);
    listing_.emplace(runner_.start(from, from.list(key.second, interests_[key]), options()), key);
  }

  /// False when it was interrupted.
  bool collect() {
    while (!listing_.empty() || !counting_.empty()) {
      std::optional<Finished> finished = runner_.wait(Time::max());
      if (!finished) {
        live_.faults.push_back(error("interrupted while reading the live objects"));
        return false;
      }
      if (auto census = counting_.extract(finished->flow); !census.empty())
        take_census(census.mapped(), std::get_if<Value>(&finished->result));
      else
        take_listing(listing_.extract(finished->flow).mapped(), std::move(finished->result));
    }
    return true;
  }

  /// Without it, everything is read.
  void take_census(std::size_t binding, const Value* shown) {
    if (shown == nullptr || shown->list() == nullptr) return read_all(binding);
    std::set<std::string_view> names;
    for (const Value& name : *shown->list())
      if (name.text() != nullptr) names.insert(*name.text());
    read([&](const TypePlace& place) {
      return place.first == binding && scope_.is_among(place, names);
    });
  }

  void take_listing(const ListingKey& key, std::variant<Value, Diagnostic> result) {
    if (auto* fault = std::get_if<Diagnostic>(&result)) {
      if (!scope_.is_used(key)) overlook(*fault);
      return add_fault(live_.faults, std::move(*fault), connection(key.first).where());
    }
    answers_.emplace(key, std::get<Value>(std::move(result)));
  }

  void decode() {
    for (const TypePlace& place : scope_.all()) {
      const std::vector<std::string_view>& names = scope_.listings_of(place);
      if (decoded_[place] == names.size()) continue;
      const Value listed = joined(place.first, names, answers_);
      if (listed.is_null()) continue;
      if (std::exchange(decoded_[place], names.size()) > 0) forget(place);
      decode(place, listed);
    }
  }

  void forget(const TypePlace& place) {
    std::erase_if(live_.objects, [&](const BoundObject& bound) {
      return bound.binding == place.first && bound.object.type == place.second;
    });
  }

  void decode(const TypePlace& place, const Value& listed) {
    const auto& [binding, type] = place;
    Diagnostics malformed;
    for (LiveObject& object : connection(binding).decode(*type, listed, malformed))
      live_.objects.push_back({std::move(object), binding});
    for (Diagnostic& fault : malformed) {
      fault.address = connection(binding).where();
      if (!scope_.is_used({binding, scope_.listings_of(place).front()})) overlook(fault);
      live_.faults.push_back(std::move(fault));
    }
  }

  /// Whether the stack owns what its file has no more, and what is not kept either.
  bool something_goes() const {
    std::unordered_set<std::string_view> wanted;
    for (const DesiredObject& object : desired_.objects) wanted.insert(object.object.address);
    std::unordered_set<std::string_view> kept;  // resources
    std::vector<std::string_view> unwanted;
    for (const auto& [object, binding] : live_.objects) {
      if (!owned_by(object, desired_.stack)) continue;
      const std::string& address = object.mark->address;
      if (wanted.contains(address)) continue;
      unwanted.push_back(address);
      if (Spec::parse(object.mark->spec).has(flag::kRetained)) kept.insert(resource_of(address));
    }
    return std::ranges::any_of(
        unwanted, [&](std::string_view address) { return !kept.contains(resource_of(address)); });
  }

  Runner& runner_;
  const Bindings& bindings_;
  const Desired& desired_;
  Scope scope_;
  std::map<ListingKey, Interest> interests_;
  std::set<ListingKey> begun_;
  std::map<FlowId, ListingKey> listing_;
  std::map<FlowId, std::size_t> counting_;  // by binding
  std::map<ListingKey, Value> answers_;
  std::map<TypePlace, std::size_t> decoded_;  // listings that it was decoded from
  Live live_;
};

}  // namespace

Live refresh(Runner& runner, const Bindings& bindings, const Desired& desired, Detail detail) {
  return Refresh(runner, bindings, desired, detail).run();
}

}  // namespace stackctl::engine

#include "engine/live.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace stackctl::engine {
namespace {

constexpr Duration kListTimeout = std::chrono::minutes{10};

struct Listing {
  std::size_t binding = 0;
  std::vector<const ResourceType*> types;
};
using ListingKey = std::pair<std::size_t, std::string_view>;

/// What has to be listed: every type that may bear a mark, and what the stack looks up.
std::map<ListingKey, Listing> listings(const Bindings& bindings, const Desired& desired) {
  std::set<std::pair<std::size_t, const ResourceType*>> looked_up;
  for (const DesiredObject& object : desired.objects)
    if (object.object.is_lookup) looked_up.emplace(object.binding, object.object.type);

  std::map<ListingKey, Listing> listings;
  for (std::size_t binding = 0; binding < bindings.size(); ++binding) {
    for (const ResourceType* type : bindings[binding].provider->types) {
      if (type->marked == Marked::never && !looked_up.contains({binding, type})) continue;
      Listing& listing = listings[{binding, type->listing}];
      listing.binding = binding;
      listing.types.push_back(type);
    }
  }
  return listings;
}

/// One fault for all listings that fail for the same reason, such as a wrong key.
void add_fault(Diagnostics& faults, Diagnostic fault, const std::string& where) {
  fault.address = where;
  const auto is_same = [&](const Diagnostic& other) {
    return other.address == where && other.detail == fault.detail;
  };
  const auto same = std::ranges::find_if(faults, is_same);
  if (same == faults.end())
    faults.push_back(std::move(fault));
  else
    same->hint = "other listings fail in the same way";
}

}  // namespace

Live refresh(Runner& runner, const Bindings& bindings, const Desired& desired) {
  Live live;
  const Time began = runner.now();
  const std::size_t calls_before = runner.dispatcher().attempts();
  std::map<FlowId, Listing> running;
  for (auto& [key, listing] : listings(bindings, desired)) {
    const Connection& connection = *bindings[key.first].connection;
    FlowOptions options;
    options.timeout = kListTimeout;
    running.emplace(runner.start(connection, connection.list(key.second), options),
                    std::move(listing));
  }
  while (!running.empty()) {
    const std::optional<Finished> finished = runner.wait(Time::max());
    if (!finished) {
      live.faults.push_back(error("interrupted while reading the live objects"));
      break;
    }
    const Listing listing = std::move(running.extract(finished->flow).mapped());
    const Connection& connection = *bindings[listing.binding].connection;
    if (const auto* fault = std::get_if<Diagnostic>(&finished->result)) {
      add_fault(live.faults, *fault, connection.where());
      continue;
    }
    for (const ResourceType* type : listing.types)
      for (LiveObject& object :
           connection.decode(*type, std::get<Value>(finished->result), live.faults))
        live.objects.push_back({std::move(object), listing.binding});
  }
  live.calls = runner.dispatcher().attempts() - calls_before;
  live.took = runner.now() - began;
  return live;
}

}  // namespace stackctl::engine

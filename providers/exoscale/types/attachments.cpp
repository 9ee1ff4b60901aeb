#include "attachments.h"

#include <algorithm>
#include <string>

#include "exoscale/api/wire.h"

namespace stackctl::exoscale {
namespace {

constexpr std::string_view kNetworks = "private-networks";

bool holds(const Value& items, const Value& item) {
  return std::ranges::find(items.items(), item) != items.items().end();
}

Map instance_body(const LiveObject& instance) { return {{"instance", Map{{"id", instance.id}}}}; }

/// `noun` is "elastic-ip".
Call attach(const Api& api, const std::string& noun, std::string_view id, Map body) {
  return api.put("attach-instance-to-" + noun, path_to('/' + noun, id) + ":attach",
                 std::move(body));
}

Call detach(const Api& api, const std::string& noun, std::string_view id, Map body) {
  return api.put("detach-instance-from-" + noun, path_to('/' + noun, id) + ":detach",
                 std::move(body));
}

/// The entry of `entries` about the same network as `entry`.
const Value* counterpart(const Value& entries, const Value& entry) {
  const auto items = entries.items();
  const auto found = std::ranges::find_if(
      items, [&](const Value& item) { return item["network"] == entry["network"]; });
  return found == items.end() ? nullptr : &*found;
}

bool is_satisfied(const Value& wanted, const Value* live) {
  return live != nullptr && (wanted["ip"].is_null() || wanted["ip"] == (*live)["ip"]);
}

/// Any address will do where none is asked for.
bool are_satisfied(const Value& wanted, const Value& live) {
  return wanted.items().size() == live.items().size() &&
         std::ranges::all_of(wanted.items(), [&](const Value& entry) {
           return is_satisfied(entry, counterpart(live, entry));
         });
}

Value lease_of(std::string_view instance, std::string_view network, const Value& listed) {
  for (const Value& item : listed[kNetworks].items()) {
    if (item.text_at("id") != network) continue;
    for (const Value& lease : item["leases"].items())
      if (lease.text_at("instance-id") == instance) return lease["ip"];
  }
  return {};
}

}  // namespace

void change_memberships(const Api& api, std::string_view attribute, const Work& work,
                        const LiveObject& instance, std::vector<Call>& calls) {
  const std::string noun(attribute.substr(0, attribute.size() - 1));
  const Value& wanted = work.desired[attribute];
  const Value& worn = instance.attributes[attribute];
  for (const Value& item : wanted.items())
    if (item.text() != nullptr && !holds(worn, item))
      calls.push_back(attach(api, noun, *item.text(), instance_body(instance)));
  for (const Value& item : worn.items())
    if (item.text() != nullptr && !holds(wanted, item))
      calls.push_back(detach(api, noun, *item.text(), instance_body(instance)));
}

Attribute private_networks() {
  return set_of(kNetworks,
                object("network", "A network",
                       {ref("network", "exoscale.private_network", "Which one").required(),
                        text("ip", "Address there; any unless given").check(check::address)}),
                "Networks that it is in")
      .satisfied_by(are_satisfied);
}

void take_networks(LiveObject& instance, const Value& item, const Value& listed) {
  List entries;
  for (const Value& network : item[kNetworks].items()) {
    const std::string_view id = network.text_at("id");
    if (id.empty()) continue;
    Map entry{{"network", std::string(id)}};
    if (const Value ip = lease_of(instance.id, id, listed); ip.text() != nullptr)
      entry.emplace("ip", ip);
    entries.emplace_back(std::move(entry));
  }
  instance.attributes.map()->insert_or_assign(std::string(kNetworks), std::move(entries));
}

void change_networks(const Api& api, const Work& work, const LiveObject& instance,
                     std::vector<Call>& calls) {
  const std::string noun = "private-network";
  const Value& wanted = work.desired[kNetworks];
  const Value& live = instance.attributes[kNetworks];
  for (const Value& entry : wanted.items()) {
    const Value* there = counterpart(live, entry);
    if (is_satisfied(entry, there)) continue;
    const std::string_view id = entry.text_at("network");
    Map body = instance_body(instance);
    if (!entry["ip"].is_null()) body.emplace("ip", entry["ip"]);
    calls.push_back(there == nullptr
                        ? attach(api, noun, id, std::move(body))
                        : api.put("update-private-network-instance-ip",
                                  path_to('/' + noun, id) + ":update-ip", std::move(body)));
  }
  for (const Value& entry : live.items())
    if (counterpart(wanted, entry) == nullptr)
      calls.push_back(detach(api, noun, entry.text_at("network"), instance_body(instance)));
}

}  // namespace stackctl::exoscale

#include <algorithm>
#include <set>

#include "exoscale/types/types.h"
#include "health_check.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {
namespace {

/// One of the `listeners`, which becomes a service.
struct Listener {
  const Value& entry;
  std::string path;
  Diagnostics& faults;

  Value target_port() const {
    return entry["target_port"].is_null() ? entry["port"] : entry["target_port"];
  }

  Value healthcheck() const {
    Map check = health_check(entry["health"], target_port(), path + ".health", faults);
    check.emplace("retries", entry["health"]["retries"]);
    return check;
  }

  Value strategy() const {
    std::string word(entry.text_at("strategy"));
    if (word == "least_connections")
      faults.push_back(fault_at(path + ".strategy", "Exoscale cannot balance by least_connections",
                                "use round_robin, source_hash or maglev_hash"));
    std::ranges::replace(word, '_', '-');
    return word;
  }

  /// They pass on what clients send, as it is.
  std::string protocol() const {
    const std::string word(entry.text_at("protocol"));
    if (word == "https" || !entry["certificate"].is_null())
      faults.push_back(fault_at(path + (word == "https" ? ".protocol" : ".certificate"),
                                "load balancers of Exoscale have no certificates",
                                "use tcp, and let the instances behind it speak https"));
    return word == "udp" ? word : "tcp";
  }

  void refuse_others() const {
    if (!entry["instances"].is_null())
      faults.push_back(fault_at(path + ".instances",
                                "load balancers of Exoscale stand in front of pools only",
                                "make a pool of them, and name it: targets"));
    for (const char* const name : {"redirect", "respond", "rules"})
      if (!entry[name].is_null())
        faults.push_back(fault_at(path + '.' + name,
                                  std::string("load balancers of Exoscale have no '") + name +
                                      "': they pass on what clients send",
                                  "let the instances behind it do that"));
    if (entry["targets"].is_null())
      faults.push_back(fault_at(path, "a listener needs 'targets' on Exoscale"));
  }

  Object lower(const std::string& balancer) const {
    refuse_others();
    // A listener is known by protocol and port, so that all else can change in place.
    const std::string word = protocol();
    const std::string name = word + '-' + display(entry["port"]);
    Draft service(balancer + '/' + name, nlb_service.resource);
    service.set("load-balancer", refer(balancer), path);
    service.set("name", name, path);
    service.set("instance-pool", entry["targets"], path + ".targets");
    service.set("protocol", word, path + ".protocol");
    service.set("strategy", strategy(), path + ".strategy");
    service.set("port", entry["port"], path + ".port");
    service.set("target-port", target_port(), path + ".target_port");
    service.set("healthcheck", healthcheck(), path + ".health");
    return std::move(service).finish();
  }
};

void refuse_others(const Value& given, Diagnostics& faults) {
  for (const char* const name : {"networks", "security_groups"})
    if (!given[name].items().empty())
      faults.push_back(fault_at(name,
                                std::string("load balancers of Exoscale have no '") + name + "'",
                                "leave it out: their ports are open to all"));
}

}  // namespace

Lowered lower_load_balancer(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  Draft balancer(declaration.address, load_balancer.resource);
  balancer.set("name", context.physical_name(declaration.address));
  balancer.set("description", declaration.attributes["description"]);
  balancer.set("labels", declaration.attributes["labels"]);
  set_native(balancer, declaration, {}, lowered.faults);
  refuse_others(declaration.attributes, lowered.faults);
  lowered.objects.push_back(std::move(balancer).finish());
  std::set<std::string> addresses;
  std::size_t index = 0;
  for (const Value& entry : declaration.attributes["listeners"].items()) {
    const std::string path = "listeners[" + std::to_string(index++) + ']';
    Object service = Listener{entry, path, lowered.faults}.lower(declaration.address);
    if (addresses.insert(service.address).second)
      lowered.objects.push_back(std::move(service));
    else
      lowered.faults.push_back(fault_at(path, "two listeners on the same port", "remove one"));
  }
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"address", refer(declaration.address, "ip")}};
  return lowered;
}

}  // namespace stackctl::exoscale

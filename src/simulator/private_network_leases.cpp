#include "simulator/private_network_leases.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <set>

namespace stackctl::simulator {
namespace {

constexpr const char* range_fields[] = {"start-ip", "end-ip", "netmask"};

// An instance keeps its leases: {network: address}. They end with it.
constexpr const char* leases_field = ".leases";

std::uint32_t number(const std::string& address) {
  in_addr parsed{};
  return inet_pton(AF_INET, address.c_str(), &parsed) == 1 ? ntohl(parsed.s_addr) : 0;
}

std::string text_of(std::uint32_t address) {
  const in_addr made{.s_addr = htonl(address)};
  std::array<char, INET_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET, &made, text.data(), text.size()) != nullptr ? text.data() : "";
}

struct Range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t mask = 0;

  bool is_netmask() const { return mask != 0 && (~mask & (~mask + 1U)) == 0; }
  bool is_same_network(std::uint32_t address) const { return (address & mask) == (first & mask); }
  /// An address that a machine may have: neither that of the network nor that of all.
  bool has_host(std::uint32_t address) const {
    const std::uint32_t host = address & ~mask;
    return is_same_network(address) && host != 0 && host != ~mask;
  }
};

Range range_of(const Json& network) {
  return {number(network["start-ip"]), number(network["end-ip"]), number(network["netmask"])};
}

std::string lease_in(const Json& instance, const std::string& network) {
  return instance.value(leases_field, Json::object()).value(network, "");
}

std::set<std::uint32_t> taken_in(Account& account, const std::string& network) {
  std::set<std::uint32_t> taken;
  for (const auto& [id, instance] : account.table("instance"))
    if (const std::string ip = lease_in(instance, network); !ip.empty()) taken.insert(number(ip));
  return taken;
}

std::optional<std::uint32_t> first_free(Account& account, const Json& network) {
  const Range range = range_of(network);
  const std::set<std::uint32_t> taken = taken_in(account, network["id"]);
  for (std::uint32_t address = range.first; address <= range.last; ++address)
    if (!taken.contains(address)) return address;
  return std::nullopt;
}

}  // namespace

bool is_managed(const Json& network) { return network.contains("start-ip"); }

std::optional<Answer> check_range(const Json& network) {
  const auto given = std::count_if(std::begin(range_fields), std::end(range_fields),
                                   [&](const char* name) { return network.contains(name); });
  if (given == 0) return std::nullopt;
  if (given != std::ssize(range_fields))
    return invalid("start-ip: start-ip, end-ip and netmask must be given together");
  const Range range = range_of(network);
  if (!range.is_netmask()) return invalid("netmask: is no netmask");
  if (!range.is_same_network(range.last))
    return invalid("end-ip: must be in the same network as start-ip");
  if (range.first > range.last) return invalid("end-ip: must not be below start-ip");
  if (!range.has_host(range.first)) return invalid("start-ip: is the address of the network");
  if (!range.has_host(range.last)) return invalid("end-ip: is the broadcast address");
  return std::nullopt;
}

std::optional<Answer> check_lease(Account& account, const Json& network, const Json& instance,
                                  const std::string& ip) {
  if (ip.empty()) return std::nullopt;
  if (!is_managed(network)) return invalid("ip: the private network is not managed");
  if (!range_of(network).has_host(number(ip)))
    return invalid("ip: " + ip + " is not in the private network");
  const std::string id = network["id"];
  if (lease_in(instance, id) == ip || !taken_in(account, id).contains(number(ip)))
    return std::nullopt;
  return refuse(409, "IP address " + ip + " is already leased");
}

Json leases_of(Account& account, const Json& network) {
  Json leases = Json::array();
  for (const auto& [id, instance] : account.table("instance"))
    if (const std::string ip = lease_in(instance, network["id"]); !ip.empty())
      leases.push_back({{"ip", ip}, {"instance-id", id}});
  return leases;
}

void lease(Account& account, const Json& network, Json& instance, const std::string& ip) {
  if (!is_managed(network)) return;
  const auto address = ip.empty() ? first_free(account, network) : std::optional(number(ip));
  if (address) instance[leases_field][network["id"].get<std::string>()] = text_of(*address);
}

void join_network(Account& account, const Json& network, Json& instance, const std::string& ip) {
  const std::string id = network["id"];
  if (refers(instance, "private-networks", id)) return;
  const std::string word = account.random_id();
  instance["private-networks"].push_back(
      {{"id", id},
       {"mac-address", "0a:" + word.substr(0, 2) + ':' + word.substr(2, 2) + ':' +
                           word.substr(4, 2) + ':' + word.substr(6, 2) + ':' + word.substr(9, 2)}});
  lease(account, network, instance, ip);
}

void leave_network(Json& instance, const std::string& network) {
  if (!refers(instance, "private-networks", network)) return;
  Json left = Json::array();
  for (const Json& attached : instance["private-networks"])
    if (attached["id"] != network) left.push_back(attached);
  merge(instance, {{"private-networks", left.empty() ? Json() : left}});
  if (instance.contains(leases_field)) instance[leases_field].erase(network);
}

}  // namespace stackctl::simulator

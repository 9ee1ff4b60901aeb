#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>

#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::exoscale {
namespace {

std::optional<std::uint32_t> number(const std::string& address) {
  in_addr parsed{};
  if (inet_pton(AF_INET, address.c_str(), &parsed) != 1) return std::nullopt;
  return ntohl(parsed.s_addr);
}

std::string text_of(std::uint32_t address) {
  in_addr made{};
  made.s_addr = htonl(address);
  std::array<char, INET_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET, &made, text.data(), text.size()) == nullptr ? "" : text.data();
}

/// An IPv4 network with room for two hosts at least.
struct Block {
  std::uint32_t first = 0;
  std::uint32_t mask = 0;

  std::uint32_t last() const { return first | ~mask; }
};

std::optional<Block> block_in(const std::string& cidr) {
  constexpr unsigned bits = 32;
  constexpr unsigned smallest = 30;
  const std::size_t slash = cidr.find('/');
  const auto address = number(cidr.substr(0, slash));
  if (!address || slash == std::string::npos) return std::nullopt;
  unsigned length = 0;
  std::from_chars(cidr.data() + slash + 1, cidr.data() + cidr.size(), length);
  if (length == 0 || length > smallest) return std::nullopt;
  const std::uint32_t mask = ~std::uint32_t{0} << (bits - length);
  return Block{*address & mask, mask};
}

/// A range without a network is one of the usual size.
void lower_range(Draft& made, const Value& given, const std::string& cidr, Diagnostics& faults) {
  const std::optional<Block> block = block_in(cidr);
  if (!block)
    return faults.push_back(fault_at(
        "cidr", "Exoscale leases addresses of IPv4 networks from /1 to /30, not of " + cidr));
  const Value& range = given["range"];
  made.set("managed", true, range.is_null() ? "cidr" : "range");
  made.set("netmask", text_of(block->mask), "cidr");
  made.set("start-ip", range.is_null() ? Value(text_of(block->first + 1)) : range["start"],
           range.is_null() ? "cidr" : "range.start");
  made.set("end-ip", range.is_null() ? Value(text_of(block->last() - 1)) : range["end"],
           range.is_null() ? "cidr" : "range.end");
  for (const char* name : {"start", "end"}) {
    const std::string* text = range[name].text();
    const auto address = number(text == nullptr ? "" : *text);
    if (address && (*address & block->mask) != block->first)
      faults.push_back(fault_at("range." + std::string(name), *text + " is not in " + cidr));
  }
}

void lower_options(Draft& made, const Value& given) {
  Map options;
  for (const auto& [name, native] : {std::pair{"dns_servers", "dns-servers"},
                                     {"ntp_servers", "ntp-servers"},
                                     {"routers", "routers"},
                                     {"domain_search", "domain-search"}})
    if (!given[name].is_null()) options.emplace(native, given[name]);
  if (!options.empty()) made.set("options", std::move(options));
}

}  // namespace

Lowered lower_network(const Declaration& declaration, const LoweringContext& context) {
  Lowered lowered;
  const Value& given = declaration.attributes;
  Draft network(declaration.address, private_network.resource);
  network.set("name", context.physical_name(declaration.address));
  network.set("description", given["description"]);
  network.set("labels", given["labels"]);
  if (const std::string* cidr = given["cidr"].text())
    lower_range(network, given, *cidr, lowered.faults);
  else if (const std::string* start = given["range"]["start"].text())
    lower_range(network, given, *start + "/24", lowered.faults);
  lower_options(network, given);
  set_native(network, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(network).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"leases", refer(declaration.address, "leases")}};
  return lowered;
}

}  // namespace stackctl::exoscale

#include "lowering_tools.h"

#include <algorithm>
#include <array>
#include <utility>

#include "aws/types/types.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

/// The first network of an attribute that holds one or several, or one and an address there.
const Value& first_network(const Value& network) {
  const Value& first =
      network.list() != nullptr && !network.items().empty() ? network.items().front() : network;
  return first.map() == nullptr ? first : first["network"];
}

Value output_of(const Value& network, std::string name) {
  return Reference{first_network(network).reference()->target, std::move(name)};
}

bool is_given(const Value& network) { return first_network(network).reference() != nullptr; }

constexpr std::array<std::string_view, 2> kDefaultZones = {"a", "b"};

/// Machines fetch things as soon as they start, so their subnets count only once they have a way
/// to the internet. Others need not wait for that.
std::string output_name(const Declaration& declaration, bool is_public) {
  if (is_public) return "public_subnet";
  return declaration.kind->name.starts_with("instance") ? "routed_private_subnet"
                                                        : "private_subnet";
}

Value default_subnet(const Declaration& declaration, std::string_view zone, Lowered& lowered) {
  return look_up(declaration.address + "/subnet-" + std::string(zone), subnet,
                 {{"DefaultForAz", true}, {"AvailabilityZone", zone}}, lowered);
}

}  // namespace

std::string short_name(std::string_view name, std::size_t longest) {
  constexpr std::size_t digits = 6;
  if (name.size() <= longest) return std::string(name);
  const std::string digest = crypto::hex(crypto::sha256(name)).substr(0, digits);
  std::string_view start = name.substr(0, longest - digits - 1);
  // AWS refuses some names with two dashes in a row.
  while (start.ends_with('-')) start.remove_suffix(1);
  return std::string(start) + '-' + digest;
}

Value subnets_of(const Declaration& declaration, const Value& network, bool is_public,
                 Lowered& lowered) {
  if (is_given(network)) return output_of(network, output_name(declaration, is_public) + 's');
  List subnets;
  for (const std::string_view zone : kDefaultZones)
    subnets.push_back(default_subnet(declaration, zone, lowered));
  return subnets;
}

Value subnet_of(const Declaration& declaration, const Value& network, bool is_public,
                Lowered& lowered) {
  if (is_given(network)) return output_of(network, output_name(declaration, is_public));
  return default_subnet(declaration, kDefaultZones.front(), lowered);
}

Value vpc_of(const Value& network) { return is_given(network) ? output_of(network, "") : Value(); }

Value vpc_or_default(const Declaration& declaration, const Value& network, Lowered& lowered) {
  if (is_given(network)) return vpc_of(network);
  return look_up(declaration.address + "/vpc", vpc, {{"IsDefault", true}}, lowered);
}

Value look_up(std::string address, const Type& type, const Map& wanted, Lowered& lowered,
              std::string_view origin) {
  const bool is_there =
      std::ranges::find(lowered.objects, address, &Object::address) != lowered.objects.end();
  if (!is_there) {
    Draft lookup(address, type.resource);
    lookup.object.is_lookup = true;
    for (const auto& [name, value] : wanted) lookup.set(name, value, origin);
    lowered.objects.push_back(std::move(lookup).finish());
  }
  return refer(std::move(address));
}

}  // namespace stackctl::aws

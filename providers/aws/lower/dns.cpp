// DNS zones and records.
#include "aws/types/dns.h"

#include <algorithm>
#include <array>

#include "aws/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"

namespace stackctl::aws {
namespace {

/// A zone that is no resource is looked up: by its id, or among the public ones by its name.
Value zone_of(const Declaration& declaration, Lowered& lowered) {
  const Value& zone = declaration.attributes["zone"];
  if (zone.text() == nullptr) return zone;
  Draft lookup(declaration.address + "/zone", dns_zone.resource);
  lookup.object.is_lookup = true;
  const bool is_id = zone.text()->find('.') == std::string::npos;
  lookup.set(is_id ? "id" : "Name", zone, "zone");
  if (!is_id) lookup.set("PrivateZone", false, "zone");
  Value found = refer(lookup.object.address);
  lowered.objects.push_back(std::move(lookup).finish());
  return found;
}

/// What the zone is called.
Value domain_of(const Declaration& declaration) {
  const Value& zone = declaration.attributes["zone"];
  if (const Reference* const resource = zone.reference())
    return Reference{resource->target, "name"};
  const bool is_id = zone.text() == nullptr || zone.text()->find('.') == std::string::npos;
  return is_id ? refer(declaration.address + "/zone", "Name") : zone;
}

/// `first`, `between` and `second` in one text, as soon as they are known.
Value joined(Value first, std::string between, Value second) {
  Deferred deferred;
  deferred.arguments = {std::move(first), std::move(second)};
  deferred.source = "two texts with '" + between + "' between them";
  deferred.compute = std::make_shared<const Deferred::Compute>(
      [between = std::move(between)](std::span<const Value> parts) -> Result<Value> {
        const std::string* const left = parts[0].text();
        const std::string* const right = parts[1].text();
        if (left == nullptr || right == nullptr) return error("a DNS record is made of texts");
        return Value(*left + between + *right);
      });
  const Value whole(std::move(deferred));
  const Result<Value> known =
      resolve(whole, [](const Reference&) -> std::optional<Value> { return std::nullopt; });
  return known ? *known : whole;
}

Value full_name(const Declaration& declaration) {
  const Value& name = declaration.attributes["name"];
  const bool is_zone_itself = name == Value("") || name == Value("@");
  return is_zone_itself ? domain_of(declaration) : joined(name, ".", domain_of(declaration));
}

bool has_priority(std::string_view type) { return type == "MX" || type == "SRV"; }

/// Here the priority is part of what a record says.
List contents_of(const Value& given, Diagnostics& faults) {
  const Value& one = given["value"];
  const Value& many = given["values"];
  if (one.is_null() == many.is_null())
    faults.push_back(fault_at("", "a DNS record needs exactly one of value and values",
                              one.is_null() ? "add one of them" : "keep one of them"));
  List contents(many.items().begin(), many.items().end());
  if (!one.is_null()) contents.assign(1, one);
  if (const std::int64_t* const priority = given["priority"].integer())
    for (Value& content : contents)
      content = joined(Value(std::to_string(*priority)), " ", content);
  return contents;
}

void check(const Value& given, Diagnostics& faults) {
  const std::string type(given.text_at("type"));
  constexpr std::array foreign = {"HINFO", "POOL", "URL"};
  if (std::ranges::find(foreign, type) != foreign.end())
    faults.push_back(fault_at("type", "Route 53 has no " + type + " records"));
  if (type == "ALIAS" && given["value"].is_null() && given["values"].is_null()) return;
  if (has_priority(type) && given["priority"].is_null())
    faults.push_back(fault_at("", type + " records need a 'priority'"));
  if (!has_priority(type) && !given["priority"].is_null())
    faults.push_back(fault_at("priority", type + " records have no priority", "remove it"));
}

}  // namespace

Lowered lower_dns_zone(const Declaration& declaration, const LoweringContext& /*context*/) {
  Lowered lowered;
  Draft zone(declaration.address, dns_zone.resource);
  zone.set("Name", dns::plain_name(declaration.attributes["name"]), "name");
  set_native(zone, declaration, {"Tags"}, lowered.faults);
  lowered.objects.push_back(std::move(zone).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "Name")},
                     {"name_servers", refer(declaration.address, "NameServers")}};
  return lowered;
}

namespace {

/// An alias is an A record: of a load balancer that is a resource, or of what the block of its own
/// says.
void set_alias(Draft& record, const Value& given, Diagnostics& faults) {
  const bool is_alias = given["type"] == Value("ALIAS");
  const bool has_target = record.attributes.contains("AliasTarget");
  const Reference* const balancer = is_alias ? given["value"].reference() : nullptr;
  if (balancer != nullptr && !has_target)
    return record.set("AliasTarget",
                      Map{{"DNSName", given["value"]},
                          {"HostedZoneId", Reference{balancer->target, "alias_zone"}}},
                      "value");
  if (is_alias != has_target)
    faults.push_back(
        fault_at("type", "a record of type ALIAS has a target in the block 'aws', and no other has",
                 "value: ${LOAD_BALANCER.address}, or aws: {AliasTarget: {DNSName: ..., "
                 "HostedZoneId: ...}}"));
  if (is_alias && !(given["value"].is_null() && given["values"].is_null()))
    faults.push_back(fault_at("value", "a record of type ALIAS stands for a load balancer",
                              "name its address alone: ${LOAD_BALANCER.address}"));
}

}  // namespace

Lowered lower_dns_record(const Declaration& declaration, const LoweringContext& /*context*/) {
  const Value& given = declaration.attributes;
  const bool is_alias = given["type"] == Value("ALIAS");
  Lowered lowered;
  Draft record(declaration.address, dns_record.resource);
  record.set("HostedZoneId", zone_of(declaration, lowered), "zone");
  record.set("Name", full_name(declaration), "name");
  record.set("Type", is_alias ? Value("A") : given["type"], "type");
  set_native(record, declaration, {"AliasTarget"}, lowered.faults);
  check(given, lowered.faults);
  set_alias(record, given, lowered.faults);
  if (!is_alias) {
    record.set("TTL", given["ttl"], "ttl");
    record.set("ResourceRecords", contents_of(given, lowered.faults),
               given["value"].is_null() ? "values" : "value");
  }
  lowered.objects.insert(lowered.objects.begin(), std::move(record).finish());
  lowered.outputs = {{"", refer(declaration.address)}, {"id", refer(declaration.address)}};
  return lowered;
}

}  // namespace stackctl::aws

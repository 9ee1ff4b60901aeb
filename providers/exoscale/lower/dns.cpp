// DNS zones and records.
#include "exoscale/types/types.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

/// The zone that the record names; one that is no resource is looked up.
Value zone_of(const Declaration& declaration, Lowered& lowered) {
  const Value& zone = declaration.attributes["zone"];
  if (zone.text() == nullptr) return zone;
  Draft lookup(declaration.address + "/zone", dns_domain.resource);
  lookup.object.is_lookup = true;
  lookup.set(is_uuid(*zone.text()) ? "id" : "unicode-name", zone, "zone");
  Value found = refer(lookup.object.address);
  lowered.objects.push_back(std::move(lookup).finish());
  return found;
}

Value contents_of(const Value& given, Diagnostics& faults) {
  const Value& one = given["value"];
  const Value& many = given["values"];
  if (one.is_null() == many.is_null())
    faults.push_back(fault_at("", "a DNS record needs exactly one of value and values",
                              one.is_null() ? "add one of them" : "keep one of them"));
  return one.is_null() ? many : Value(List{one});
}

void check_priority(const Value& given, Diagnostics& faults) {
  const std::string_view type = given.text_at("type");
  const bool has_one = type == "MX" || type == "SRV";
  if (has_one == !given["priority"].is_null()) return;
  faults.push_back(
      has_one ? fault_at("", std::string(type) + " records need a 'priority'")
              : fault_at("priority", std::string(type) + " records have no priority", "remove it"));
}

}  // namespace

Lowered lower_dns_zone(const Declaration& declaration, const LoweringContext& /*context*/) {
  Lowered lowered;
  Draft zone(declaration.address, dns_domain.resource);
  zone.set("unicode-name", declaration.attributes["name"], "name");
  set_native(zone, declaration, {}, lowered.faults);
  lowered.objects.push_back(std::move(zone).finish());
  lowered.outputs = {{"", refer(declaration.address)},
                     {"id", refer(declaration.address)},
                     {"name", refer(declaration.address, "unicode-name")},
                     {"name_servers", refer(declaration.address, "name-servers")}};
  return lowered;
}

Lowered lower_dns_record(const Declaration& declaration, const LoweringContext& /*context*/) {
  const Value& given = declaration.attributes;
  Lowered lowered;
  Draft record(declaration.address, dns_record.resource);
  record.set("domain", zone_of(declaration, lowered), "zone");
  record.set("name", given["name"] == Value("@") ? Value("") : given["name"]);
  for (const std::string_view name : {"type", "ttl", "priority"}) record.set(name, given[name]);
  record.set("content", contents_of(given, lowered.faults),
             given["value"].is_null() ? "values" : "value");
  check_priority(given, lowered.faults);
  set_native(record, declaration, {}, lowered.faults);
  lowered.objects.insert(lowered.objects.begin(), std::move(record).finish());
  lowered.outputs = {{"", refer(declaration.address)}, {"id", refer(declaration.address)}};
  return lowered;
}

}  // namespace stackctl::exoscale

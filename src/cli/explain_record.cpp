#include "cli/explain.h"
#include "cli/policy.h"
#include "cli/records.h"

namespace stackctl::cli {
namespace {

List neighbour_records(const std::vector<Neighbour>& neighbours) {
  List list;
  for (const Neighbour& each : neighbours)
    list.emplace_back(Map{{"address", each.address},
                          {"resource_type", each.type},
                          {"fate", style_of(each.fate).word}});
  return list;
}

List attribute_records(const ObjectView& view) {
  List list;
  for (const AttributeView& row : view.attributes)
    list.emplace_back(Map{{"attribute", row.name},
                          {"declared", row.declared},
                          {"live", row.live},
                          {"unreadable", row.is_unreadable},
                          {"state", name_of(row.agreement)}});
  return list;
}

Value owner_record(const ObjectView& view) {
  if (view.live == nullptr || !view.live->mark) return {};
  return Map{{"stack", view.live->mark->stack}, {"address", view.live->mark->address}};
}

Map object_record(const Explanation& explanation, const ObjectView& view) {
  List reasons;
  List changes;
  if (view.entry.step != nullptr) {
    for (const std::string& reason : view.entry.step->reasons) reasons.emplace_back(reason);
    for (const engine::Change& change : view.entry.step->changes)
      changes.emplace_back(change_record(change));
  }
  const Times times = times_of(*view.type, explanation.declaration);
  return {{"address", view.address},
          {"resource_type", view.type->name},
          {"fate", style_of(view.fate).word},
          {"id", view.live == nullptr ? Value() : Value(view.live->id)},
          {"reasons", std::move(reasons)},
          {"changes", std::move(changes)},
          {"needs", neighbour_records(view.needs)},
          {"needed_by", neighbour_records(view.needed_by)},
          {"owner", owner_record(view)},
          {"mark", place_of_mark(*view.type)},
          {"attributes", attribute_records(view)},
          {"typical_seconds", seconds(view.type->typical)},
          {"typical_removal_seconds", seconds(view.type->typical_removal)},
          {"timeout_seconds", Map{{"create", seconds(times.create)},
                                  {"update", seconds(times.update)},
                                  {"delete", seconds(times.remove)}}}};
}

Map policy_record(const Lifecycle& lifecycle) {
  const Value protect = lifecycle.protect ? Value(*lifecycle.protect) : Value();
  return {{"protect", protect}, {"on_delete", name_of(lifecycle.on_delete)}};
}

}  // namespace

Map explanation_record(const Explanation& explanation) {
  List objects;
  for (const ObjectView& view : explanation.objects)
    objects.emplace_back(object_record(explanation, view));
  Map record{{"address", explanation.address},
             {"stack", explanation.stack},
             {"kind", Value()},
             {"provider", Value()},
             {"location", Value()},
             {"policy", Value()},
             {"became", neighbour_records(explanation.became)},
             {"objects", std::move(objects)}};
  if (const Declaration* declaration = explanation.declaration) {
    record["kind"] = declaration->kind->name;
    record["provider"] = declaration->provider;
    record["location"] = location_record(declaration->location);
    record["policy"] = policy_record(declaration->lifecycle);
  }
  return record;
}

}  // namespace stackctl::cli

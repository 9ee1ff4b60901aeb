#include "core/remaining.h"

#include "stackctl/schema.h"

namespace stackctl {
namespace {

/// Where the mark is an object of its own, the removal of an earlier run may take it away.
bool has_lost_mark(const Work& work, const LiveObject& live) {
  return !live.mark && work.type->marked == Marked::tags;
}

bool is_shown(const Work& work, const std::string& name, const LiveObject& live) {
  const Attribute* const attribute = find(work.type->schema, name);
  if (attribute == nullptr || attribute->is_write_only) return false;
  return !attribute->is_unlisted || !live.attributes[name].is_null();
}

}  // namespace

std::vector<std::string> still_to_do(const Work& work, const LiveObject& live, bool is_begun) {
  std::vector<std::string> names = differing(work.type->schema, work.desired, live.attributes);
  if (live.is_unclaimed || has_lost_mark(work, live)) names.emplace_back(kMark);
  if (is_begun) return names;
  for (const std::string& name : work.changed)
    if (!is_shown(work, name, live)) names.push_back(name);
  return names;
}

Map amiss(const Work& work, const LiveObject& live) {
  Map seen;
  for (const std::string& name : differing(work.type->schema, work.desired, live.attributes))
    seen.emplace(name, live.attributes[name]);
  return seen;
}

Diagnostic not_taken(const Work& work, const LiveObject& live, std::string_view attribute) {
  const std::string name(attribute);
  Diagnostic fault = error("the cloud does not take over '" + name + "'");
  fault.detail =
      "wanted " + display(work.desired[name]) + ", it keeps " + display(live.attributes[name]);
  fault.path = name;
  return fault;
}

Diagnostic bad_state(const LiveObject& live) {
  return error("the cloud reports state '" + live.state + "'",
               "apply again to replace it, or look at it in the cloud's own console");
}

}  // namespace stackctl

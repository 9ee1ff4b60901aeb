#include "engine/step_work.h"

#include "engine/diff.h"
#include "engine/planning.h"

namespace stackctl::engine {

Work without_protection(Work work) {
  const bool is_marked = work.live.mark && Spec::parse(work.live.mark->spec).has(flag::kProtected);
  if (work.type->has_protection && is_marked) work.live.is_protected = true;
  return work;
}

void note_late(Work& work, const Step& step, const SpecKey& key) {
  Value first = work.desired;
  for (const Attribute& attribute : step.type->schema) {
    const std::string name(attribute.name);
    if (!attribute.is_late || work.desired[name].is_null()) continue;
    first.map()->erase(name);
    work.changed.push_back(name);
  }
  if (work.changed.empty()) return;
  work.changed.emplace_back(kMark);
  work.first_spec = make_spec(step.type->schema, first, key, step.flags);
}

Result<Work> with_changes(Work work, const Step& step, const SpecKey& key) {
  // What the mark remembers of secrets is salted with the address that stands in it.
  SpecKey written = key;
  if (step.live.mark) written.address = step.live.mark->address;
  for (const Change& change : diff(*step.type, work.desired, step.live, written, step.left_alone)) {
    if (change.forces_replacement)
      return error("now that '" + change.attribute + "' is known to become " +
                       display(change.after) + ", it would have to be replaced",
                   "the plan did not announce that; apply again to see and approve it");
    work.changed.push_back(change.attribute);
  }
  const bool has_spec = step.live.mark && !step.live.mark->spec.empty();
  const bool is_renamed =
      step.type->parent.empty() && step.live.mark && step.live.mark->address != work.mark.address;
  const bool is_outdated = !step.live.mark || is_renamed || step.live.mark->spec != work.mark.spec;
  if ((keeps_spec(*step.type) || has_spec) && is_outdated) work.changed.emplace_back(kMark);
  return work;
}

}  // namespace stackctl::engine

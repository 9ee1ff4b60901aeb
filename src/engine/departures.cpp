// What becomes of live objects of the stack that the stack file does not want any more.
#include <algorithm>
#include <map>

#include "engine/planning.h"
#include "stackctl/address.h"

namespace stackctl::engine {
namespace {

using Index = std::size_t;

Spec spec_of(const LiveObject& object) { return Spec::parse(object.mark ? object.mark->spec : ""); }

class Departures {
 public:
  explicit Departures(Planning& planning) : planning_(planning) {}

  void run() {
    collect();
    if (!planning_.options.clean) keep();
    for (const Index orphan : orphans_)
      if (!kept_.contains(orphan)) depart(planning_.live.objects[orphan]);
  }

 private:
  const LiveObject& object(Index index) const { return planning_.live.objects[index].object; }

  void collect() {
    for (Index i = 0; i < planning_.live.objects.size(); ++i) {
      if (!owned_by(object(i), planning_.desired.stack) || !planning_.claim(object(i))) continue;
      if (planning_.is_selected(resource_of(object(i).mark->address))) orphans_.push_back(i);
    }
    std::ranges::stable_sort(orphans_, std::ranges::greater{},
                             [this](Index i) { return object(i).type->rank; });
  }

  /// Leftovers such as final snapshots; what is retained, all that belongs to it, and all that it
  /// refers to.
  void keep() {
    std::set<std::string_view> retained;
    for (const Index i : orphans_) {
      const std::string& address = object(i).mark->address;
      if (resource_of(address) == address && spec_of(object(i)).has(flag::kRetained))
        retained.insert(address);
    }
    for (const Index i : orphans_)
      if (retained.contains(resource_of(object(i).mark->address))) keep(i, "on_delete: retain");
    for (std::size_t before = 0; before != kept_.size();) {
      before = kept_.size();
      keep_what_is_used();
    }
    for (const Index i : orphans_)
      if (spec_of(object(i)).has(flag::kRetained)) keep(i, "a leftover");
  }

  void keep(Index index, std::string reason) {
    if (!kept_.insert(index).second) return;
    const LiveObject& kept = object(index);
    planning_.plan.kept.push_back({kept.mark->address, kept.type, kept.id, std::move(reason)});
  }

  void keep_what_is_used() {
    std::map<std::string, Index> used;
    for (const Index i : kept_)
      for (std::string& id : referred_ids(object(i))) used.emplace(std::move(id), i);
    for (const Index i : orphans_)
      if (const auto user = used.find(object(i).id); user != used.end())
        keep(i, "'" + object(user->second).mark->address + "', which is kept, uses it");
  }

  void depart(const BoundObject& bound) {
    const std::string address = bound.object.mark->address;
    const bool is_all = planning_.desired.objects.empty();
    const Index removal =
        planning_.remove(bound, is_all ? "" : "it is not in the stack file any more");
    if (!planning_.options.clean && spec_of(bound.object).has(flag::kSnapshot))
      snapshot(bound, removal);
  }

  /// Made before the removal, unless an earlier run got that far.
  void snapshot(const BoundObject& bound, Index removal) {
    if (bound.object.type->final_snapshot == nullptr) return;
    for (Object& wanted : bound.object.type->final_snapshot(bound.object)) {
      if (is_there(wanted, bound.object)) continue;
      Step step;
      step.address = wanted.address;
      step.type = wanted.type;
      step.binding = bound.binding;
      step.mark = {planning_.desired.stack, wanted.address, ""};
      step.desired = std::move(wanted.attributes);
      step.flags = flag::kRetained;
      step.reasons = {"on_delete: snapshot"};
      const Index made = planning_.add(std::move(step));
      planning_.plan.steps[removal].needs.push_back(made);
    }
  }

  bool is_there(const Object& wanted, const LiveObject& source) const {
    return std::ranges::any_of(planning_.live.objects, [&](const BoundObject& bound) {
      const LiveObject& candidate = bound.object;
      if (candidate.type != wanted.type || !owned_by(candidate, planning_.desired.stack))
        return false;
      const std::vector<std::string> ids = referred_ids(candidate);
      return candidate.mark->address == wanted.address &&
             std::ranges::find(ids, source.id) != ids.end();
    });
  }

  Planning& planning_;
  std::vector<Index> orphans_;
  std::set<Index> kept_;
};

}  // namespace

void plan_departures(Planning& planning) { Departures(planning).run(); }

void check_protection(Planning& planning) {
  for (const Step& step : planning.plan.steps) {
    if (step.action != Action::remove || step.implied || step.undoes) continue;
    if (resource_of(step.address) != step.address) continue;
    const auto lifecycle = planning.options.lifecycles.find(step.address);
    const bool is_declared = lifecycle != planning.options.lifecycles.end();
    const bool is_said = is_declared && lifecycle->second.protect.has_value();
    const bool is_marked = step.live.is_protected || spec_of(step.live).has(flag::kProtected);
    const bool is_protected = is_said ? lifecycle->second.protect == true : is_marked;
    if (!is_protected) continue;
    Diagnostic refusal =
        error("it is protected, but would be destroyed",
              is_declared ? "write 'protect: false' and apply that first, or --exclude it"
                          : "put it back with 'protect: false' and apply that first, or --exclude "
                            "it");
    refusal.address = step.address;
    refusal.location = step.location;
    planning.plan.faults.push_back(std::move(refusal));
  }
}

}  // namespace stackctl::engine

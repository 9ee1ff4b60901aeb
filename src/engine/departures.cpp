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
    const bool keeps = !planning_.options.clean;
    if (keeps) keep_retained();
    keep_what_is_used();
    if (keeps) keep_leftovers();
    for (const Index orphan : orphans_)
      if (!kept_.contains(orphan)) depart(planning_.live.objects[orphan]);
    if (planning_.options.clean && planning_.options.declared != nullptr) remove_half_made();
    snapshot_replaced();
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

  /// With all that belongs to it.
  void keep_retained() {
    std::set<std::string_view> retained;
    for (const Index i : orphans_) {
      const std::string& address = object(i).mark->address;
      if (resource_of(address) == address && spec_of(object(i)).has(flag::kRetained))
        retained.insert(address);
    }
    for (const Index i : orphans_)
      if (retained.contains(resource_of(object(i).mark->address))) keep(i, "on_delete: retain");
  }

  /// Such as final snapshots: what they are of goes all the same.
  void keep_leftovers() {
    for (const Index i : orphans_)
      if (spec_of(object(i)).has(flag::kRetained)) keep(i, "a leftover");
  }

  void keep(Index index, std::string reason, bool is_leftover = true) {
    if (!kept_.insert(index).second) return;
    const LiveObject& kept = object(index);
    planning_.plan.kept.push_back(
        {kept.mark->address, kept.type, kept.id, std::move(reason), is_leftover});
  }

  /// Who stays needs what it refers to: what is kept, and what this run is not about.
  void keep_what_is_used() {
    for (std::size_t before = kept_.size() + 1; before != kept_.size();) {
      before = kept_.size();
      const std::map<std::string, Index> used = used_by_staying();
      for (const Index i : orphans_) {
        const auto user = used.find(object(i).id);
        if (user == used.end()) continue;
        const bool is_kept = kept_.contains(user->second);
        keep(i,
             "'" + object(user->second).mark->address + "', which " +
                 (is_kept ? "is kept" : "is left out") + ", uses it",
             is_kept);
      }
    }
  }

  std::map<std::string, Index> used_by_staying() const {
    std::map<std::string, Index> used;
    for (Index i = 0; i < planning_.live.objects.size(); ++i) {
      const bool stays =
          kept_.contains(i) || (owned_by(object(i), planning_.desired.stack) &&
                                !planning_.is_selected(resource_of(object(i).mark->address)));
      if (!stays) continue;
      for (std::string& id : referred_ids(object(i))) used.emplace(std::move(id), i);
    }
    return used;
  }

  void depart(const BoundObject& bound) {
    const std::string address = bound.object.mark->address;
    const bool is_all = planning_.desired.objects.empty();
    const Index removal =
        planning_.remove(bound, is_all ? "" : "it is not in the stack file any more");
    if (!planning_.options.clean && spec_of(bound.object).has(flag::kSnapshot))
      snapshot(bound, removal);
  }

  /// What the create of a declared object left that was cut short before it could be marked.
  void remove_half_made() {
    for (const DesiredObject& object : planning_.options.declared->objects) {
      if (object.object.is_lookup || !planning_.is_selected(object.resource)) continue;
      const auto found = planning_.matcher.clash(object, object.object.attributes);
      if (!found || !this->object(*found).is_unclaimed) continue;
      BoundObject half_made = planning_.live.objects[*found];
      half_made.object.mark = Mark{planning_.desired.stack, object.object.address, ""};
      if (planning_.claim(half_made.object))
        planning_.remove(half_made, "a create that was cut short left it");
    }
  }

  /// What takes its place begins empty.
  void snapshot_replaced() {
    const std::size_t count = planning_.plan.steps.size();
    for (Index i = 0; i < count; ++i) {
      const Step& step = planning_.plan.steps[i];
      const bool is_replaced = step.action == Action::remove && step.partner;
      if (is_replaced && step.flags.find(flag::kSnapshot) != std::string::npos)
        snapshot({step.live, step.binding}, i);
    }
  }

  /// Made before the removal, unless an earlier run got that far.
  void snapshot(const BoundObject& bound, Index removal) {
    if (bound.object.type->final_snapshot == nullptr) return;
    // The cloud has given it up, as a rule before there was anything in it, and makes no snapshot.
    if (bound.object.condition == Condition::failed) return;
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

bool is_protected(const Planning& planning, const LiveObject& main) {
  const auto lifecycle = planning.options.lifecycles.find(main.mark->address);
  const bool is_said =
      lifecycle != planning.options.lifecycles.end() && lifecycle->second.protect.has_value();
  if (is_said) return lifecycle->second.protect == true;
  return main.is_protected || spec_of(main).has(flag::kProtected);
}

void check_protection(Planning& planning) {
  for (const Step& step : planning.plan.steps) {
    if (step.action != Action::remove || step.implied || step.undoes) continue;
    const bool is_main = step.live.mark && resource_of(step.address) == step.address;
    if (!is_main || !is_protected(planning, step.live)) continue;
    Diagnostic refusal =
        error("it is protected, but would be destroyed",
              std::string(planning.options.lifecycles.contains(step.address)
                              ? "write 'protect: false' and apply that first"
                              : "put it back with 'protect: false' and apply that first") +
                  ", or leave it out: --exclude, --exclude-protected");
    refusal.address = step.address;
    refusal.location = step.location;
    planning.plan.faults.push_back(std::move(refusal));
  }
}

}  // namespace stackctl::engine

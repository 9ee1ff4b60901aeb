// A plan in the making: what the parts of the planner share.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/match.h"
#include "engine/plan.h"

namespace stackctl::engine {

struct Planning {
  Planning(const Desired& wanted, const Live& there, const PlanOptions& how);

  const Desired& desired;
  const Live& live;
  const PlanOptions& options;
  Matcher matcher;
  Plan plan;
  /// Resources that are left as they are, beside those that --exclude names, and why.
  std::map<std::string, std::string, std::less<>> left_out;

  /// Whether this run is about the resource (--target, --exclude).
  bool is_selected(std::string_view resource) const;
  /// Makes this run be about the resource as well.
  void take_in(std::string resource) { selected_.insert(std::move(resource)); }
  /// Whether all of the stack is to go, or what --target names of it.
  bool is_destroy() const { return desired.objects.empty(); }
  /// The declared object at `address`, or null.
  const DesiredObject* find(std::string_view address) const;
  /// The step that does this to what stands at `address`, if one does.
  std::optional<std::size_t> step_of(Action action, std::string_view address) const;

  /// A step with all that does not depend on what it does.
  Step step_for(const DesiredObject& object, Action action) const;
  std::size_t add(Step step);
  /// Plans the removal of a live object of the stack.
  std::size_t remove(const BoundObject& bound, std::string reason);
  /// Keeps a live object from being taken for one that nobody wants. False when it was already.
  bool claim(const LiveObject& object);

  void fault(const DesiredObject& object, Diagnostic diagnostic);

 private:
  using Members = std::unordered_multimap<std::string_view, const DesiredObject*>;
  void select(const std::string& target, const Members& members);

  std::unordered_map<std::string_view, const DesiredObject*> objects_;
  std::unordered_map<std::string, std::vector<std::size_t>> steps_at_;
  std::set<std::string, std::less<>> selected_;
  std::unordered_map<const ResourceType*, std::unordered_set<std::string>> claimed_;  // ids
};

/// The first reference in `value` that `is_it` recognises.
template <class IsIt>
std::optional<Reference> first_reference(const Value& value, const IsIt& is_it) {
  std::optional<Reference> first;
  visit_references(value, [&](const Reference& reference) {
    if (!first && is_it(reference)) first = reference;
  });
  return first;
}

/// What people call an object with these attributes; empty: it has no name.
std::string_view own_name(const ResourceType& type, const Value& attributes);

/// Whether the mark of the type can be rewritten and remembers what was declared.
bool keeps_spec(const ResourceType& type);

/// Whether `resource` is what `given` means: "web" stands for all of web[0], web[1], ... as well.
bool is_meant_by(std::string_view given, std::string_view resource);

/// The address in the mark of `there`, where `object` has another one: its resource was renamed.
std::string_view former_address(const DesiredObject& object, const LiveObject& there);

/// Whether the resource of a live main object must not be destroyed.
bool is_protected(const Planning& planning, const LiveObject& main);

/// `seen` with its texts as secrets where the stack file makes `declared` of one: the cloud shows
/// what nobody else should.
Value concealed_like(const Value& declared, const Value& seen);

/// Where the stack file says `attribute`.
const Location& place_of(const DesiredObject& object, std::string_view attribute);

/// The object without an owner that `object` is to adopt. None: it adopts none, or there is a
/// fault.
std::vector<std::size_t> adopted(Planning& planning, const DesiredObject& object);
/// Why a live object cannot be adopted, or nothing.
std::optional<Diagnostic> refuse_adoption(const LiveObject& object);
/// A fault when `object` is to adopt another object than the one that is there.
void check_adoption(Planning& planning, const DesiredObject& object, const LiveObject& there);
/// A fault when the mark cannot remember a policy: it would be forgotten with its line in the file.
void check_policy(Planning& planning, const DesiredObject& object);

/// What to tell people when a lookup of `attributes` finds nothing.
Diagnostic not_found(const Planning& planning, const DesiredObject& lookup,
                     const Value& attributes);
/// The same when it is not clear which of the live objects `found` it means.
Diagnostic ambiguous(const Planning& planning, const DesiredObject& lookup, const Value& attributes,
                     const std::vector<std::size_t>& found);
/// A fault for each name in the options that no resource has.
void check_names(Planning& planning);
/// A fault when more would be destroyed than the options allow.
void check_max_destroy(Planning& planning);
/// Finds out what the run is not about, or is about as well, because of who needs whom.
void complete_selection(Planning& planning);
/// Finds the live objects whose resources have another name in the stack file now.
void find_renames(Planning& planning);
/// Plans what becomes of the live objects that nobody wants: most go, some are kept.
void plan_departures(Planning& planning);
/// Plans the objects that only help to make others which this plan makes.
void plan_helpers(Planning& planning,
                  const std::function<void(const DesiredObject& helper)>& consider);
/// Plans the commands that go with what the plan does.
void plan_hooks(Planning& planning);
/// Adds a fault for each protected object that would go.
void check_protection(Planning& planning);
/// Adds a fault for each object that would go while something that stays refers to it.
void check_holders(Planning& planning);

}  // namespace stackctl::engine

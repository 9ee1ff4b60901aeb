// A plan in the making: what the parts of the planner share.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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

  /// Whether this run is about the resource (--target, --exclude).
  bool is_selected(std::string_view resource) const;
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
  void select(const std::string& target);

  std::map<std::string, const DesiredObject*, std::less<>> objects_;
  std::set<std::string, std::less<>> selected_;
  std::set<std::pair<const ResourceType*, std::string>> claimed_;
};

/// Whether the mark of the type can be rewritten and remembers what was declared.
bool keeps_spec(const ResourceType& type);

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

/// Plans what becomes of the live objects that nobody wants: most go, some are kept.
void plan_departures(Planning& planning);
/// Plans the objects that only help to make others which this plan makes.
void plan_helpers(Planning& planning,
                  const std::function<void(const DesiredObject& helper)>& consider);
/// Plans the commands that go with what the plan does.
void plan_hooks(Planning& planning);
/// Adds a fault for each protected object that would go.
void check_protection(Planning& planning);

}  // namespace stackctl::engine

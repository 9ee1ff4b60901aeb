// Steps that go with others: objects that only help to make one, and the user's commands.
#include <algorithm>
#include <map>

#include "engine/planning.h"
#include "stackctl/address.h"

namespace stackctl::engine {
namespace {

using Index = std::size_t;

bool refers_to(const DesiredObject& object, const std::string& address) {
  return std::ranges::find(object.needs, address) != object.needs.end();
}

/// Plans that `helper` goes again once `helped` is made.
Index remove_again(Planning& planning, const DesiredObject& helper, Index helped) {
  Step removal = planning.step_for(helper, Action::remove);
  removal.desired = {};
  removal.undoes = planning.step_of(Action::create, helper.object.address);
  removal.needs = {helped};
  removal.reasons = {"it was only needed to make " + planning.plan.steps[helped].address};
  if (!removal.undoes) {
    removal.live.type = helper.object.type;
    removal.live.mark = removal.mark;
    if (const auto known = planning.plan.known.find(helper.object.address);
        known != planning.plan.known.end())
      removal.live.attributes = known->second;
    removal.live.id = removal.live.attributes.text_at("id");
  }
  return planning.add(std::move(removal));
}

Step hook_step(const Planning& planning, const DesiredObject& object, const Hook& hook) {
  Step step = planning.step_for(object, Action::run);
  step.hook = hook;
  step.location = hook.location;
  step.declared.reset();
  return step;
}

std::vector<Index> creates_of(const Planning& planning, const std::vector<std::string>& resources) {
  std::vector<Index> creates;
  const std::vector<Step>& steps = planning.plan.steps;
  for (Index i = 0; i < steps.size(); ++i)
    if (steps[i].action == Action::create &&
        std::ranges::find(resources, resource_of(steps[i].address)) != resources.end())
      creates.push_back(i);
  return creates;
}

/// The hooks that follow the creation of `object`, or that an earlier run owes.
void plan_after(Planning& planning, const DesiredObject& object) {
  const auto& hooks = object.declared->lifecycle.hooks;
  const bool has_any = std::ranges::any_of(hooks, [](const Hook& hook) { return !hook.before; });
  if (!has_any || object.object.is_lookup) return;
  const std::optional<Index> created = planning.step_of(Action::create, object.object.address);
  std::optional<LiveObject> owing;
  for (const Index i : planning.matcher.find(object, object.object.attributes))
    if (const LiveObject& there = planning.live.objects[i].object;
        there.mark && Spec::parse(there.mark->spec).has(flag::kHookOwed))
      owing = there;
  if (!created && !owing) return;
  if (!keeps_spec(*object.object.type))
    return planning.fault(
        object, error("no " + std::string(object.object.type->name) +
                          " can remember that a hook is still to be run",
                      "put the hook on a resource that bears labels, such as an instance"));
  const std::optional<Index> change =
      created ? created : planning.step_of(Action::update, object.object.address);
  // Whatever writes the mark before the hooks are done must go on owing them.
  if (change) planning.plan.steps[*change].flags += flag::kHookOwed;
  std::optional<Index> before = change;
  for (const Hook& hook : hooks) {
    if (hook.before) continue;
    Step step = hook_step(planning, object, hook);
    if (!created) step.live = *owing;
    if (!created) step.reasons = {"an earlier run did not get it done"};
    if (before) step.needs.push_back(*before);
    for (const Reference& reference : references(Value(List{hook.command, hook.environment})))
      if (const auto made = planning.step_of(Action::create, reference.target))
        step.needs.push_back(*made);
    for (const Index made : creates_of(planning, hook.depends_on)) step.needs.push_back(made);
    step.flags += flag::kHookOwed;
    before = planning.add(std::move(step));
  }
  // With the last one all are done.
  std::erase(planning.plan.steps[*before].flags, flag::kHookOwed);
}

/// What references stand for while everything is still there.
Lookup in_live(const Planning& planning) {
  return [&planning](const Reference& reference) -> std::optional<Value> {
    for (const BoundObject& bound : planning.live.objects)
      if (owned_by(bound.object, planning.desired.stack) &&
          bound.object.mark->address == reference.target) {
        const Value& value = bound.object.attributes[reference.attribute];
        if (!value.is_null()) return value;
      }
    return known_value(planning.plan, reference);
  };
}

/// Whether an earlier run that was cut short has taken away what the hook refers to. Then it had
/// been run, and must not keep the rest for ever.
bool is_too_late(Planning& planning, const Step& step) {
  const std::vector<Reference> missing =
      references(Value(List{step.hook->command, step.hook->environment}));
  if (missing.empty()) return false;
  Diagnostic warning = error(step.hook->name + " is not run: '" + missing.front().target + '.' +
                                 missing.front().attribute + "' is gone already",
                             "run it by hand if an earlier run did not");
  warning.severity = Severity::warning;
  warning.address = step.address;
  warning.location = step.hook->location;
  planning.plan.faults.push_back(std::move(warning));
  return true;
}

void plan_before(Planning& planning, Index removal, const std::vector<Hook>& hooks) {
  for (const Hook& hook : hooks) {
    if (!hook.before) continue;
    Step step = planning.plan.steps[removal];
    step.action = Action::run;
    step.partner.reset();
    step.needs.clear();
    step.hook = hook;
    const Lookup lookup = in_live(planning);
    if (const Result<Value> command = resolve(hook.command, lookup)) step.hook->command = *command;
    if (const Result<Value> environment = resolve(hook.environment, lookup))
      step.hook->environment = *environment;
    if (is_too_late(planning, step)) continue;
    step.reasons = {"before it goes"};
    const Index run = planning.add(std::move(step));
    planning.plan.steps[removal].needs.push_back(run);
  }
}

}  // namespace

void plan_helpers(Planning& planning,
                  const std::function<void(const DesiredObject& helper)>& consider) {
  std::vector<std::pair<const DesiredObject*, Index>> removals;
  for (const DesiredObject& helper : planning.desired.objects) {
    if (helper.object.helps.empty() || !planning.is_selected(helper.resource)) continue;
    const std::optional<Index> helped = planning.step_of(Action::create, helper.object.helps);
    if (!helped) continue;
    consider(helper);
    const Index removal = remove_again(planning, helper, *helped);
    removals.emplace_back(&helper, removal);
    // With its last helper ready, an earlier run may have got as far as to make it.
    const DesiredObject* const made = planning.find(helper.object.helps);
    if (made != nullptr && refers_to(*made, helper.object.address))
      planning.plan.steps[*helped].may_be_under_way = !planning.plan.steps[removal].undoes;
  }
  for (const auto& [helper, removal] : removals)
    for (const auto& [user, first] : removals)
      if (refers_to(*user, helper->object.address))
        planning.plan.steps[removal].needs.push_back(first);
}

void plan_hooks(Planning& planning) {
  for (const DesiredObject& object : planning.desired.objects)
    if (is_main(object) && planning.is_selected(object.resource)) plan_after(planning, object);
  const Index count = planning.plan.steps.size();
  for (Index i = 0; i < count; ++i) {
    const Step& step = planning.plan.steps[i];
    if (step.action != Action::remove || step.undoes) continue;
    const auto lifecycle = planning.options.lifecycles.find(step.address);
    if (lifecycle == planning.options.lifecycles.end()) continue;
    plan_before(planning, i, lifecycle->second.hooks);
  }
}

}  // namespace stackctl::engine

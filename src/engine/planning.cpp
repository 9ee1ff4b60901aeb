#include "engine/planning.h"

#include <algorithm>

#include "stackctl/address.h"

namespace stackctl::engine {

Planning::Planning(const Desired& wanted, const Live& there, const PlanOptions& how)
    : desired(wanted), live(there), options(how), matcher(wanted.stack, there) {
  plan.stack = desired.stack;
  plan.objects_read = live.objects.size();
  plan.calls = live.calls;
  plan.took = live.took;
  plan.faults = desired.faults;
  plan.faults.insert(plan.faults.end(), live.faults.begin(), live.faults.end());
  for (const DesiredObject& object : desired.objects)
    objects_.emplace(object.object.address, &object);
  for (const std::string& target : options.targets) select(target);
}

/// A target takes what it needs along. "web" stands for all of web[0], web[1], ... as well.
void Planning::select(const std::string& target) {
  if (!selected_.insert(target).second) return;
  for (const DesiredObject& object : desired.objects) {
    if (object.resource != target && declared_name(object.resource) != target) continue;
    for (const std::string& need : object.needs) select(std::string(resource_of(need)));
  }
}

bool Planning::is_selected(std::string_view resource) const {
  const std::string_view name = declared_name(resource);
  const auto is_meant = [&](std::string_view given) { return given == resource || given == name; };
  if (std::ranges::any_of(options.excludes, is_meant)) return false;
  return options.targets.empty() || selected_.contains(resource) || selected_.contains(name);
}

const DesiredObject* Planning::find(std::string_view address) const {
  const auto found = objects_.find(address);
  return found == objects_.end() ? nullptr : found->second;
}

std::optional<std::size_t> Planning::step_of(Action action, std::string_view address) const {
  const auto is_it = [&](const Step& step) {
    return step.action == action && step.address == address;
  };
  const auto found = std::ranges::find_if(plan.steps, is_it);
  if (found == plan.steps.end()) return std::nullopt;
  return static_cast<std::size_t>(found - plan.steps.begin());
}

namespace {

std::optional<Duration> timeout_of(const Lifecycle& lifecycle, Action action) {
  if (action == Action::create) return lifecycle.create_timeout;
  if (action == Action::remove) return lifecycle.delete_timeout;
  return lifecycle.update_timeout;
}

std::string flags_of(const Lifecycle& lifecycle) {
  std::string flags;
  if (lifecycle.protect == true) flags += flag::kProtected;
  if (lifecycle.on_delete == OnDelete::retain) flags += flag::kRetained;
  if (lifecycle.on_delete == OnDelete::snapshot) flags += flag::kSnapshot;
  return flags;
}

}  // namespace

Step Planning::step_for(const DesiredObject& object, Action action) const {
  Step step;
  step.address = object.object.address;
  step.type = object.object.type;
  step.binding = object.binding;
  step.action = action;
  step.mark = {desired.stack, object.object.address, ""};
  step.desired = object.object.attributes;
  step.location = object.location;
  step.locations = object.locations;
  step.temporary = !object.object.helps.empty();
  step.create_first = object.lifecycle.create_first;
  step.timeout = timeout_of(object.lifecycle, action);
  if (is_main(object)) step.flags = flags_of(object.lifecycle);
  return step;
}

std::size_t Planning::add(Step step) {
  plan.steps.push_back(std::move(step));
  return plan.steps.size() - 1;
}

std::size_t Planning::remove(const BoundObject& bound, std::string reason) {
  const LiveObject& object = bound.object;
  Step step;
  step.address = object.mark->address;
  step.type = object.type;
  step.binding = bound.binding;
  step.action = Action::remove;
  step.mark = {desired.stack, step.address, ""};
  step.live = object;
  if (!reason.empty()) step.reasons.push_back(std::move(reason));
  return add(std::move(step));
}

bool Planning::claim(const LiveObject& object) {
  // The same object may be listed by two regions: one identity, one step.
  return claimed_.emplace(object.type, object.id).second;
}

void Planning::fault(const DesiredObject& object, Diagnostic diagnostic) {
  diagnostic.address = object.object.address;
  if (diagnostic.location.line == 0) diagnostic.location = place_of(object, diagnostic.path);
  plan.faults.push_back(std::move(diagnostic));
}

bool keeps_spec(const ResourceType& type) { return type.marked == Marked::tags || type.keeps_spec; }

const Location& place_of(const DesiredObject& object, std::string_view attribute) {
  const auto place = object.locations.find(attribute);
  return place == object.locations.end() ? object.location : place->second;
}

}  // namespace stackctl::engine

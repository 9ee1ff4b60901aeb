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
  plan.known.reserve(desired.objects.size());
  objects_.reserve(desired.objects.size());
  for (const DesiredObject& object : desired.objects)
    objects_.emplace(object.object.address, &object);
  if (options.targets.empty()) return;
  Members members;
  for (const DesiredObject& object : desired.objects) {
    members.emplace(object.resource, &object);
    if (const std::string_view name = declared_name(object.resource); name != object.resource)
      members.emplace(name, &object);
  }
  for (const std::string& target : options.targets) select(target, members);
}

/// A target takes what it needs along. "web" stands for all of web[0], web[1], ... as well.
void Planning::select(const std::string& target, const Members& members) {
  if (!selected_.insert(target).second) return;
  const auto [first, last] = members.equal_range(target);
  for (auto member = first; member != last; ++member)
    for (const std::string& need : member->second->needs)
      select(std::string(resource_of(need)), members);
}

bool Planning::is_selected(std::string_view resource) const {
  const std::string_view name = declared_name(resource);
  const auto is_meant = [&](std::string_view given) { return is_meant_by(given, resource); };
  if (left_out.contains(resource) || std::ranges::any_of(options.excludes, is_meant)) return false;
  return options.targets.empty() || selected_.contains(resource) || selected_.contains(name);
}

const DesiredObject* Planning::find(std::string_view address) const {
  const auto found = objects_.find(address);
  return found == objects_.end() ? nullptr : found->second;
}

std::optional<std::size_t> Planning::step_of(Action action, std::string_view address) const {
  const auto there = steps_at_.find(std::string(address));
  if (there == steps_at_.end()) return std::nullopt;
  for (const std::size_t step : there->second)
    if (plan.steps[step].action == action) return step;
  return std::nullopt;
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
  step.location = object.declared->location;
  step.declared = object.declared;
  step.origins = object.object.origins;
  step.temporary = !object.object.helps.empty();
  step.create_first = object.declared->lifecycle.create_first;
  step.timeout = timeout_of(object.declared->lifecycle, action);
  if (is_main(object)) step.flags = flags_of(object.declared->lifecycle);
  return step;
}

std::size_t Planning::add(Step step) {
  if (plan.steps.empty()) plan.steps.reserve(desired.objects.size());
  steps_at_[step.address].push_back(plan.steps.size());
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
  return claimed_[object.type].insert(object.id).second;
}

void Planning::fault(const DesiredObject& object, Diagnostic diagnostic) {
  diagnostic.address = object.object.address;
  if (diagnostic.location.line == 0) diagnostic.location = place_of(object, diagnostic.path);
  plan.faults.push_back(std::move(diagnostic));
}

Value concealed_like(const Value& declared, const Value& seen) {
  if (!declared.has_secret()) return seen;
  if (const std::string* const text = seen.text()) return Secret{*text};
  if (const Map* const map = seen.map()) {
    Map concealed;
    for (const auto& [key, member] : *map) concealed.emplace(key, concealed_like(declared, member));
    return concealed;
  }
  if (seen.list() == nullptr) return seen;
  List concealed;
  for (const Value& item : seen.items()) concealed.push_back(concealed_like(declared, item));
  return concealed;
}

std::string_view own_name(const ResourceType& type, const Value& attributes) {
  if (const std::string_view name = attributes.text_at("name"); !name.empty()) return name;
  const auto named = std::ranges::find_if(type.schema, &Attribute::is_name);
  return named == type.schema.end() ? std::string_view() : attributes.text_at(named->name);
}

bool keeps_spec(const ResourceType& type) { return type.marked == Marked::tags || type.keeps_spec; }

bool is_meant_by(std::string_view given, std::string_view resource) {
  return given == resource || given == declared_name(resource);
}

std::string_view former_address(const DesiredObject& object, const LiveObject& there) {
  // The mark of a part is derived from that of its parent.
  const bool is_told = there.mark && there.type->parent.empty();
  return is_told && there.mark->address != object.object.address
             ? std::string_view(there.mark->address)
             : std::string_view();
}

const Location& place_of(const DesiredObject& object, std::string_view attribute) {
  return place_of(*object.declared, object.object.origins.get(), attribute);
}

}  // namespace stackctl::engine

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/match.h"
#include "engine/ordering.h"
#include "engine/plan.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

std::string resource_of(std::string_view address) {
  return std::string(address.substr(0, address.find('/')));
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class Planner {
 public:
  Planner(const Desired& desired, const Live& live, const PlanOptions& options)
      : desired_(desired), live_(live), options_(options), matcher_(desired.stack, live) {
    plan_.stack = desired.stack;
    plan_.objects_read = live.objects.size();
    plan_.calls = live.calls;
    plan_.took = live.took;
    plan_.faults = desired.faults;
    plan_.faults.insert(plan_.faults.end(), live.faults.begin(), live.faults.end());
    for (const std::string& target : options.targets) select(target);
  }

  Plan run() {
    check_names(options_.targets);
    check_names(options_.excludes);
    check_names(options_.replace);
    // Without all live objects, what is missing from the lists would look deleted.
    if (has_errors(plan_.faults)) return std::move(plan_);
    for (const DesiredObject& object : desired_.objects) consider(object);
    for (std::size_t i = 0; i < live_.objects.size(); ++i) consider_orphan(i);
    order_steps(plan_, desired_, live_);
    check_references();
    check_protection();
    check_max_destroy();
    return std::move(plan_);
  }

 private:
  // --- selection --------------------------------------------------------------------------------

  void select(const std::string& target) {
    if (!selected_.insert(target).second) return;
    for (const DesiredObject& object : desired_.objects)
      if (object.resource == target)
        for (const std::string& need : object.needs) select(resource_of(need));
  }

  bool is_selected(const std::string& resource) const {
    if (contains(options_.excludes, resource)) return false;
    return options_.targets.empty() || selected_.contains(resource);
  }

  void check_names(const std::vector<std::string>& names) {
    std::set<std::string_view> known;
    for (const DesiredObject& object : desired_.objects) known.insert(object.resource);
    std::set<std::string> owned;
    for (const auto& [object, binding] : live_.objects)
      if (owned_by(object, desired_.stack)) owned.insert(resource_of(object.mark->address));
    known.insert(owned.begin(), owned.end());
    const std::vector<std::string_view> candidates(known.begin(), known.end());
    for (const std::string& name : names)
      if (!known.contains(name))
        plan_.faults.push_back(
            error("there is no resource '" + name + "'", suggest(name, candidates)));
  }

  // --- desired objects --------------------------------------------------------------------------

  std::optional<Value> lookup(const Reference& reference) const {
    if (auto value = known_value(plan_, reference)) return value;
    const auto declared = declared_.find(reference.target);
    if (declared == declared_.end()) return std::nullopt;
    const Value& value = declared->second[reference.attribute];
    if (value.is_null() || !value.is_known()) return std::nullopt;
    return value;
  }

  Value resolved(const DesiredObject& object) {
    Result<Value> value = resolve(object.object.attributes,
                                  [this](const Reference& reference) { return lookup(reference); });
    if (value) return *std::move(value);
    fault(object, value.fault());
    return object.object.attributes;
  }

  void consider(const DesiredObject& object) {
    const Value attributes = resolved(object);
    if (object.object.is_lookup) return look_up(object, attributes);
    const std::vector<std::size_t> found = matcher_.find(object, attributes);
    for (const std::size_t i : found) claim(i);
    if (!is_selected(object.resource)) return pass_over(object, found);
    for (std::size_t i = 1; i < found.size(); ++i)
      remove(live_.objects[found[i]], "a second object with the same mark; the other one is kept");
    if (found.empty()) return create(object, attributes);
    compare(object, attributes, live_.objects[found.front()].object);
  }

  void look_up(const DesiredObject& object, const Value& attributes) {
    const auto found =
        matcher_.look_up(object, attributes, contains(options_.replace, object.resource));
    if (found) {
      plan_.known.insert_or_assign(object.object.address, live_.objects[*found].object.attributes);
      return;
    }
    fault(object, not_found(object, attributes));
  }

  Diagnostic not_found(const DesiredObject& object, const Value& attributes) const {
    Diagnostic missing = error("there is no " + std::string(object.object.type->name) + " with");
    for (const Attribute& attribute : object.object.type->schema) {
      const Value& wanted = attributes[attribute.name];
      if (wanted.is_null()) continue;
      if (!missing.path.empty()) missing.summary += ",";
      missing.summary += " " + std::string(attribute.name) + " " + display(wanted);
      missing.path = attribute.name;
    }
    missing.hint = nearest_names(object, attributes);
    return missing;
  }

  std::string nearest_names(const DesiredObject& object, const Value& attributes) const {
    std::set<std::string_view> names;
    for (const auto& [candidate, binding] : live_.objects)
      if (binding == object.binding && candidate.type == object.object.type)
        names.insert(candidate.attributes.text_at("name"));
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string_view near = nearest(attributes.text_at("name"), candidates);
    return near.empty() ? "" : "did you mean '" + std::string(near) + "'?";
  }

  void pass_over(const DesiredObject& object, const std::vector<std::size_t>& found) {
    if (found.empty()) return;
    plan_.known.insert_or_assign(object.object.address,
                                 live_.objects[found.front()].object.attributes);
  }

  void create(const DesiredObject& object, const Value& attributes) {
    if (const auto clash = matcher_.clash(object, attributes)) return tell_clash(object, *clash);
    add_create(object, attributes);
  }

  std::size_t add_create(const DesiredObject& object, const Value& attributes) {
    declared_.insert_or_assign(object.object.address, attributes);
    Step step = make_step(object, Action::create);
    plan_.steps.push_back(std::move(step));
    return plan_.steps.size() - 1;
  }

  void compare(const DesiredObject& object, const Value& attributes, const LiveObject& live) {
    const ResourceType& type = *object.object.type;
    std::vector<Change> changes =
        diff(type, attributes, live, {desired_.stack, object.object.address});
    for (Change& change : changes) change.location = place_of(object, change.attribute);

    std::string reason = must_go(object, live);
    if (!reason.empty() || std::ranges::any_of(changes, &Change::forces_replacement))
      return replace(object, attributes, live, std::move(changes), std::move(reason));
    plan_.known.insert_or_assign(object.object.address, live.attributes);
    if (live.condition == Condition::pending) reason = "still " + live.state + ": to be waited for";
    if (changes.empty() && reason.empty() && !is_mark_outdated(object, attributes, live)) {
      ++plan_.unchanged;
      return;
    }
    Step step = make_step(object, Action::update);
    if (changes.empty() && reason.empty())
      reason = "the ownership mark does not tell what the stack file declares";
    if (!reason.empty()) step.reasons.push_back(std::move(reason));
    step.live = live;
    step.changes = std::move(changes);
    plan_.steps.push_back(std::move(step));
  }

  std::string must_go(const DesiredObject& object, const LiveObject& live) const {
    if (live.condition == Condition::failed) return "the cloud reports state '" + live.state + "'";
    if (live.condition == Condition::leaving) return "it is being deleted";
    if (contains(options_.replace, object.resource)) return "asked for with --replace";
    return {};
  }

  bool is_mark_outdated(const DesiredObject& object, const Value& attributes,
                        const LiveObject& live) const {
    if (object.object.type->marked != Marked::tags || !attributes.is_known()) return false;
    // What is declared, not how it digests: no slow digest of a secret is needed here.
    return !Spec::parse(live.mark->spec).declares_same(object.object.type->schema, attributes);
  }

  void replace(const DesiredObject& object, const Value& attributes, const LiveObject& live,
               std::vector<Change> changes, std::string reason) {
    const std::size_t created = add_create(object, attributes);
    const std::size_t removed = plan_.steps.size();
    Step old = make_step(object, Action::remove);
    old.desired = {};
    old.live = live;
    old.partner = created;
    plan_.steps.push_back(std::move(old));
    Step& step = plan_.steps[created];
    step.live = live;
    step.changes = std::move(changes);
    step.partner = removed;
    if (!reason.empty()) step.reasons.push_back(std::move(reason));
  }

  Step make_step(const DesiredObject& object, Action action) const {
    Step step;
    step.address = object.object.address;
    step.type = object.object.type;
    step.binding = object.binding;
    step.action = action;
    step.mark = {desired_.stack, object.object.address, ""};
    step.desired = object.object.attributes;
    step.location = object.location;
    step.locations = object.locations;
    return step;
  }

  // --- live objects that nobody wants -----------------------------------------------------------

  static std::pair<const ResourceType*, std::string> identity(const LiveObject& object) {
    return {object.type, object.id};
  }

  void claim(std::size_t index) { claimed_.insert(identity(live_.objects[index].object)); }

  void consider_orphan(std::size_t index) {
    const BoundObject& bound = live_.objects[index];
    const LiveObject& object = bound.object;
    // The same object may be listed by two regions: one identity, one step.
    if (!owned_by(object, desired_.stack) || !claimed_.insert(identity(object)).second) return;
    if (!is_selected(resource_of(object.mark->address))) return;
    remove(bound, desired_.objects.empty() ? "" : "it is not in the stack file any more");
  }

  void remove(const BoundObject& bound, std::string reason) {
    const LiveObject& object = bound.object;
    Step step;
    step.address = object.mark->address;
    step.type = object.type;
    step.binding = bound.binding;
    step.action = Action::remove;
    step.mark = {desired_.stack, step.address, ""};
    step.live = object;
    if (!reason.empty()) step.reasons.push_back(std::move(reason));
    plan_.steps.push_back(std::move(step));
  }

  // --- checks -----------------------------------------------------------------------------------

  static const Location& place_of(const DesiredObject& object, std::string_view attribute) {
    const auto place = object.locations.find(attribute);
    return place == object.locations.end() ? object.location : place->second;
  }

  void fault(const DesiredObject& object, Diagnostic diagnostic) {
    diagnostic.address = object.object.address;
    if (diagnostic.location.line == 0) diagnostic.location = place_of(object, diagnostic.path);
    plan_.faults.push_back(std::move(diagnostic));
  }

  void tell_clash(const DesiredObject& object, std::size_t index) {
    const LiveObject& other = live_.objects[index].object;
    const std::string owner =
        other.mark ? "stack '" + other.mark->stack + "'" : "nobody (it bears no mark)";
    Diagnostic clash = error("a " + std::string(other.type->name) + " of this name exists already");
    clash.detail = "id " + other.id + ", owned by " + owner;
    clash.hint = "delete or rename it, or give this resource or stack another name";
    fault(object, std::move(clash));
  }

  /// What a step refers to must exist, or be made by this plan.
  void check_references() {
    for (const Step& step : plan_.steps) {
      for (const Reference& reference : references(step.desired)) {
        if (plan_.known.contains(reference.target) || declared_.contains(reference.target))
          continue;
        Diagnostic missing = error("it needs '" + resource_of(reference.target) +
                                       "', which is not there and is left out of this run",
                                   "take it in, or leave this one out as well");
        missing.address = step.address;
        missing.location = step.location;
        plan_.faults.push_back(std::move(missing));
        break;
      }
    }
  }

  void check_protection() {
    for (const Step& step : plan_.steps) {
      if (step.action != Action::remove) continue;
      if (!contains(options_.protect, resource_of(step.address))) continue;
      Diagnostic refusal = error("it is protected, but would be destroyed",
                                 "take 'protect' out of the stack file first, or --exclude it");
      refusal.address = step.address;
      refusal.location = step.location;
      plan_.faults.push_back(std::move(refusal));
    }
  }

  void check_max_destroy() {
    const std::size_t destroyed = plan_.summary().destroy;
    if (!options_.max_destroy || destroyed <= *options_.max_destroy) return;
    plan_.faults.push_back(error("the plan destroys " + std::to_string(destroyed) +
                                     " objects, more than --max-destroy " +
                                     std::to_string(*options_.max_destroy),
                                 "look at the plan; raise the limit if it is what you want"));
  }

  const Desired& desired_;
  const Live& live_;
  const PlanOptions& options_;
  Matcher matcher_;
  Plan plan_;
  std::set<std::string> selected_;
  std::map<std::string, Value, std::less<>> declared_;  // of objects that are not there yet
  std::set<std::pair<const ResourceType*, std::string>> claimed_;
};

}  // namespace

Plan make_plan(const Desired& desired, const Live& live, const PlanOptions& options) {
  return Planner(desired, live, options).run();
}

}  // namespace stackctl::engine

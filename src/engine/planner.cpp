#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/ordering.h"
#include "engine/plan.h"
#include "engine/planning.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class Planner : private Planning {
 public:
  using Planning::Planning;

  Plan run() {
    check_names(*this);
    // Without all live objects, what is missing from the lists would look deleted.
    if (has_errors(plan.faults)) return std::move(plan);
    declared_.reserve(desired.objects.size());
    complete_selection(*this);
    find_renames(*this);
    for (const DesiredObject& object : desired.objects)
      if (object.object.helps.empty()) consider(object);
    plan_helpers(*this, [this](const DesiredObject& helper) { consider(helper); });
    plan_departures(*this);
    plan_hooks(*this);
    order_steps(plan, desired, live);
    check_references();
    check_protection(*this);
    check_holders(*this);
    check_max_destroy(*this);
    return std::move(plan);
  }

 private:
  std::optional<Value> lookup(const Reference& reference) const {
    if (auto value = known_value(plan, reference)) return value;
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
    if (is_main(object)) check_policy(*this, object);
    std::vector<std::size_t> found = matcher.find(object, attributes);
    if (found.empty() && is_selected(object.resource)) found = adopted(*this, object);
    for (const std::size_t i : found) claim(live.objects[i].object);
    if (!is_selected(object.resource) || is_half_selected(object, found))
      return pass_over(object, found);
    if (!found.empty()) check_adoption(*this, object, live.objects[found.front()].object);
    for (std::size_t i = 1; i < found.size(); ++i)
      Planning::remove(live.objects[found[i]],
                       "a second object with the same mark; the other one is kept");
    if (found.empty()) return create(object, attributes);
    compare(object, attributes, live.objects[found.front()].object);
  }

  void look_up(const DesiredObject& object, const Value& attributes) {
    const auto found = matcher.look_up(object, attributes, is_to_be_replaced(object));
    if (found.size() > 1) return fault(object, ambiguous(*this, object, attributes, found));
    if (!found.empty()) {
      const LiveObject& there = live.objects[found.front()].object;
      plan.known.insert_or_assign(object.object.address, there.attributes);
      return;
    }
    // What it is looked up through is not there: that is told.
    const auto is_looked_up = [this](const Reference& reference) {
      const DesiredObject* const target = find(reference.target);
      return target != nullptr && target->object.is_lookup;
    };
    if (!first_reference(attributes, is_looked_up))
      fault(object, not_found(*this, object, attributes));
  }

  bool is_to_be_replaced(const DesiredObject& object) const {
    return contains(options.replace, object.resource) ||
           contains(options.replace, declared_name(object.resource));
  }

  /// A renamed resource of which the run is not about the old name.
  bool is_half_selected(const DesiredObject& object, const std::vector<std::size_t>& found) const {
    if (found.empty()) return false;
    const std::string_view former = former_address(object, live.objects[found.front()].object);
    return !former.empty() && !is_selected(resource_of(former));
  }

  void pass_over(const DesiredObject& object, const std::vector<std::size_t>& found) {
    if (found.empty()) return;
    plan.known.insert_or_assign(object.object.address,
                                live.objects[found.front()].object.attributes);
  }

  void create(const DesiredObject& object, const Value& attributes) {
    const bool is_refused = is_main(object) && !object.declared->lifecycle.adopt.empty();
    if (is_refused) return;  // told already
    const auto clash = matcher.clash(object, attributes);
    if (!clash) {
      add_create(object, attributes);
      return;
    }
    const LiveObject& there = live.objects[*clash].object;
    if (!there.is_unclaimed) return tell_clash(object, *clash);
    claim(there);  // a create that was cut short left it
    compare(object, attributes, there);
  }

  std::size_t add_create(const DesiredObject& object, const Value& attributes) {
    tell_lost(object, attributes);
    declared_.insert_or_assign(object.object.address, attributes);
    return add(step_for(object, Action::create));
  }

  void compare(const DesiredObject& object, const Value& wanted, const LiveObject& there) {
    Step step = step_for(object, Action::update);
    step.left_alone = left_alone(object, wanted, there);
    const Value attributes = with_what_stays(step, wanted, there);
    const ResourceType& type = *object.object.type;
    const std::string& marked = there.mark ? there.mark->address : object.object.address;
    std::vector<Change> changes =
        diff(type, attributes, there, {desired.stack, marked, options.digests}, step.left_alone);
    for (Change& change : changes) change.location = place_of(object, change.attribute);

    std::string reason = must_go(object, there);
    // What only helps to make something must be made as it is declared, not become so.
    const bool is_stale = step.temporary && !changes.empty();
    if (!reason.empty() || is_stale || std::ranges::any_of(changes, &Change::forces_replacement))
      return replace(object, attributes, there, std::move(changes), std::move(reason));
    plan.known.insert_or_assign(object.object.address, there.attributes);
    keep_flags(object, there, step);
    if (there.condition == Condition::pending)
      reason = "still " + there.state + ": to be waited for";
    if (const std::string_view former = former_address(object, there); !former.empty())
      step.reasons.push_back("renamed from '" + std::string(former) + "'");
    else if (changes.empty() && reason.empty())
      reason = outdated_mark(step, attributes, there);
    if (changes.empty() && reason.empty() && step.reasons.empty()) {
      ++plan.unchanged;
      return;
    }
    if (!reason.empty()) step.reasons.push_back(std::move(reason));
    step.live = there;
    if (!changes.empty()) forget_lists(type, object.object.address);
    step.changes = std::move(changes);
    add(std::move(step));
  }

  /// Who belongs to it, and late outputs, are known only after an update.
  void forget_lists(const ResourceType& type, const std::string& address) {
    Value& known = plan.known.at(address);
    for (const Attribute& attribute : type.schema)
      if (attribute.is_output && (attribute.type == Type::list || attribute.is_late))
        known.map()->erase(std::string(attribute.name));
  }

  /// Attributes that the stack file says to ignore, or whose values cannot be had any more.
  std::set<std::string> left_alone(const DesiredObject& object, const Value& attributes,
                                   const LiveObject& there) const {
    std::set<std::string> names;
    const std::vector<std::string>& ignored = object.declared->lifecycle.ignore_changes;
    for (const Attribute& attribute : object.object.type->schema) {
      const std::string_view path = origin_of(object.object.origins.get(), attribute.name);
      // The mark tells whose it is; a derived name is not worth a replacement.
      const bool is_fixed_name = attribute.is_name && attribute.is_immutable;
      const bool is_lost = lost(attributes[attribute.name]).has_value() && there.mark &&
                           Spec::parse(there.mark->spec).declared(attribute);
      if (is_fixed_name || is_lost || is_ignored(ignored, path) ||
          is_spent(attribute, attributes[attribute.name]))
        names.emplace(attribute.name);
    }
    return names;
  }

  /// Of use to the create call alone, and referring to what was there for it alone.
  bool is_spent(const Attribute& attribute, const Value& value) const {
    return attribute.is_uncompared && first_reference(value, [this](const Reference& reference) {
                                        const DesiredObject* const target = find(reference.target);
                                        return target != nullptr && !target->object.helps.empty();
                                      }).has_value();
  }

  static bool is_ignored(const std::vector<std::string>& ignored, std::string_view path) {
    if (ignored.empty()) return false;
    return contains(ignored, "all") || contains(ignored, path.substr(0, path.find_first_of(".[")));
  }

  /// Attributes left alone are declared to be as they are.
  Value with_what_stays(Step& step, const Value& wanted, const LiveObject& there) const {
    if (step.left_alone.empty() || wanted.map() == nullptr) return wanted;
    Map attributes = *wanted.map();
    Map declared = *step.desired.map();
    for (const std::string& name : step.left_alone) {
      attributes.erase(name);
      declared.erase(name);
      if (const Value& now = there.attributes[name]; !now.is_null()) {
        attributes.emplace(name, now);
        declared.emplace(name, concealed_like(wanted[name], now));
      }
    }
    step.desired = std::move(declared);
    return attributes;
  }

  /// A reference to an output that was shown only when its object was made.
  std::optional<Reference> lost(const Value& value) const {
    return first_reference(value, [this](const Reference& reference) {
      const DesiredObject* const target = find(reference.target);
      if (target == nullptr || !plan.known.contains(reference.target)) return false;
      const Attribute* const output =
          stackctl::find(target->object.type->schema, reference.attribute);
      return output != nullptr && output->is_shown_once;
    });
  }

  void tell_lost(const DesiredObject& object, const Value& attributes) {
    const std::optional<Reference> reference = lost(attributes);
    if (!reference) return;
    const std::string target(resource_of(reference->target));
    fault(object, error("'" + reference->attribute + "' of '" + target +
                            "' was shown only when it was made",
                        "--replace " + target + " makes a new one"));
  }

  std::string must_go(const DesiredObject& object, const LiveObject& there) const {
    if (there.condition == Condition::failed)
      return "the cloud reports state '" + there.state + "'";
    if (there.condition == Condition::leaving) return "it is being deleted";
    if (is_to_be_replaced(object)) return "asked for with --replace";
    return {};
  }

  /// What only the live object still says: a protection that the stack file does not speak of.
  static void keep_flags(const DesiredObject& object, const LiveObject& there, Step& step) {
    if (!there.mark || !is_main(object) || object.declared->lifecycle.protect) return;
    if (Spec::parse(there.mark->spec).has(flag::kProtected))
      step.flags.insert(0, 1, flag::kProtected);
  }

  /// Why the mark has to be written anew, or nothing.
  static std::string outdated_mark(const Step& step, const Value& attributes,
                                   const LiveObject& there) {
    if (!keeps_spec(*step.type)) return {};
    if (!there.mark) return "it bears no mark yet and is taken over";
    if (!attributes.is_known()) return {};
    const Spec spec = Spec::parse(there.mark->spec);
    // What is declared, not how it digests: no slow digest of a secret is needed here.
    if (!spec.declares_same(step.type->schema, attributes))
      return "the ownership mark does not tell what the stack file declares";
    return changed_policy(spec, step.flags);
  }

  static std::string changed_policy(const Spec& before, const std::string& flags) {
    std::vector<std::string> changes;
    const auto compare = [&](char flag, const char* gained, const char* lost) {
      const bool is_wanted = flags.find(flag) != std::string::npos;
      if (before.has(flag) != is_wanted) changes.emplace_back(is_wanted ? gained : lost);
    };
    compare(flag::kProtected, "it becomes protected", "it is no longer protected");
    compare(flag::kRetained, "it is to stay when nobody wants it any more",
            "it is to go when nobody wants it any more");
    compare(flag::kSnapshot, "a snapshot is to be made before it goes",
            "no snapshot is to be made any more before it goes");
    return join(changes, "; ");
  }

  void replace(const DesiredObject& object, const Value& attributes, const LiveObject& there,
               std::vector<Change> changes, std::string reason) {
    const std::size_t created = add_create(object, attributes);
    Step old = step_for(object, Action::remove);
    old.desired = {};
    old.live = there;
    old.partner = created;
    const std::size_t removed = add(std::move(old));
    Step& step = plan.steps[created];
    step.live = there;
    step.changes = std::move(changes);
    step.partner = removed;
    if (!reason.empty()) step.reasons.push_back(std::move(reason));
  }

  // --- checks -----------------------------------------------------------------------------------

  void tell_clash(const DesiredObject& object, std::size_t index) {
    const LiveObject& other = live.objects[index].object;
    const std::string owner =
        other.mark ? "stack '" + other.mark->stack + "'" : "nobody (it bears no mark)";
    Diagnostic clash = error("a " + std::string(other.type->name) + " of this name exists already");
    clash.detail = "id " + other.id + ", owned by " + owner;
    clash.hint = "delete or rename it, or give this resource or stack another name";
    if (!refuse_adoption(other))
      clash.hint = "to take it over, write 'adopt: " + other.id + "'; else rename one of the two";
    fault(object, std::move(clash));
  }

  /// What a step refers to or otherwise depends on must exist, or be made by this plan.
  void check_references() {
    for (const Step& step : plan.steps) {
      if (const std::string need = missing_need(step); !need.empty())
        fault(step, error("it needs '" + std::string(resource_of(need)) +
                              "', which is not there and is left out of this run",
                          "take it in, or leave this one out as well"));
      if (const auto part = lacking_part(step)) tell_lacking(step, *part);
    }
  }

  using Planning::fault;

  void fault(const Step& step, Diagnostic diagnostic) {
    diagnostic.address = step.address;
    diagnostic.location = step.location;
    plan.faults.push_back(std::move(diagnostic));
  }

  /// What is only looked up has what it has: nothing comes of this plan.
  std::optional<Reference> lacking_part(const Step& step) const {
    return first_reference(step.desired, [this](const Reference& part) {
      const DesiredObject* const target = find(part.target);
      return target != nullptr && target->object.is_lookup && plan.known.contains(part.target) &&
             !known_value(plan, part);
    });
  }

  void tell_lacking(const Step& step, const Reference& part) {
    Diagnostic lacking =
        error("it needs " + part.attribute + " of '" + part.target + "', which has none",
              "give it one, or take another: what is looked up is never changed");
    const Attribute* const attribute =
        stackctl::find(find(part.target)->object.type->schema, part.attribute);
    if (attribute != nullptr) lacking.detail = part.attribute + ": " + std::string(attribute->help);
    fault(step, std::move(lacking));
  }

  std::string missing_need(const Step& step) const {
    // What is looked up in vain has been told.
    const auto is_missing = [this](const std::string& address) {
      const DesiredObject* const target = find(address);
      const bool is_lookup = target != nullptr && target->object.is_lookup;
      return !is_lookup && !plan.known.contains(address) && !declared_.contains(address);
    };
    const auto is_lost = [&](const Reference& part) { return is_missing(part.target); };
    const auto missing = first_reference(step.desired, is_lost);
    if (missing) return missing->target;
    const DesiredObject* const object =
        step.action == Action::create ? find(step.address) : nullptr;
    if (object == nullptr) return {};
    const auto need = std::ranges::find_if(object->needs, [&](const std::string& address) {
      return !is_selected(resource_of(address)) && is_missing(address);
    });
    return need == object->needs.end() ? std::string() : *need;
  }

  std::unordered_map<std::string_view, Value> declared_;  // of objects that are not there yet
};

}  // namespace

Plan make_plan(const Desired& desired, const Live& live, const PlanOptions& options) {
  return Planner(desired, live, options).run();
}

}  // namespace stackctl::engine

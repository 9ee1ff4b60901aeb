#include "engine/ordering.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/graph.h"
#include "engine/match.h"
#include "stackctl/address.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

using Index = std::size_t;

/// "wordpress-web" → "wordpress-web-k3f9"; the same for the same old object, so that a run that was
/// killed half way finds what it made.
std::string suffixed(const std::string& name, const LiveObject& old) {
  return name + "-" + crypto::hex(crypto::sha256(old.id)).substr(0, 4);
}

class Ordering {
 public:
  Ordering(Plan& plan, const Desired& desired, const Live& live)
      : plan_(plan), needs_(plan.steps.size()) {
    objects_.reserve(desired.objects.size());
    changes_.reserve(plan.steps.size());
    gates_.reserve(desired.objects.size());
    for (const DesiredObject& object : desired.objects)
      objects_.emplace(object.object.address, &object);
    for (Index i = 0; i < plan.steps.size(); ++i) {
      needs_[i] = std::move(plan.steps[i].needs);
      plan.steps[i].needs.clear();
      index(i);
    }
    for (const auto& bound : live.objects)
      if (owned_by(bound.object, plan.stack)) note_references(bound.object);
  }

  void run() {
    pair_parts();
    for (Index i = 0; i < plan_.steps.size(); ++i) {
      Step& step = plan_.steps[i];
      if (step.undoes || step.action == Action::run) continue;  // their needs are given
      if (step.action == Action::remove)
        order_removal(i);
      else
        order_change(i);
    }
    sort();
  }

 private:
  void index(Index i) {
    const Step& step = plan_.steps[i];
    if (step.action == Action::run && !step.hook->before) hooks_.emplace(step.address, i);
    if (step.undoes || step.action == Action::run) return;
    if (step.action == Action::remove) {
      removals_.emplace(step.live.id, i);
      leaving_.emplace(step.address, i);
      if (!step.type->parent.empty()) leaving_parts_.emplace(resource_of(step.address), i);
      if (has_unseen_references(*step.type)) unseen_users_.push_back(i);
    } else {
      changes_.emplace(step.address, i);
      if (step.action == Action::update) updates_.emplace(step.live.id, i);
    }
  }

  void note_references(const LiveObject& object) {
    for (std::string& id : referred_ids(object)) referents_[std::move(id)].push_back(&object);
  }

  std::optional<Index> removal_of(const std::string& id) const {
    const auto found = removals_.find(id);
    if (found == removals_.end()) return std::nullopt;
    return found->second;
  }

  /// The step that changes the live object `object` in place.
  std::optional<Index> update_of(const LiveObject& object) const {
    const auto found = updates_.find(object.id);
    if (found == updates_.end()) return std::nullopt;
    return found->second;
  }

  void need(Index step, Index first) {
    if (step != first) needs_[step].push_back(first);
  }

  /// A part that is made anew below another parent replaces the one that goes with the old parent.
  void pair_parts() {
    for (Index i = 0; i < plan_.steps.size(); ++i) {
      Step& old = plan_.steps[i];
      if (old.action != Action::remove || old.partner || old.undoes) continue;
      if (old.type->parent.empty()) continue;
      const auto created = changes_.find(old.address);
      if (created == changes_.end()) continue;
      Step& fresh = plan_.steps[created->second];
      if (fresh.action != Action::create || fresh.partner || fresh.type != old.type) continue;
      old.partner = created->second;
      fresh.partner = i;
      fresh.live = old.live;
      old.reasons = {"what it is a part of is replaced"};
      fresh.reasons = old.reasons;
    }
  }

  void order_change(Index i) {
    if (const auto object = objects_.find(plan_.steps[i].address); object != objects_.end())
      for (const std::string& address : object->second->needs)
        for (const Index gate : gates(address)) need(i, gate);
    Step& step = plan_.steps[i];
    if (step.action != Action::create) return;
    if (!step.type->parent.empty() && !step.type->create_first) wait_for_siblings(i);
    wait_for_other_type(i);
    if (!step.partner) return;
    if (creates_first(step)) {
      give_other_name(step);
      need(*step.partner, i);
    } else {
      need(i, *step.partner);
    }
  }

  /// A listener's port is free only when the listener that has it is gone.
  void wait_for_siblings(Index i) {
    const Step& step = plan_.steps[i];
    const auto [first, last] = leaving_parts_.equal_range(resource_of(step.address));
    for (auto removal = first; removal != last; ++removal)
      if (plan_.steps[removal->second].type == step.type) need(i, removal->second);
  }

  /// What stands at the same address as another type may hold the name that this one wants.
  void wait_for_other_type(Index i) {
    const Step& step = plan_.steps[i];
    const auto [first, last] = leaving_.equal_range(step.address);
    for (auto removal = first; removal != last; ++removal) {
      const Step& other = plan_.steps[removal->second];
      if (other.type != step.type && !referents_.contains(other.live.id)) need(i, removal->second);
    }
  }

  static const Attribute* name_of(const ResourceType& type) {
    if (type.marked == Marked::name || !type.parent.empty()) return nullptr;
    const auto found = std::ranges::find_if(type.schema, &Attribute::is_name);
    return found == type.schema.end() ? nullptr : &*found;
  }

  /// When something that stays refers to the old object, the new one has to be there before.
  bool creates_first(const Step& step) const {
    if (!name_of(*step.type)) return false;
    if (step.create_first) return *step.create_first;
    if (step.type->create_first) return true;
    const auto referents = referents_.find(step.live.id);
    return referents != referents_.end() &&
           std::ranges::any_of(referents->second, [&](const LiveObject* referent) {
             return !removal_of(referent->id) && holds(*referent, step.live.id);
           });
  }

  /// Its snapshots do not hold a disk.
  static bool holds(const LiveObject& referent, const std::string& id) {
    const std::vector<std::string> ids = held_ids(referent);
    return std::ranges::find(ids, id) != ids.end();
  }

  static void give_other_name(Step& step) {
    const Attribute& attribute = *name_of(*step.type);
    Value& name = (*step.desired.map())[std::string(attribute.name)];
    if (!name.text() || *name.text() != step.live.attributes.text_at(attribute.name)) return;
    name = suffixed(*name.text(), step.live);
  }

  /// The steps that have to be over before what stands at `address` is as desired.
  const std::vector<Index>& gates(std::string_view address) {
    const auto [position, is_new] = gates_.try_emplace(address);
    std::vector<Index>& gates = position->second;  // stays where it is
    if (!is_new) return gates;
    if (const auto step = changes_.find(address); step != changes_.end())
      gates.push_back(step->second);
    const auto [first, last] = hooks_.equal_range(address);
    for (auto hook = first; hook != last; ++hook) gates.push_back(hook->second);
    if (!gates.empty()) return gates;
    const auto object = objects_.find(address);
    if (object == objects_.end()) return gates;
    for (const std::string& need : object->second->needs) {
      const std::vector<Index>& more = this->gates(need);
      gates.insert(gates.end(), more.begin(), more.end());
    }
    keep_once(gates);
    return gates;
  }

  static void keep_once(std::vector<Index>& indices) {
    std::ranges::sort(indices);
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  }

  void order_removal(Index i) {
    Step& step = plan_.steps[i];
    if (const auto parent = implied_by(step)) {
      step.implied = true;
      need(i, *parent);
      return;
    }
    wait_for_unseen_users(i);
    const auto referents = referents_.find(step.live.id);
    if (referents == referents_.end()) return;
    for (const LiveObject* referent : referents->second) {
      if (const auto removal = removal_of(referent->id)) {
        if (!implied_by(plan_.steps[*removal])) need(i, *removal);
      } else if (const auto update = update_of(*referent); update && !goes_first(step)) {
        need(i, *update);
      }
    }
  }

  /// Lists may not show who uses it: then all go before it that could.
  void wait_for_unseen_users(Index i) {
    for (const Index other : unseen_users_) {
      const LiveObject& user = plan_.steps[other].live;
      const auto could_use = [&](const Attribute& attribute) {
        return attribute.is_unlisted && user.attributes[attribute.name].is_null() &&
               refers_to(attribute, plan_.steps[i].type->name);
      };
      if (std::ranges::any_of(user.type->schema, could_use)) need(i, other);
    }
  }

  static bool refers_to(const Attribute& attribute, std::string_view type) {
    if (attribute.type == Type::reference) return attribute.target == type;
    return std::ranges::any_of(attribute.members,
                               [&](const Attribute& member) { return refers_to(member, type); });
  }

  static bool has_unseen_references(const ResourceType& type) {
    return std::ranges::any_of(type.schema, [](const Attribute& attribute) {
      return attribute.is_unlisted &&
             (attribute.type == Type::reference ||
              (!attribute.members.empty() && attribute.members.front().type == Type::reference));
    });
  }

  /// It is the first half of a replacement: nothing can be made to let go of it before.
  bool goes_first(const Step& removal) const {
    return removal.partner && !creates_first(plan_.steps[*removal.partner]);
  }

  /// The removal of the parent, when it takes this part along.
  std::optional<Index> implied_by(const Step& step) const {
    const ResourceType& type = *step.type;
    if (!type.goes_with_parent) return std::nullopt;
    const std::string parent(step.live.attributes.text_at(type.parent));
    std::size_t leaving = 0;
    for (const std::string& id : referred_ids(step.live))
      if (removal_of(id)) ++leaving;
    // A rule that names another group that goes (or its own once more) keeps that group in use.
    return leaving == 1 ? removal_of(parent) : std::nullopt;
  }

  void sort() {
    for (std::vector<Index>& needs : needs_) keep_once(needs);
    const auto ordered = order(needs_);
    if (!ordered) {
      tell_cycle(find_cycle(needs_));
      return;
    }
    std::vector<Index> position(ordered->size());
    for (Index i = 0; i < ordered->size(); ++i) position[(*ordered)[i]] = i;
    for (Index i = 0; i < position.size(); ++i) {
      Step& step = plan_.steps[i];
      for (Index& first : needs_[i]) first = position[first];
      step.needs = std::move(needs_[i]);
      if (step.partner) step.partner = position[*step.partner];
      if (step.undoes) step.undoes = position[*step.undoes];
    }
    if (std::ranges::is_sorted(position)) return;
    std::vector<Step> steps;
    steps.reserve(ordered->size());
    for (const Index i : *ordered) steps.push_back(std::move(plan_.steps[i]));
    plan_.steps = std::move(steps);
  }

  void tell_cycle(const std::vector<Index>& cycle) {
    std::vector<std::string> names;
    names.reserve(cycle.size() + 1);
    for (const Index i : cycle) names.push_back(plan_.steps[i].address);
    names.push_back(names.front());
    plan_.faults.push_back(error("there is no order for these changes: " + join(names, " → "),
                                 "replace with --replace what is only changed, or make them in two "
                                 "applies, with --target"));
  }

  Plan& plan_;
  Needs needs_;
  // Addresses and ids are those of the desired objects and of the steps.
  std::unordered_map<std::string_view, const DesiredObject*> objects_;
  std::unordered_map<std::string_view, Index> removals_;  // by id of the live object
  std::vector<Index> unseen_users_;                       // removals that lists tell too little of
  std::unordered_multimap<std::string_view, Index> leaving_;        // the same, by address
  std::unordered_multimap<std::string_view, Index> leaving_parts_;  // of a parent, by resource
  std::unordered_multimap<std::string_view, Index> hooks_;          // after a creation, by address
  std::unordered_map<std::string_view, Index> changes_;  // creates and updates, by address
  std::unordered_map<std::string_view, Index> updates_;  // by id of the live object
  std::unordered_map<std::string, std::vector<const LiveObject*>> referents_;
  std::unordered_map<std::string_view, std::vector<Index>> gates_;
};

}  // namespace

void order_steps(Plan& plan, const Desired& desired, const Live& live) {
  if (!plan.steps.empty()) Ordering(plan, desired, live).run();
}

}  // namespace stackctl::engine

#include "cli/drift.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cli/entries.h"
#include "engine/spec.h"
#include "stackctl/address.h"
#include "stackctl/flow.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

using What = Drifted::What;

void collect_texts(const Value& value, std::vector<std::string_view>& texts) {
  if (const std::string* const text = value.text()) texts.emplace_back(*text);
  for (const Value& item : value.items()) collect_texts(item, texts);
}

bool refers_to(const Value& value, std::string_view address) {
  return std::ranges::any_of(
      references(value), [&](const Reference& reference) { return reference.target == address; });
}

bool holds_ids(const Attribute& attribute) {
  if (attribute.type == Type::reference) return true;
  const bool is_collection = attribute.type == Type::list || attribute.type == Type::set;
  return is_collection && !attribute.members.empty() &&
         attribute.members.front().type == Type::reference;
}

/// A part is known by its parent alone: nothing tells who made it.
bool is_part(const engine::Step& step) { return !step.type->parent.empty(); }

class Finder {
 public:
  explicit Finder(const Planned& planned) : planned_(planned) {
    const std::string& stack = planned.plan.stack;
    for (const auto& [object, binding] : planned.live.objects) {
      ids_.insert(object.id);
      if (!engine::owned_by(object, stack)) continue;
      resources_there_.insert(resource_of(object.mark->address));
      live_.emplace(object.mark->address, &object);
    }
    for (const engine::DesiredObject& object : planned.desired.objects) {
      declared_.insert(object.object.address);
      declared_resources_.insert(object.resource);
    }
  }

  Drift run() {
    for (const Entry& entry : entries(planned_.plan))
      if (!entry.step->temporary && !entry.step->implied && entry.effect != Effect::run)
        judge(entry);
    for (const Entry& entry : entries(planned_.plan))
      if (entry.effect == Effect::run) judge_command(*entry.step);
    return std::move(drift_);
  }

 private:
  void judge(const Entry& entry) {
    const engine::Step& step = *entry.step;
    switch (entry.effect) {
      case Effect::destroy:
        return judge_extra(step);
      case Effect::add:
        return judge_missing(step);
      case Effect::wait:
        return wait_for(step);
      case Effect::replace:
      case Effect::change:
        return judge_difference(step);
      case Effect::run:
        break;
    }
  }

  void add(What what, const engine::Step& step, bool is_certain, std::string note) {
    drift_.drifted.push_back({what, &step, is_certain, std::move(note), {}});
  }
  void wait_for(const engine::Step& step) {
    drift_.pending.push_back({&step, step.reasons.empty() ? "" : step.reasons.front()});
  }

  /// A command that goes with another step is told with that one.
  void judge_command(const engine::Step& step) {
    const std::string_view resource = resource_of(step.address);
    const auto is_of_it = [&](const engine::Step& other) {
      return other.action != Action::run && resource_of(other.address) == resource;
    };
    if (std::ranges::none_of(planned_.plan.steps, is_of_it))
      drift_.pending.push_back({&step, "a command has not succeeded yet"});
  }

  void judge_extra(const engine::Step& step) {
    if (declared_.contains(step.address))
      return add(What::added, step, true, "a second object with the same mark");
    if (is_part(step) && declared_resources_.contains(resource_of(step.address)))
      return add(What::added, step, false, "added in the cloud, or taken out of the stack file");
    drift_.pending.push_back({&step, "not in the stack file any more"});
  }

  void judge_missing(const engine::Step& step) {
    if (!declared_.contains(step.address)) return;  // a last snapshot goes with its removal
    const std::string_view resource = resource_of(step.address);
    if (const std::string user = dangling_user(step.address); !user.empty())
      return add(What::gone, step, true, "'" + user + "' still refers to it");
    if (!resources_there_.contains(resource)) {
      drift_.pending.push_back({&step, "not there yet, or deleted in the cloud"});
      return;
    }
    if (resource == step.address)
      return add(What::gone, step, true, "other objects of it are there");
    add(What::gone, step, false, "deleted in the cloud, or new in the stack file");
  }

  /// A live object that is declared to refer to what stands at `address`, and still holds the id of
  /// something that is not there.
  std::string dangling_user(std::string_view address) const {
    for (const engine::DesiredObject& user : planned_.desired.objects) {
      const auto [first, last] = live_.equal_range(user.object.address);
      for (auto live = first; live != last; ++live)
        if (live->second->type == user.object.type && dangles(user.object, *live->second, address))
          return user.object.address;
    }
    return {};
  }

  bool dangles(const Object& user, const LiveObject& live, std::string_view address) const {
    for (const Attribute& attribute : user.type->schema) {
      if (!holds_ids(attribute) || !refers_to(user.attributes[attribute.name], address)) continue;
      std::vector<std::string_view> texts;
      collect_texts(live.attributes[attribute.name], texts);
      for (const std::string_view text : texts)
        if (!ids_.contains(text)) return true;
    }
    return false;
  }

  void judge_difference(const engine::Step& step) {
    const LiveObject& live = step.live;
    if (live.condition == Condition::failed || live.condition == Condition::leaving)
      return add(What::failed, step, true,
                 live.condition == Condition::leaving
                     ? "it is being deleted"
                     : "the cloud reports state '" + live.state + "'");
    if (step.changes.empty()) return judge_mark(step);
    Drifted drifted{What::changed, &step, true, {}, {}};
    std::vector<std::string> pending;
    for (const engine::Change& change : step.changes) sort(change, drifted, pending);
    if (!drifted.changes.empty()) drift_.drifted.push_back(std::move(drifted));
    if (is_renamed(step))
      wait_for(step);
    else if (!pending.empty())
      drift_.pending.push_back({&step, join(pending, ", ")});
  }

  static void sort(const engine::Change& change, Drifted& drifted,
                   std::vector<std::string>& pending) {
    using engine::Cause;
    // What is known only after other steps follows from them.
    const bool follows = !change.after.is_known();
    const bool is_cloud = change.cause == Cause::drift || change.cause == Cause::both;
    const bool is_file = change.cause == Cause::pending || change.cause == Cause::both;
    if (is_cloud || (change.cause == Cause::unknown && !follows && change.attribute != kMark)) {
      drifted.changes.push_back(&change);
      drifted.is_certain = drifted.is_certain && is_cloud;
    }
    if (change.attribute == kMark)
      pending.emplace_back("mark");
    else if (is_file && !follows)
      pending.push_back(change.attribute);
  }

  void judge_mark(const engine::Step& step) {
    const bool is_damaged = step.live.mark && step.live.mark->stack == planned_.plan.stack &&
                            !is_renamed(step) && !engine::Spec::parse(step.live.mark->spec).known();
    if (is_damaged) return add(What::changed, step, true, "its ownership mark cannot be read");
    wait_for(step);
  }

  const Planned& planned_;
  std::set<std::string_view> ids_;
  std::set<std::string_view> resources_there_;
  std::set<std::string_view> declared_;
  std::set<std::string_view> declared_resources_;
  std::multimap<std::string_view, const LiveObject*> live_;
  Drift drift_;
};

}  // namespace

Drift find_drift(const Planned& planned) { return Finder(planned).run(); }

std::string_view verdict_of(const Drift& drift) {
  if (drift.drifted.empty()) return drift.pending.empty() ? "clean" : "pending";
  return drift.pending.empty() ? "drift" : "both";
}

int exit_code_of(const Drift& drift) {
  constexpr int kPendingOnly = 2;
  constexpr int kDriftOnly = 3;
  constexpr int kBoth = 4;
  if (drift.drifted.empty()) return drift.pending.empty() ? 0 : kPendingOnly;
  return drift.pending.empty() ? kDriftOnly : kBoth;
}

}  // namespace stackctl::cli

// Who holds what would go: the cloud would refuse to remove it, after other things are gone.
#include <algorithm>
#include <map>

#include "engine/planning.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

constexpr std::size_t kNamed = 5;  // holders of one object; more are counted

class Holders {
 public:
  explicit Holders(Planning& planning) : planning_(planning) {
    const std::vector<Step>& steps = planning.plan.steps;
    std::map<std::pair<const ResourceType*, std::string_view>, std::size_t> going;
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (steps[i].action == Action::remove && !steps[i].undoes)
        going.emplace(std::pair(steps[i].type, std::string_view(steps[i].live.id)), i);
    if (going.empty()) return;
    // Two regions may list the same object, and know different users of it.
    for (const auto& [object, binding] : planning.live.objects)
      if (const auto step = going.find({object.type, object.id}); step != going.end())
        removals_.emplace(Place{binding, object.id}, step->second);
  }

  void run() {
    if (removals_.empty()) return;
    for (const BoundObject& bound : planning_.live.objects)
      if (stays(bound)) look_at(bound);
    for (const auto& [step, holders] : holders_) tell(planning_.plan.steps[step], holders);
  }

 private:
  using Place = std::pair<std::size_t, std::string>;  // binding, id

  /// What this run is about goes as well, or lets go.
  bool stays(const BoundObject& bound) const {
    const LiveObject& object = bound.object;
    const bool goes = removals_.contains({bound.binding, object.id});
    if (object.condition == Condition::leaving || goes) return false;
    if (owned_by(object, planning_.desired.stack))
      return !planning_.is_selected(resource_of(object.mark->address));
    const bool goes_with_parent = !object.type->parent.empty() && object.type->goes_with_parent &&
                                  removals_.contains({bound.binding, parent_id(object)});
    return !goes_with_parent;
  }

  static std::string parent_id(const LiveObject& part) {
    return std::string(part.attributes.text_at(part.type->parent));
  }

  void look_at(const BoundObject& bound) {
    for (const std::string& id : held_ids(bound.object)) {
      const auto removal = removals_.find({bound.binding, id});
      if (removal == removals_.end()) continue;
      std::vector<const LiveObject*>& holders = holders_[removal->second];
      const bool is_known = std::ranges::find(holders, &bound.object) != holders.end();
      if (!is_known) holders.push_back(&bound.object);
    }
  }

  void tell(const Step& step, const std::vector<const LiveObject*>& holders) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < std::min(holders.size(), kNamed); ++i)
      lines.push_back(describe(*holders[i]));
    if (holders.size() > kNamed)
      lines.push_back("and " + std::to_string(holders.size() - kNamed) + " more");
    Diagnostic fault = error("it would be destroyed, but is used by what stays");
    fault.detail = join(lines, "\n");
    fault.hint = "delete what uses it, or make it let go, or leave this one out: --exclude " +
                 std::string(resource_of(step.address));
    fault.address = step.address;
    fault.location = step.location;
    planning_.plan.faults.push_back(std::move(fault));
  }

  std::string describe(const LiveObject& holder) const {
    std::string text(holder.type->name);
    if (const std::string name = name_of(holder); !name.empty()) text += " '" + name + "'";
    text += ", id " + holder.id;
    if (!holder.mark) return text + ", of nobody (it bears no mark)";
    if (holder.mark->stack != planning_.desired.stack)
      return text + ", of stack '" + holder.mark->stack + "'";
    return text + ", '" + holder.mark->address + "' of this stack, which this run is not about";
  }

  /// A part without a name of its own is known by what it is part of.
  std::string name_of(const LiveObject& object) const {
    if (const std::string_view own = own_name(*object.type, object.attributes); !own.empty())
      return std::string(own);
    if (object.type->parent.empty()) return {};
    const std::string parent = parent_id(object);
    for (const auto& [other, binding] : planning_.live.objects)
      if (other.id == parent) return std::string(own_name(*other.type, other.attributes));
    return {};
  }

  Planning& planning_;
  std::map<Place, std::size_t> removals_;                          // of what goes
  std::map<std::size_t, std::vector<const LiveObject*>> holders_;  // by removal
};

}  // namespace

void check_holders(Planning& planning) { Holders(planning).run(); }

}  // namespace stackctl::engine

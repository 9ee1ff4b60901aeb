// What a run is about, where that hangs on who needs whom.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/planning.h"
#include "stackctl/address.h"

namespace stackctl::engine {
namespace {

class Selection {
 public:
  explicit Selection(Planning& planning) : planning_(planning) {}

  void run() {
    const PlanOptions& options = planning_.options;
    const bool is_about_some = !options.targets.empty() || !options.excludes.empty();
    const bool is_complete =
        !options.exclude_protected && !(planning_.is_destroy() && is_about_some);
    if (is_complete) return;
    note_needs();
    if (options.exclude_protected) leave_out_protected();
    if (planning_.is_destroy()) {
      leave_out_excluded();
      take_in_users();
    }
    tell();
  }

 private:
  using Uses = std::multimap<std::string, std::string, std::less<>>;

  /// By what the live objects refer to, and by what the stack file says.
  void note_needs() {
    std::map<std::string, std::string> owners;  // of ids
    for (const auto& [object, binding] : planning_.live.objects)
      if (is_ours(object)) owners.emplace(object.id, resource_of(object.mark->address));
    for (const auto& [object, binding] : planning_.live.objects) {
      if (!is_ours(object)) continue;
      for (const std::string& id : referred_ids(object))
        if (const auto owner = owners.find(id); owner != owners.end())
          note(resource_of(object.mark->address), owner->second);
    }
    const Desired* const declared =
        planning_.options.declared == nullptr ? &planning_.desired : planning_.options.declared;
    for (const DesiredObject& object : declared->objects)
      for (const std::string& need : object.needs) note(object.resource, resource_of(need));
  }

  void note(std::string_view user, std::string_view used) {
    if (user == used) return;
    needs_.emplace(user, used);
    users_.emplace(used, user);
  }

  bool is_ours(const LiveObject& object) const { return owned_by(object, planning_.desired.stack); }

  /// The live main objects of the stack.
  template <class What>
  void for_each_resource(What what) const {
    for (const auto& [object, binding] : planning_.live.objects)
      if (is_ours(object) && resource_of(object.mark->address) == object.mark->address)
        what(object);
  }

  void leave_out_protected() {
    for_each_resource([this](const LiveObject& object) {
      if (is_protected(planning_, object)) leave_out(object.mark->address, "it is protected");
    });
  }

  void leave_out_excluded() {
    for_each_resource([this](const LiveObject& object) {
      const std::string& address = object.mark->address;
      const auto is_meant = [&](const std::string& given) { return is_meant_by(given, address); };
      if (std::ranges::any_of(planning_.options.excludes, is_meant))
        leave_out(address, "it is left out");
    });
  }

  /// With all that it needs.
  void leave_out(const std::string& resource, std::string reason) {
    if (!planning_.left_out.emplace(resource, std::move(reason)).second) return;
    const auto [first, last] = needs_.equal_range(resource);
    for (auto need = first; need != last; ++need)
      leave_out(need->second, "'" + resource + "', which stays, needs it");
  }

  /// What goes takes along what needs it.
  void take_in_users() {
    std::vector<std::string> goes;
    for_each_resource([&](const LiveObject& object) {
      const std::string& address = object.mark->address;
      const auto is_meant = [&](const std::string& given) { return is_meant_by(given, address); };
      if (std::ranges::any_of(planning_.options.targets, is_meant)) goes.push_back(address);
    });
    std::set<std::string> seen(goes.begin(), goes.end());
    while (!goes.empty()) {
      const std::string used = std::move(goes.back());
      goes.pop_back();
      planning_.take_in(used);
      const auto [first, last] = users_.equal_range(used);
      for (auto user = first; user != last; ++user)
        if (seen.insert(user->second).second) goes.push_back(user->second);
    }
  }

  void tell() {
    for_each_resource([this](const LiveObject& object) {
      const auto reason = planning_.left_out.find(object.mark->address);
      if (reason != planning_.left_out.end())
        planning_.plan.kept.push_back(
            {object.mark->address, object.type, object.id, reason->second, false});
    });
  }

  Planning& planning_;
  Uses needs_;  // resource → what it needs
  Uses users_;  // resource → what needs it
};

}  // namespace

void complete_selection(Planning& planning) { Selection(planning).run(); }

}  // namespace stackctl::engine

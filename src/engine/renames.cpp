// Resources that have another name in the stack file than on the live object: the object stays, and
// its mark is written anew.
#include <algorithm>
#include <charconv>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "engine/planning.h"
#include "stackctl/address.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

using Index = std::size_t;
using Indexes = std::vector<Index>;

/// "/builder" of "web/builder"; empty for a main object.
std::string_view suffix_of(std::string_view address) {
  return address.substr(resource_of(address).size());
}

/// web[2] comes before web[10].
auto order_of(std::string_view address) {
  const std::string_view name = declared_name(address);
  const std::string_view key = address.substr(name.size());
  std::size_t number = 0;
  if (key.starts_with('[')) std::from_chars(key.data() + 1, key.data() + key.size(), number);
  return std::tuple(name, number, key);
}

class Renames {
 public:
  explicit Renames(Planning& planning) : planning_(planning) {}

  void run() {
    find_gone();
    if (gone_.empty()) return;
    find_fresh();
    while (!fresh_.empty() && pair_some()) {
    }
    is_lenient_ = true;
    while (!fresh_.empty() && pair_some()) {
    }
    tell_doubtful();
  }

 private:
  const LiveObject& live(Index index) const { return planning_.live.objects[index].object; }

  // --- what may have been renamed ---------------------------------------------------------------

  void find_gone() {
    std::unordered_set<std::string_view> declared;
    for (const DesiredObject& object : planning_.desired.objects) declared.insert(object.resource);
    for (Index i = 0; i < planning_.live.objects.size(); ++i) {
      const LiveObject& object = live(i);
      const bool is_sound =
          object.condition == Condition::ready || object.condition == Condition::pending;
      if (is_sound && owned_by(object, planning_.desired.stack) && object.type->parent.empty() &&
          !declared.contains(resource_of(object.mark->address)))
        gone_.push_back(i);
    }
    for (const Index i : gone_)
      if (!keeps_spec(*live(i).type)) going_types_.insert(live(i).type);
    if (gone_.empty()) return;
    for (Index i = 0; i < planning_.live.objects.size(); ++i)
      if (owned_by(live(i), planning_.desired.stack)) by_address_.emplace(live(i).mark->address, i);
    // What belongs to a main object follows it; alone is what a run left that was cut short.
    std::erase_if(gone_, [this](Index i) {
      const std::string& address = live(i).mark->address;
      return !suffix_of(address).empty() && by_address_.contains(resource_of(address));
    });
    std::ranges::sort(gone_, {}, [this](Index i) { return order_of(live(i).mark->address); });
  }

  void find_fresh() {
    for (const DesiredObject& object : planning_.desired.objects) {
      if (!object.object.type->parent.empty() || object.object.is_lookup) continue;
      if (!object.object.helps.empty() || !object.declared->lifecycle.adopt.empty()) continue;
      const Indexes found = planning_.matcher.find(object, object.object.attributes);
      if (!found.empty())
        known_.emplace(object.object.address, found.front());
      else if (std::ranges::none_of(planning_.options.replace, [&](const std::string& given) {
                 return is_meant_by(given, object.resource);
               }))
        fresh_.push_back(&object);
    }
    std::erase_if(fresh_, [this](const DesiredObject* object) {
      return !is_main(*object) && !known_.contains(object->resource);
    });
    std::ranges::stable_sort(
        fresh_, {}, [](const DesiredObject* object) { return order_of(object->object.address); });
  }

  // --- the same content -------------------------------------------------------------------------

  /// What `reference` stands for, were `wanted` the resource that `was` is the former name of.
  std::optional<Value> meaning(const Reference& reference, const DesiredObject& wanted,
                               std::string_view was) const {
    const DesiredObject* const target = planning_.find(reference.target);
    if (target == nullptr) return std::nullopt;
    const std::optional<Index> found = target->object.is_lookup ? looked_up(*target, wanted, was)
                                                                : counterpart(*target, wanted, was);
    if (!found) return std::nullopt;
    const Value& value = live(*found).attributes[reference.attribute];
    return value.is_null() ? std::nullopt : std::optional<Value>(value);
  }

  std::optional<Index> counterpart(const DesiredObject& target, const DesiredObject& wanted,
                                   std::string_view was) const {
    if (target.resource == wanted.resource)
      if (const auto found = sibling(target, was)) return found;
    const auto known = known_.find(target.object.address);
    return known == known_.end() ? std::nullopt : std::optional<Index>(known->second);
  }

  /// What the resource used under its former name.
  std::optional<Index> looked_up(const DesiredObject& target, const DesiredObject& wanted,
                                 std::string_view was) const {
    DesiredObject lookup;
    lookup.object.type = target.object.type;
    lookup.binding = target.binding;
    lookup.resource = target.resource == wanted.resource ? was : target.resource;
    const Result<Value> attributes =
        resolve(target.object.attributes, [&](const Reference& reference) {
          return reference.target == target.object.address ? std::nullopt
                                                           : meaning(reference, wanted, was);
        });
    if (!attributes) return std::nullopt;
    const Indexes found = planning_.matcher.look_up(lookup, *attributes, false);
    return found.size() == 1 ? std::optional<Index>(found.front()) : std::nullopt;
  }

  /// The live object that `target`, of the same resource, was under the former name.
  std::optional<Index> sibling(const DesiredObject& target, std::string_view was) const {
    const std::string former = std::string(was).append(suffix_of(target.object.address));
    const auto [first, last] = by_address_.equal_range(former);
    const auto found = std::find_if(first, last, [&](const auto& entry) {
      return live(entry.second).type == target.object.type;
    });
    return found == last ? std::nullopt : std::optional<Index>(found->second);
  }

  bool is_same(const DesiredObject& wanted, Index index) const {
    const auto& [there, binding] = planning_.live.objects[index];
    const ResourceType& type = *wanted.object.type;
    const std::string& address = there.mark->address;
    if (there.type != &type || binding != wanted.binding) return false;
    if (suffix_of(address) != suffix_of(wanted.object.address)) return false;
    if (keeps_spec(type) && !Spec::parse(there.mark->spec).known()) return false;
    const std::string_view was = resource_of(address);
    const Result<Value> attributes =
        resolve(wanted.object.attributes,
                [&](const Reference& reference) { return meaning(reference, wanted, was); });
    if (!attributes) return false;
    const SpecKey key{planning_.desired.stack, address, planning_.options.digests};
    return diff(type, *attributes, there, key, set_aside(wanted)).empty();
  }

  /// Names that derive from the address, and what is not compared anyway.
  std::set<std::string> set_aside(const DesiredObject& wanted) const {
    const ResourceType& type = *wanted.object.type;
    const std::vector<std::string>& ignored = wanted.declared->lifecycle.ignore_changes;
    std::set<std::string> names;
    if (type.marked == Marked::name) names.insert(type.key.begin(), type.key.end());
    for (const Attribute& attribute : type.schema) {
      const std::string_view path = origin_of(wanted.object.origins.get(), attribute.name);
      const auto is_it = [&](const std::string& name) {
        return name == "all" || name == path.substr(0, path.find_first_of(".["));
      };
      const bool is_in_between = is_lenient_ && !attribute.is_immutable &&
                                 may_be_exchanged(wanted.object.attributes[attribute.name]);
      if (attribute.is_name || is_in_between || std::ranges::any_of(ignored, is_it))
        names.emplace(attribute.name);
    }
    return names;
  }

  /// A run that was cut short may have exchanged what cannot be renamed, here and not yet there.
  bool may_be_exchanged(const Value& value) const {
    return std::ranges::any_of(references(value), [this](const Reference& reference) {
      const DesiredObject* const target = planning_.find(reference.target);
      return target != nullptr && going_types_.contains(target->object.type);
    });
  }

  // --- pairs ------------------------------------------------------------------------------------

  /// One round: what it pairs may be what others refer to. False when nothing was left to pair.
  bool pair_some() {
    std::map<Indexes, std::vector<const DesiredObject*>> groups;
    for (const DesiredObject* wanted : fresh_)
      if (Indexes same = candidates(*wanted); !same.empty())
        groups[std::move(same)].push_back(wanted);
    doubtful_.clear();
    bool has_paired = false;
    for (const auto& [same, wanted] : groups) {
      const auto is_free = [this](Index i) { return std::ranges::find(gone_, i) != gone_.end(); };
      if (!std::ranges::all_of(same, is_free)) continue;  // it looks again in the next round
      if (same.size() == wanted.size()) {
        for (Index i = 0; i < same.size(); ++i) pair(*wanted[i], same[i]);
        has_paired = true;
      } else {
        doubtful_.emplace_back(wanted, same);
      }
    }
    return has_paired;
  }

  Indexes candidates(const DesiredObject& wanted) {
    Indexes same;
    for (const Index i : gone_)
      if (is_same(wanted, i)) same.push_back(i);
    if (same.empty()) return same;
    // 'web' became 'web[0]', or the other way round, whatever else looks the same.
    for (const Index i : same)
      if (is_first_of_same(live(i).mark->address, wanted.object.address)) return {i};
    std::erase_if(same, [this](Index i) { return is_spoken_for(i); });
    if (same.size() < 2) return same;
    const Parts parts = parts_of(wanted);
    Indexes alike;
    for (const Index i : same)
      if (parts_of(i) == parts) alike.push_back(i);
    return alike.empty() ? same : alike;
  }

  static bool is_first_of_same(std::string_view former, std::string_view now) {
    const auto is_first = [](std::string_view one, std::string_view all) {
      return one.size() == all.size() + 3 && one.starts_with(all) && one.ends_with("[0]");
    };
    return is_first(former, now) || is_first(now, former);
  }

  /// Whether another resource is what became of it in any case.
  bool is_spoken_for(Index index) const {
    return std::ranges::any_of(fresh_, [&](const DesiredObject* other) {
      return is_first_of_same(live(index).mark->address, other->object.address) &&
             is_same(*other, index);
    });
  }

  using Parts = std::multiset<std::string>;

  static void note_part(const ResourceType& type, const Value& attributes, Parts& parts) {
    std::string text(type.name);
    for (const std::string_view name : type.key) {
      const Attribute* const attribute = find(type.schema, name);
      if (attribute == nullptr || attribute->type == Type::reference) continue;
      const Value& given = attributes[name];
      const Value& value = given.is_null() ? attribute->standard : given;
      text += '\n' + json::write(canonical(value, *attribute), json::Secrets::hidden);
    }
    parts.insert(std::move(text));
  }

  const Parts& parts_of(Index parent) {
    if (!live_parts_) {
      live_parts_.emplace();
      for (const auto& [object, binding] : planning_.live.objects)
        if (!object.type->parent.empty())
          note_part(*object.type, object.attributes,
                    (*live_parts_)[std::string(object.attributes.text_at(object.type->parent))]);
    }
    return (*live_parts_)[live(parent).id];
  }

  Parts parts_of(const DesiredObject& parent) const {
    Parts parts;
    for (const DesiredObject& object : planning_.desired.objects) {
      if (object.object.type->parent.empty()) continue;
      const Value& given = object.object.attributes[object.object.type->parent];
      const Reference* const reference = given.reference();
      if (reference != nullptr && reference->target == parent.object.address)
        note_part(*object.object.type, object.object.attributes, parts);
    }
    return parts;
  }

  void pair(const DesiredObject& wanted, Index index) {
    const std::string& address = wanted.object.address;
    known_.insert_or_assign(address, index);
    std::erase(fresh_, &wanted);
    std::erase(gone_, index);
    if (!can_be_renamed(wanted)) {
      replaced_.insert(address);
      return;
    }
    planning_.matcher.take_as(index, address);
    tell_half_selected(wanted, live(index).mark->address);
    if (is_main(wanted)) take_siblings(wanted, resource_of(live(index).mark->address));
  }

  /// Not when it has to be replaced, because its mark is fixed or what it is bound to is replaced.
  bool can_be_renamed(const DesiredObject& wanted) const {
    if (!keeps_spec(*wanted.object.type)) return false;
    for (const Attribute& attribute : wanted.object.type->schema) {
      if (!attribute.is_immutable || attribute.is_name) continue;
      for (const Reference& reference : references(wanted.object.attributes[attribute.name])) {
        const DesiredObject* const target = planning_.find(reference.target);
        const bool is_fixed_sibling = target != nullptr && target->resource == wanted.resource &&
                                      !target->object.is_lookup &&
                                      !keeps_spec(*target->object.type);
        if (is_fixed_sibling || replaced_.contains(reference.target)) return false;
      }
    }
    return true;
  }

  void take_siblings(const DesiredObject& main, std::string_view was) {
    for (const DesiredObject& object : planning_.desired.objects) {
      if (object.resource != main.resource || is_main(object) || object.object.is_lookup) continue;
      if (!object.object.type->parent.empty() || !keeps_spec(*object.object.type)) continue;
      if (!planning_.matcher.find(object, object.object.attributes).empty()) continue;
      const auto found = sibling(object, was);
      if (!found) continue;
      planning_.matcher.take_as(*found, object.object.address);
      known_.insert_or_assign(object.object.address, *found);
    }
  }

  // --- words ------------------------------------------------------------------------------------

  void warn(const DesiredObject& object, std::string summary, std::string hint) {
    Diagnostic warning = error(std::move(summary), std::move(hint));
    warning.severity = Severity::warning;
    planning_.fault(object, std::move(warning));
  }

  void tell_half_selected(const DesiredObject& object, const std::string& former) {
    const bool is_in = planning_.is_selected(object.resource);
    if (is_in == planning_.is_selected(resource_of(former))) return;
    warn(object,
         "it is '" + former + "' under another name, and nothing is done about it: this run is " +
             "about one of the two names only",
         "take in both names, or leave out both");
  }

  void tell_doubtful() {
    for (const auto& [wanted, same] : doubtful_) {
      const DesiredObject& first = *wanted.front();
      if (!keeps_spec(*first.object.type) || !planning_.is_selected(first.resource)) continue;
      std::vector<std::string> names;
      std::vector<std::string> formers;
      for (const DesiredObject* object : wanted)
        names.push_back("'" + object->object.address + "'");
      for (const Index i : same) formers.push_back("'" + live(i).mark->address + "'");
      warn(first,
           join(names, ", ") + (names.size() == 1 ? " looks" : " look") + " like " +
               join(formers, ", ") + " under another name, but which is which cannot be told: " +
               std::to_string(formers.size()) + " became " + std::to_string(names.size()),
           "to keep what is there, rename first and change the number in another apply, or keep "
           "the old names");
    }
  }

  Planning& planning_;
  Indexes gone_;                             // live objects whose name is not declared
  std::vector<const DesiredObject*> fresh_;  // declared, and not there by that name
  std::multimap<std::string, Index, std::less<>> by_address_;  // of the stack
  std::map<std::string, Index, std::less<>> known_;  // declared address → what it is by content
  std::set<std::string, std::less<>> replaced_;      // of these: those that cannot be renamed
  std::set<const ResourceType*> going_types_;        // of those that cannot be renamed
  bool is_lenient_ = false;                          // what remains is looked at once more
  std::vector<std::pair<std::vector<const DesiredObject*>, Indexes>> doubtful_;
  std::optional<std::map<std::string, Parts>> live_parts_;  // by id of the parent
};

}  // namespace

void find_renames(Planning& planning) { Renames(planning).run(); }

}  // namespace stackctl::engine

#include "stack/instances.h"

#include <set>
#include <utility>

#include "stack/common_keys.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::string_view kCount = "count";
constexpr std::string_view kForEach = "for_each";
constexpr std::int64_t kMostInstances = 10'000;

Instance instance(const std::string& name, Value key, Value value) {
  Instance result;
  result.address = instance_address(name, key);
  result.key = std::move(key);
  result.value = std::move(value);
  return result;
}

class Repeater {
 public:
  Repeater(const Entry& resource, const Entry& repetition, Context& context)
      : name_(resource.key), node_(repetition.value), context_(context) {}

  bool count(const Value& given) {
    Diagnostics faults;
    const Attribute wanted = *find(identity_keys(), kCount);
    const Value checked = validate(Map{{std::string(kCount), given}}, {wanted}, faults);
    if (given.is_null()) return fail(error("'count' must be an integer, not null"));
    if (!faults.empty()) return fail(error(faults.front().summary, faults.front().hint));
    const std::int64_t number = *checked[kCount].integer();
    if (number > kMostInstances)
      return fail(error("'count' must be at most " + std::to_string(kMostInstances)));
    instances_.reserve(static_cast<std::size_t>(number));
    for (std::int64_t i = 0; i < number; ++i) instances_.push_back(instance(name_, i, {}));
    return true;
  }

  bool each(const Value& given) {
    if (given.map() != nullptr) return members(*given.map());
    if (given.list() != nullptr) return items(given);
    return fail(error("'for_each' must be a map or a list of strings, not " +
                      with_article(type_name(given))));
  }

  std::vector<Instance> take() { return std::move(instances_); }

 private:
  bool fail(Diagnostic fault) { return context_.report(std::move(fault), node_), false; }

  bool members(const Map& map) {
    for (const auto& [key, value] : map)
      if (!add(key, value)) return false;
    return true;
  }

  /// In the order of the keys, as those of a map: their order in the list means nothing.
  bool items(const Value& list) {
    std::set<std::string_view> known;
    Map::Members keys;
    for (const Value& item : list.items()) {
      if (!item.is_known() && !references(item).empty() && !references(item)[0].attribute.empty())
        return expect_known(list, "'for_each'", node_, context_);
      if (is_invalid(item)) return false;
      if (item.text() == nullptr)
        return fail(
            error("the keys of 'for_each' must be strings, not " + with_article(type_name(item)),
                  "write a map: {KEY: VALUE}"));
      if (!known.insert(*item.text()).second)
        return fail(error("'for_each' has '" + *item.text() + "' twice",
                          "give each instance a key of its own"));
      keys.emplace_back(*item.text(), item);
    }
    return members(Map::of(std::move(keys)));
  }

  bool add(const std::string& key, const Value& value) {
    if (!is_instance_key(key))
      return fail(error("'" + key + "' cannot be the key of an instance",
                        "use at most 63 printable ASCII characters, without blanks and / \" [ ]"));
    instances_.push_back(instance(name_, key, value));
    return true;
  }

  const std::string& name_;
  const Node& node_;
  Context& context_;
  std::vector<Instance> instances_;
};

Value own_value(const Instance& instance, const Name& name, const Report& report) {
  const bool is_counted = instance.key.integer() != nullptr;
  if (is_counted && name.member == "index") return instance.key;
  if (!is_counted && name.member == "key") return instance.key;
  if (!is_counted && name.member == "value") return instance.value;
  report(name.member.empty() ? name.root_span : name.member_span,
         is_counted ? error("'count' has one attribute: count.index")
                    : error("'each' has two attributes: each.key and each.value"));
  return invalid();
}

}  // namespace

std::string instance_address(std::string_view resource, const Value& key) {
  const std::string spelled =
      key.text() != nullptr ? '"' + *key.text() + '"' : std::to_string(*key.integer());
  return std::string(resource) + '[' + spelled + ']';
}

const Entry* find_repetition(const Entry& resource, const Kind& kind) {
  const Entry* each = resource.value.find(kForEach);
  if (each != nullptr) return each;
  return find(kind.schema, kCount) == nullptr ? resource.value.find(kCount) : nullptr;
}

std::optional<std::vector<Instance>> repeat(const Entry& resource, const Entry& repetition,
                                            const Scope& scope, Context& context) {
  Repeater repeater(resource, repetition, context);
  const Node& node = repetition.value;
  const bool is_counted = repetition.key == kCount;
  const Value given =
      is_counted ? evaluate_known(node, "'count'", scope, context) : evaluate(node, scope, context);
  const bool has_shape = given.reference() == nullptr && given.deferred() == nullptr;
  if (!has_shape && !is_counted) expect_known(given, "'for_each'", node, context);
  if (!has_shape) return std::nullopt;
  if (!(is_counted ? repeater.count(given) : repeater.each(given))) return std::nullopt;
  return repeater.take();
}

Scope scope_of(const Instance& instance, const Scope& outer) {
  Scope scope = outer;
  if (instance.key.is_null()) return scope;
  const std::string_view own = instance.key.integer() != nullptr ? kCount : "each";
  scope.lookup = [&instance, &outer, own](const Name& name, const Report& report) {
    return name.root == own ? own_value(instance, name, report) : outer.lookup(name, report);
  };
  return scope;
}

}  // namespace stackctl::stack

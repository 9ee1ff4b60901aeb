#include "engine/seen.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "stackctl/crypto.h"
#include "stackctl/json.h"

namespace stackctl::engine {
namespace {

constexpr std::size_t kFastDigest = 10;    // characters, 60 bits
constexpr std::size_t kLongestPlain = 64;  // bytes; a longer text may have a password in it

/// What tells an object apart: the same one may be listed by two regions.
using Identity = std::pair<std::string_view, std::string_view>;

Identity identity_of(const SeenObject& object) { return {object.type, object.id}; }

std::string fast_digest(std::string_view text) {
  return crypto::base64url(crypto::sha256(text)).substr(0, kFastDigest);
}

/// Lists that the cloud sets come in any order.
Value in_order(const Attribute& attribute, const Value& value) {
  const List* const list = value.list();
  if (list == nullptr || !attribute.is_output) return canonical(value, attribute);
  List sorted = *list;
  std::ranges::sort(sorted, {}, [](const Value& item) { return json::write(item); });
  return sorted;
}

bool holds_text(const Attribute& attribute) {
  return attribute.type == Type::text || attribute.type == Type::map ||
         attribute.type == Type::object || attribute.type == Type::any;
}

class Observer {
 public:
  Observer(const Desired& desired, SecretDigests& digests)
      : key_{desired.stack, "plan", &digests}, digests_(digests) {
    for (const DesiredObject& object : desired.objects)
      declared_.emplace(object.object.address, &object.object);
  }

  SeenObject look(const LiveObject& live, std::string address) const {
    SeenObject seen{std::move(address), std::string(live.type->name), live.id, {}};
    const auto found = declared_.find(seen.address);
    const Object* const declared = found == declared_.end() ? nullptr : found->second;
    for (const Attribute& attribute : live.type->schema) {
      const Value& value = live.attributes[attribute.name];
      if (!value.is_null())
        seen.digests.emplace(attribute.name, digest(attribute, value, declared));
    }
    if (live.mark)
      seen.digests.emplace(seen_mark, fast_digest(live.mark->stack + '\n' + live.mark->address +
                                                  '\n' + live.mark->spec));
    const auto condition = std::to_string(static_cast<int>(live.condition));
    seen.digests.emplace(seen_state, fast_digest(condition + (live.is_protected ? "p" : "")));
    return seen;
  }

 private:
  std::string digest(const Attribute& attribute, const Value& value, const Object* declared) const {
    const std::string text = json::write(in_order(attribute, value), json::Secrets::revealed);
    const bool is_secret =
        value.has_secret() ||
        (declared != nullptr ? declared->attributes[attribute.name].has_secret()
                             : holds_text(attribute) && text.size() > kLongestPlain);
    return is_secret ? digests_.of(text, key_) : fast_digest(text);
  }

  std::unordered_map<std::string_view, const Object*> declared_;
  SpecKey key_;
  SecretDigests& digests_;
};

/// Addresses of the live objects that bear no mark of the stack and matter all the same.
std::map<Identity, std::string> taken(const Desired& desired, const Plan& plan) {
  std::map<Identity, std::string> addresses;
  for (const DesiredObject& object : desired.objects) {
    if (!object.object.is_lookup) continue;
    const auto known = plan.known.find(object.object.address);
    if (known == plan.known.end()) continue;
    addresses.emplace(Identity{object.object.type->name, known->second.text_at("id")},
                      object.object.address);
  }
  for (const Step& step : plan.steps)
    if (step.live.type != nullptr)
      addresses.emplace(Identity{step.live.type->name, step.live.id}, step.address);
  return addresses;
}

std::vector<std::string> differing_names(const SeenObject& before, const SeenObject& after) {
  std::set<std::string> names;
  const auto compare = [&](const SeenObject& one, const SeenObject& other) {
    for (const auto& [name, digest] : one.digests) {
      const auto found = other.digests.find(name);
      if (found == other.digests.end() || found->second != digest) names.insert(name);
    }
  };
  compare(before, after);
  compare(after, before);
  return {names.begin(), names.end()};
}

}  // namespace

std::vector<SeenObject> seen_objects(const Desired& desired, const Live& live, const Plan& plan,
                                     SecretDigests& digests) {
  const Observer observer(desired, digests);
  const std::map<Identity, std::string> others = taken(desired, plan);
  std::map<Identity, SeenObject> seen;
  for (const auto& [object, binding] : live.objects) {
    const Identity identity{object.type->name, object.id};
    const auto other = others.find(identity);
    const bool is_ours = owned_by(object, desired.stack);
    if (seen.contains(identity) || (!is_ours && other == others.end())) continue;
    seen.emplace(identity, observer.look(object, is_ours ? object.mark->address : other->second));
  }
  std::vector<SeenObject> all;
  all.reserve(seen.size());
  for (auto& [identity, object] : seen) all.push_back(std::move(object));
  return all;
}

std::vector<SeenChange> compare_seen(const std::vector<SeenObject>& before,
                                     const std::vector<SeenObject>& after) {
  using What = SeenChange::What;
  std::map<Identity, std::pair<const SeenObject*, const SeenObject*>> pairs;
  for (const SeenObject& object : before) pairs[identity_of(object)].first = &object;
  for (const SeenObject& object : after) pairs[identity_of(object)].second = &object;
  std::vector<SeenChange> changes;
  for (const auto& [identity, pair] : pairs) {
    const auto& [was, is] = pair;
    if (was == nullptr) {
      changes.push_back({What::added, *is, {}});
    } else if (is == nullptr) {
      changes.push_back({What::gone, *was, {}});
    } else if (auto names = differing_names(*was, *is); !names.empty()) {
      changes.push_back({What::changed, *is, std::move(names)});
    }
  }
  return changes;
}

}  // namespace stackctl::engine

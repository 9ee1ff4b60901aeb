#include "engine/diff.h"

#include <optional>
#include <utility>

namespace stackctl::engine {
namespace {

/// What is a secret in the file was digested as one, also where the cloud shows it in the open.
Value as_secret_as(const Value& wanted, const Value& live) {
  const bool is_open = wanted.has_secret() && live.text() != nullptr;
  return is_open ? Value(Secret{*live.text()}) : live;
}

Cause cause_of(const Attribute& attribute, const Value& declared, const Value& wanted,
               const Value& live, const Spec& spec, const SpecKey& key) {
  if (!spec.known()) return Cause::unknown;
  if (declared.is_null() && !spec.declared(attribute)) return Cause::drift;  // from the default
  // An attribute that was not declared before is new in the file.
  const bool file_changed =
      !wanted.is_known() || !spec.matches(attribute, wanted, key).value_or(false);
  const bool cloud_changed =
      !spec.matches(attribute, as_secret_as(wanted, live), key).value_or(true);
  if (file_changed && cloud_changed) return Cause::both;
  return file_changed ? Cause::pending : Cause::drift;
}

class Differ {
 public:
  Differ(const ResourceType& type, const Value& desired, const LiveObject& live, const SpecKey& key)
      : type_(type),
        desired_(desired),
        live_(live),
        key_(key),
        spec_(Spec::parse(live.mark ? live.mark->spec : "")) {}

  std::vector<Change> run(const std::set<std::string>& left_alone) {
    for (const Attribute& attribute : type_.schema)
      if (!attribute.is_output && !attribute.is_uncompared &&
          (left_alone.empty() || !left_alone.contains(std::string(attribute.name))))
        compare(attribute);
    return std::move(changes_);
  }

 private:
  void compare(const Attribute& attribute) {
    const Value& declared = desired_[attribute.name];
    const Value& seen = live_.attributes[attribute.name];
    const Value& wanted = declared.is_null() ? attribute.standard : declared;
    const bool hidden = attribute.is_write_only || (attribute.is_unlisted && seen.is_null());
    if (hidden) return compare_hidden(attribute, declared);
    if (wanted.is_null()) return compare_removed(attribute, seen);
    if (wanted.is_known() && same(attribute, wanted, seen)) return;
    add(attribute, wanted, seen, cause_of(attribute, declared, wanted, seen, spec_, key_));
  }

  /// What the cloud does not show is compared with what was last applied.
  void compare_hidden(const Attribute& attribute, const Value& declared) {
    if (!spec_.known()) return;
    const bool was_declared = spec_.declared(attribute);
    if (declared.is_null() && !was_declared) return;
    if (!declared.is_null() && declared.is_known() &&
        spec_.matches(attribute, declared, key_).value_or(false))
      return;
    add(attribute, declared, {}, Cause::pending);
    changes_.back().before_unreadable = was_declared;
  }

  /// Declared at the last apply and no longer: back to what the cloud does by itself.
  void compare_removed(const Attribute& attribute, const Value& seen) {
    if (seen.is_null() || !spec_.declared(attribute)) return;
    add(attribute, {}, seen, Cause::pending);
  }

  void add(const Attribute& attribute, Value after, Value before, Cause cause) {
    Change change;
    change.attribute = attribute.name;
    change.before = std::move(before);
    change.after = std::move(after);
    change.forces_replacement = attribute.is_immutable;
    change.cause = cause;
    changes_.push_back(std::move(change));
  }

  const ResourceType& type_;
  const Value& desired_;
  const LiveObject& live_;
  const SpecKey& key_;
  Spec spec_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> diff(const ResourceType& type, const Value& desired, const LiveObject& live,
                         const SpecKey& key, const std::set<std::string>& left_alone) {
  return Differ(type, desired, live, key).run(left_alone);
}

}  // namespace stackctl::engine

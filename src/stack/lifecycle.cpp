#include "stack/lifecycle.h"

#include <array>
#include <chrono>
#include <utility>

#include "stack/common_keys.h"
#include "stack/placement.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::string_view kHooks = "hooks";
constexpr std::string_view kIgnoreChanges = "ignore_changes";
constexpr std::string_view kAll = "all";
constexpr std::array<std::string_view, 2> kHookNames = {"after_create", "before_delete"};
constexpr std::string_view kBeforeDelete = "before_delete";

std::optional<Duration> seconds(const Value& value) {
  if (value.integer() == nullptr) return std::nullopt;
  return std::chrono::seconds{*value.integer()};
}

/// A command in one text is for the shell.
void spell_out_commands(Value& hooks) {
  Map* map = hooks.map();
  if (map == nullptr) return;
  for (auto& row : *map) {
    Map* hook = row.second.map();
    const auto command = hook == nullptr ? Map::iterator{} : hook->find("command");
    if (hook == nullptr || command == hook->end()) continue;
    Value& given = command->second;
    const bool is_text = given.revealed() != nullptr || given.reference() != nullptr ||
                         (given.deferred() != nullptr && !is_invalid(given));
    if (is_text) given = List{"sh", "-c", std::move(given)};
  }
}

class Reader {
 public:
  Reader(const Entry& resource, const Kind& kind, const KindOf& kind_of, const Scope& scope,
         Context& context, Places::Members& locations)
      : resource_(resource),
        kind_(kind),
        kind_of_(kind_of),
        scope_(scope),
        context_(context),
        locations_(locations) {}

  Lifecycle read() {
    Lifecycle result;
    const Value given = values();
    if (given.map()->empty()) return result;
    const Value checked = check(given);
    if (const bool* protect = checked["protect"].boolean()) result.protect = *protect;
    result.on_delete = on_delete(checked.text_at("on_delete"));
    if (const std::string_view order = checked.text_at("on_replace"); !order.empty())
      result.create_first = order == "create_first";
    result.ignore_changes = ignored(checked[kIgnoreChanges]);
    result.create_timeout = seconds(checked["timeouts"]["create"]);
    result.update_timeout = seconds(checked["timeouts"]["update"]);
    result.delete_timeout = seconds(checked["timeouts"]["delete"]);
    result.adopt = checked.text_at("adopt");
    result.hooks = hooks(checked[kHooks]);
    return result;
  }

 private:
  /// All but the hooks must be known now. A key without a value would be no key for the schema, and
  /// `protect:` alone no protection.
  Value values() {
    Map given;
    for (const Attribute& key : lifecycle_keys()) {
      const Entry* entry = resource_.value.find(key.name);
      if (entry == nullptr) continue;
      if (entry->value.is_null())
        context_.report_key(error("'" + entry->key + "' has no value", "give it one, or remove it"),
                            *entry);
      else if (Value value = evaluated(*entry, key); !is_invalid(value))
        given.emplace(entry->key, std::move(value));
    }
    return given;
  }

  Value evaluated(const Entry& entry, const Attribute& key) {
    if (key.name == kHooks) {
      Value value =
          AttributeReader(scope_, context_, locations_).read(entry.value, &key, entry.key);
      spell_out_commands(value);
      return value;
    }
    Value value = evaluate_known(entry.value, "'" + entry.key + "'", scope_, context_);
    const bool is_all = key.name == kIgnoreChanges && value == Value(kAll);
    return is_all ? List{std::move(value)} : std::move(value);
  }

  Value check(const Value& given) {
    Diagnostics faults;
    Value checked = validate(given, lifecycle_keys(), faults);
    check_references(*checked.map(), lifecycle_keys(), kind_of_, faults);
    for (Diagnostic& fault : faults) {
      std::string path = fault.path;
      report(std::move(fault), path);
    }
    return checked;
  }

  void report(Diagnostic fault, std::string_view path) {
    fault.address = resource_.key;
    fault.path = path;
    fault.location = place(resource_, lifecycle_keys(), path);
    context_.faults.push_back(std::move(fault));
  }

  static OnDelete on_delete(std::string_view word) {
    if (word == "retain") return OnDelete::retain;
    return word == "snapshot" ? OnDelete::snapshot : OnDelete::remove;
  }

  std::vector<std::string> ignored(const Value& names) {
    std::vector<std::string> result;
    const bool is_all = names == Value(List{kAll});
    for (const Value& item : names.items()) {
      const std::string* name = item.text();
      if (name == nullptr) continue;
      const Attribute* attribute = find(kind_.schema, *name);
      if (is_all || (attribute != nullptr && !attribute->is_output))
        result.push_back(*name);
      else
        report(no_attribute(*name), std::string(kIgnoreChanges) + '[' +
                                        std::to_string(&item - names.items().data()) + ']');
    }
    return result;
  }

  Diagnostic no_attribute(const std::string& name) const {
    std::vector<std::string_view> known;
    for (const Attribute& attribute : kind_.schema)
      if (!attribute.is_output) known.push_back(attribute.name);
    return error(with_article(kind_.name) + " has no attribute '" + name + "' to ignore",
                 suggest(name, known));
  }

  std::vector<Hook> hooks(const Value& given) {
    std::vector<Hook> result;
    for (const std::string_view name : kHookNames) {
      const Value& hook = given[name];
      if (hook.map() == nullptr) continue;
      const std::string path = std::string(kHooks) + '.' + std::string(name);
      if (hook["command"].has_secret())
        report(error("a secret in a command can be seen by everybody on this machine",
                     "give it as a variable: environment: {TOKEN: ...}"),
               path + ".command");
      const Entry* entry = resource_.value.find(kHooks)->value.find(name);
      const Location location =
          entry != nullptr ? locate_key(*entry) : place(resource_, lifecycle_keys(), path);
      result.push_back({std::string(name), name == kBeforeDelete, hook["command"],
                        hook["environment"].is_null() ? Map{} : hook["environment"], location});
    }
    return result;
  }

  const Entry& resource_;
  const Kind& kind_;
  const KindOf& kind_of_;
  const Scope& scope_;
  Context& context_;
  Places::Members& locations_;
};

}  // namespace

Lifecycle read_lifecycle(const Entry& resource, const Kind& kind, const KindOf& kind_of,
                         const Scope& scope, Context& context, Places::Members& locations) {
  return Reader(resource, kind, kind_of, scope, context, locations).read();
}

Value read_existing(const Entry& resource, const Kind& kind, const Scope& scope, Context& context) {
  const Entry* entry = resource.value.find("existing");
  if (entry == nullptr) return {};
  const Value given = evaluate_known(entry->value, "'existing'", scope, context);
  if (is_invalid(given)) return Map{};
  if (given.map() == nullptr || given.map()->empty()) {
    context.report(error("'existing' must be a map that tells the object",
                         "existing: {id: ...} or existing: {name: ...}"),
                   entry->value);
    return Map{};
  }
  Diagnostics faults;
  const Schema schema = existing_keys(kind);
  Value checked = validate(given, schema, faults);
  for (Diagnostic& fault : faults) {
    fault.location = place(*entry, schema, fault.path);
    fault.path = "existing." + fault.path;
    fault.address = resource.key;
    context.faults.push_back(std::move(fault));
  }
  if (faults.empty() && checked.map()->empty())
    context.report(error("'existing' has no value that tells the object"), entry->value);
  return checked;
}

}  // namespace stackctl::stack

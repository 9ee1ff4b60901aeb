// From the body of a resource to its declarations.
#include <algorithm>
#include <array>
#include <utility>

#include "stack/common_keys.h"
#include "stack/lifecycle.h"
#include "stack/names.h"
#include "stack/placement.h"
#include "stack/references.h"
#include "stack/resources.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::string_view kCount = "count";

void ignore(Span /*where*/, const Diagnostic& /*fault*/) {}

bool is_common(const Kind& kind, std::string_view key) {
  if (key == kCount && stackctl::find(kind.schema, key) != nullptr) return false;
  return stackctl::find(identity_keys(), key) != nullptr ||
         stackctl::find(lifecycle_keys(), key) != nullptr;
}

void note_places(const std::string& path, const Node& map, Places::Members& locations) {
  locations.emplace_back(path, locate(map));
  for (const Entry& entry : map.entries)
    locations.emplace_back(path + '.' + entry.key, locate(entry.value));
}

}  // namespace

Resources::Role Resources::role(const Kind& kind, std::string_view key) const {
  if (is_common(kind, key)) return Role::common;
  if (stackctl::find(kind.schema, key) != nullptr) return Role::attribute;
  for (const ProviderWords& provider : context_.vocabulary.providers)
    if (provider.name == key) return Role::native;
  return Role::unknown;
}

void Resources::check_keys(const Resource& resource) {
  for (const Entry& entry : resource.entry->value.entries)
    if (role(*resource.kind, entry.key) == Role::unknown) report_unknown(resource, entry);
  check_exclusions(resource);
}

void Resources::check_exclusions(const Resource& resource) {
  const Node& body = resource.entry->value;
  if (resource.repetition != nullptr && resource.repetition->key != kCount)
    if (const Entry* count = body.find(kCount);
        count != nullptr && is_common(*resource.kind, kCount))
      context_.report_key(error("'count' and 'for_each' exclude each other"), *count);
  if (!resource.is_looked_up) return;
  for (const Entry& entry : body.entries) {
    const Role is = role(*resource.kind, entry.key);
    const bool is_lifecycle = stackctl::find(lifecycle_keys(), entry.key) != nullptr;
    if (is == Role::unknown || (is == Role::common && !is_lifecycle)) continue;
    Diagnostic fault = error("'" + entry.key + "' and 'existing' exclude each other",
                             "what exists already is looked up and never changed");
    fault.address = resource.entry->key;
    context_.report_key(std::move(fault), entry);
  }
}

void Resources::report_unknown(const Resource& resource, const Entry& entry) {
  std::vector<std::string_view> known;
  for (const Attribute& attribute : resource.kind->schema)
    if (!attribute.is_output) known.push_back(attribute.name);
  for (const Schema* keys : {&identity_keys(), &lifecycle_keys()})
    for (const Attribute& key : *keys) known.push_back(key.name);
  Diagnostic fault =
      error("unknown attribute '" + entry.key + "' of " + with_article(resource.kind->name),
            suggest(entry.key, known));
  fault.address = resource.entry->key;
  context_.report_key(std::move(fault), entry);
}

std::vector<Declaration> Resources::declare(Providers& providers) {
  std::vector<Declaration> result;
  result.reserve(resources_.size());
  plain_addresses_.reserve(resources_.size());
  for (Resource& resource : resources_) {
    if (resource.kind == nullptr) continue;
    check_keys(resource);
    if (expand(resource, ignore)) declare(resource, providers, result);
  }
  return result;
}

void Resources::declare(Resource& resource, Providers& providers, std::vector<Declaration>& out) {
  const ProviderWords* provider = nullptr;
  bool is_chosen = false;
  for (Instance& instance : resource.instances) {
    if (!is_present(resource, instance, ignore)) continue;
    if (!std::exchange(is_chosen, true))
      provider = providers.choose(*resource.entry, *resource.kind);
    check_name(resource, instance);
    Declaration declaration = declare(resource, instance, provider);
    if (provider != nullptr) out.push_back(std::move(declaration));
  }
}

/// Physical names derive from plain addresses, so those must differ.
void Resources::check_name(const Resource& resource, const Instance& instance) {
  const auto [place, is_new] =
      plain_addresses_.emplace(plain_address(instance.address), instance.address);
  if (is_new) return;
  context_.report_key(error("'" + instance.address + "' and '" + std::string(place->second) +
                                "' would have the same name in the cloud",
                            "call one of them otherwise"),
                      *resource.entry);
}

Declaration Resources::declare(const Resource& resource, Instance& instance,
                               const ProviderWords* provider) {
  const Scope scope = scope_of(instance, names_->scope());
  const KindOf kinds = [this](std::string_view name) { return kind_of(name); };
  Declaration result;
  result.address = instance.address;
  result.kind = resource.kind;
  result.provider = provider == nullptr ? "" : provider->name;
  result.existing = read_existing(*resource.entry, *resource.kind, scope, context_);
  if (resource.is_looked_up) {
    result.attributes = Map{};
    note_places("existing", resource.entry->value.find("existing")->value, instance.locations);
  } else {
    result.attributes = attributes(resource, instance);
    result.native = native(resource, instance, result.provider);
    result.lifecycle =
        read_lifecycle(*resource.entry, *resource.kind, kinds, scope, context_, instance.locations);
  }
  result.depends_on = dependencies(resource.entry->value, scope);
  result.location = locate_key(*resource.entry);
  result.locations = std::make_shared<const Places>(Places::of(std::move(instance.locations)));
  return result;
}

Value Resources::attributes(const Resource& resource, Instance& instance) {
  const Node& body = resource.entry->value;
  const Schema& schema = resource.kind->schema;
  Map given;
  for (std::size_t i = 0; i < body.entries.size(); ++i)
    if (role(*resource.kind, body.entries[i].key) == Role::attribute)
      given.emplace(body.entries[i].key, read(resource, instance, i, ignore));
  Diagnostics faults;
  Value checked = validate(Value(std::move(given)), schema, faults);
  const KindOf kinds = [this](std::string_view name) { return kind_of(name); };
  check_references(*checked.map(), schema, kinds, faults);
  for (Diagnostic& fault : faults) {
    fault.address = instance.address;
    fault.location = place(*resource.entry, schema, fault.path);
    context_.faults.push_back(std::move(fault));
  }
  return checked;
}

/// What other providers would do is no business of this one.
Value Resources::native(const Resource& resource, Instance& instance, std::string_view provider) {
  const Entry* block = provider.empty() ? nullptr : resource.entry->value.find(provider);
  if (block == nullptr || role(*resource.kind, block->key) != Role::native) return {};
  if (!block->value.is_map() && !block->value.is_null())
    context_.report(error("'" + block->key + "' must be a map"), block->value);
  const Scope scope = scope_of(instance, names_->scope());
  return AttributeReader(scope, context_, instance.locations)
      .read(block->value, nullptr, block->key);
}

std::vector<std::string> Resources::dependencies(const Node& body, const Scope& scope) {
  std::vector<std::string> result;
  const Entry* entry = body.find("depends_on");
  if (entry == nullptr || entry->value.is_null()) return result;
  if (!entry->value.is_list())
    context_.report(
        error("'depends_on' must be a list of resources", "write it as a list: [ ... ]"),
        entry->value);
  for (const Node& item : entry->value.items)
    add_dependency(evaluate(item, scope, context_), item, result);
  return result;
}

/// A name, an address or a reference, or a list or map of references to instances.
void Resources::add_dependency(const Value& value, const Node& node,
                               std::vector<std::string>& out) {
  if (is_invalid(value)) return;
  if (value.list() != nullptr || value.map() != nullptr) {
    for (const Reference& reference : references(value)) out.push_back(reference.target);
    return;
  }
  if (const Reference* reference = value.reference())
    return add_dependency(reference->target, node, out);
  if (value.text() != nullptr) return add_dependency(*value.text(), node, out);
  context_.report(error("expected the name of a resource"), node);
}

/// One that is left out has nothing to wait for.
void Resources::add_dependency(const std::string& address, const Node& node,
                               std::vector<std::string>& out) {
  const std::string_view name = declared_name(address);
  Resource* resource = find(name);
  if (resource == nullptr) {
    context_.report(error("unknown resource '" + std::string(name) + "'", suggest(name, names())),
                    node);
    return;
  }
  if (resource->kind == nullptr || !expand(*resource, ignore)) return;
  if (name == address) {
    for (Instance& instance : resource->instances)
      if (is_present(*resource, instance, ignore)) out.push_back(instance.address);
  } else if (Instance* instance = find_instance(*resource, address)) {
    if (is_present(*resource, *instance, ignore)) out.push_back(address);
  } else {
    context_.report(error("there is no " + address, "for all of them: " + std::string(name)), node);
  }
}

}  // namespace stackctl::stack

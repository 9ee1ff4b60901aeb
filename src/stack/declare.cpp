// From the body of a resource to its declaration.
#include <algorithm>
#include <array>
#include <utility>

#include "stack/names.h"
#include "stack/placement.h"
#include "stack/references.h"
#include "stack/resources.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 5> kCommonKeys = {"kind", "provider", "when", "depends_on",
                                                         "protect"};
/// Words of the language that this version does not know yet.
constexpr std::array<std::string_view, 9> kLaterKeys = {"count",      "for_each",       "on_delete",
                                                        "on_replace", "ignore_changes", "timeouts",
                                                        "hooks",      "existing",       "adopt"};

template <class Keys>
bool has(const Keys& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void ignore(Span /*where*/, const Diagnostic& /*fault*/) {}

}  // namespace

Resources::Role Resources::role(const Kind& kind, std::string_view key) const {
  if (has(kCommonKeys, key)) return Role::common;
  if (stackctl::find(kind.schema, key) != nullptr) return Role::attribute;
  if (has(kLaterKeys, key)) return Role::later;
  for (const ProviderWords& provider : context_.vocabulary.providers)
    if (provider.name == key) return Role::native;
  return Role::unknown;
}

void Resources::check_keys(const Resource& resource) {
  for (const Entry& entry : resource.entry->value.entries)
    report_key(resource, entry, role(*resource.kind, entry.key));
}

void Resources::report_key(const Resource& resource, const Entry& entry, Role role) {
  if (role == Role::later)
    context_.report_key(error("'" + entry.key + "' is not supported yet"), entry);
  if (role != Role::unknown) return;
  std::vector<std::string_view> known;
  for (const Attribute& attribute : resource.kind->schema)
    if (!attribute.is_output) known.push_back(attribute.name);
  known.insert(known.end(), kCommonKeys.begin(), kCommonKeys.end());
  Diagnostic fault =
      error("unknown attribute '" + entry.key + "' of " + with_article(resource.kind->name),
            suggest(entry.key, known));
  fault.address = resource.entry->key;
  context_.report_key(std::move(fault), entry);
}

std::vector<Declaration> Resources::declare(Providers& providers) {
  std::vector<Declaration> result;
  result.reserve(resources_.size());
  for (Resource& resource : resources_) {
    if (resource.kind == nullptr) continue;
    check_keys(resource);
    if (!is_present(resource, ignore)) continue;
    if (std::optional<Declaration> declaration = declare(resource, providers))
      result.push_back(*std::move(declaration));
  }
  return result;
}

std::optional<Declaration> Resources::declare(Resource& resource, Providers& providers) {
  const Node& body = resource.entry->value;
  const ProviderWords* provider = providers.choose(*resource.entry, *resource.kind);
  Declaration result;
  result.address = resource.entry->key;
  result.kind = resource.kind;
  result.provider = provider == nullptr ? "" : provider->name;
  result.attributes = attributes(resource);
  result.native = native(resource, result.provider);
  result.depends_on = dependencies(body);
  result.protect = is_protected(body);
  result.location = locate_key(*resource.entry);
  result.locations = std::move(resource.locations);
  if (provider == nullptr) return std::nullopt;
  return result;
}

Value Resources::attributes(Resource& resource) {
  const Node& body = resource.entry->value;
  const Schema& schema = resource.kind->schema;
  Map given;
  for (std::size_t i = 0; i < body.entries.size(); ++i) {
    const std::string& key = body.entries[i].key;
    if (!has(kCommonKeys, key) && stackctl::find(schema, key) != nullptr)
      given.emplace(key, read(resource, i, ignore));
  }
  Diagnostics faults;
  Value checked = validate(Value(std::move(given)), schema, faults);
  const KindOf kinds = [this](std::string_view name) { return kind_of(name); };
  check_references(*checked.map(), schema, kinds, faults);
  for (Diagnostic& fault : faults) {
    fault.address = resource.entry->key;
    fault.location = place(*resource.entry, schema, fault.path);
    context_.faults.push_back(std::move(fault));
  }
  return checked;
}

/// What other providers would do is no business of this one.
Value Resources::native(Resource& resource, std::string_view provider) {
  const Entry* block = provider.empty() ? nullptr : resource.entry->value.find(provider);
  if (block == nullptr || role(*resource.kind, block->key) != Role::native) return {};
  if (!block->value.is_map() && !block->value.is_null())
    context_.report(error("'" + block->key + "' must be a map"), block->value);
  return AttributeReader(names_->scope(), context_, resource.locations)
      .read(block->value, nullptr, block->key);
}

bool Resources::is_protected(const Node& body) {
  const Entry* entry = body.find("protect");
  if (entry == nullptr) return false;
  const Value value = evaluate_known(entry->value, "'protect'", names_->scope(), context_);
  return expect_boolean(value, "'protect'", entry->value, context_) && *value.boolean();
}

std::vector<std::string> Resources::dependencies(const Node& body) {
  std::vector<std::string> result;
  const Entry* entry = body.find("depends_on");
  if (entry == nullptr || entry->value.is_null()) return result;
  if (!entry->value.is_list())
    context_.report(
        error("'depends_on' must be a list of resources", "write it as a list: [ ... ]"),
        entry->value);
  for (const Node& item : entry->value.items) add_dependency(item, result);
  return result;
}

/// A name or a reference. One that is left out has nothing to wait for.
void Resources::add_dependency(const Node& node, std::vector<std::string>& out) {
  const Value value = evaluate(node, names_->scope(), context_);
  if (is_invalid(value)) return;
  const Reference* reference = value.reference();
  const std::string* name = reference != nullptr ? &reference->target : value.text();
  if (name == nullptr) {
    context_.report(error("expected the name of a resource"), node);
    return;
  }
  Resource* resource = find(*name);
  if (resource == nullptr)
    context_.report(error("unknown resource '" + *name + "'", suggest(*name, names())), node);
  else if (is_present(*resource, ignore))
    out.push_back(*name);
}

}  // namespace stackctl::stack

#include "stack/resources.h"

#include <utility>

#include "stack/names.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::size_t kLongestName = 40;

/// The value as the kind's schema spells it; as it is when it is faulty, which is reported later.
Value converted(Value value, const Attribute& attribute) {
  Diagnostics faults;
  const std::string key(attribute.name);
  const Value checked = validate(Map{{key, value}}, {attribute}, faults);
  if (!faults.empty()) return value;
  return checked[key];
}

}  // namespace

Resources::Resources(const Node* section, Context& context) : context_(context) {
  if (section == nullptr) return;
  resources_.reserve(section->entries.size());
  index_.reserve(section->entries.size());
  for (const Entry& entry : section->entries) add(entry);
}

void Resources::add(const Entry& entry) {
  if (is_reserved(entry.key))
    context_.report_key(error("'" + entry.key + "' is reserved", "choose another name"), entry);
  else if (!is_name(entry.key, kLongestName))
    context_.report_key(
        error("'" + entry.key + "' is no name for a resource",
              "use at most 40 lower-case letters, digits and '-', beginning with a letter"),
        entry);
  Resource resource;
  resource.entry = &entry;
  resource.kind = find_kind(entry);
  resource.values.resize(entry.value.entries.size());
  index_.emplace(entry.key, resources_.size());
  resources_.push_back(std::move(resource));
}

const Kind* Resources::find_kind(const Entry& entry) {
  if (!entry.value.is_map() && !entry.value.is_null()) {
    context_.report(error("the resource '" + entry.key + "' must be a map"), entry.value);
    return nullptr;
  }
  std::vector<std::string_view> names;
  for (const Kind* kind : context_.vocabulary.kinds) names.push_back(kind->name);
  const Entry* given = entry.value.find("kind");
  if (given == nullptr || given->value.is_null()) {
    context_.report_key(error("the resource '" + entry.key + "' has no kind", suggest("", names)),
                        entry);
    return nullptr;
  }
  if (!given->value.is_scalar()) {
    context_.report(error("'kind' must be a string"), given->value);
    return nullptr;
  }
  for (const Kind* kind : context_.vocabulary.kinds)
    if (kind->name == given->value.text) return kind;
  context_.report(
      error("unknown kind '" + given->value.text + "'", suggest(given->value.text, names)),
      given->value);
  return nullptr;
}

Resources::Resource* Resources::find(std::string_view name) {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &resources_[found->second];
}

const Kind* Resources::kind_of(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : resources_[found->second].kind;
}

std::vector<std::string_view> Resources::names() const {
  std::vector<std::string_view> result;
  for (const Resource& resource : resources_) result.push_back(resource.entry->key);
  return result;
}

bool Resources::is_present(Resource& resource, const Report& report) {
  const Entry* when = resource.entry->value.find("when");
  if (when == nullptr) return true;
  const auto compute = [&] {
    Value value = evaluate_known(when->value, "'when'", names_->scope(), context_);
    return expect_boolean(value, "'when'", when->value, context_) ? value : Value(true);
  };
  const Value& value = names_->running().get(resource.is_present, {resource.entry->key, "when"},
                                             compute, [&](Diagnostic fault) {
                                               report({0, 1}, std::move(fault));
                                             });
  return value.boolean() == nullptr || *value.boolean();
}

std::optional<Value> Resources::lookup(const Name& name, const Report& report) {
  Resource* resource = find(name.root);
  if (resource == nullptr) return std::nullopt;
  const auto report_root = [&](Span, Diagnostic fault) {
    report(name.root_span, std::move(fault));
  };
  if (!is_present(*resource, report_root)) return left_out(*resource, name, report);
  if (resource->kind == nullptr) return invalid();
  if (name.member.empty()) return Value(Reference{std::string(name.root), {}});
  if (const Attribute* found = stackctl::find(resource->kind->schema, name.member))
    return attribute(*resource, *found, name, report);
  std::vector<std::string_view> known;
  for (const Attribute& row : resource->kind->schema) known.push_back(row.name);
  const std::string noun = with_article(resource->kind->name);
  report(name.member_span, error(noun + " has no attribute '" + std::string(name.member) + "'",
                                 suggest(name.member, known)));
  return invalid();
}

Value Resources::left_out(const Resource& resource, const Name& name, const Report& report) {
  const Entry* when = resource.entry->value.find("when");
  Diagnostic fault = error("'" + std::string(name.root) + "' is left out of the stack",
                           "use it under the same condition only");
  fault.detail =
      "by its 'when' in line " + std::to_string(when->place.line) + ": " + when->value.text;
  report(name.root_span, std::move(fault));
  return invalid();
}

Value Resources::attribute(Resource& resource, const Attribute& attribute, const Name& name,
                           const Report& report) {
  Value reference = Reference{std::string(name.root), std::string(name.member)};
  if (attribute.is_output) return reference;
  const std::vector<Entry>& entries = resource.entry->value.entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].key != attribute.name || entries[i].value.is_null()) continue;
    Value value = read(resource, i,
                       [&](Span, Diagnostic fault) { report(name.member_span, std::move(fault)); });
    return value.is_known() ? converted(std::move(value), attribute) : value;
  }
  if (attribute.standard.is_null()) return reference;
  return converted(attribute.standard, attribute);
}

const Value& Resources::read(Resource& resource, std::size_t index, const Report& report) {
  const Entry& entry = resource.entry->value.entries[index];
  const auto compute = [&] {
    return AttributeReader(names_->scope(), context_, resource.locations)
        .read(entry.value, stackctl::find(resource.kind->schema, entry.key), entry.key);
  };
  return names_->running().get(resource.values[index], {resource.entry->key, entry.key}, compute,
                               [&](Diagnostic fault) { report({}, std::move(fault)); });
}

}  // namespace stackctl::stack

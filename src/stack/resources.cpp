#include "stack/resources.h"

#include <algorithm>
#include <utility>

#include "stack/names.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::size_t kLongestName = 40;
constexpr std::size_t kFewNames = 8;

/// The value as the kind's schema spells it; as it is when it is faulty, which is reported later.
Value converted(Value value, const Attribute& attribute) {
  Diagnostics faults;
  const std::string key(attribute.name);
  const Value checked = validate(Map{{key, value}}, {attribute}, faults);
  if (!faults.empty()) return value;
  return checked[key];
}

std::optional<Diagnostic> check_key(const Value& key, std::string_view resource, bool is_counted) {
  const std::string name(resource);
  if (!key.is_known())
    return error("which instance of '" + name + "' is meant must be known when the file is loaded",
                 "use variables, locals, each.key or count.index");
  if (is_counted ? key.integer() != nullptr : key.text() != nullptr) return std::nullopt;
  const std::string by = is_counted ? "integers" : "strings";
  return error("the instances of '" + name + "' are told apart by " + by + ", not by " +
                   with_article(type_name(key)),
               "write " + name + (is_counted ? "[0]" : "[\"KEY\"]"));
}

Diagnostic no_instance(const std::string& address, const Value& key,
                       const std::vector<Instance>& instances) {
  const std::string summary = "there is no " + address;
  if (instances.empty()) return error(summary, "it has no instances at all");
  const std::string& first = instances.front().address;
  if (key.integer() != nullptr)
    return error(summary, instances.size() == 1
                              ? "there is " + first + " only"
                              : "there are " + first + " to " + instances.back().address);
  std::vector<std::string_view> known;
  known.reserve(instances.size());
  for (const Instance& instance : instances) known.push_back(*instance.key.text());
  if (known.size() <= kFewNames) return error(summary, suggest(*key.text(), known));
  const std::string_view near = nearest(*key.text(), known);
  return error(summary, near.empty() ? "" : "did you mean '" + std::string(near) + "'?");
}

/// `web.address` where there are several of them.
Diagnostic several(const Name& name, bool is_counted, const std::vector<Instance>& instances) {
  const std::string root(name.root);
  const std::string member = '.' + std::string(name.member);
  const std::string first = instances.empty() ? "" : "write " + instances.front().address + member;
  return error(
      "'" + root + "' is a " + (is_counted ? "list" : "map") + " of resources, not one",
      first + (first.empty() ? "write " : ", or for all of them ") + root + "[*]" + member);
}

Diagnostic left_out(const Entry& resource, const std::string& address) {
  const Node& when = resource.value.find("when")->value;
  Diagnostic fault =
      error("'" + address + "' is left out of the stack", "use it under the same condition only");
  fault.detail = "by its 'when' in line " + std::to_string(when.place.line) + ": " + when.text;
  return fault;
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
  resource.is_looked_up = entry.value.find("existing") != nullptr;
  if (resource.kind != nullptr) resource.repetition = find_repetition(entry, *resource.kind);
  index_.emplace(entry.key, resources_.size());
  resources_.push_back(std::move(resource));
}

bool Resources::is_kind(std::string_view name) const {
  return std::ranges::find(context_.vocabulary.kinds, name, &Kind::name) !=
         context_.vocabulary.kinds.end();
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
  const bool is_computed = given->value.text.find("${") != std::string::npos;
  context_.report(is_computed ? error("a kind cannot be computed", "write its name")
                              : error("unknown kind '" + given->value.text + "'",
                                      suggest(given->value.text, names)),
                  given->value);
  return nullptr;
}

Resources::Resource* Resources::find(std::string_view name) {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &resources_[found->second];
}

const Kind* Resources::kind_of(std::string_view name) const {
  const auto found = index_.find(declared_name(name));
  return found == index_.end() ? nullptr : resources_[found->second].kind;
}

std::vector<std::string_view> Resources::names() const {
  std::vector<std::string_view> result;
  for (const Resource& resource : resources_) result.push_back(resource.entry->key);
  return result;
}

bool Resources::expand(Resource& resource, const Report& report) {
  std::string_view by;
  if (resource.repetition != nullptr) by = resource.repetition->key;
  const Value& is_done = names_->running().get(
      resource.expansion, {resource.entry->key, by}, [&] { return expanded(resource); },
      [&](Diagnostic fault) { report({}, std::move(fault)); });
  return !is_invalid(is_done);
}

Value Resources::expanded(Resource& resource) {
  const Entry& entry = *resource.entry;
  if (resource.repetition == nullptr) {
    resource.instances.resize(1);
    resource.instances[0].address = entry.key;
  } else {
    auto instances = repeat(entry, *resource.repetition, names_->scope(), context_);
    if (!instances) return invalid();
    resource.instances = *std::move(instances);
    for (Instance& instance : resource.instances) repeated_.emplace(instance.address, &instance);
  }
  for (Instance& instance : resource.instances) instance.values.resize(entry.value.entries.size());
  return true;
}

bool Resources::is_present(const Resource& resource, Instance& instance, const Report& report) {
  const Entry* when = resource.entry->value.find("when");
  if (when == nullptr) return true;
  const auto compute = [&] {
    const Scope scope = scope_of(instance, names_->scope());
    Value value = evaluate_known(when->value, "'when'", scope, context_);
    return expect_boolean(value, "'when'", when->value, context_) ? value : Value(true);
  };
  const Value& value =
      names_->running().get(instance.is_present, {instance.address, "when"}, compute,
                            [&](Diagnostic fault) { report({}, std::move(fault)); });
  return value.boolean() == nullptr || *value.boolean();
}

Instance* Resources::find_instance(Resource& resource, std::string_view address) {
  if (resource.repetition == nullptr)
    return address == resource.entry->key ? &resource.instances.front() : nullptr;
  const auto found = repeated_.find(address);
  return found == repeated_.end() ? nullptr : found->second;
}

std::optional<Value> Resources::lookup(const Name& name, const Report& report) {
  Resource* resource = find(declared_name(name.root));
  if (resource == nullptr) return std::nullopt;
  const auto report_root = [&](Span, Diagnostic fault) {
    report(name.root_span, std::move(fault));
  };
  if (resource->kind == nullptr || !expand(*resource, report_root)) return invalid();
  const bool is_all = resource->repetition != nullptr && name.root == resource->entry->key;
  if (is_all) return all(*resource, name, report);
  Instance* instance = find_instance(*resource, name.root);
  if (instance == nullptr) return std::nullopt;
  if (is_present(*resource, *instance, report_root)) return one(*resource, *instance, name, report);
  report_root({}, left_out(*resource->entry, instance->address));
  return invalid();
}

std::optional<Value> Resources::instance(const Name& name, const Value& key, const Report& report) {
  Resource* resource = find(name.root);
  if (resource == nullptr || resource->repetition == nullptr) return std::nullopt;
  const auto report_root = [&](Span, Diagnostic fault) {
    report(name.root_span, std::move(fault));
  };
  if (!expand(*resource, report_root)) return invalid();
  const bool is_counted = resource->repetition->key == "count";
  if (std::optional<Diagnostic> fault = check_key(key, name.root, is_counted))
    return report(name.member_span, *std::move(fault)), invalid();
  const std::string address = instance_address(name.root, key);
  if (find_instance(*resource, address) != nullptr)
    return lookup({address, {}, name.root_span, {}}, report);
  report(name.member_span, no_instance(address, key, resource->instances));
  return invalid();
}

/// The instances that `when` leaves in.
Value Resources::all(Resource& resource, const Name& name, const Report& report) {
  const bool is_counted = resource.repetition->key == "count";
  if (!name.member.empty()) {
    report(name.member_span, several(name, is_counted, resource.instances));
    return invalid();
  }
  const auto report_root = [&](Span, Diagnostic fault) {
    report(name.root_span, std::move(fault));
  };
  List list;
  Map map;
  for (Instance& instance : resource.instances) {
    if (!is_present(resource, instance, report_root)) continue;
    Reference reference{instance.address, {}};
    if (is_counted)
      list.emplace_back(std::move(reference));
    else
      map.emplace(*instance.key.text(), std::move(reference));
  }
  return is_counted ? Value(std::move(list)) : Value(std::move(map));
}

Value Resources::one(const Resource& resource, Instance& instance, const Name& name,
                     const Report& report) {
  if (name.member.empty()) return Reference{instance.address, {}};
  const Schema& schema = resource.kind->schema;
  if (const Attribute* found = stackctl::find(schema, name.member))
    return attribute(resource, instance, *found, name, report);
  std::vector<std::string_view> known;
  for (const Attribute& row : schema) known.push_back(row.name);
  const std::string noun = with_article(resource.kind->name);
  report(name.member_span, error(noun + " has no attribute '" + std::string(name.member) + "'",
                                 suggest(name.member, known)));
  return invalid();
}

/// What is only looked up has what it has, not the defaults of its kind.
Value Resources::attribute(const Resource& resource, Instance& instance, const Attribute& attribute,
                           const Name& name, const Report& report) {
  Value reference = Reference{instance.address, std::string(name.member)};
  if (attribute.is_output || resource.is_looked_up) return reference;
  const std::vector<Entry>& entries = resource.entry->value.entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].key != attribute.name || entries[i].value.is_null()) continue;
    Value value = read(resource, instance, i,
                       [&](Span, Diagnostic fault) { report(name.member_span, std::move(fault)); });
    return value.is_known() ? converted(std::move(value), attribute) : value;
  }
  if (attribute.standard.is_null()) return reference;
  return converted(attribute.standard, attribute);
}

const Value& Resources::read(const Resource& resource, Instance& instance, std::size_t index,
                             const Report& report) {
  const Entry& entry = resource.entry->value.entries[index];
  const auto compute = [&] {
    const Scope scope = scope_of(instance, names_->scope());
    return AttributeReader(scope, context_, instance.locations)
        .read(entry.value, stackctl::find(resource.kind->schema, entry.key), entry.key);
  };
  return names_->running().get(instance.values[index], {instance.address, entry.key}, compute,
                               [&](Diagnostic fault) { report({}, std::move(fault)); });
}

}  // namespace stackctl::stack

#include <algorithm>
#include <set>
#include <unordered_map>

#include "engine/desired.h"
#include "engine/duplicates.h"
#include "engine/graph.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::engine {
namespace {

/// The place of `path` or of the nearest path around it that has one; else of the resource.
Location place(const Declaration& declaration, std::string_view path) {
  while (!path.empty()) {
    const auto found = declaration.locations.find(std::string(path));
    if (found != declaration.locations.end()) return found->second;
    const auto cut = path.find_last_of(".[");
    path = cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
  }
  return declaration.location;
}

/// A hook's own resource is for it like any other.
void bind_hooks(Lifecycle& lifecycle, const std::string& resource, const Desired& desired,
                Diagnostics& faults) {
  for (Hook& hook : lifecycle.hooks) {
    Diagnostics problems;
    hook.command = desired.bind(hook.command, "", problems);
    hook.environment = desired.bind(hook.environment, "", problems);
    for (Diagnostic& problem : problems) {
      problem.address = resource;
      problem.location = hook.location;
      faults.push_back(std::move(problem));
    }
  }
}

class LoweringRun {
 public:
  LoweringRun(std::span<const Declaration> declarations, const Bindings& bindings, Desired& desired)
      : declarations_(declarations), bindings_(bindings), desired_(desired) {}

  void run() {
    for (const Declaration& declaration : declarations_) lower(declaration);
    bind_references();
    find_needs();
    sort();
  }

 private:
  void lower(const Declaration& declaration) {
    const auto binding = std::ranges::find(bindings_, declaration.provider, &Binding::name);
    if (binding == bindings_.end()) return;  // told by whoever connects the providers
    const auto lowerings = binding->provider->lowerings;
    const auto lowering = std::ranges::find(lowerings, declaration.kind->name, &Lowering::kind);
    if (lowering == lowerings.end()) return;  // told by the loader
    Lowered lowered = lowering->lower(declaration, LoweringContext{desired_.stack});
    if (!declaration.existing.is_null()) look_up(declaration, lowered);
    for (Diagnostic& fault : lowered.faults) {
      fault.address = declaration.address;
      fault.location = place(declaration, fault.path);
      desired_.faults.push_back(std::move(fault));
    }
    check_hooks(declaration, lowered);
    desired_.meanings.emplace(declaration.address, std::move(lowered.outputs));
    for (Object& object : lowered.objects)
      add(declaration, std::move(object), static_cast<std::size_t>(binding - bindings_.begin()));
  }

  void check_hooks(const Declaration& declaration, const Lowered& lowered) {
    const auto is_its_own = [&](const Object& object) {
      return object.address == declaration.address;
    };
    if (declaration.lifecycle.hooks.empty() || std::ranges::any_of(lowered.objects, is_its_own))
      return;
    Diagnostic fault = error("it has no object of its own in this cloud that a hook could go with",
                             "put the hook on another resource");
    fault.address = declaration.address;
    fault.location = declaration.lifecycle.hooks.front().location;
    desired_.faults.push_back(std::move(fault));
  }

  /// What exists already is looked up and left as it is, so nothing but the main object counts.
  static void look_up(const Declaration& declaration, Lowered& lowered) {
    const auto is_other = [&](const Object& object) {
      return object.address != declaration.address;
    };
    std::erase_if(lowered.objects, is_other);
    lowered.faults.clear();
    for (Object& object : lowered.objects) {
      object.is_lookup = true;
      object.attributes = wanted_of(*object.type, declaration, object);
    }
    const auto is_lost = [&](const auto& output) {
      const std::vector<Reference> parts = references(output.second);
      return std::ranges::any_of(
          parts, [&](const Reference& part) { return part.target != declaration.address; });
    };
    std::erase_if(lowered.outputs, is_lost);
  }

  /// `existing` in the words of the native type: attributes of the kind by where they went.
  static Value wanted_of(const ResourceType& type, const Declaration& declaration,
                         const Object& object) {
    Map wanted;
    if (declaration.existing.map() == nullptr) return wanted;
    for (const auto& [name, value] : *declaration.existing.map()) {
      const auto origin = std::ranges::find(
          object.origins, name, [](const auto& entry) -> const auto& { return entry.second; });
      const std::string native = origin == object.origins.end() ? name : origin->first;
      if (find(type.schema, native) != nullptr) wanted.insert_or_assign(native, value);
    }
    return wanted;
  }

  void add(const Declaration& declaration, Object object, std::size_t binding) {
    DesiredObject desired;
    desired.binding = binding;
    desired.resource = declaration.address;
    desired.lifecycle = declaration.lifecycle;
    desired.location = declaration.location;
    for (const Attribute& attribute : object.type->schema) {
      const auto origin = object.origins.find(attribute.name);
      const std::string path =
          origin == object.origins.end() ? std::string(attribute.name) : origin->second;
      desired.locations.emplace(attribute.name, place(declaration, path));
    }
    desired.object = std::move(object);
    index_.emplace(desired.object.address, desired_.objects.size());
    declared_by_.push_back(&declaration);
    desired_.objects.push_back(std::move(desired));
  }

  void bind_references() {
    for (DesiredObject& desired : desired_.objects)
      desired.object.attributes =
          desired_.bind(desired.object.attributes, desired.resource, desired_.faults);
    for (DesiredObject& desired : desired_.objects)
      if (is_main(desired))
        bind_hooks(desired.lifecycle, desired.resource, desired_, desired_.faults);
  }

  void find_needs() {
    std::unordered_map<std::string, std::vector<std::string>> members;
    for (const DesiredObject& desired : desired_.objects)
      members[desired.resource].push_back(desired.object.address);
    for (std::size_t i = 0; i < desired_.objects.size(); ++i) {
      DesiredObject& desired = desired_.objects[i];
      std::set<std::string> needs;
      for (const Reference& reference : references(desired.object.attributes))
        if (reference.target != desired.object.address) needs.insert(reference.target);
      for (const std::string& resource : declared_by_[i]->depends_on)
        needs.insert(members[resource].begin(), members[resource].end());
      desired.needs.assign(needs.begin(), needs.end());
    }
  }

  Needs as_graph() const {
    Needs graph(desired_.objects.size());
    for (std::size_t i = 0; i < graph.size(); ++i)
      for (const std::string& need : desired_.objects[i].needs)
        if (const auto found = index_.find(need); found != index_.end())
          graph[i].push_back(found->second);
    return graph;
  }

  void sort() {
    const Needs graph = as_graph();
    const auto ordered = order(graph);
    if (!ordered) return tell_cycle(find_cycle(graph));
    std::vector<DesiredObject> sorted;
    sorted.reserve(ordered->size());
    for (const std::size_t i : *ordered) sorted.push_back(std::move(desired_.objects[i]));
    desired_.objects = std::move(sorted);
  }

  void tell_cycle(const std::vector<std::size_t>& cycle) {
    std::vector<std::string> names;
    names.reserve(cycle.size() + 1);
    for (const std::size_t i : cycle) names.push_back(desired_.objects[i].object.address);
    names.push_back(names.front());
    Diagnostic fault = error("these need each other: " + join(names, " → "),
                             "take one of the references out, or split one of the resources");
    fault.address = names.front();
    fault.location = desired_.objects[cycle.front()].location;
    desired_.faults.push_back(std::move(fault));
  }

  std::span<const Declaration> declarations_;
  const Bindings& bindings_;
  Desired& desired_;
  std::vector<const Declaration*> declared_by_;  // of each object
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace

Desired lower(std::string stack, std::span<const Declaration> declarations,
              const Bindings& bindings) {
  Desired desired;
  desired.stack = std::move(stack);
  LoweringRun(declarations, bindings, desired).run();
  check_duplicates(desired);
  return desired;
}

std::map<std::string, Lifecycle> bound_lifecycles(std::span<const Declaration> declarations,
                                                  const Desired& desired) {
  std::map<std::string, Lifecycle> result;
  for (const Declaration& declaration : declarations) {
    Lifecycle& lifecycle = result[declaration.address] = declaration.lifecycle;
    Diagnostics told;  // by the lowering
    bind_hooks(lifecycle, declaration.address, desired, told);
  }
  return result;
}

Value Desired::bind(const Value& value, const std::string& own_resource,
                    Diagnostics& problems) const {
  const Lookup meaning = [&](const Reference& reference) -> std::optional<Value> {
    // What a lowering writes about its own objects is in terms of objects already.
    const bool own = reference.target == own_resource && !reference.attribute.empty();
    if (own || resource_of(reference.target) != reference.target) return std::nullopt;
    const auto resource = meanings.find(reference.target);
    if (resource == meanings.end()) return std::nullopt;
    const auto output = resource->second.find(reference.attribute);
    if (output != resource->second.end()) return output->second;
    Diagnostic fault = error("'" + reference.target + "." + reference.attribute +
                             "' is not known on the cloud of '" + reference.target + "'");
    fault.address = own_resource;
    problems.push_back(std::move(fault));
    return std::nullopt;
  };
  Result<Value> bound = resolve(value, meaning);
  if (bound) return *std::move(bound);
  problems.push_back(bound.fault());
  problems.back().address = own_resource;
  return value;
}

const DesiredObject* Desired::find(std::string_view address) const {
  const auto found = std::ranges::find_if(
      objects, [&](const DesiredObject& desired) { return desired.object.address == address; });
  return found == objects.end() ? nullptr : &*found;
}

}  // namespace stackctl::engine

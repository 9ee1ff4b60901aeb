#include "stackctl/lowering.h"

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

/// "address, id"
std::string names_in(const Map& meaning) {
  std::vector<std::string> names;
  for (const auto& [name, value] : meaning)
    if (!name.empty()) names.push_back(name);
  return join(names, ", ");
}

class LoweringRun {
 public:
  LoweringRun(std::span<const Declaration> declarations, const Bindings& bindings, Desired& desired)
      : declarations_(declarations), bindings_(bindings), desired_(desired) {}

  void run() {
    constexpr std::size_t kUsualObjects = 3;  // of a resource
    desired_.objects.reserve(declarations_.size() * kUsualObjects);
    desired_.meanings.reserve(declarations_.size());
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
      fault.location = place_of(declaration, fault.path);
      desired_.faults.push_back(std::move(fault));
    }
    check_hooks(declaration, lowered);
    desired_.meanings.emplace(declaration.address, std::move(lowered.outputs));
    const auto declared = std::make_shared<Declared>(
        Declared{declaration.lifecycle, declaration.location, declaration.locations});
    if (!declared->lifecycle.hooks.empty()) hooked_.emplace_back(declaration.address, declared);
    for (Object& object : lowered.objects) {
      declared_by_.push_back(&declaration);
      desired_.objects.push_back({std::move(object),
                                  static_cast<std::size_t>(binding - bindings_.begin()),
                                  declaration.address,
                                  {},
                                  declared});
    }
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

  static bool refers_to(const Object& object, const std::string& address) {
    const std::vector<Reference> parts = references(object.attributes);
    return std::ranges::find(parts, address, &Reference::target) != parts.end();
  }

  /// What exists already is looked up and left as it is, so only the main object counts, and what
  /// is looked up through it.
  static void look_up(const Declaration& declaration, Lowered& lowered) {
    std::set<std::string_view> looked_up;
    std::erase_if(lowered.faults,
                  [](const Diagnostic& fault) { return !fault.path.starts_with("existing"); });
    std::erase_if(lowered.objects, [&](const Object& object) {
      return object.address != declaration.address &&
             !(object.is_lookup && refers_to(object, declaration.address));
    });
    for (Object& object : lowered.objects) {
      looked_up.insert(object.address);
      if (object.address != declaration.address) continue;
      object.is_lookup = true;
      object.attributes = wanted_of(declaration, object, lowered.faults);
    }
    if (!looked_up.contains(declaration.address))
      lowered.faults.push_back(
          fault_at("existing", "it has no object of its own in this cloud that could be there",
                   "declare its attributes instead of 'existing'"));
    erase_if(lowered.outputs, [&](const auto& output) {
      const std::vector<Reference> parts = references(output.second);
      return std::ranges::any_of(
          parts, [&](const Reference& part) { return !looked_up.contains(part.target); });
    });
  }

  /// The native attribute that the kind's attribute `name` became.
  static const std::string& native_name(const Object& object, const std::string& name) {
    if (object.origins)
      for (const auto& [native, path] : *object.origins)
        if (path == name) return native;
    return name;
  }

  /// `existing` in the words of the native type: attributes of the kind by where they went. What
  /// says nothing of the object would find any.
  static Value wanted_of(const Declaration& declaration, const Object& object,
                         Diagnostics& faults) {
    Map wanted;
    if (declaration.existing.map() == nullptr) return wanted;
    for (const auto& [name, value] : *declaration.existing.map()) {
      const std::string& native = native_name(object, name);
      if (native.empty()) continue;  // the type itself says it
      if (find(object.type->schema, native) != nullptr)
        wanted.insert_or_assign(native, value);
      else
        faults.push_back(
            fault_at("existing." + name,
                     "no " + std::string(object.type->name) + " can be looked up by '" + name + "'",
                     "use 'id'"));
    }
    if (wanted.empty() && faults.empty())
      faults.push_back(
          fault_at("existing", "it tells no object from others", "add its id or its name"));
    return wanted;
  }

  void bind_references() {
    for (DesiredObject& desired : desired_.objects) {
      Diagnostics problems;
      Value bound = desired_.bind(desired.object.attributes, desired.resource, problems);
      if (!problems.empty()) tell_unbound(desired);
      desired.object.attributes = std::move(bound);
    }
    for (const auto& [resource, declared] : hooked_)
      bind_hooks(declared->lifecycle, resource, desired_, desired_.faults);
  }

  /// Once more, attribute by attribute: each fault has its place.
  void tell_unbound(const DesiredObject& desired) {
    for (const auto& [name, value] : *desired.object.attributes.map()) {
      Diagnostics problems;
      desired_.bind(value, desired.resource, problems);
      for (Diagnostic& problem : problems) {
        problem.location = place_of(*desired.declared, desired.object.origins.get(), name);
        desired_.faults.push_back(std::move(problem));
      }
    }
  }

  void find_needs() {
    std::unordered_multimap<std::string_view, std::string_view> members;
    members.reserve(desired_.objects.size());
    for (const DesiredObject& desired : desired_.objects)
      members.emplace(desired.resource, desired.object.address);
    for (std::size_t i = 0; i < desired_.objects.size(); ++i) {
      DesiredObject& desired = desired_.objects[i];
      std::vector<std::string>& needs = desired.needs;
      visit_references(desired.object.attributes, [&](const Reference& reference) {
        if (reference.target != desired.object.address)
          needs.push_back(reference.target);
        else
          tell_self_reference(desired, reference.attribute);
      });
      for (const std::string& resource : declared_by_[i]->depends_on) {
        const auto [first, last] = members.equal_range(resource);
        for (auto member = first; member != last; ++member) needs.emplace_back(member->second);
      }
      std::ranges::sort(needs);
      needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    }
  }

  void tell_self_reference(const DesiredObject& desired, const std::string& attribute) {
    Diagnostic fault =
        error("it needs its own '" + attribute + "', which it has only when it is made",
              "take the reference out");
    fault.address = desired.object.address;
    fault.location = desired.declared->location;
    desired_.faults.push_back(std::move(fault));
  }

  Needs as_graph() const {
    Needs graph(desired_.objects.size());
    std::unordered_map<std::string_view, std::size_t> index;
    index.reserve(graph.size());
    for (std::size_t i = 0; i < graph.size(); ++i)
      index.emplace(desired_.objects[i].object.address, i);
    for (std::size_t i = 0; i < graph.size(); ++i)
      for (const std::string& need : desired_.objects[i].needs)
        if (const auto found = index.find(need); found != index.end())
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
    fault.location = desired_.objects[cycle.front()].declared->location;
    desired_.faults.push_back(std::move(fault));
  }

  std::span<const Declaration> declarations_;
  const Bindings& bindings_;
  Desired& desired_;
  std::vector<const Declaration*> declared_by_;                            // of each object
  std::vector<std::pair<std::string, std::shared_ptr<Declared>>> hooked_;  // with their resources
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

const Location& place_of(const Declared& declared, const Origins* origins,
                         std::string_view attribute) {
  const Location* const place =
      nearest_place(declared.locations.get(), origin_of(origins, attribute));
  return place == nullptr ? declared.location : *place;
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
    // What is wrong with it has been told.
    if (std::ranges::find(faults, reference.target, &Diagnostic::address) != faults.end())
      return std::nullopt;
    Diagnostic fault = error("'" + reference.target + "." + reference.attribute +
                                 "' is not known on the cloud of '" + reference.target + "'",
                             "known there: " + names_in(resource->second));
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

#include "cli/explain.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/match.h"
#include "stackctl/address.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

using Addresses = std::set<std::string, std::less<>>;

bool is_part_of(std::string_view object, std::string_view resource) {
  return resource_of(object) == resource;
}

const Declaration* find_declaration(const stack::Stack& stack, std::string_view resource) {
  const auto found =
      std::find_if(stack.resources.begin(), stack.resources.end(),
                   [&](const Declaration& each) { return each.address == resource; });
  return found == stack.resources.end() ? nullptr : &*found;
}

Agreement agreement_of(engine::Cause cause) {
  switch (cause) {
    case engine::Cause::pending:
      return Agreement::pending;
    case engine::Cause::drift:
      return Agreement::drift;
    case engine::Cause::both:
      return Agreement::both;
    case engine::Cause::unknown:
      break;
  }
  return Agreement::differs;
}

/// The attributes of one object, declared beside live.
class Comparison {
 public:
  Comparison(const engine::DesiredObject* desired, const Declaration* declaration,
             const ObjectView& view, const engine::Plan& plan)
      : desired_(desired), declaration_(declaration), view_(view), plan_(plan) {}

  std::vector<AttributeView> attributes() const {
    std::vector<AttributeView> all;
    for (const Attribute& attribute : view_.type->schema) {
      AttributeView row = row_of(attribute);
      if (!row.declared.is_null() || !row.live.is_null() || row.agreement != Agreement::unmanaged)
        all.push_back(std::move(row));
    }
    return all;
  }

 private:
  AttributeView row_of(const Attribute& attribute) const {
    AttributeView row;
    row.name = attribute.name;
    if (desired_ != nullptr) row.declared = resolved(desired_->object.attributes[attribute.name]);
    if (view_.live != nullptr) row.live = view_.live->attributes[attribute.name];
    row.is_unreadable = attribute.is_write_only || (attribute.is_unlisted && row.live.is_null());
    row.agreement = agreement(attribute, row);
    hide(attribute, row);
    return row;
  }

  Agreement agreement(const Attribute& attribute, const AttributeView& row) const {
    if (attribute.is_output) return row.live.is_null() ? Agreement::unmanaged : Agreement::output;
    if (const engine::Change* change = change_of(attribute.name))
      return agreement_of(change->cause);
    if (row.declared.is_null()) {
      const bool has_default = desired_ != nullptr && !attribute.standard.is_null();
      return has_default && view_.live != nullptr ? Agreement::standard : Agreement::unmanaged;
    }
    if (view_.live == nullptr) return Agreement::pending;
    const bool is_comparable = row.declared.is_known() && !row.is_unreadable;
    if (is_comparable && !same(attribute, row.declared, row.live) && is_ignored(attribute.name))
      return Agreement::ignored;
    return Agreement::same;
  }

  const engine::Change* change_of(std::string_view attribute) const {
    if (view_.entry.step == nullptr) return nullptr;
    for (const engine::Change& change : view_.entry.step->changes)
      if (change.attribute == attribute) return &change;
    return nullptr;
  }

  bool is_ignored(std::string_view attribute) const {
    if (declaration_ == nullptr) return false;
    const std::string_view path = origin_of(desired_->object.origins.get(), attribute);
    const auto& ignored = declaration_->lifecycle.ignore_changes;
    return std::any_of(ignored.begin(), ignored.end(), [&](const std::string& name) {
      return name == "all" || name == path.substr(0, path.find_first_of(".["));
    });
  }

  /// A secret on one side hides both. Nobody knows any more which texts of an object were secret
  /// that is not declared now.
  void hide(const Attribute& attribute, AttributeView& row) const {
    const auto& key = view_.type->key;
    const bool is_telling = attribute.is_output || !attribute.choices.empty() ||
                            attribute.name == "id" || attribute.type != Type::text ||
                            std::find(key.begin(), key.end(), attribute.name) != key.end();
    const bool is_doubtful = desired_ == nullptr && !is_telling;
    if (!row.declared.has_secret() && !row.live.has_secret() && !is_doubtful) return;
    if (!row.declared.is_null()) row.declared = Secret{};
    if (!row.live.is_null()) row.live = Secret{};
  }

  Value resolved(const Value& value) const {
    const Lookup known = [this](const Reference& reference) {
      return engine::known_value(plan_, reference);
    };
    const Result<Value> result = resolve(value, known);
    return result ? *result : value;
  }

  const engine::DesiredObject* desired_;
  const Declaration* declaration_;
  const ObjectView& view_;
  const engine::Plan& plan_;
};

class Explainer {
 public:
  Explainer(const stack::Stack& stack, const Planned& planned)
      : stack_(stack),
        planned_(planned),
        graph_(make_graph(planned.desired, planned.plan)),
        entries_(entries(planned.plan)) {}

  Result<Explanation> explain(std::string_view address) const {
    Explanation explanation;
    explanation.address = address;
    explanation.stack = planned_.plan.stack;
    explanation.declaration = find_declaration(stack_, resource_of(address));
    for (const Node& node : graph_.nodes)
      if (is_part_of(node.address, resource_of(address)))
        explanation.became.push_back(neighbour(node));
    for (const Neighbour& object : explanation.became)
      if (object.address == address) add_views(object, explanation);
    // A resource without a main object is all of its objects.
    if (explanation.objects.empty() && resource_of(address) == address)
      for (const Neighbour& object : explanation.became) add_views(object, explanation);
    if (explanation.objects.empty() && !is_declared(address)) return unknown(address);
    return explanation;
  }

 private:
  bool is_declared(std::string_view address) const {
    return find_declaration(stack_, address) != nullptr;
  }

  Diagnostic unknown(std::string_view address) const {
    Addresses known;
    for (const Declaration& declaration : stack_.resources) known.insert(declaration.address);
    for (const Node& node : graph_.nodes) known.insert(node.address);
    const std::vector<std::string_view> names(known.begin(), known.end());
    std::string hint = instances_or_owner(address);
    if (hint.empty()) hint = suggest(address, names);
    return error("stack " + planned_.plan.stack + " has nothing at the address '" +
                     std::string(address) + "'",
                 std::move(hint));
  }

  /// The name of a repeated resource, or of a command, which is a part of what it goes with.
  std::string instances_or_owner(std::string_view address) const {
    std::vector<std::string> instances;
    for (const Declaration& declaration : stack_.resources) {
      if (declared_name(declaration.address) == address) instances.push_back(declaration.address);
      for (const Hook& hook : declaration.lifecycle.hooks)
        if (hook.name == address) return "it is a command that goes with " + declaration.address;
    }
    return instances.empty() ? "" : "its instances are: " + join(instances, ", ");
  }

  static Neighbour neighbour(const Node& node) { return {node.address, node.type, node.fate}; }

  /// One view for each entry: an object that changes its type is destroyed and created.
  void add_views(const Neighbour& object, Explanation& explanation) const {
    const engine::DesiredObject* const desired = planned_.desired.find(object.address);
    bool has_current = false;
    for (const Entry& entry : entries_) {
      if (entry.step->address != object.address || entry.effect == Effect::run) continue;
      has_current = has_current || entry.effect != Effect::destroy;
      explanation.objects.push_back(view_of(entry, desired, explanation.declaration));
    }
    if (!has_current && desired != nullptr)
      explanation.objects.push_back(view_of(object, *desired, explanation.declaration));
  }

  ObjectView view_of(const Entry& entry, const engine::DesiredObject* desired,
                     const Declaration* declaration) const {
    ObjectView view;
    view.address = entry.step->address;
    view.type = entry.step->type;
    view.entry = entry;
    const engine::Step& holder = entry.removal == nullptr ? *entry.step : *entry.removal;
    if (holder.action != Action::create) view.live = &holder.live;
    const bool goes = entry.effect == Effect::destroy;
    complete(view, goes ? nullptr : desired, declaration);
    return view;
  }

  ObjectView view_of(const Neighbour& object, const engine::DesiredObject& desired,
                     const Declaration* declaration) const {
    ObjectView view;
    view.address = object.address;
    view.type = desired.object.type;
    view.live = find_live(desired);
    complete(view, &desired, declaration);
    return view;
  }

  void complete(ObjectView& view, const engine::DesiredObject* desired,
                const Declaration* declaration) const {
    for (const Node& node : graph_.nodes)
      if (node.address == view.address) view.fate = node.fate;
    if (desired != nullptr)
      add_declared_neighbours(view);
    else if (view.live != nullptr)
      add_live_neighbours(view);
    view.attributes = Comparison(desired, declaration, view, planned_.plan).attributes();
  }

  void add_declared_neighbours(ObjectView& view) const {
    for (const Edge& edge : graph_.edges) {
      const Node& from = graph_.nodes[edge.from];
      const Node& to = graph_.nodes[edge.to];
      if (to.address == view.address) view.needs.push_back(neighbour(from));
      if (from.address == view.address) view.needed_by.push_back(neighbour(to));
    }
  }

  /// What goes is bound by what its live attributes refer to.
  void add_live_neighbours(ObjectView& view) const {
    const std::vector<std::string> needed = engine::referred_ids(*view.live);
    for (const engine::BoundObject& bound : planned_.live.objects) {
      const LiveObject& other = bound.object;
      if (other.id == view.live->id) continue;
      if (std::find(needed.begin(), needed.end(), other.id) != needed.end())
        view.needs.push_back(neighbour(other));
      const std::vector<std::string> ids = engine::referred_ids(other);
      if (std::find(ids.begin(), ids.end(), view.live->id) != ids.end())
        view.needed_by.push_back(neighbour(other));
    }
  }

  Neighbour neighbour(const LiveObject& object) const {
    for (const Entry& entry : entries_)
      if (entry.step->live.type == object.type && entry.step->live.id == object.id)
        if (const Node* node = find_node(entry.step->address)) return neighbour(*node);
    if (engine::owned_by(object, planned_.plan.stack))
      if (const Node* node = find_node(object.mark->address)) return neighbour(*node);
    const std::string_view name = object.attributes.text_at("name");
    return {std::string(name.empty() ? std::string_view(object.id) : name),
            std::string(object.type->name), Fate::looked_up};
  }

  const Node* find_node(std::string_view address) const {
    for (const Node& node : graph_.nodes)
      if (node.address == address) return &node;
    return nullptr;
  }

  const LiveObject* find_live(const engine::DesiredObject& desired) const {
    const auto known = planned_.plan.known.find(desired.object.address);
    if (known == planned_.plan.known.end()) return nullptr;
    const std::string_view id = known->second.text_at("id");
    for (const auto& [object, binding] : planned_.live.objects)
      if (object.type == desired.object.type && binding == desired.binding && object.id == id)
        return &object;
    return nullptr;
  }

  const stack::Stack& stack_;
  const Planned& planned_;
  Graph graph_;
  std::vector<Entry> entries_;
};

}  // namespace

std::string_view name_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::same:
      return "same";
    case Agreement::pending:
      return "pending";
    case Agreement::drift:
      return "drift";
    case Agreement::both:
      return "pending and drift";
    case Agreement::differs:
      return "differs";
    case Agreement::standard:
      return "default";
    case Agreement::unmanaged:
      return "unmanaged";
    case Agreement::ignored:
      return "ignored";
    case Agreement::output:
      break;
  }
  return "output";
}

Result<Explanation> explain(std::string_view address, const stack::Stack& stack,
                            const Planned& planned) {
  return Explainer(stack, planned).explain(address);
}

}  // namespace stackctl::cli

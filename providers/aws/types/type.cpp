#include "type.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "tag_lists.h"

namespace stackctl::aws {
namespace {

/// What AWS still lists for a while.
constexpr std::string_view kDeleted = "deleted";

std::string_view text_at_path(const Value& item, std::string_view path) {
  if (path.empty()) return {};
  const std::string* const text = at_path(item, path).text();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

void for_each_shown(const Type& type, const Value& listed, Diagnostics& faults,
                    const std::function<void(const Value& item)>& decode) {
  const Value& items = listed[type.shown.list];
  if (type.shown.inside.empty()) return for_each_item(type.resource, items, faults, decode);
  for_each_item(type.resource, items, faults, [&](const Value& outer) {
    const std::span<const Value> inner = items_of(member(outer, type.shown.inside));
    for_each_item(type.resource, List(inner.begin(), inner.end()), faults, decode);
  });
}

void add_object(const Type& type, const Value& item, std::vector<LiveObject>& objects) {
  const Shown& shown = type.shown;
  const std::string_view state = text_at_path(item, shown.state);
  if (state == kDeleted) return;
  LiveObject& live = objects.emplace_back(decode_object(type.resource, item, shown.id));
  live.created = text_at_path(item, shown.created);
  set_state(live, state);
  if (shown.complete != nullptr) shown.complete(live, item);
}

Value value_at(const Value& item, const Elsewhere& row) {
  const Value& value = at_path(item, row.path);
  if (row.each.empty()) return value;
  List members;
  for (const Value& part : items_of(value))
    if (const Value& one = member(part, row.each); !one.is_null()) members.push_back(one);
  return members;
}

/// The item as the schema has it.
Value reshaped(const Type& type, const Value& item, const Value& listed, const TagLists& tags) {
  const Shown& shown = type.shown;
  const std::string_view tagged_by = type.tagged_by == "id" ? shown.id : type.tagged_by;
  Map whole = shown.tags.empty() ? *item.map() : with_tags(item, tagged_by, tags);
  for (const Elsewhere& row : shown.elsewhere)
    if (Value value = value_at(item, row); !value.is_null())
      whole.insert_or_assign(std::string(row.attribute), std::move(value));
  if (shown.reshape != nullptr) shown.reshape(whole, item, listed);
  return whole;
}

/// The parameters that say which object is meant.
Map identity_of(const Removal& removal, const LiveObject& live) {
  Map parameters;
  for (const std::string_view name : removal.by) {
    const Value& attribute = live.attributes[name];
    parameters.insert_or_assign(std::string(name), attribute.is_null() ? live.id : attribute);
  }
  return parameters;
}

/// What `work` changes that `modification` is for.
std::vector<std::string> names_for(const Type& type, const Modification& modification,
                                   const Work& work) {
  const auto is_for = [](const Modification& one, std::string_view name) {
    return std::ranges::find(one.of, name) != one.of.end();
  };
  std::vector<std::string> names;
  for (const std::string& name : work.changed) {
    const bool is_claimed = std::ranges::any_of(
        type.modifications, [&](const Modification& one) { return is_for(one, name); });
    if (modification.of.empty() ? !is_claimed : is_for(modification, name)) names.push_back(name);
  }
  return names;
}

void add_calls(const Type& type, const Modification& modification, const Api& api, const Work& work,
               const LiveObject& live, std::vector<Call>& calls) {
  const std::vector<std::string> names = names_for(type, modification, work);
  const Map changed = encode_these(type.resource, work.desired, names);
  // Without a value, `prepare` may know what is usual.
  if (names.empty() || (modification.of.empty() && changed.empty())) return;
  const auto add = [&](Map parameters) {
    if (modification.prepare != nullptr) modification.prepare(parameters, api, work);
    if (parameters.empty()) return;
    if (!modification.id.empty())
      parameters.insert_or_assign(std::string(modification.id), live.id);
    calls.push_back(api.change(*type.service, modification.action, parameters));
  };
  switch (modification.sends) {
    case Modification::Sends::changed:
      return add(changed);
    case Modification::Sends::all:
      return add(encode_declared(type.resource, work.desired));
    case Modification::Sends::each:
      for (const auto& [name, value] : changed) add({{name, Map{{"Value", value}}}});
  }
}

}  // namespace

std::vector<LiveObject> objects_in(const Type& type, const Value& listed, Diagnostics& faults) {
  if (type.decode != nullptr) return type.decode(type.resource, listed, faults);
  const Shown& shown = type.shown;
  const bool is_plain = shown.tags.empty() && shown.elsewhere.empty() && shown.reshape == nullptr;
  const TagLists tags = tags_by(listed[shown.tags], shown.tags_of);
  std::vector<LiveObject> objects;
  for_each_shown(type, listed, faults, [&](const Value& item) {
    const Value whole = is_plain ? item : reshaped(type, item, listed, tags);
    if (shown.is_one == nullptr || shown.is_one(whole, listed)) add_object(type, whole, objects);
  });
  return objects;
}

std::vector<LiveObject> others_in(const Type& type, const Value& listed) {
  Diagnostics told_elsewhere;
  return objects_in(type, listed, told_elsewhere);
}

Call call_to_create(const Type& type, const Api& api, const Work& work) {
  if (type.create != nullptr) return type.create(api, work);
  const Creation& creation = type.creation;
  Map parameters = encode_declared(type.resource, work.desired);
  if (creation.takes_token) parameters.insert_or_assign("ClientToken", work.token);
  if (type.resource.marked == Marked::tags)
    add_tags(parameters, *type.service, creation.word, work);
  if (creation.prepare != nullptr) creation.prepare(parameters, api, work);
  return api.create(*type.service, creation.action, parameters);
}

std::vector<Call> calls_to_change(const Type& type, const Api& api, const Work& work,
                                  const LiveObject& live) {
  std::vector<Call> calls;
  for (const Modification& modification : type.modifications)
    add_calls(type, modification, api, work, live, calls);
  if (type.update != nullptr)
    for (Call& call : type.update(api, work, live)) calls.push_back(std::move(call));
  return calls;
}

std::vector<Call> calls_to_remove(const Type& type, const Api& api, const LiveObject& live) {
  if (type.remove != nullptr) return type.remove(api, live);
  const Removal& removal = type.removal;
  std::vector<Call> calls;
  if (removal.before != nullptr) calls = removal.before(api, live);
  Map parameters = identity_of(removal, live);
  if (removal.prepare != nullptr) removal.prepare(parameters, live);
  calls.push_back(api.change(*type.service, removal.action, parameters));
  return calls;
}

Progress progress_of(const Type& type, const Api& api, const Work& work, const Call& call,
                     const Value& answer) {
  if (type.follow != nullptr) return type.follow(api, work, call, answer);
  const Removal& removal = type.removal;
  const std::string_view action = action_of(call);
  if (removal.polled_by.empty() || (action != removal.action && action != removal.polled_by))
    return Settled{};
  return Poll{api.read(*type.service, removal.polled_by, identity_of(removal, work.live)),
              "its removal"};
}

bool is_changed(const Work& work, std::string_view attribute) {
  return std::ranges::find(work.changed, attribute) != work.changed.end();
}

}  // namespace stackctl::aws

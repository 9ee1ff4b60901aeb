#include <algorithm>

#include "cli/belongings.h"
#include "cli/change.h"
#include "cli/commands.h"
#include "cli/value_text.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

/// The live attributes, without those whose declaration is secret.
Map shown_attributes(const LiveObject& object, const engine::Desired& desired) {
  const engine::DesiredObject* const declared =
      object.mark ? desired.find(object.mark->address) : nullptr;
  Map shown;
  for (const Attribute& attribute : object.type->schema) {
    const Value& value = object.attributes[attribute.name];
    if (value.is_null()) continue;
    const bool is_secret =
        declared != nullptr && declared->object.attributes[attribute.name].has_secret();
    shown[std::string(attribute.name)] = is_secret ? Value(Secret{}) : value;
  }
  return shown;
}

Text object_text(const LiveObject& object, const engine::Desired& desired, const Options& options) {
  Text text;
  text.add(name_of(object), Label::heading).add(" (" + std::string(object.type->name) + ")");
  text.add(" [id=" + object.id + "]", Label::faint);
  if (!object.state.empty()) text.add(" " + harmless(object.state));
  text.line();
  if (options.quiet) return text;
  const Map attributes = shown_attributes(object, desired);
  std::size_t width = 0;
  for (const auto& [name, value] : attributes) width = std::max(width, columns(name));
  for (const auto& [name, value] : attributes) {
    if (name == "id") continue;
    text.add("    " + padded(name, width) + " = ");
    text.add(value_block(value, 4, Label::plain, options.details)).line();
  }
  return text.line();
}

Map object_record(const LiveObject& object, const engine::Desired& desired) {
  return {{"address", object.mark ? Value(object.mark->address) : Value()},
          {"resource_type", object.type->name},
          {"id", object.id},
          {"state", object.state},
          {"attributes", shown_attributes(object, desired)}};
}

void show(const std::vector<const LiveObject*>& ours, const engine::Desired& desired,
          const Options& options, Screen& screen) {
  if (!options.json) {
    for (const LiveObject* object : ours) screen.data(object_text(*object, desired, options));
    if (ours.empty()) screen.note(Text().line("Stack " + desired.stack + " owns nothing."));
    return;
  }
  List objects;
  for (const LiveObject* object : ours) objects.emplace_back(object_record(*object, desired));
  screen.record("objects", {{"stack", desired.stack}, {"objects", std::move(objects)}});
}

}  // namespace

int run_show(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const engine::Desired desired =
        engine::lower(session.stack().name, session.stack().resources, session.bindings());
    screen.faults(desired.faults);
    if (has_errors(desired.faults)) return kFailure;
    const engine::Live live = session.refresh(desired, engine::Detail::whole);
    screen.faults(live.faults);
    show(belongings(live, desired.stack), desired, options, screen);
    return has_errors(live.faults) ? kFailure : kSuccess;
  });
}

}  // namespace stackctl::cli

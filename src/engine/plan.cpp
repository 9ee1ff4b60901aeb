#include "engine/plan.h"

namespace stackctl::engine {

Summary Plan::summary() const {
  Summary summary;
  summary.unchanged = unchanged;
  for (const Step& step : steps) {
    if (step.temporary) continue;
    if (step.action == Action::create) ++summary.add;
    if (step.action == Action::update) ++summary.change;
    if (step.action == Action::remove) ++summary.destroy;
    if (step.action == Action::run) ++summary.commands;
  }
  return summary;
}

const Location& place_of(const Step& step, std::string_view attribute) {
  return step.declared ? place_of(*step.declared, step.origins.get(), attribute) : step.location;
}

std::optional<Value> known_value(const Plan& plan, const Reference& reference) {
  const auto object = plan.known.find(reference.target);
  if (object == plan.known.end()) return std::nullopt;
  const Value& value = object->second[reference.attribute];
  if (value.is_null()) return std::nullopt;
  return value;
}

}  // namespace stackctl::engine

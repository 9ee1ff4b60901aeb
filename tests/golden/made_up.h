// Hand-made types and plans: what the renderers show does not depend on any cloud.
#pragma once

#include <string>

#include "engine/executor.h"
#include "engine/plan.h"
#include "stackctl/resource.h"

namespace stackctl::testing {

const ResourceType& server_type();
const ResourceType& group_type();
const ResourceType& rule_type();

/// A step that creates a server with `attributes`.
engine::Step create_step(std::string address, Map attributes);
/// An update or the create of a replacement.
engine::Step change_step(std::string address, Map attributes, std::vector<engine::Change> changes);
engine::Step remove_step(const ResourceType& type, std::string address, std::string id);

engine::Change change(std::string attribute, Value before, Value after, engine::Cause cause,
                      int line);
/// `${target.attribute}`.
Value later(std::string target, std::string attribute);
/// A text computed from one reference.
Value computed(std::string source, std::string target, std::string attribute);

/// A plan of those steps that read 42 objects in 6 calls.
engine::Plan plan_of(std::vector<engine::Step> steps);

/// One step of each effect, with everything that a plan can show.
engine::Plan rich_plan();

}  // namespace stackctl::testing

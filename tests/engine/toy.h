// A made-up cloud of four types, for tests of the engine's pure parts.
#pragma once

#include <string>
#include <vector>

#include "engine/desired.h"
#include "engine/live.h"
#include "engine/plan.h"
#include "stackctl/provider.h"

namespace toy {

using namespace stackctl;

/// toy.network (tags; name, mtu in place, range replaces), toy.server (tags; networks in place,
/// size replaces), toy.rule (part of a network; goes with it; all fields are the key),
/// toy.port (part of a network by name; deleted by itself), toy.key (the name is the mark),
/// toy.disk (tags; "server" and "alias" are late; "token" is shown once; has a final snapshot),
/// toy.snapshot (tags; lookups take the newest).
extern const ResourceType network, server, rule, port, key, disk, snapshot;

/// A desired object; its needs are read from its references.
engine::DesiredObject want(std::string address, const ResourceType& type, Map attributes);

/// A live object of stack "s" with the spec of what `declared` says; ids look like "id-ADDRESS".
engine::BoundObject have(const std::string& address, const ResourceType& type, Map attributes,
                         Map declared = {});

/// The same object with `flags` in its spec.
engine::BoundObject flagged(engine::BoundObject object, std::string_view flags);

engine::Desired desired(std::vector<engine::DesiredObject> objects);
engine::Live live(std::vector<engine::BoundObject> objects);

/// One line a step: "2 remove net/r1 implied after 1 | reason | attribute: before -> after
/// [cause]". Faults follow as "! summary".
std::string show(const engine::Plan& plan);

}  // namespace toy

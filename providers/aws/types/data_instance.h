// What instances of databases and nodes of caches have in common on the wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// The ids (members `id`) of the security groups in `listed` that are to stay.
List effective_groups(const Value& listed, std::string_view id);

/// "Address", "Port", and in "uri" both, with what stands before and behind them there; nothing
/// where the endpoint is not there yet.
void show_endpoint(Map& shown, const Value& endpoint, const std::string& before,
                   const std::string& behind = {});

/// Security groups as create and modify calls have them.
void write_groups(Map& parameters);

/// The call that gives `live` these parameters at once; none without any. AWS refuses a second
/// change while it works on the first, so that none is repeated blindly.
std::vector<Call> modify_at_once(const Api& api, std::string_view action, const Work& work,
                                 const LiveObject& live, Map parameters);

}  // namespace stackctl::aws

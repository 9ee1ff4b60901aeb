// Who keeps a part of a network from going, as far as no listing shows it: interfaces, of whatever.
#pragma once

#include <memory>
#include <optional>

#include "aws/api/api.h"
#include "stackctl/flow.h"

namespace stackctl::aws {

/// Whose interfaces are in what `work` removes; none where there are no such things.
std::optional<Call> question_after_holders(const Api& api, const Work& work);

/// `flow`; where AWS refuses its removal again and again, because of what is still in use, it asks
/// `question` now and then, and says who that is.
std::unique_ptr<Flow> naming_holders(std::optional<Call> question, std::unique_ptr<Flow> flow);

}  // namespace stackctl::aws

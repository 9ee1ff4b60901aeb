// What a live object still lacks of what is wanted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/flow.h"

namespace stackctl {

/// What the listing shows to differ; as long as nothing has been sent, also what it cannot show.
std::vector<std::string> still_to_do(const Work& work, const LiveObject& live, bool is_begun);

/// What the listing shows to differ, as it is there.
Map amiss(const Work& work, const LiveObject& live);

/// For people: it stays as it is whatever is sent; it is of no use.
Diagnostic not_taken(const Work& work, const LiveObject& live, std::string_view attribute);
Diagnostic bad_state(const LiveObject& live);

}  // namespace stackctl

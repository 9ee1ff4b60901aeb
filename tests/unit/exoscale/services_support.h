// Services as they are read and changed, as literal text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unit/exoscale/support.h"

namespace exoscale_test {

using Texts = std::vector<std::string>;

/// The labels of kMine.
inline const std::string kMarkLabels =
    R"("labels":{"stackctl:address":"web","stackctl:spec":"1.spec","stackctl:stack":"wp"})";

/// "id condition stack/address spec {attributes}" of each object of `type` in `listed`.
Texts decoded(const stackctl::exoscale::Type& type, std::string_view listed);

stackctl::LiveObject object_of(const stackctl::exoscale::Type& type, const std::string& id,
                               std::string_view attributes);

/// The calls that change `object`.
Texts updated(const stackctl::exoscale::Type& type, std::string_view desired, Texts changed,
              const stackctl::LiveObject& object);

}  // namespace exoscale_test

// The last part of a route's address: the same from the stack file and from the cloud.
#pragma once

#include <string>
#include <string_view>

namespace stackctl::aws {

/// "default" for "0.0.0.0/0", "10.1.0.0-16" for "10.1.0.0/16".
std::string route_name(std::string_view block);

}  // namespace stackctl::aws

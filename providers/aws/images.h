// Which images a stack file means.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api.h"

namespace stackctl::aws {

/// The attributes of aws.image by which the one that is called `name` is looked up: "ami-…", a
/// name that is known to all clouds ("debian-12"), or AWS's own, in which * stands for anything.
Map image_lookup(const std::string& name);

/// The calls that show all that `sought`, sets of such attributes, may mean.
std::vector<Call> find_images(const Api& api, std::span<const Value> sought);

}  // namespace stackctl::aws

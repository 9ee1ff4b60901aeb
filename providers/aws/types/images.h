// Which images a stack file means, and what listings show of them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "aws/api/api.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

/// The attributes of aws.image by which the one that is called `name` is looked up: "ami-…", a
/// name that is known to all clouds ("debian-12"), or AWS's own, in which * stands for anything.
Map image_lookup(const std::string& name);

/// Whether `live` is a name, or an owner, that a lookup by `desired` means.
bool is_image_name(const Value& desired, const Value& live);
bool is_image_owner(const Value& desired, const Value& live);

/// The calls that show all images that `lookups`, sets of such attributes, may mean, but for those
/// that are to be of the account itself.
std::vector<Call> find_published_images(const Api& api, std::span<const Value> lookups);
/// The same, and all images of the account.
std::vector<Call> find_images(const Api& api, std::span<const Value> lookups);

std::vector<LiveObject> decode_images(const ResourceType& type, const Value& listed,
                                      Diagnostics& faults);

}  // namespace stackctl::aws

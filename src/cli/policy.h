// What a resource's common keys and its native types say of its life, in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/clock.h"
#include "stackctl/resource.h"

namespace stackctl::cli {

/// What bears the mark: "labels", "description", "name".
std::string_view place_of_mark(const ResourceType& type);

std::string_view name_of(OnDelete policy);

/// One line for each policy that differs from what is usual.
std::vector<std::string> policy_lines(const Lifecycle& lifecycle);

/// How long a step may take.
struct Times {
  Duration create{};
  Duration update{};
  Duration remove{};
};
/// Those of the type, unless `declaration` (which may be null) says otherwise.
Times times_of(const ResourceType& type, const Declaration* declaration);

}  // namespace stackctl::cli

// The portable resource types of the stack file.
#pragma once

#include <span>

#include "stackctl/resource.h"

namespace stackctl::kinds {

extern const Kind image;
extern const Kind instance;
extern const Kind instance_pool;
extern const Kind key_pair;
extern const Kind load_balancer;
extern const Kind security_group;

/// All of them, by name.
std::span<const Kind* const> all();

}  // namespace stackctl::kinds

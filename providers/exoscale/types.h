// All native types: a new one is one file, one line here, one line in the table.
#pragma once

#include <span>

#include "type.h"

namespace stackctl::exoscale {

extern const Type anti_affinity_group;
extern const Type deploy_target;
extern const Type instance;
extern const Type instance_pool;
extern const Type instance_type;
extern const Type load_balancer;
extern const Type nlb_service;
extern const Type security_group;
extern const Type security_group_rule;
extern const Type ssh_key;
extern const Type image_template;

/// Templates are listed in two calls: the public ones, the account's own.
inline constexpr std::string_view kTemplateListing = "/template";

std::span<const Type* const> types();
std::span<const ResourceType* const> resource_types();
/// The type that `resource` is the table of; it must come from `resource_types`.
const Type& type_of(const ResourceType& resource);

}  // namespace stackctl::exoscale

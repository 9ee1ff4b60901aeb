// aws.cache_subnet_group: where caches may be.
#include "subnet_group.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr SubnetGroupNames kNames{
    .name = "CacheSubnetGroupName", .description = "CacheSubnetGroupDescription", .arn = "ARN"};

}  // namespace

extern const Type cache_subnet_group{
    .resource =
        {
            .name = "aws.cache_subnet_group",
            .help = "Subnets that caches may be in.",
            .schema = subnet_group_schema(kNames, "At least one"),
            .listing = "cache_subnet_groups",
            .is_counted = true,
            .key = {"CacheSubnetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &elastic_cache,
    .tagged_by = kNames.arn,
    .shown = shown_subnet_groups(kNames, "cache_subnet_groups", "cache_tags"),
    .creation = {.action = "CreateCacheSubnetGroup", .prepare = name_subnets},
    // In place, since a replacement would replace what is in it. The subnets have to be there,
    // whatever else is changed.
    .modifications = {{.action = "ModifyCacheSubnetGroup",
                       .id = kNames.name,
                       .sends = Modification::Sends::all,
                       .prepare = name_subnets}},
    .removal = {"DeleteCacheSubnetGroup", {kNames.name}},
    .created_id = "CacheSubnetGroup/CacheSubnetGroupName",
};

}  // namespace stackctl::aws

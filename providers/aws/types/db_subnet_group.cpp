// aws.db_subnet_group: where databases may be.
#include "subnet_group.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr SubnetGroupNames kNames{.name = "DBSubnetGroupName",
                                  .description = "DBSubnetGroupDescription",
                                  .arn = "DBSubnetGroupArn"};

}  // namespace

extern const Type db_subnet_group{
    .resource =
        {
            .name = "aws.db_subnet_group",
            .help = "Subnets that databases may be in.",
            .schema = subnet_group_schema(kNames, "In two zones at least"),
            .listing = "db_subnet_groups",
            .is_counted = true,
            .key = {"DBSubnetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &rds,
    .tagged_by = kNames.arn,
    .shown = shown_subnet_groups(kNames, "db_subnet_groups", "rds_tags"),
    .creation = {.action = "CreateDBSubnetGroup", .prepare = name_subnets},
    // In place, since a replacement would replace what is in it. The subnets have to be there,
    // whatever else is changed.
    .modifications = {{.action = "ModifyDBSubnetGroup",
                       .id = kNames.name,
                       .sends = Modification::Sends::all,
                       .prepare = name_subnets}},
    .removal = {"DeleteDBSubnetGroup", {kNames.name}},
    .created_id = "DBSubnetGroup/DBSubnetGroupName",
};

}  // namespace stackctl::aws

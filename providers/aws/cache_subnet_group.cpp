// aws.cache_subnet_group: where caches may be.
#include "subnet_group.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr SubnetGroupWords kWords{.service = &elastic_cache,
                                  .noun = "CacheSubnetGroup",
                                  .name = "CacheSubnetGroupName",
                                  .description = "CacheSubnetGroupDescription",
                                  .arn = "ARN",
                                  .list = "cache_subnet_groups",
                                  .tags = "cache_tags"};

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  return decode_subnet_groups(kWords, type, listed, faults);
}

Call create(const Api& api, const Work& work) { return create_subnet_group(kWords, api, work); }

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  return update_subnet_group(kWords, api, work, live);
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return remove_subnet_group(kWords, api, live);
}

}  // namespace

extern const Type cache_subnet_group{
    .resource =
        {
            .name = "aws.cache_subnet_group",
            .help = "Subnets that caches may be in.",
            .schema = subnet_group_schema(kWords, "At least one"),
            .listing = "cache_subnet_groups",
            .key = {"CacheSubnetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &elastic_cache,
    .tagged_by = kWords.arn,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "CacheSubnetGroup/CacheSubnetGroupName",
};

}  // namespace stackctl::aws

// aws.cache_subnet_group: where caches may be.
#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

List subnets_in(const Value& listed) {
  List subnets;
  for (const Value& subnet : items_of(listed))
    if (!subnet["SubnetIdentifier"].is_null()) subnets.push_back(subnet["SubnetIdentifier"]);
  return subnets;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  const TagLists tags = tags_by(listed["cache_tags"], "ResourceName");
  for_each_item(type, listed["cache_subnet_groups"], faults, [&](const Value& item) {
    Map whole = with_tags(item, "ARN", tags);
    whole.insert_or_assign("SubnetIds", subnets_in(item["Subnets"]));
    groups.push_back(decode_object(type, whole, "CacheSubnetGroupName"));
  });
  return groups;
}

Map parameters_of(Map attributes) {
  rename(attributes, "SubnetIds", "SubnetIds.SubnetIdentifier");
  return attributes;
}

Call create(const Api& api, const Work& work) {
  Map parameters = parameters_of(encode_declared(*work.type, work.desired));
  parameters.insert_or_assign("Tags.Tag", tag_list(work));
  return api.create(elastic_cache, "CreateCacheSubnetGroup", parameters);
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map parameters = parameters_of(encode_these(*work.type, work.desired, work.changed));
  if (parameters.empty()) return {};
  parameters.insert_or_assign("CacheSubnetGroupName", live.id);
  return {api.change(elastic_cache, "ModifyCacheSubnetGroup", parameters)};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {
      api.change(elastic_cache, "DeleteCacheSubnetGroup", Map{{"CacheSubnetGroupName", live.id}})};
}

}  // namespace

extern const Type cache_subnet_group{
    .resource =
        {
            .name = "aws.cache_subnet_group",
            .help = "Subnets that caches may be in.",
            .schema =
                {
                    text("CacheSubnetGroupName", "Unique in the region")
                        .required()
                        .physical_name()
                        .normalise(lower_case)
                        .replaces(),
                    text("CacheSubnetGroupDescription", "For people").required(),
                    set_of("SubnetIds", ref("subnet", "aws.subnet", "A subnet"), "At least one")
                        .required(),
                    tags(),
                    output("id", "Its name"),
                    output("ARN", "ARN"),
                },
            .listing = "cache_subnet_groups",
            .key = {"CacheSubnetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &elastic_cache,
    .tagged_by = "ARN",
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "CacheSubnetGroup/CacheSubnetGroupName",
};

}  // namespace stackctl::aws

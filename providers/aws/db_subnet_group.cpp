// aws.db_subnet_group: where databases may be. It is changed in place, since a replacement would
// replace the databases in it.
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
  const TagLists tags = tags_by(listed["rds_tags"], "ResourceName");
  for_each_item(type, listed["db_subnet_groups"], faults, [&](const Value& item) {
    Map whole = with_tags(item, "DBSubnetGroupArn", tags);
    whole.insert_or_assign("SubnetIds", subnets_in(item["Subnets"]));
    groups.push_back(decode_object(type, whole, "DBSubnetGroupName"));
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
  return api.create(rds, "CreateDBSubnetGroup", parameters);
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  if (encode_these(*work.type, work.desired, work.changed).empty()) return {};
  // The subnets have to be there, whatever else is changed.
  Map parameters = parameters_of(encode_declared(*work.type, work.desired));
  parameters.insert_or_assign("DBSubnetGroupName", live.id);
  return {api.change(rds, "ModifyDBSubnetGroup", parameters)};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(rds, "DeleteDBSubnetGroup", Map{{"DBSubnetGroupName", live.id}})};
}

}  // namespace

extern const Type db_subnet_group{
    .resource =
        {
            .name = "aws.db_subnet_group",
            .help = "Subnets that databases may be in.",
            .schema =
                {
                    text("DBSubnetGroupName", "Unique in the region")
                        .required()
                        .physical_name()
                        .normalise(lower_case)
                        .replaces(),
                    text("DBSubnetGroupDescription", "For people").required(),
                    set_of("SubnetIds", ref("subnet", "aws.subnet", "A subnet"),
                           "In two zones at least")
                        .required(),
                    tags(),
                    output("id", "Its name"),
                    output("DBSubnetGroupArn", "ARN"),
                },
            .listing = "db_subnet_groups",
            .key = {"DBSubnetGroupName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &rds,
    .tagged_by = "DBSubnetGroupArn",
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "DBSubnetGroup/DBSubnetGroupName",
};

}  // namespace stackctl::aws

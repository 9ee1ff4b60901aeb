#include "subnet_group.h"

#include "tag_lists.h"
#include "tagging.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

List subnets_in(const Value& listed) {
  List subnets;
  for (const Value& subnet : items_of(listed))
    if (!subnet["SubnetIdentifier"].is_null()) subnets.push_back(subnet["SubnetIdentifier"]);
  return subnets;
}

Map parameters_of(const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  rename(parameters, "SubnetIds", "SubnetIds.SubnetIdentifier");
  return parameters;
}

std::string action(std::string_view verb, const SubnetGroupWords& words) {
  return std::string(verb).append(words.noun);
}

}  // namespace

std::vector<LiveObject> decode_subnet_groups(const SubnetGroupWords& words,
                                             const ResourceType& type, const Value& listed,
                                             Diagnostics& faults) {
  std::vector<LiveObject> groups;
  const TagLists tags = tags_by(listed[words.tags], "ResourceName");
  for_each_item(type, listed[words.list], faults, [&](const Value& item) {
    Map whole = with_tags(item, words.arn, tags);
    whole.insert_or_assign("SubnetIds", subnets_in(item["Subnets"]));
    groups.push_back(decode_object(type, whole, words.name));
  });
  return groups;
}

Call create_subnet_group(const SubnetGroupWords& words, const Api& api, const Work& work) {
  Map parameters = parameters_of(work);
  parameters.insert_or_assign("Tags.Tag", tag_list(work));
  return api.create(*words.service, action("Create", words), parameters);
}

std::vector<Call> update_subnet_group(const SubnetGroupWords& words, const Api& api,
                                      const Work& work, const LiveObject& live) {
  if (encode_these(*work.type, work.desired, work.changed).empty()) return {};
  // The subnets have to be there, whatever else is changed.
  Map parameters = parameters_of(work);
  parameters.insert_or_assign(std::string(words.name), live.id);
  return {api.change(*words.service, action("Modify", words), parameters)};
}

std::vector<Call> remove_subnet_group(const SubnetGroupWords& words, const Api& api,
                                      const LiveObject& live) {
  return {
      api.change(*words.service, action("Delete", words), Map{{std::string(words.name), live.id}})};
}

Schema subnet_group_schema(const SubnetGroupWords& words, std::string_view least) {
  return {
      text(words.name, "Unique in the region")
          .required()
          .physical_name()
          .normalise(lower_case)
          .replaces(),
      text(words.description, "For people").required(),
      set_of("SubnetIds", ref("subnet", "aws.subnet", "A subnet"), least).required(),
      tags(),
      output("id", "Its name"),
      output(words.arn, "ARN"),
  };
}

}  // namespace stackctl::aws

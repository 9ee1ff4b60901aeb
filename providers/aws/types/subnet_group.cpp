#include "subnet_group.h"

#include "aws/api/wire.h"

namespace stackctl::aws {

Schema subnet_group_schema(const SubnetGroupNames& names, std::string_view least) {
  return {
      fixed_name(names.name, "Unique in the region").normalise(lower_case),
      text(names.description, "For people").required(),
      set_of("SubnetIds", ref("subnet", "aws.subnet", "A subnet"), least).required(),
      tags(),
      output("id", "Its name"),
      output(names.arn, "ARN"),
  };
}

Shown shown_subnet_groups(const SubnetGroupNames& names, std::string_view list,
                          std::string_view tags) {
  return {.list = list,
          .id = names.name,
          .tags = tags,
          .tags_of = "ResourceName",
          .elsewhere = {{"SubnetIds", "Subnets", "SubnetIdentifier"}}};
}

void name_subnets(Map& parameters, const Api& /*api*/, const Work& /*work*/) {
  rename(parameters, "SubnetIds", "SubnetIds.SubnetIdentifier");
}

}  // namespace stackctl::aws

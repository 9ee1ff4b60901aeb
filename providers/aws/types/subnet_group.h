// What the subnet groups of databases and of caches have in common: all but the words.
#pragma once

#include <string_view>

#include "aws/api/api.h"
#include "stackctl/resource.h"
#include "stackctl/schema.h"
#include "type.h"

namespace stackctl::aws {

/// What their attributes are called.
struct SubnetGroupNames {
  std::string_view name;
  std::string_view description;
  std::string_view arn;
};
/// `least` says how many subnets there must be.
Schema subnet_group_schema(const SubnetGroupNames& names, std::string_view least);

/// `list` is theirs in what is listed, `tags` that of their tags.
Shown shown_subnet_groups(const SubnetGroupNames& names, std::string_view list,
                          std::string_view tags);
/// As calls have them (`prepare`).
void name_subnets(Map& parameters, const Api& api, const Work& work);

}  // namespace stackctl::aws

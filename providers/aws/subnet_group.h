// What the subnet groups of databases and of caches have in common: all but the words.
#pragma once

#include <string_view>
#include <vector>

#include "api.h"
#include "stackctl/resource.h"

namespace stackctl::aws {

struct SubnetGroupWords {
  const Service* service;
  std::string_view noun;  ///< in actions: "DBSubnetGroup"
  std::string_view name;  ///< the attribute that has it
  std::string_view description;
  std::string_view arn;
  std::string_view list;  ///< in what was listed
  std::string_view tags;  ///< the list of their tags there
};

std::vector<LiveObject> decode_subnet_groups(const SubnetGroupWords& words,
                                             const ResourceType& type, const Value& listed,
                                             Diagnostics& faults);
Call create_subnet_group(const SubnetGroupWords& words, const Api& api, const Work& work);
/// In place, since a replacement would replace what is in it.
std::vector<Call> update_subnet_group(const SubnetGroupWords& words, const Api& api,
                                      const Work& work, const LiveObject& live);
std::vector<Call> remove_subnet_group(const SubnetGroupWords& words, const Api& api,
                                      const LiveObject& live);
/// `least` says how many subnets there must be.
Schema subnet_group_schema(const SubnetGroupWords& words, std::string_view least);

}  // namespace stackctl::aws

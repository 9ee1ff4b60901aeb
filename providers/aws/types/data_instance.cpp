#include "data_instance.h"

#include <utility>

#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {

List effective_groups(const Value& listed, std::string_view id) {
  List groups;
  for (const Value& group : items_of(listed))
    if (group.text_at("Status") != "removing" && !group[id].is_null()) groups.push_back(group[id]);
  return groups;
}

void show_endpoint(Map& shown, const Value& endpoint, const std::string& before,
                   const std::string& behind) {
  const std::string host(endpoint.text_at("Address"));
  if (host.empty()) return;
  const std::string port(endpoint.text_at("Port"));
  shown.insert_or_assign("Address", host);
  shown.insert_or_assign("Port", endpoint["Port"]);
  shown.insert_or_assign("uri", before + host + ':' + port + behind);
}

void write_groups(Map& parameters) {
  rename(parameters, "SecurityGroupIds", "SecurityGroupIds.SecurityGroupId");
  rename(parameters, "VpcSecurityGroupIds", "VpcSecurityGroupIds.VpcSecurityGroupId");
}

std::vector<Call> modify_at_once(const Api& api, std::string_view action, const Work& work,
                                 const LiveObject& live, Map parameters) {
  if (parameters.empty()) return {};
  const Type& type = type_of(*work.type);
  write_groups(parameters);
  parameters.insert_or_assign(std::string(type.resource.key.front()), live.id);
  parameters.insert_or_assign("ApplyImmediately", true);
  return {api.create(*type.service, action, parameters)};
}

}  // namespace stackctl::aws

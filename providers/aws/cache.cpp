#include "cache.h"

#include <string>
#include <utility>

#include "wire.h"

namespace stackctl::aws {

List groups_of_node(const Value& node) {
  List groups;
  for (const Value& group : items_of(node["SecurityGroups"]))
    if (group.text_at("Status") != "removing") groups.push_back(group["SecurityGroupId"]);
  return groups;
}

void show_endpoint(Map& shown, const Value& endpoint, std::string_view scheme) {
  const std::string_view host = endpoint.text_at("Address");
  if (host.empty()) return;
  shown.insert_or_assign("Address", host);
  shown.insert_or_assign("Port", endpoint["Port"]);
  shown.insert_or_assign("uri", std::string(scheme).append("://").append(host).append(":").append(
                                    endpoint.text_at("Port")));
}

void write_groups(Map& parameters) {
  rename(parameters, "SecurityGroupIds", "SecurityGroupIds.SecurityGroupId");
}

/// What only nodes tell is unknown while there are none.
Schema cache_schema(std::string_view name, Schema own) {
  Schema schema = {
      text(name, "Unique in the region, at most 40 letters, digits and hyphens")
          .required()
          .physical_name()
          .normalise(lower_case)
          .replaces(),
      text("EngineVersion", "Version, or what it begins with")
          .unlisted()
          .satisfied_by(is_version_of),
      text("CacheParameterGroupName", "Settings of the engine").unlisted(),
      ref("CacheSubnetGroupName", "aws.cache_subnet_group", "Where it may be")
          .unlisted()
          .replaces(),
      set_of("SecurityGroupIds", ref("group", "aws.security_group", "A group"),
             "Firewalls around it")
          .unlisted(),
      text("PreferredMaintenanceWindow", "Weekly, in UTC: sun:03:00-sun:04:00").unlisted(),
      boolean("AutoMinorVersionUpgrade", "Whether AWS brings new minor versions").unlisted(),
      boolean("TransitEncryptionEnabled", "Whether clients speak TLS").replaces(),
      tags(),
      output("id", "Its name"),
      output("ARN", "ARN"),
      output("Address", "Host to connect to"),
      output("Port", "Port to connect to", stackctl::Type::integer),
      output("uri", "Where it is"),
  };
  schema.insert(schema.begin() + 1, std::make_move_iterator(own.begin()),
                std::make_move_iterator(own.end()));
  return schema;
}

}  // namespace stackctl::aws

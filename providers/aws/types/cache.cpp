#include "cache.h"

#include <iterator>

#include "aws/api/wire.h"

namespace stackctl::aws {

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

// exoscale.database: one of the databases inside a managed MySQL or PostgreSQL. Nothing tells those
// of the stack from those that an application made, so none is ever dropped: they go with the
// service.
#include "database_service.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// It is there from the beginning, as are those of the engine's own.
bool is_built_in(const Value& service, std::string_view name) {
  return name.empty() || name.starts_with('_') || name == "defaultdb" ||
         name == service["uri-params"].text_at("dbname");
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  std::vector<LiveObject> databases;
  for (const dbaas::Service& service : dbaas::marked_services(listed))
    for (const Value& item : service.item["databases"].items()) {
      const std::string name = item.text() == nullptr ? std::string() : *item.text();
      if (is_built_in(service.item, name)) continue;
      databases.push_back(dbaas::part_of(service, type, "database-name", name));
    }
  return databases;
}

Call create(const Api& api, const Work& work) { return dbaas::create_part(api, work, "database"); }

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {dbaas::remove_part(api, live, "database")};
}

}  // namespace

extern const Type database{
    .resource =
        {
            .name = "exoscale.database",
            .help =
                "A database inside a managed MySQL or PostgreSQL; it goes with the service only.",
            .schema = dbaas::part_schema("database-name", {}),
            .listing = "/dbaas-service",
            .marked = Marked::parent,
            .parent = "service",
            .goes_with_parent = true,
            .key = {"database-name"},
            .key_is_unique = true,
            .appears_when_ready = true,
            .typical = std::chrono::seconds{10},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::exoscale

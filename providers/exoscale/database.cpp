// exoscale.database: one of the databases inside a managed MySQL or PostgreSQL. Nothing tells those
// of the stack from those that an application made, so none is ever dropped: they go with the
// service.
#include "database_service.h"
#include "types.h"
#include "wire.h"

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

Call create(const Api& api, const Work& work) {
  const std::string_view path = dbaas::path_of(work.desired.text_at("engine"));
  return api.create("create-" + std::string(path.substr(1)) + "-database",
                    path_to(path, work.desired.text_at("service")) + "/database",
                    Map{{"database-name", work.desired["database-name"]}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const std::string_view path = dbaas::path_of(live.attributes.text_at("engine"));
  return {api.remove("delete-" + std::string(path.substr(1)) + "-database",
                     path_to(path, live.id, "/database"))};
}

}  // namespace

extern const Type database{
    .resource =
        {
            .name = "exoscale.database",
            .help =
                "A database inside a managed MySQL or PostgreSQL; it goes with the service only.",
            .schema =
                {
                    ref("service", {}, "What it is part of").required().replaces(),
                    text("engine", "Engine of the service")
                        .required()
                        .replaces()
                        .one_of({"mysql", "postgres"}),
                    text("database-name", "Unique in the service").required().replaces(),
                    output("id", "Names of service and database"),
                },
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

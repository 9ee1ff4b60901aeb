// exoscale.database_user: who may log in to a managed database, beside its main user.
#include "database_service.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// The main user comes and goes with the service.
bool is_main(const Value& service, const Value& user) {
  return user.text_at("type") == "primary" ||
         user.text_at("username") == service["uri-params"].text_at("user");
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  std::vector<LiveObject> users;
  for (const dbaas::Service& service : dbaas::marked_services(listed))
    for (const Value& item : service.item["users"].items()) {
      const std::string_view name = item.text_at("username");
      if (name.empty() || service.engine->name == "valkey" || is_main(service.item, item)) continue;
      LiveObject& user = users.emplace_back(dbaas::part_of(service, type, "username", name));
      user.mark = Mark{service.mark.stack, service.mark.address + "/user-" + std::string(name), {}};
      user.attributes.map()->emplace(
          "password", dbaas::password_of(listed, service.item.text_at("name"), name));
    }
  return users;
}

Call create(const Api& api, const Work& work) { return dbaas::create_part(api, work, "user"); }

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {dbaas::remove_part(api, live, "user")};
}

std::string awaits(const Work& /*work*/, const LiveObject& live) {
  return live.attributes["password"].is_null() ? "its password" : "";
}

}  // namespace

extern const Type database_user{
    .resource =
        {
            .name = "exoscale.database_user",
            .help = "Who may log in to a managed MySQL or PostgreSQL.",
            .schema = dbaas::part_schema("username", {output("password", "Made by the cloud")}),
            .listing = "/dbaas-service",
            .marked = Marked::parent,
            .parent = "service",
            .goes_with_parent = true,
            .key = {"username"},
            .key_is_unique = true,
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
    .awaits = awaits,
};

}  // namespace stackctl::exoscale

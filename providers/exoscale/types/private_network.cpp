// exoscale.private_network: a network between instances; managed ones lease addresses of a range.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> networks;
  for_each_item(type, listed["private-networks"], faults, [&](const Value& item) {
    LiveObject& network = networks.emplace_back(decode_object(type, item));
    take_mark_from_labels(network);
    Map& attributes = *network.attributes.map();
    if (!item["start-ip"].is_null()) attributes.insert_or_assign("managed", true);
    if (item["leases"].list() != nullptr) attributes.insert_or_assign("leases", item["leases"]);
  });
  return networks;
}

/// A range can be set in place; only taking it away needs another network.
bool can_become(const Value& desired, const Value& /*live*/) { return desired == Value(true); }

Map body_of(const Work& work, Map body) {
  body.erase("managed");
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return body;
}

Call create(const Api& api, const Work& work) {
  return api.create("create-private-network", "/private-network",
                    body_of(work, encode_declared(*work.type, work.desired)));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map body = encode_these(*work.type, work.desired, work.changed);
  // Lists that are not sent stay as they are, and a range is taken only as a whole.
  if (const auto options = body.find("options"); options != body.end())
    options->second = canonical(options->second, *find(work.type->schema, "options"));
  if (body.contains("start-ip") || body.contains("end-ip") || body.contains("netmask"))
    body.merge(encode_these(*work.type, work.desired, {"start-ip", "end-ip", "netmask"}));
  return {api.put("update-private-network", path_to("/private-network", live.id),
                  body_of(work, std::move(body)))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-private-network", path_to("/private-network", live.id))};
}

Attribute addresses(std::string_view name, std::string_view help) {
  return list_of(name, text("address", "IPv4 address").check(check::address), help)
      .otherwise(List{});
}

Schema schema() {
  return {
      text("name", "Shown in the console").required().physical_name(),
      text("description", "Shown in the console").otherwise(""),
      boolean("managed", "Whether it leases addresses").replaces().satisfied_by(can_become),
      text("start-ip", "First address that is leased").check(check::address),
      text("end-ip", "Last address that is leased").check(check::address),
      text("netmask", "Such as 255.255.255.0").check(check::address),
      object("options", "What leases tell beside the address",
             {addresses("routers", "Gateways"), addresses("dns-servers", "Name servers"),
              addresses("ntp-servers", "Time servers"),
              list_of("domain-search", text("domain", "Domain"), "Where short names are looked up")
                  .otherwise(List{})})
          .otherwise(Map{}),
      map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
      output("id", "Identifier"),
      output("leases", "Addresses of the instances in it", stackctl::Type::list),
  };
}

}  // namespace

extern const Type private_network{
    .resource =
        {
            .name = "exoscale.private_network",
            .help = "A network between instances, with leased addresses or without.",
            .schema = schema(),
            .listing = "/private-network",
            .create_first = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{3},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale

// exoscale.load_balancer: a network load balancer; its listeners are exoscale.nlb_service.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> balancers;
  for_each_item(type, listed["load-balancers"], faults, [&](const Value& item) {
    take_mark_from_labels(balancers.emplace_back(decode_object(type, item)));
  });
  return balancers;
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return api.create("create-load-balancer", "/load-balancer", std::move(body));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map body = encode_these(*work.type, work.desired, work.changed);
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return {api.put("update-load-balancer", path_to("/load-balancer", live.id), std::move(body))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-load-balancer", path_to("/load-balancer", live.id))};
}

}  // namespace

extern const Type load_balancer{
    .resource =
        {
            .name = "exoscale.load_balancer",
            .help = "A network load balancer with one public address.",
            .schema =
                {
                    text("name", "Unique in the zone").required().physical_name(),
                    text("description", "Shown in the console").otherwise(""),
                    map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
                    output("id", "Identifier"),
                    output("ip", "Public IPv4 address"),
                    output("state", "What the cloud says of it"),
                },
            .listing = "/load-balancer",
            .key_is_unique = true,
            .typical = std::chrono::seconds{60},
            .typical_removal = std::chrono::seconds{20},
            .rank = 4,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale

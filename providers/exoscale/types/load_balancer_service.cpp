// exoscale.nlb_service: one port of a load balancer and the pool behind it. Its description keeps
// the spec of the mark.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_balancers;
  const std::vector<LiveObject> balancers =
      load_balancer.decode(load_balancer.resource, listed, told_with_the_balancers);
  return decode_parts(type, listed["load-balancers"], "services", balancers, faults,
                      take_spec_from_description);
}

void set_spec(Map& body, const Mark& mark) {
  body.insert_or_assign("description", spec_text(mark));
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  set_spec(body, work.mark);
  const std::string path = path_to("/load-balancer", work.desired.text_at("load-balancer"));
  return api.create("add-service-to-load-balancer", path + "/service", std::move(body));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  // The health check goes as a whole: parts of the old one stay unless all of it is sent.
  Map body = encode_these(*work.type, work.desired, work.changed);
  set_spec(body, work.mark);
  return {api.put("update-load-balancer-service", path_to("/load-balancer", live.id, "/service"),
                  std::move(body))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {
      api.remove("delete-load-balancer-service", path_to("/load-balancer", live.id, "/service"))};
}

Attribute healthcheck() {
  return object("healthcheck", "How members are found to be well",
                {
                    text("mode", "How they are asked").required().one_of({"tcp", "http", "https"}),
                    integer("port", "Where they are asked").required().check(check::port),
                    integer("interval", "Seconds between two checks"),
                    integer("timeout", "Seconds that a member may take"),
                    integer("retries", "Failures in a row that take a member out"),
                    text("uri", "What http and https ask for"),
                    text("tls-sni", "Server name that https sends"),
                });
}

}  // namespace

extern const Type nlb_service{
    .resource =
        {
            .name = "exoscale.nlb_service",
            .help = "One port of a load balancer and the instance pool behind it.",
            .schema =
                {
                    ref("load-balancer", "exoscale.load_balancer", "What it is part of")
                        .required()
                        .replaces(),
                    text("name", "Unique in the load balancer").required().replaces(),
                    ref("instance-pool", "exoscale.instance_pool", "Who serves it")
                        .required()
                        .replaces(),
                    text("protocol", "Transport protocol").required().one_of({"tcp", "udp"}),
                    text("strategy", "Which member gets a new connection")
                        .required()
                        .one_of({"round-robin", "source-hash", "maglev-hash"}),
                    integer("port", "Port that clients connect to").required().check(check::port),
                    integer("target-port", "Port of the members").required().check(check::port),
                    healthcheck().required(),
                    output("id", "Identifiers of load balancer and service"),
                    output("state", "What the cloud says of it"),
                },
            .listing = "/load-balancer",
            .marked = Marked::parent,
            .carrier = "its parent; the spec in its description",
            .parent = "load-balancer",
            .key_is_unique = true,
            .typical = std::chrono::seconds{60},
            .typical_removal = std::chrono::seconds{20},
            .rank = 5,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale

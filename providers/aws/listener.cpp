// aws.listener: one port of a load balancer. It goes with the balancer.
#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> listeners;
  const TagLists tags = tags_by(listed["load_balancing_tags"], "ResourceArn");
  for_each_item(type, listed["listeners"], faults, [&](const Value& item) {
    Map whole = with_tags(item, "ListenerArn", tags);
    if (const auto actions = items_of(item["DefaultActions"]); !actions.empty())
      whole.insert_or_assign("TargetGroupArn", actions.front()["TargetGroupArn"]);
    listeners.push_back(decode_object(type, whole, "ListenerArn"));
  });
  return listeners;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("Tags", tag_list(work));
  return api.create(elastic_load_balancing_v2, "CreateListener", parameters);
}

/// Protocol, certificates and policy depend on each other, so they go together.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  if (encode_these(*work.type, work.desired, work.changed).empty()) return {};
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.erase("LoadBalancerArn");
  parameters.insert_or_assign("ListenerArn", live.id);
  return {api.change(elastic_load_balancing_v2, "ModifyListener", parameters)};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(elastic_load_balancing_v2, "DeleteListener", Map{{"ListenerArn", live.id}})};
}

/// What AWS shows beside these says the same once more.
Attribute action() {
  return object("action", "One of them",
                {text("Type", "Kind of action").required().one_of({"forward"}),
                 ref("TargetGroupArn", "aws.target_group", "Who serves it").required()});
}

Schema schema() {
  return {
      ref("LoadBalancerArn", "aws.load_balancer", "What it is part of").required().replaces(),
      integer("Port", "Port that clients connect to").required().check(check::port),
      text("Protocol", "What clients speak")
          .required()
          .one_of({"HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"}),
      list_of("DefaultActions", action(), "What becomes of a connection").required(),
      list_of("Certificates",
              object("certificate", "A certificate",
                     {text("CertificateArn", "ARN").required().or_ref("aws.certificate")}),
              "The one that HTTPS and TLS show"),
      text("SslPolicy", "Versions and ciphers of HTTPS and TLS"),
      tags(),
      output("id", "ARN"),
      output("TargetGroupArn", "Who serves it, once it does"),
  };
}

}  // namespace

extern const Type listener{
    .resource =
        {
            .name = "aws.listener",
            .help = "One port of a load balancer.",
            .schema = schema(),
            .listing = "load_balancers",
            .parent = "LoadBalancerArn",
            .goes_with_parent = true,
            .key = {"Port"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 7,
        },
    .service = &elastic_load_balancing_v2,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "Listeners/member/ListenerArn",
};

}  // namespace stackctl::aws

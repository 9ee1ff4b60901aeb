// aws.listener: one port of a load balancer. It goes with the balancer.
#include "aws/api/wire.h"
#include "balancer_actions.h"
#include "tag_lists.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kHasRules = "HasRules";

void show_rules(Map& shown, const Value& /*item*/, const Value& /*listed*/) {
  if (says_rules(shown.at("Tags").items())) shown.insert_or_assign(std::string(kHasRules), true);
}

/// Protocol, certificates and policy depend on each other, so they go together.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  Map changed = encode_these(*work.type, work.desired, work.changed);
  std::vector<Call> calls;
  if (changed.erase(kHasRules) > 0)
    calls.push_back(api.change(elastic_load_balancing_v2, "AddTags",
                               Map{{"ResourceArns", List{live.id}}, {"Tags", List{rules_tag()}}}));
  if (changed.empty()) return calls;
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.erase("LoadBalancerArn");
  parameters.insert_or_assign("ListenerArn", live.id);
  calls.push_back(api.change(elastic_load_balancing_v2, "ModifyListener", parameters));
  return calls;
}

Schema schema() {
  return {
      ref("LoadBalancerArn", "aws.load_balancer", "What it is part of").required().replaces(),
      integer("Port", "Port that clients connect to").required().check(check::port),
      text("Protocol", "What clients speak")
          .required()
          .one_of({"HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"}),
      list_of("DefaultActions", balancer_action(), "What becomes of a connection").required(),
      // Rules can be listed one listener at a time only.
      boolean(kHasRules, "Whether it may have rules: a tag says so, and only then they are read")
          .late(),
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
            .listing = "load_balancing",
            .parent = "LoadBalancerArn",
            .goes_with_parent = true,
            .key = {"Port"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 7,
        },
    .service = &elastic_load_balancing_v2,
    .shown = {.list = "listeners",
              .id = "ListenerArn",
              .tags = "load_balancing_tags",
              .tags_of = "ResourceArn",
              .elsewhere = {{"TargetGroupArn", "DefaultActions/member/TargetGroupArn"}},
              .reshape = show_rules},
    .creation = {"CreateListener"},
    .update = update,
    .removal = {"DeleteListener", {"ListenerArn"}},
    .created_id = "Listeners/member/ListenerArn",
};

}  // namespace stackctl::aws

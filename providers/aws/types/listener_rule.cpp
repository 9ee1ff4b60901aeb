// aws.listener_rule: where some of what a listener takes goes instead. It goes with the listener.
#include "aws/api/wire.h"
#include "balancer_actions.h"
#include "types.h"

namespace stackctl::aws {
namespace {

Attribute values_of(std::string_view name, std::string_view help) {
  return object(name, help, {list_of("Values", text("value", "One of them"), "Any of these")});
}

Attribute condition() {
  return object("condition", "What a request must have",
                {text("Field", "Where it must have it")
                     .required()
                     .one_of({"host-header", "path-pattern", "http-request-method", "source-ip"}),
                 values_of("HostHeaderConfig", "Hosts, with * and ?"),
                 values_of("PathPatternConfig", "Paths, with * and ?"),
                 values_of("HttpRequestMethodConfig", "Such as GET"),
                 values_of("SourceIpConfig", "Blocks of addresses")});
}

void keep_place(Map& parameters, const Api& /*api*/, const Work& /*work*/) {
  parameters.erase("ListenerArn");
  parameters.erase("Priority");
}

Schema schema() {
  return {
      ref("ListenerArn", "aws.listener", "What it is part of").required().replaces(),
      integer("Priority", "The lowest is tried first").required().check(check::positive).replaces(),
      set_of("Conditions", condition(), "All that a request must meet").required(),
      list_of("Actions", balancer_action(), "What becomes of it").required(),
      tags(),
      output("id", "ARN"),
      output("TargetGroupArn", "Who serves it, once it does"),
  };
}

}  // namespace

extern const Type listener_rule{
    .resource =
        {
            .name = "aws.listener_rule",
            .help = "Where some of what a listener takes goes instead.",
            .schema = schema(),
            .listing = "load_balancing",
            .parent = "ListenerArn",
            .goes_with_parent = true,
            .key = {"Priority"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 8,
        },
    .service = &elastic_load_balancing_v2,
    .shown = {.list = "listener_rules",
              .id = "RuleArn",
              .tags = "load_balancing_tags",
              .tags_of = "ResourceArn",
              .elsewhere = {{"TargetGroupArn", "Actions/member/TargetGroupArn"}}},
    .creation = {"CreateRule"},
    .modifications = {{.action = "ModifyRule",
                       .id = "RuleArn",
                       .sends = Modification::Sends::all,
                       .prepare = keep_place}},
    .removal = {"DeleteRule", {"RuleArn"}},
    .created_id = "Rules/member/RuleArn",
};

}  // namespace stackctl::aws

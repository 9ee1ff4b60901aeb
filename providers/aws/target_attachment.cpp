// aws.target_attachment: an auto scaling group whose members serve a target group. It bears no
// mark of its own: what owns the target group owns it.
#include "group_attachment.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kTargets = "TargetGroupARN";
constexpr std::string_view kList = "TargetGroupARNs";

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_targets;
  return attachments(type, listed, kList,
                     target_group.decode(target_group.resource, listed, told_with_the_targets),
                     faults);
}

Call create(const Api& api, const Work& work) {
  return api.create(auto_scaling, "AttachLoadBalancerTargetGroups",
                    attachment_parameters(*work.type, work.desired, kList));
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(auto_scaling, "DetachLoadBalancerTargetGroups",
                     attachment_parameters(*live.type, live.attributes, kList))};
}

}  // namespace

extern const Type target_attachment{
    .resource =
        {
            .name = "aws.target_attachment",
            .help = "An auto scaling group whose members serve a target group.",
            .schema =
                {
                    ref(kTargets, "aws.target_group", "What they serve").required().replaces(),
                    ref(kScalingGroup, "aws.auto_scaling_group", "Whose members")
                        .required()
                        .replaces(),
                    output("id", "ARN of the target group, and name of the other"),
                },
            .listing = "target_groups auto_scaling_groups",
            .marked = Marked::parent,
            .parent = kTargets,
            .key = {kScalingGroup},
            .key_is_unique = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{2},
            .rank = 7,
        },
    .service = &auto_scaling,
    .decode = decode,
    .create = create,
    .remove = remove,
    .id_in = attachment_id,
};

}  // namespace stackctl::aws

// aws.target_attachment: an auto scaling group whose members serve a target group. It bears no
// mark of its own: what owns the target group owns it.
#include "group_attachment.h"
#include "types.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  return attachments(type, listed, others_in(target_group, listed), faults);
}

}  // namespace

extern const Type target_attachment{
    .resource = attachment_table("aws.target_attachment",
                                 "An auto scaling group whose members serve a target group.",
                                 ref("TargetGroupARN", "aws.target_group", "What they serve"),
                                 "load_balancing auto_scaling_groups"),
    .service = &auto_scaling,
    .decode = decode,
    .creation = {.action = "AttachLoadBalancerTargetGroups", .prepare = attach_to},
    .removal = {.action = "DetachLoadBalancerTargetGroups", .prepare = detach_from},
    .id_in = attachment_id,
};

}  // namespace stackctl::aws

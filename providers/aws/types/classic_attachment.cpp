// aws.classic_attachment: an auto scaling group whose members serve a classic load balancer. It
// bears no mark of its own: what owns the balancer owns it.
#include "group_attachment.h"
#include "types.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  return attachments(type, listed, others_in(classic_load_balancer, listed), faults);
}

}  // namespace

extern const Type classic_attachment{
    .resource =
        attachment_table("aws.classic_attachment",
                         "An auto scaling group whose members serve a classic load balancer.",
                         ref("LoadBalancerName", "aws.classic_load_balancer", "What they serve"),
                         "classic_load_balancers auto_scaling_groups"),
    .service = &auto_scaling,
    .decode = decode,
    .creation = {.action = "AttachLoadBalancers", .prepare = attach_to},
    .removal = {.action = "DetachLoadBalancers", .prepare = detach_from},
    .id_in = attachment_id,
};

}  // namespace stackctl::aws

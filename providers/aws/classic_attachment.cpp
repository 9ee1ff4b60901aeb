// aws.classic_attachment: an auto scaling group whose members serve a classic load balancer. It
// bears no mark of its own: what owns the balancer owns it.
#include "group_attachment.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kBalancer = "LoadBalancerName";
constexpr std::string_view kList = "LoadBalancerNames";

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_balancers;
  const Type& balancer = classic_load_balancer;
  return attachments(type, listed, kList,
                     balancer.decode(balancer.resource, listed, told_with_the_balancers), faults);
}

Call create(const Api& api, const Work& work) {
  return api.create(auto_scaling, "AttachLoadBalancers",
                    attachment_parameters(*work.type, work.desired, kList));
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(auto_scaling, "DetachLoadBalancers",
                     attachment_parameters(*live.type, live.attributes, kList))};
}

}  // namespace

extern const Type classic_attachment{
    .resource =
        {
            .name = "aws.classic_attachment",
            .help = "An auto scaling group whose members serve a classic load balancer.",
            .schema =
                {
                    ref(kBalancer, "aws.classic_load_balancer", "What they serve")
                        .required()
                        .replaces(),
                    ref(kScalingGroup, "aws.auto_scaling_group", "Whose members")
                        .required()
                        .replaces(),
                    output("id", "Names of both"),
                },
            .listing = "classic_load_balancers auto_scaling_groups",
            .marked = Marked::parent,
            .parent = kBalancer,
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

// aws.scaling_policy: how many members a group has, by what there is to do.
#include "aws/api/parts.h"
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kMetric = "PredefinedMetricSpecification";

/// What metrics call a balancer or a target group: the end of its ARN.
std::string label_of(const Value& value) {
  if (value.text() == nullptr) return {};
  const std::string_view arn = *value.text();
  constexpr std::string_view balancer = ":loadbalancer/";
  if (const std::size_t at = arn.find(balancer); at != std::string_view::npos)
    return std::string(arn.substr(at + balancer.size()));
  constexpr std::string_view group = ":targetgroup/";
  if (const std::size_t at = arn.find(group); at != std::string_view::npos)
    return std::string(arn.substr(at + 1));
  return std::string(arn);
}

Value canonical_label(const Value& value) {
  return value.text() == nullptr ? value : Value(label_of(value));
}

/// "app/NAME/ID/targetgroup/NAME/ID" is both.
void add_label(Map& shown, std::string_view label) {
  const std::size_t at = label.find("/targetgroup/");
  if (at == std::string_view::npos) return;
  shown.insert_or_assign("LoadBalancerArn", label.substr(0, at));
  shown.insert_or_assign("TargetGroupArn", label.substr(at + 1));
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const std::vector<LiveObject> groups = others_in(auto_scaling_group, listed);
  std::vector<LiveObject> policies;
  for_each_item(type, listed["scaling_policies"], faults, [&](const Value& item) {
    Map shown = *item.map();
    // Names are unique within a group only.
    shown.insert_or_assign("id", std::string(item.text_at("AutoScalingGroupName")) + ':' +
                                     std::string(item.text_at("PolicyName")));
    const Value& tracking = item["TargetTrackingConfiguration"];
    for (const char* const name : {"TargetValue", "DisableScaleIn"})
      shown.insert_or_assign(name, tracking[name]);
    shown.insert_or_assign("PredefinedMetricType", tracking[kMetric]["PredefinedMetricType"]);
    add_label(shown, tracking[kMetric].text_at("ResourceLabel"));
    LiveObject& policy = policies.emplace_back(decode_object(type, shown, "id"));
    if (const LiveObject* const group = find_id(groups, item.text_at("AutoScalingGroupName")))
      take_mark_of(policy, *group, item.text_at("PolicyName"));
  });
  return policies;
}

Call put(const Api& api, const Work& work) {
  const Value& desired = work.desired;
  Map metric{{"PredefinedMetricType", desired["PredefinedMetricType"]}};
  if (!desired["LoadBalancerArn"].is_null())
    metric.emplace("ResourceLabel", label_of(desired["LoadBalancerArn"]) + '/' +
                                        label_of(desired["TargetGroupArn"]));
  Map tracking{{std::string(kMetric), std::move(metric)},
               {"TargetValue", desired["TargetValue"]},
               {"DisableScaleIn", desired["DisableScaleIn"]}};
  return api.change(auto_scaling, "PutScalingPolicy",
                    Map{{"AutoScalingGroupName", desired["AutoScalingGroupName"]},
                        {"PolicyName", desired["PolicyName"]},
                        {"PolicyType", "TargetTrackingScaling"},
                        {"TargetTrackingConfiguration", std::move(tracking)}});
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& /*live*/) {
  return {put(api, work)};
}

}  // namespace

extern const Type scaling_policy{
    .resource =
        {
            .name = "aws.scaling_policy",
            .help = "Keeps a measure of a group near a value by changing how many members it has.",
            .schema =
                {
                    ref("AutoScalingGroupName", "aws.auto_scaling_group", "The group")
                        .required()
                        .replaces(),
                    text("PolicyName", "What it is called there").required().replaces(),
                    text("PredefinedMetricType", "What is measured")
                        .required()
                        .one_of({"ALBRequestCountPerTarget", "ASGAverageCPUUtilization",
                                 "ASGAverageNetworkIn", "ASGAverageNetworkOut"}),
                    number("TargetValue", "What it is to be near").required(),
                    boolean("DisableScaleIn", "Whether it only adds members").otherwise(false),
                    ref("LoadBalancerArn", "aws.load_balancer", "Whose requests are counted")
                        .normalise(canonical_label),
                    ref("TargetGroupArn", "aws.target_group", "Which of its requests")
                        .normalise(canonical_label),
                    output("id", "The names of group and policy"),
                },
            .listing = "scaling_policies auto_scaling_groups",
            .marked = Marked::parent,
            .parent = "AutoScalingGroupName",
            .goes_with_parent = true,
            .key = {"PolicyName"},
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
        },
    .service = &auto_scaling,
    .decode = decode,
    .create = put,
    .update = update,
    .removal = {"DeletePolicy", {"AutoScalingGroupName", "PolicyName"}},
};

}  // namespace stackctl::aws

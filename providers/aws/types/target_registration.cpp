// aws.target_registration: one instance that serves a target group. It bears no mark of its own:
// what owns the target group owns it.
#include "aws/api/parts.h"
#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kGroup = "TargetGroupArn";
constexpr std::string_view kInstance = "InstanceId";

std::string id_of(const Value& attributes) {
  return std::string(attributes.text_at(kGroup)).append("/").append(attributes.text_at(kInstance));
}

LiveObject registration(const ResourceType& type, const LiveObject& group, const Value& target,
                        std::string_view name) {
  LiveObject live;
  live.type = &type;
  Map attributes{{std::string(kGroup), group.id}, {std::string(kInstance), target}};
  live.id = id_of(attributes);
  attributes.emplace("id", live.id);
  live.attributes = std::move(attributes);
  take_mark_of(live, group, name);
  return live;
}

/// Those that are on their way out do not count.
std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const std::vector<LiveObject> groups = others_in(target_group, listed);
  const std::vector<LiveObject> machines = others_in(instance, listed);
  std::vector<LiveObject> found;
  for_each_item(type, listed["target_health"], faults, [&](const Value& item) {
    const LiveObject* const group = find_id(groups, item.text_at(kGroup));
    const Value& target = item["Target"]["Id"];
    if (group == nullptr || target.text() == nullptr) return;
    if (item["TargetHealth"].text_at("State") == "draining") return;
    found.push_back(registration(type, *group, target, short_name_of(machines, *target.text())));
  });
  return found;
}

Map parameters_of(const Value& attributes) {
  return {{std::string(kGroup), attributes[kGroup]},
          {"Targets", List{Map{{"Id", attributes[kInstance]}}}}};
}

Call create(const Api& api, const Work& work) {
  return api.create(elastic_load_balancing_v2, "RegisterTargets", parameters_of(work.desired));
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {
      api.change(elastic_load_balancing_v2, "DeregisterTargets", parameters_of(live.attributes))};
}

}  // namespace

extern const Type target_registration{
    .resource =
        {
            .name = "aws.target_registration",
            .help = "An instance that serves a target group.",
            .schema =
                {
                    ref(kGroup, "aws.target_group", "What it serves").required().replaces(),
                    ref(kInstance, "aws.instance", "Which one").required().replaces(),
                    output("id", "ARN of the target group, and the instance"),
                },
            .listing = "load_balancing reservations",
            .marked = Marked::parent,
            .parent = kGroup,
            .key = {kInstance},
            .key_is_unique = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{2},
            .rank = 7,
        },
    .service = &elastic_load_balancing_v2,
    .decode = decode,
    .create = create,
    .remove = remove,
    .id_in = [](const Work& work, const Value& /*answer*/) { return id_of(work.desired); },
};

}  // namespace stackctl::aws

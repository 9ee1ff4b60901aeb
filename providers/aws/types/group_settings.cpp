#include "group_settings.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "group_members.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kSubnets = "VPCZoneIdentifier";
constexpr std::string_view kTemplateId = "LaunchTemplateId";
constexpr std::string_view kVersion = "Version";

/// What neither making nor changing a group takes.
constexpr std::array<std::string_view, 4> kSteering = {"StaleMembers", "MissingMembers",
                                                       "MinHealthyPercentage", "InstanceWarmup"};

std::string joined(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& item : list.items())
    if (item.text() != nullptr) texts.push_back(*item.text());
  return join(texts, ",");
}

List parts_of(std::string_view text) {
  List parts;
  for (const std::string& part : split(text, ','))
    if (!trim(part).empty()) parts.emplace_back(trim(part));
  return parts;
}

}  // namespace

void group_as_schema_has_it(Map& shown, const Value& item, const Value& listed) {
  shown.insert_or_assign(std::string(kSubnets), parts_of(item.text_at(kSubnets)));
  const std::string status = to_lower(item.text_at("Status"));
  shown.insert_or_assign("Status", status);
  shown.insert_or_assign("State", status.empty() ? "running" : status);
  add_members(shown, item, listed);
}

void as_group_takes_it(Map& parameters, const Api& /*api*/, const Work& work) {
  for (const std::string_view name : kSteering) parameters.erase(name);
  rename(parameters, "StartCapacity", "DesiredCapacity");
  if (const auto subnets = parameters.find(kSubnets); subnets != parameters.end())
    subnets->second = joined(subnets->second);
  if (parameters.erase(kTemplateId) + parameters.erase(kVersion) == 0) return;
  Map made_of;
  for (const std::string_view name : {kTemplateId, kVersion})
    made_of.insert_or_assign(std::string(name), work.desired[name]);
  parameters.insert_or_assign("LaunchTemplate", std::move(made_of));
}

void as_new_group_takes_it(Map& parameters, const Api& api, const Work& work) {
  as_group_takes_it(parameters, api, work);
  parameters.insert_or_assign(
      "Tags", group_tags(tag_list(work), work.desired.text_at("AutoScalingGroupName")));
}

}  // namespace stackctl::aws

// aws.launch_template: what the members of a group are made of. Every change makes a version.
#include <algorithm>

#include "machine.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// What its newest version holds.
const Value& newest_data(const Value& item, const Value& versions) {
  static const Value none;
  for (const Value& version : versions.items())
    if (version["launchTemplateId"] == item["launchTemplateId"])
      return version["launchTemplateData"];
  return none;
}

List tags_of(const Value& item, const Value& tags) {
  List own;
  for (const Value& tag : tags.items())
    if (tag["resourceId"] == item["launchTemplateId"]) own.push_back(tag);
  return own;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> templates;
  for_each_item(type, listed["launch_templates"], faults, [&](const Value& item) {
    const Value& data = newest_data(item, listed["template_versions"]);
    Map shown = data.map() == nullptr ? Map{} : flat_machine(data);
    for (const auto& [name, value] : *item.map()) shown.insert_or_assign(name, value);
    if (List tags = tags_of(item, listed["template_tags"]); !tags.empty())
      shown.insert_or_assign("tagSet", std::move(tags));
    LiveObject& live = templates.emplace_back(decode_object(type, shown, "LaunchTemplateId"));
    live.created = item.text_at("createTime");
  });
  return templates;
}

Call create(const Api& api, const Work& work) {
  return api.create(ec2, "CreateLaunchTemplate",
                    Map{{"LaunchTemplateName", work.desired["LaunchTemplateName"]},
                        {"LaunchTemplateData", machine_parameters(work.desired)},
                        {"TagSpecification", tag_specification("launch-template", work)},
                        {"ClientToken", work.token}});
}

/// A version holds all its data anew. The newest is also what people get who name none.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const auto is_of_version = [](const std::string& name) {
    return name != kMark && name != "Tags";
  };
  if (std::ranges::none_of(work.changed, is_of_version)) return {};
  const std::int64_t* const latest = live.attributes["LatestVersionNumber"].integer();
  std::vector<Call> calls = {
      api.change(ec2, "CreateLaunchTemplateVersion",
                 Map{{"LaunchTemplateId", live.id},
                     {"LaunchTemplateData", machine_parameters(work.desired)},
                     {"ClientToken", work.token}})};
  if (latest != nullptr)
    calls.push_back(api.change(
        ec2, "ModifyLaunchTemplate",
        Map{{"LaunchTemplateId", live.id}, {"SetDefaultVersion", std::to_string(*latest + 1)}}));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteLaunchTemplate", Map{{"LaunchTemplateId", live.id}})};
}

Schema schema() {
  Schema all = {
      text("LaunchTemplateName", "What it is called").required().physical_name().replaces()};
  for (Attribute& attribute : machine_attributes()) all.push_back(std::move(attribute));
  all.push_back(tags());
  all.push_back(output("id", "Identifier"));
  // It is told anew by every change, so what refers to it waits for that.
  all.push_back(
      output("LatestVersionNumber", "Number of its newest version", stackctl::Type::integer)
          .late());
  return all;
}

}  // namespace

extern const Type launch_template{
    .resource =
        {
            .name = "aws.launch_template",
            .help = "What the members of a group are made of.",
            .schema = schema(),
            .listing = "launch_templates",
            .key = {"LaunchTemplateName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "launchTemplate/launchTemplateId",
};

}  // namespace stackctl::aws

// aws.launch_template: what the members of a group are made of. Every change makes a version.
#include <algorithm>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "machine.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// A version does not say how its template is tagged.
List tags_of(const Value& version, const Value& tags) {
  List own;
  for (const Value& tag : tags.items())
    if (tag["resourceId"] == version["launchTemplateId"]) own.push_back(tag);
  return own;
}

void reshape(Map& shown, const Value& version, const Value& listed) {
  if (const Value& data = version["launchTemplateData"]; data.map() != nullptr)
    shown.merge(flat_machine(data));
  shown.insert_or_assign("LatestVersionNumber", version["versionNumber"]);
  shown.insert_or_assign("tagSet", tags_of(version, listed["template_tags"]));
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

Schema schema() {
  Schema all = {fixed_name("LaunchTemplateName", "What it is called")};
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
    .shown = {.list = "newest_versions", .id = "LaunchTemplateId", .reshape = reshape},
    .create = create,
    .update = update,
    .removal = {"DeleteLaunchTemplate", {"LaunchTemplateId"}},
    .created_id = "launchTemplate/launchTemplateId",
};

}  // namespace stackctl::aws

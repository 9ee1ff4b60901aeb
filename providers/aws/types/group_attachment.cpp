#include "group_attachment.h"

#include "aws/api/parts.h"
#include "aws/api/wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kGroup = "AutoScalingGroupName";

std::string id_of(const ResourceType& type, const Value& attributes) {
  return std::string(attributes.text_at(type.parent))
      .append("/")
      .append(attributes.text_at(kGroup));
}

/// "TargetGroupARNs": groups and calls have lists of owners.
std::string list_of_parents(const ResourceType& type) { return std::string(type.parent) + 's'; }

Map parameters_of(const ResourceType& type, const Value& attributes) {
  return {{std::string(kGroup), attributes[kGroup]},
          {list_of_parents(type), List{attributes[type.parent]}}};
}

LiveObject attachment(const ResourceType& type, const Value& group, const LiveObject& parent) {
  LiveObject live;
  live.type = &type;
  Map attributes{{std::string(kGroup), group}, {std::string(type.parent), parent.id}};
  live.id = id_of(type, attributes);
  attributes.emplace("id", live.id);
  live.attributes = std::move(attributes);
  if (parent.mark) live.mark = Mark{parent.mark->stack, parent.mark->address + "/members", {}};
  return live;
}

}  // namespace

ResourceType attachment_table(std::string_view name, std::string_view help, const Attribute& parent,
                              std::string_view listing) {
  return {
      .name = name,
      .help = help,
      .schema = {Attribute(parent).required().replaces(),
                 ref(kGroup, "aws.auto_scaling_group", "Whose members").required().replaces(),
                 output("id", "What they serve, and the name of the group")},
      .listing = listing,
      .marked = Marked::parent,
      .parent = parent.name,
      .key = {kGroup},
      .key_is_unique = true,
      .typical = std::chrono::seconds{2},
      .typical_removal = std::chrono::seconds{2},
      .rank = 7,
  };
}

std::vector<LiveObject> attachments(const ResourceType& type, const Value& listed,
                                    const std::vector<LiveObject>& parents, Diagnostics& faults) {
  std::vector<LiveObject> found;
  for_each_item(type, listed["auto_scaling_groups"], faults, [&](const Value& item) {
    if (item.text_at(kGroup).empty()) return;
    for (const Value& id : items_of(item[list_of_parents(type)]))
      if (const LiveObject* const parent = find_id(parents, id.text() ? *id.text() : "");
          parent != nullptr)
        found.push_back(attachment(type, item[kGroup], *parent));
  });
  return found;
}

void attach_to(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters = parameters_of(*work.type, work.desired);
}

void detach_from(Map& parameters, const LiveObject& live) {
  parameters = parameters_of(*live.type, live.attributes);
}

std::string attachment_id(const Work& work, const Value& /*answer*/) {
  return id_of(*work.type, work.desired);
}

}  // namespace stackctl::aws

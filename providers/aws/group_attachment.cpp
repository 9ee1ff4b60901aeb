#include "group_attachment.h"

#include <algorithm>

#include "wire.h"

namespace stackctl::aws {
namespace {

std::string id_of(const ResourceType& type, const Value& attributes) {
  return std::string(attributes.text_at(type.parent))
      .append("/")
      .append(attributes.text_at(kScalingGroup));
}

}  // namespace

std::vector<LiveObject> attachments(const ResourceType& type, const Value& listed,
                                    std::string_view list, const std::vector<LiveObject>& parents,
                                    Diagnostics& faults) {
  std::vector<LiveObject> found;
  for_each_item(type, listed["auto_scaling_groups"], faults, [&](const Value& item) {
    for (const Value& name : items_of(item[list])) {
      const auto parent = std::ranges::find_if(
          parents, [&](const LiveObject& one) { return name == Value(one.id); });
      if (parent == parents.end() || item.text_at(kScalingGroup).empty()) continue;
      LiveObject& live = found.emplace_back();
      Map attributes{{std::string(kScalingGroup), item[kScalingGroup]},
                     {std::string(type.parent), parent->id}};
      live.type = &type;
      live.id = id_of(type, attributes);
      attributes.emplace("id", live.id);
      live.attributes = std::move(attributes);
      if (parent->mark)
        live.mark = Mark{parent->mark->stack, parent->mark->address + "/members", {}};
    }
  });
  return found;
}

Map attachment_parameters(const ResourceType& type, const Value& attributes,
                          std::string_view list) {
  return {{std::string(kScalingGroup), attributes[kScalingGroup]},
          {std::string(list), List{attributes[type.parent]}}};
}

std::string attachment_id(const Work& work, const Value& /*answer*/) {
  return id_of(*work.type, work.desired);
}

}  // namespace stackctl::aws

// aws.db_parameter_group: settings of a database engine. They reach the databases that exist when
// these are rebooted.
#include <algorithm>

#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "DBParameterGroupName";
constexpr std::string_view kParameters = "Parameters";

Map parameters_in(const Value& told, const Value& group) {
  Map parameters;
  for (const Value& entry : told.items())
    if (entry[kName] == group && !entry["ParameterValue"].is_null())
      parameters.emplace(entry.text_at("ParameterName"), entry["ParameterValue"]);
  return parameters;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> groups;
  const TagLists tags = tags_by(listed["rds_tags"], "ResourceName");
  for_each_item(type, listed["db_parameter_groups"], faults, [&](const Value& item) {
    Map whole = with_tags(item, "DBParameterGroupArn", tags);
    whole.insert_or_assign(std::string(kParameters),
                           parameters_in(listed["db_parameters"], item[kName]));
    groups.push_back(decode_object(type, whole, kName));
  });
  return groups;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  parameters.insert_or_assign("Tags.Tag", tag_list(work));
  return api.create(rds, "CreateDBParameterGroup", parameters);
}

/// As many calls as it takes: each takes twenty.
void in_batches(const Api& api, std::string_view action, const LiveObject& live,
                const List& parameters, std::vector<Call>& calls) {
  constexpr std::ptrdiff_t at_once = 20;
  for (auto from = parameters.begin(); from != parameters.end();) {
    const auto to = from + std::min(at_once, parameters.end() - from);
    calls.push_back(api.change(
        rds, action, Map{{std::string(kName), live.id}, {"Parameters.Parameter", List(from, to)}}));
    from = to;
  }
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const Value& wanted = work.desired[kParameters];
  const Value& present = live.attributes[kParameters];
  List set;
  List reset;
  const auto entry = [](const std::string& name) {
    return Map{{"ParameterName", name}, {"ApplyMethod", "pending-reboot"}};
  };
  if (present.map() != nullptr)
    for (const auto& [name, value] : *present.map())
      if (wanted[name].is_null()) reset.emplace_back(entry(name));
  if (wanted.map() != nullptr)
    for (const auto& [name, value] : *wanted.map()) {
      if (present[name] == value) continue;
      Map parameter = entry(name);
      parameter.emplace("ParameterValue", value);
      set.emplace_back(std::move(parameter));
    }
  std::vector<Call> calls;
  in_batches(api, "ResetDBParameterGroup", live, reset, calls);
  in_batches(api, "ModifyDBParameterGroup", live, set, calls);
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(rds, "DeleteDBParameterGroup", Map{{std::string(kName), live.id}})};
}

}  // namespace

extern const Type db_parameter_group{
    .resource =
        {
            .name = "aws.db_parameter_group",
            .help = "Settings of a database engine.",
            .schema =
                {
                    text(kName, "Unique in the region")
                        .required()
                        .physical_name()
                        .normalise(lower_case)
                        .replaces(),
                    text("DBParameterGroupFamily", "Engine and version, such as mysql8.0")
                        .required()
                        .replaces(),
                    text("Description", "For people").required().replaces(),
                    map_of(kParameters, text("value", "Value"), "Names and values")
                        .otherwise(Map{})
                        .late(),
                    tags(),
                    output("id", "Its name"),
                    output("DBParameterGroupArn", "ARN"),
                },
            .listing = "db_parameter_groups",
            .key = {kName},
            .key_is_unique = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &rds,
    .tagged_by = "DBParameterGroupArn",
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = "DBParameterGroup/DBParameterGroupName",
};

}  // namespace stackctl::aws

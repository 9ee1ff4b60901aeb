// aws.db_parameter_group: settings of a database engine. They reach the databases that exist when
// these are rebooted.
#include <algorithm>

#include "aws/api/wire.h"
#include "types.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "DBParameterGroupName";
constexpr std::string_view kParameters = "Parameters";

void show_parameters(Map& shown, const Value& item, const Value& listed) {
  Map parameters;
  for (const Value& entry : listed["db_parameters"].items())
    if (entry[kName] == item[kName] && !entry["ParameterValue"].is_null())
      parameters.emplace(entry.text_at("ParameterName"), entry["ParameterValue"]);
  shown.insert_or_assign(std::string(kParameters), std::move(parameters));
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
  for (const auto& [name, value] : members_of(present))
    if (wanted[name].is_null()) reset.emplace_back(entry(name));
  for (const auto& [name, value] : members_of(wanted)) {
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

}  // namespace

extern const Type db_parameter_group{
    .resource =
        {
            .name = "aws.db_parameter_group",
            .help = "Settings of a database engine.",
            .schema =
                {
                    fixed_name(kName, "Unique in the region").normalise(lower_case),
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
            .is_counted = true,
            .key = {kName},
            .key_is_unique = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{1},
            .rank = 3,
        },
    .service = &rds,
    .tagged_by = "DBParameterGroupArn",
    .shown = {.list = "db_parameter_groups",
              .id = kName,
              .tags = "rds_tags",
              .tags_of = "ResourceName",
              .reshape = show_parameters},
    .creation = {"CreateDBParameterGroup"},
    .update = update,
    .removal = {"DeleteDBParameterGroup", {kName}},
    .created_id = "DBParameterGroup/DBParameterGroupName",
};

}  // namespace stackctl::aws

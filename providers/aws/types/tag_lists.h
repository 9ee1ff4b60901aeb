// Tags that listings do not show with the objects: they are asked for, and put back to them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api/api.h"

namespace stackctl::aws {

using TagLists = std::map<std::string, List, std::less<>>;

/// By what they are of. `told` are entries of {SUBJECT, Tags}, or of {SUBJECT, Key, Value}.
TagLists tags_by(const Value& told, std::string_view subject);

/// `item` with the tags of what its member `name` says.
Map with_tags(const Value& item, std::string_view name, const TagLists& tags);

/// What pages lead to (`Page::leads_to`): the tags of what they show, and then the parts of what
/// bears a mark; those of a declared balancer at once.
std::vector<Call> balancers_lead_to(const Api& api, std::span<const Value> items,
                                    std::span<const Value> declared);
std::vector<Call> tags_of_listeners(const Api& api, std::span<const Value> items,
                                    std::span<const Value> declared);
std::vector<Call> tags_of_target_groups(const Api& api, std::span<const Value> items,
                                        std::span<const Value> declared);
std::vector<Call> tags_of_rules(const Api& api, std::span<const Value> items,
                                std::span<const Value> declared);
std::vector<Call> parts_of_marked(const Api& api, std::span<const Value> tagged,
                                  std::span<const Value> declared);
std::vector<Call> tags_of_classic_balancers(const Api& api, std::span<const Value> items,
                                            std::span<const Value> declared);
std::vector<Call> tags_of_db_subnet_groups(const Api& api, std::span<const Value> items,
                                           std::span<const Value> declared);
std::vector<Call> tags_of_db_parameter_groups(const Api& api, std::span<const Value> items,
                                              std::span<const Value> declared);
std::vector<Call> tags_of_caches(const Api& api, std::span<const Value> items,
                                 std::span<const Value> declared);
std::vector<Call> tags_of_clusters(const Api& api, std::span<const Value> items,
                                   std::span<const Value> declared);

/// What answers do not say of whom it is (`Page::read`). The tags of a marked group of parameters
/// lead to these.
List read_tags(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);
List read_parameters(const Api& api, const Call& call, const Value& answer,
                     std::vector<Call>& more);
List read_target_health(const Api& api, const Call& call, const Value& answer,
                        std::vector<Call>& more);
/// Without the default ones, which are the listener's own actions.
List read_rules(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more);

/// In the address of a target group whose targets are single instances: only of these the targets
/// are listed. Others have those that groups of instances give them.
inline constexpr std::string_view kMachines = "/machines";

/// The tag of a listener that has rules, or has had some: others are not asked for theirs.
Map rules_tag();
bool says_rules(std::span<const Value> tags);

}  // namespace stackctl::aws

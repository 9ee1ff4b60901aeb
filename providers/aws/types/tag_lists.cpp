#include "tag_lists.h"

#include <algorithm>
#include <iterator>

#include "aws/api/batches.h"
#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "stackctl/http.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kRulesTag = "stackctl:rules";

/// What the items call `name`, each once in `parameter`, twenty a call.
std::vector<Call> in_batches(const Api& api, const Service& service, std::string_view parameter,
                             std::span<const Value> items, std::string_view name) {
  std::vector<Call> calls;
  List batch;
  const auto ask = [&] {
    if (!batch.empty())
      calls.push_back(
          api.read(service, "DescribeTags", Map{{std::string(parameter), std::move(batch)}}));
    batch = {};
  };
  for (const Value& item : items) {
    if (item.text_at(name).empty()) continue;
    batch.push_back(item[name]);
    if (batch.size() == kTagsBatch) ask();
  }
  ask();
  return calls;
}

/// Services that tell the tags of one thing at a time. What AWS itself made has none.
std::vector<Call> one_by_one(const Api& api, const Service& service, std::span<const Value> items,
                             std::string_view arn, std::string_view name = {}) {
  std::vector<Call> calls;
  for (const Value& item : items) {
    const std::string_view called = name.empty() ? std::string_view() : item.text_at(name);
    if (item.text_at(arn).empty() || called == "default" || called.starts_with("default."))
      continue;
    calls.push_back(api.read(service, "ListTagsForResource", Map{{"ResourceName", item[arn]}}));
  }
  return calls;
}

std::string asked_for(const Call& call, std::string_view parameter) {
  const http::Fields fields = http::parse_query(call.request.body);
  return std::string(http::find(fields, parameter).value_or(""));
}

/// The items, each with the name of what they are of.
List told_of(std::span<const Value> items, const std::string& subject, const std::string& name) {
  List out(items.begin(), items.end());
  for (Value& item : out)
    if (item.map() != nullptr) item.map()->insert_or_assign(subject, name);
  return out;
}

bool has_machines(std::span<const Value> tags) {
  return std::ranges::any_of(tags, [](const Value& tag) {
    return tag.text_at("Key") == kAddressTag &&
           tag.text_at("Value").find(kMachines) != std::string_view::npos;
  });
}

List without_default(std::span<const Value> rules) {
  List out;
  std::ranges::copy_if(rules, std::back_inserter(out),
                       [](const Value& rule) { return rule.text_at("IsDefault") != "true"; });
  return out;
}

Call listeners_of(const Api& api, std::string_view balancer) {
  return api.read(elastic_load_balancing_v2, "DescribeListeners",
                  Map{{"LoadBalancerArn", balancer}});
}

/// WEB of ":loadbalancer/app/WEB/50dc6c495c0c9188"; of other things nothing.
std::string_view balancer_in(std::string_view arn) {
  constexpr std::string_view sign = ":loadbalancer/";
  const std::size_t at = arn.find(sign);
  if (at == std::string_view::npos) return {};
  arn.remove_prefix(at + sign.size());
  const std::size_t begin = std::min(arn.find('/') + 1, arn.size());
  return arn.substr(begin, arn.find('/', begin) - begin);
}

/// Of two balancers that replace each other one has more behind its name.
bool is_declared(std::string_view balancer, std::span<const Value> declared) {
  return std::ranges::any_of(declared, [&](const Value& attributes) {
    const std::string_view name = attributes.text_at("LoadBalancerName");
    return !name.empty() && balancer.starts_with(name);
  });
}

}  // namespace

TagLists tags_by(const Value& told, std::string_view subject) {
  TagLists lists;
  for (const Value& entry : told.items()) {
    List& list = lists[std::string(entry.text_at(subject))];
    if (entry["Tags"].is_null())
      list.push_back(entry);
    else
      for (const Value& tag : items_of(entry["Tags"])) list.push_back(tag);
  }
  return lists;
}

Map with_tags(const Value& item, std::string_view name, const TagLists& tags) {
  Map whole = *item.map();
  const auto found = tags.find(item.text_at(name));
  whole.insert_or_assign("Tags", found == tags.end() ? List{} : found->second);
  return whole;
}

std::vector<Call> balancers_lead_to(const Api& api, std::span<const Value> items,
                                    std::span<const Value> declared) {
  std::vector<Call> calls;
  for (const Value& item : items)
    if (is_declared(item.text_at("LoadBalancerName"), declared))
      calls.push_back(listeners_of(api, item.text_at("LoadBalancerArn")));
  for (Call& call :
       in_batches(api, elastic_load_balancing_v2, "ResourceArns", items, "LoadBalancerArn"))
    calls.push_back(std::move(call));
  return calls;
}

std::vector<Call> tags_of_listeners(const Api& api, std::span<const Value> items,
                                    std::span<const Value> /*declared*/) {
  return in_batches(api, elastic_load_balancing_v2, "ResourceArns", items, "ListenerArn");
}

std::vector<Call> tags_of_target_groups(const Api& api, std::span<const Value> items,
                                        std::span<const Value> /*declared*/) {
  return in_batches(api, elastic_load_balancing_v2, "ResourceArns", items, "TargetGroupArn");
}

std::vector<Call> tags_of_classic_balancers(const Api& api, std::span<const Value> items,
                                            std::span<const Value> /*declared*/) {
  return in_batches(api, elastic_load_balancing, "LoadBalancerNames", items, "LoadBalancerName");
}

std::vector<Call> tags_of_rules(const Api& api, std::span<const Value> items,
                                std::span<const Value> /*declared*/) {
  return in_batches(api, elastic_load_balancing_v2, "ResourceArns", without_default(items),
                    "RuleArn");
}

/// Listeners of a balancer, rules of a listener, targets of a group of single instances.
std::vector<Call> parts_of_marked(const Api& api, std::span<const Value> tagged,
                                  std::span<const Value> declared) {
  std::vector<Call> calls;
  for (const Value& entry : tagged) {
    const std::string_view arn = entry.text_at("ResourceArn");
    const std::span<const Value> tags = items_of(entry["Tags"]);
    if (!bears_mark(tags)) continue;
    const std::string_view balancer = balancer_in(arn);
    if (!balancer.empty() && !is_declared(balancer, declared))
      calls.push_back(listeners_of(api, arn));
    if (arn.find(":listener/") != std::string_view::npos && says_rules(tags))
      calls.push_back(
          api.read(elastic_load_balancing_v2, "DescribeRules", Map{{"ListenerArn", arn}}));
    if (arn.find(":targetgroup/") != std::string_view::npos && has_machines(tags))
      calls.push_back(api.read(elastic_load_balancing_v2, "DescribeTargetHealth",
                               Map{{"TargetGroupArn", arn}}));
  }
  return calls;
}

std::vector<Call> tags_of_db_subnet_groups(const Api& api, std::span<const Value> items,
                                           std::span<const Value> /*declared*/) {
  return one_by_one(api, rds, items, "DBSubnetGroupArn", "DBSubnetGroupName");
}

std::vector<Call> tags_of_db_parameter_groups(const Api& api, std::span<const Value> items,
                                              std::span<const Value> /*declared*/) {
  return one_by_one(api, rds, items, "DBParameterGroupArn", "DBParameterGroupName");
}

std::vector<Call> tags_of_caches(const Api& api, std::span<const Value> items,
                                 std::span<const Value> /*declared*/) {
  return one_by_one(api, elastic_cache, items, "ARN", "CacheSubnetGroupName");
}

/// Those of replication groups have the tags of these.
std::vector<Call> tags_of_clusters(const Api& api, std::span<const Value> items,
                                   std::span<const Value> /*declared*/) {
  List alone;
  std::ranges::copy_if(items, std::back_inserter(alone),
                       [](const Value& item) { return item["ReplicationGroupId"].is_null(); });
  return one_by_one(api, elastic_cache, alone, "ARN");
}

List read_tags(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more) {
  const std::string arn = asked_for(call, "ResourceName");
  List tags = told_of(items_of(answer["TagList"]), "ResourceName", arn);
  constexpr std::string_view kind = ":pg:";
  const std::size_t at = arn.find(kind);
  if (at != std::string::npos && bears_mark(tags))
    more.push_back(
        api.read(rds, "DescribeDBParameters",
                 Map{{"DBParameterGroupName", arn.substr(at + kind.size())}, {"Source", "user"}}));
  return tags;
}

List read_parameters(const Api& /*api*/, const Call& call, const Value& answer,
                     std::vector<Call>& /*more*/) {
  const std::string name = "DBParameterGroupName";
  return told_of(items_of(answer["Parameters"]), name, asked_for(call, name));
}

List read_target_health(const Api& /*api*/, const Call& call, const Value& answer,
                        std::vector<Call>& /*more*/) {
  const std::string group = "TargetGroupArn";
  return told_of(items_of(answer["TargetHealthDescriptions"]), group, asked_for(call, group));
}

List read_rules(const Api& /*api*/, const Call& call, const Value& answer,
                std::vector<Call>& /*more*/) {
  const std::string listener = "ListenerArn";
  return told_of(without_default(items_of(answer["Rules"])), listener, asked_for(call, listener));
}

Map rules_tag() { return {{"Key", kRulesTag}, {"Value", "yes"}}; }

bool says_rules(std::span<const Value> tags) {
  return std::ranges::any_of(tags,
                             [](const Value& tag) { return tag.text_at("Key") == kRulesTag; });
}

}  // namespace stackctl::aws

// Load balancers: http and https need one that understands them (application), tcp and udp one that
// does not (network).
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "aws/types/balancer_actions.h"
#include "aws/types/tag_lists.h"
#include "aws/types/types.h"
#include "balancer_listener.h"
#include "classic_balancer.h"
#include "lowering_tools.h"
#include "lowerings.h"
#include "own_group.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

// AWS allows 32; a replacement gets "-xxxx" behind.
constexpr std::size_t kLongestName = 27;

class Balancer {
 public:
  Balancer(const Declaration& declaration, const LoweringContext& context)
      : declaration_(declaration),
        context_(context),
        given_(declaration.attributes),
        own_(declaration.address) {}

  Lowered lower() && {
    for (const Value& entry : given_["listeners"].items()) add(entry);
    lowered_.objects.insert(lowered_.objects.begin(), balancer());
    const Map own = {{"", refer(own_)},
                     {"id", refer(own_)},
                     {"address", refer(own_, "DNSName")},
                     {"alias_zone", refer(own_, "CanonicalHostedZoneId")}};
    lowered_.outputs.merge(own);
    return std::move(lowered_);
  }

 private:
  void add(const Value& entry) {
    const BalancerListener listener{entry, "listeners[" + std::to_string(index_++) + ']',
                                    lowered_.faults};
    const std::string address = own_ + "/port-" + display(entry["port"]);
    if (!addresses_.insert(address).second)
      return fault(listener, "two listeners on the same port");
    if (addresses_.size() == 1) is_web_ = listener.is_web();
    if (listener.is_web() != is_web_)
      return fault(listener, "one load balancer of AWS serves http and https, or tcp and udp",
                   "make another load balancer for it");
    listener.check_health();
    openings_.push_back({entry["port"], "tcp", {}, "listeners"});
    add_listener(listener, address);
    add_targets(listener, listener, address);
    add_rules(listener, address);
  }

  void fault(const BalancerListener& listener, std::string text,
             std::string hint = "remove one of them") {
    lowered_.faults.push_back(fault_at(listener.path, std::move(text), std::move(hint)));
  }

  void add_listener(const BalancerListener& listener, const std::string& address) {
    Draft port(address, aws::listener.resource);
    port.set("LoadBalancerArn", refer(own_), listener.path);
    port.set("Port", listener.entry["port"], listener.path + ".port");
    port.set("Protocol", listener.protocol(), listener.path + ".protocol");
    port.set("DefaultActions", actions(listener, listener, address), listener.path + ".targets");
    if (!listener.entry["rules"].items().empty())
      port.set("HasRules", true, listener.path + ".rules");
    port.set("Certificates", certificates(listener, address), listener.path + ".certificate");
    lowered_.objects.push_back(std::move(port).finish());
  }

  /// A domain is that of a certificate which is there.
  Value certificates(const BalancerListener& listener, const std::string& address) {
    const Value& given = listener.entry["certificate"];
    const bool is_secure = listener.protocol() == "HTTPS";
    if (is_secure == given.is_null())
      lowered_.faults.push_back(
          is_secure ? fault_at(listener.path + ".protocol", "https needs a 'certificate'",
                               "write its ARN, or the domain that it is for")
                    : fault_at(listener.path + ".certificate", "only https has a certificate"));
    if (given.is_null()) return {};
    const bool is_domain = given.text() != nullptr && !given.text()->starts_with("arn:");
    const Value arn = is_domain
                          ? look_up(address + "/certificate", certificate, {{"DomainName", given}},
                                    lowered_, listener.path + ".certificate")
                          : given;
    return List{Map{{"CertificateArn", arn}}};
  }

  /// The requests that are tried first go where it is said first.
  void add_rules(const BalancerListener& listener, const std::string& port) {
    int priority = 0;
    for (const Value& entry : listener.entry["rules"].items()) {
      const BalancerListener way{entry, listener.path + ".rules[" + std::to_string(priority) + ']',
                                 lowered_.faults};
      Draft rule(port + "/rule-" + std::to_string(++priority), listener_rule.resource);
      rule.set("ListenerArn", refer(port), way.path);
      rule.set("Priority", priority, way.path);
      rule.set("Conditions", conditions(way), way.path);
      rule.set("Actions", actions(way, listener, port), way.path);
      lowered_.objects.push_back(std::move(rule).finish());
      add_targets(way, listener, port);
    }
    if (priority > 0 && !is_web_)
      lowered_.faults.push_back(fault_at(listener.path + ".rules", "only http and https have rules",
                                         "set protocol: http"));
  }

  List conditions(const BalancerListener& way) {
    List all;
    const auto add = [&](const char* field, const char* config, const Value& value) {
      if (!value.is_null())
        all.emplace_back(Map{{"Field", field}, {config, Map{{"Values", List{value}}}}});
    };
    add("host-header", "HostHeaderConfig", way.entry["host"]);
    add("path-pattern", "PathPatternConfig", way.entry["path"]);
    if (all.empty())
      lowered_.faults.push_back(fault_at(way.path, "a rule needs a 'host' or a 'path'",
                                         "what all others get stands in the listener itself"));
    return all;
  }

  /// What becomes of what comes `way`, which is a listener or one of its rules.
  List actions(const BalancerListener& way, const BalancerListener& listener,
               const std::string& port) {
    const Value& redirect = way.entry["redirect"];
    const Value& respond = way.entry["respond"];
    const auto is_given = [&](const char* name) { return !way.entry[name].is_null(); };
    constexpr std::array ends = {"targets", "instances", "redirect", "respond"};
    if (std::ranges::count_if(ends, is_given) != 1)
      lowered_.faults.push_back(fault_at(
          way.path, "exactly one of 'targets', 'instances', 'redirect' and 'respond' is needed"));
    if (is_given("targets") || is_given("instances"))
      return forward_to(refer(group_of(way, listener, port).address));
    const char* const other = redirect.is_null() ? ".respond" : ".redirect";
    if (!is_web_)
      lowered_.faults.push_back(fault_at(way.path + other, "only http and https can do that"));
    if (redirect.is_null()) return respond_with(respond);
    if (listener.protocol() == "HTTPS")
      lowered_.faults.push_back(fault_at(way.path + other, "it is https already"));
    return redirect_to("HTTPS");
  }

  struct Group {
    std::string address;
    std::string named_after;  ///< an address, too
  };
  /// Of what comes `way` to a port.
  static Group group_of(const BalancerListener& way, const BalancerListener& listener,
                        const std::string& port) {
    const Value& pool = way.entry["targets"];
    const Value& machines = way.entry["instances"];
    const std::string kind(pool.is_null() ? kMachines : "/targets");
    std::vector<std::string> names;
    for (const Reference& reference : references(pool.is_null() ? machines : pool))
      names.push_back(reference.target);
    const bool is_usual =
        pool == listener.entry["targets"] && machines == listener.entry["instances"];
    if (names.empty() || is_usual) return {port + kind, port};
    const std::string joined = join(names, "-");
    return {port + kind + '-' + joined, port + '/' + joined};
  }

  bool has(std::string_view address) const {
    return std::ranges::find(lowered_.objects, address, &Object::address) != lowered_.objects.end();
  }

  /// A group of what serves what comes `way`, once for each pool.
  void add_targets(const BalancerListener& way, const BalancerListener& listener,
                   const std::string& port) {
    const Value& pool = way.entry["targets"];
    if (pool.is_null() && way.entry["instances"].is_null()) return;
    const auto [address, named_after] = group_of(way, listener, port);
    if (has(address)) return;
    // Who asks for it waits until something sends requests there.
    if (const Reference* const name = pool.reference())
      lowered_.outputs.try_emplace("target_group of " + name->target,
                                   refer(lowered_.objects.back().address, "TargetGroupArn"));
    Draft targets(address, target_group.resource);
    targets.set("TargetGroupName", plain_name(context_.physical_name(named_after), kLongestName));
    // What is behind https is spoken to in http: it is in the same network.
    targets.set("Protocol", is_web_ ? "HTTP" : listener.protocol(), listener.path + ".protocol");
    targets.set("Port", listener.target_port(), listener.path + ".target_port");
    targets.set("VpcId", vpc_or_default(declaration_, given_["networks"], lowered_), "networks");
    set_health(targets, listener);
    targets.set("Attributes", strategy(listener), listener.path + ".strategy");
    targets.set("Tags", given_["labels"], "labels");
    lowered_.objects.push_back(std::move(targets).finish());
    add_machines(way, address);
    if (pool.is_null()) return;
    Draft members(address + "/members", target_attachment.resource);
    members.set("TargetGroupARN", refer(address), way.path + ".targets");
    members.set("AutoScalingGroupName", pool, way.path + ".targets");
    lowered_.objects.push_back(std::move(members).finish());
  }

  void add_machines(const BalancerListener& way, const std::string& group) {
    for (const Value& instance : way.entry["instances"].items()) {
      const Reference* const name = instance.reference();
      Draft one(group + '/' + (name == nullptr ? display(instance) : name->target),
                target_registration.resource);
      one.set("TargetGroupArn", refer(group), way.path + ".instances");
      one.set("InstanceId", instance, way.path + ".instances");
      lowered_.objects.push_back(std::move(one).finish());
    }
  }

  void set_health(Draft& targets, const BalancerListener& listener) const {
    const Value& health = listener.entry["health"];
    const std::string path = listener.path + ".health";
    const bool is_tcp = health.text_at("type") == "tcp";
    const bool is_http = !is_tcp || is_web_;
    const bool is_secure = health.text_at("type") == "https";
    const char* const web = is_secure ? "HTTPS" : "HTTP";
    targets.set("HealthCheckProtocol", is_http ? web : "TCP", path);
    if (!health["port"].is_null())
      targets.set("HealthCheckPort", display(health["port"]), path + ".port");
    if (is_http)
      targets.set("HealthCheckPath", health["path"].is_null() ? Value("/") : health["path"],
                  path + ".path");
    // A balancer of http asks in http, too: then every answer is one.
    if (is_web_) targets.set("Matcher", Map{{"HttpCode", is_tcp ? "200-499" : "200-299"}}, path);
    targets.set("HealthCheckIntervalSeconds", health["interval"], path + ".interval");
    targets.set("HealthCheckTimeoutSeconds", health["timeout"], path + ".timeout");
    targets.set("HealthyThresholdCount", 2, path);
    targets.set("UnhealthyThresholdCount", listener.retries(), path + ".retries");
  }

  Value strategy(const BalancerListener& listener) {
    const std::string_view word = listener.entry.text_at("strategy");
    if (word == "round_robin") return {};
    if (word == "least_connections" && is_web_)
      return Map{{"load_balancing.algorithm.type", "least_outstanding_requests"}};
    if (word == "source_hash" && !is_web_)
      return Map{{"stickiness.enabled", "true"}, {"stickiness.type", "source_ip"}};
    lowered_.faults.push_back(fault_at(
        listener.path + ".strategy",
        "AWS cannot balance " + std::string(listener.entry.text_at("protocol")) + " by " +
            std::string(word),
        is_web_ ? "use round_robin or least_connections" : "use round_robin or source_hash"));
    return {};
  }

  Object balancer() {
    Draft balancer(own_, load_balancer.resource);
    balancer.set("LoadBalancerName", plain_name(context_.physical_name(own_), kLongestName),
                 "name");
    balancer.set("Type", is_web_ ? "application" : "network", "listeners");
    balancer.set("Scheme", "internet-facing");
    balancer.set("Tags", given_["labels"], "labels");
    set_native(balancer, declaration_, {"Attributes", "Scheme", "Subnets"}, lowered_.faults,
               {boolean("classic", "Whether it is one of the first generation")});
    const bool is_public = balancer.attributes["Scheme"] == Value("internet-facing");
    if (!balancer.attributes.contains("Subnets"))
      balancer.set("Subnets", subnets_of(declaration_, given_["networks"], is_public, lowered_),
                   "networks");
    balancer.set("SecurityGroups", groups(), "security_groups");
    return std::move(balancer).finish();
  }

  /// Network balancers let everything through to the groups of their targets.
  Value groups() {
    const Value& given = given_["security_groups"];
    if (!given.items().empty()) return given;
    if (!is_web_) return {};
    return List{own_group(declaration_, context_, openings_, lowered_)};
  }

  const Declaration& declaration_;
  const LoweringContext& context_;
  const Value& given_;
  const std::string& own_;
  Lowered lowered_;
  std::set<std::string> addresses_;
  std::vector<Opening> openings_;
  bool is_web_ = false;
  std::size_t index_ = 0;
};

}  // namespace

Lowered lower_load_balancer(const Declaration& declaration, const LoweringContext& context) {
  if (declaration.native["classic"] == Value(true))
    return lower_classic_balancer(declaration, context);
  return Balancer(declaration, context).lower();
}

}  // namespace stackctl::aws

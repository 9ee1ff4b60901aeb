// aws.classic_load_balancer: one of the first generation, with its listeners.
#include <algorithm>

#include "balancer_interfaces.h"
#include "tag_lists.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kName = "LoadBalancerName";

List listeners_in(const Value& descriptions) {
  List listeners;
  for (const Value& description : items_of(descriptions))
    listeners.push_back(description["Listener"]);
  return listeners;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> balancers;
  const TagLists tags = tags_by(listed["classic_tags"], kName);
  for_each_item(type, listed["classic_load_balancers"], faults, [&](const Value& item) {
    Map whole = with_tags(item, kName, tags);
    whole.insert_or_assign("Listeners", listeners_in(item["ListenerDescriptions"]));
    balancers.push_back(decode_object(type, whole, kName));
    balancers.back().created = item.text_at("CreatedTime");
  });
  return balancers;
}

Call create(const Api& api, const Work& work) {
  Map parameters = encode_declared(*work.type, work.desired);
  // Nothing says that it is open to the internet.
  if (work.desired.text_at("Scheme") != "internal") parameters.erase("Scheme");
  parameters.insert_or_assign("Tags", tag_list(work));
  return api.create(elastic_load_balancing, "CreateLoadBalancer", parameters);
}

/// Those of `some` that are not among `others`.
List without(const Value& some, const Value& others, const Attribute& attribute) {
  const Value left = canonical(some, attribute);
  const Value right = canonical(others, attribute);
  List out;
  for (const Value& item : left.items())
    if (std::ranges::find(right.items(), item) == right.items().end()) out.push_back(item);
  return out;
}

class Update {
 public:
  Update(const Api& api, const Work& work, const LiveObject& live)
      : api_(api), work_(work), live_(live) {}

  std::vector<Call> calls() && {
    for (const auto& [name, value] : encode_these(*work_.type, work_.desired, work_.changed)) {
      if (name == "HealthCheck") change("ConfigureHealthCheck", name, value);
      if (name == "SecurityGroups") change("ApplySecurityGroupsToLoadBalancer", name, value);
      if (name == "Listeners") change_listeners();
      if (name == "Subnets") change_subnets();
    }
    return std::move(calls_);
  }

 private:
  void change(std::string_view action, std::string_view name, Value value) {
    calls_.push_back(
        api_.change(elastic_load_balancing, action,
                    Map{{std::string(kName), live_.id}, {std::string(name), std::move(value)}}));
  }

  List surplus(std::string_view name) const {
    return without(live_.attributes[name], work_.desired[name], *find(work_.type->schema, name));
  }
  List missing(std::string_view name) const {
    return without(work_.desired[name], live_.attributes[name], *find(work_.type->schema, name));
  }

  /// A port is free only when what serves it is gone.
  void change_listeners() {
    List ports;
    for (const Value& old : surplus("Listeners")) ports.push_back(old["LoadBalancerPort"]);
    if (!ports.empty()) change("DeleteLoadBalancerListeners", "LoadBalancerPorts", ports);
    if (List fresh = missing("Listeners"); !fresh.empty())
      change("CreateLoadBalancerListeners", "Listeners", std::move(fresh));
  }

  void change_subnets() {
    if (List fresh = missing("Subnets"); !fresh.empty())
      change("AttachLoadBalancerToSubnets", "Subnets", std::move(fresh));
    if (List old = surplus("Subnets"); !old.empty())
      change("DetachLoadBalancerFromSubnets", "Subnets", std::move(old));
  }

  const Api& api_;
  const Work& work_;
  const LiveObject& live_;
  std::vector<Call> calls_;
};

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  return Update(api, work, live).calls();
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {
      api.change(elastic_load_balancing, "DeleteLoadBalancer", Map{{std::string(kName), live.id}})};
}

Progress follow(const Api& api, const Work& work, const Call& call, const Value& answer) {
  return until_interfaces_go(api, work, call, answer, work.live.id);
}

Attribute listener() {
  return object("listener", "One port",
                {text("Protocol", "What clients speak").required(),
                 integer("LoadBalancerPort", "Port that clients connect to").required(),
                 text("InstanceProtocol", "What instances speak").required(),
                 integer("InstancePort", "Port of the instances").required(),
                 text("SSLCertificateId", "ARN of the certificate of HTTPS and SSL")
                     .or_ref("aws.certificate")});
}

Attribute health_check() {
  return object("HealthCheck", "How instances are found to be well",
                {text("Target", "Such as HTTP:80/").required(),
                 integer("Interval", "Seconds between two checks").required(),
                 integer("Timeout", "Seconds that an instance may take").required(),
                 integer("UnhealthyThreshold", "Failures that take one out").required(),
                 integer("HealthyThreshold", "Answers that take one in").required()})
      .late();
}

Schema schema() {
  return {
      text(kName, "Unique in the region, at most 32 letters, digits and hyphens")
          .required()
          .physical_name()
          .replaces(),
      text("Scheme", "Whose connections it takes")
          .otherwise("internet-facing")
          .one_of({"internet-facing", "internal"})
          .replaces(),
      set_of("Listeners", listener(), "Ports that it serves").required(),
      set_of("Subnets", ref("subnet", "aws.subnet", "A subnet"), "One in each of its zones")
          .required(),
      set_of("SecurityGroups", ref("group", "aws.security_group", "A group"),
             "Firewalls around it"),
      health_check(),
      tags(),
      output("id", "Its name"),
      output("DNSName", "Host name"),
  };
}

}  // namespace

extern const Type classic_load_balancer{
    .resource =
        {
            .name = "aws.classic_load_balancer",
            .help = "A load balancer of the first generation.",
            .schema = schema(),
            .listing = "classic_load_balancers",
            .key = {kName},
            .key_is_unique = true,
            .typical = std::chrono::seconds{5},
            .typical_removal = std::chrono::minutes{3},
            .rank = 6,
        },
    .service = &elastic_load_balancing,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .follow = follow,
    .id_in = [](const Work& work,
                const Value& /*answer*/) { return std::string(work.desired.text_at(kName)); },
};

}  // namespace stackctl::aws

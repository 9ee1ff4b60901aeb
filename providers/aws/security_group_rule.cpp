// aws.security_group_rule: listed with its group, owned by it. AWS joins the other sides of equal
// protocols and ports; here each is a rule of its own.
#include <algorithm>
#include <array>

#include "firewall_rule.h"
#include "parts.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// What a rule may name as its other side.
struct Peer {
  std::string_view attribute;
  std::string_view list;  ///< in a permission
  std::string_view name;  ///< in an item of that list
};
constexpr std::array kPeers = {
    Peer{"CidrIpv4", "IpRanges", "CidrIp"},
    Peer{"CidrIpv6", "Ipv6Ranges", "CidrIpv6"},
    Peer{"ReferencedGroupId", "Groups", "GroupId"},
    Peer{"PrefixListId", "PrefixListIds", "PrefixListId"},
};

/// The default rule is a property of the group.
bool is_default_egress(const Value& rule) {
  return rule["IsEgress"] == Value(true) && rule.text_at("IpProtocol") == "all" &&
         rule.text_at("CidrIpv4") == "0.0.0.0/0";
}

Map attributes_of(const ResourceType& type, const Value& permission, bool is_egress) {
  Map rule{{"IsEgress", is_egress}, {"IpProtocol", protocol_name(permission["ipProtocol"])}};
  const std::string* const protocol = rule["IpProtocol"].text();
  if (protocol == nullptr || !has_ports(*protocol)) return rule;
  for (const char* const name : {"FromPort", "ToPort"})
    if (Value port = decode(*find(type.schema, name), member(permission, name)); !port.is_null())
      rule.insert_or_assign(name, std::move(port));
  return rule;
}

class Decoder {
 public:
  Decoder(const ResourceType& type, const Value& listed) : type_(type) {
    Diagnostics told_with_the_groups;
    groups_ = security_group.decode(security_group.resource, listed, told_with_the_groups);
  }

  std::vector<LiveObject> run(const Value& listed, Diagnostics& faults) {
    for (const bool is_egress : {false, true})
      for_each_part(type_, listed["security_groups"], "GroupId",
                    is_egress ? "ipPermissionsEgress" : "ipPermissions", groups_, faults,
                    [&](const Value& permission, const LiveObject& group) {
                      add(permission, is_egress, group);
                    });
    return std::move(rules_);
  }

 private:
  void add(const Value& permission, bool is_egress, const LiveObject& group) {
    const Map common = attributes_of(type_, permission, is_egress);
    for (const Peer& peer : kPeers)
      for (const Value& item : items_of(member(permission, peer.list))) {
        Map attributes = common;
        attributes.insert_or_assign(std::string(peer.attribute), member(item, peer.name));
        const Value& description = item["description"];
        attributes.insert_or_assign("Description", description.is_null() ? Value("") : description);
        if (!is_default_egress(attributes)) add(std::move(attributes), group);
      }
  }

  void add(Map attributes, const LiveObject& group) {
    LiveObject& rule = rules_.emplace_back();
    rule.type = &type_;
    const Value named = attributes;
    const std::string_view peer = named.text_at("ReferencedGroupId");
    rule.id = group.id + '/' + rule_name(named, peer);
    attributes.insert_or_assign("id", rule.id);
    attributes.insert_or_assign("GroupId", group.id);
    rule.attributes = std::move(attributes);
    take_mark_of(rule, group, rule_name(named, peer.empty() ? "" : address_of(peer)));
  }

  std::string address_of(std::string_view id) const {
    const LiveObject* const group = find_id(groups_, id);
    return group == nullptr || !group->mark ? std::string(id) : group->mark->address;
  }

  const ResourceType& type_;
  std::vector<LiveObject> groups_;
  std::vector<LiveObject> rules_;
};

std::vector<LiveObject> decode_rules(const ResourceType& type, const Value& listed,
                                     Diagnostics& faults) {
  return Decoder(type, listed).run(listed, faults);
}

/// The rule as calls have it; a null description says nothing about it.
Map permission_of(const Value& rule, const Value& description) {
  Map permission{{"IpProtocol", protocol_on_wire(rule["IpProtocol"])}};
  const bool is_all = permission["IpProtocol"] == Value("-1");
  for (const char* const name : {"FromPort", "ToPort"})
    if (!is_all) permission.emplace(name, rule[name].is_null() ? Value(-1) : rule[name]);
  for (const Peer& peer : kPeers) {
    if (rule[peer.attribute].is_null()) continue;
    const Map item{{std::string(peer.name), rule[peer.attribute]}, {"Description", description}};
    permission.emplace(std::string(peer.list), List{item});
  }
  return permission;
}

Call call_on(const Api& api, const Value& rule, const std::string& action,
             const Value& description) {
  const bool is_egress = rule["IsEgress"] == Value(true);
  return api.change(
      ec2, action + (is_egress ? "Egress" : "Ingress"),
      Map{{"GroupId", rule["GroupId"]}, {"IpPermissions", List{permission_of(rule, description)}}});
}

Value description_of(const Value& rule) {
  return rule.text_at("Description").empty() ? Value() : rule["Description"];
}

Call create(const Api& api, const Work& work) {
  Call call = call_on(api, work.desired, "AuthorizeSecurityGroup", description_of(work.desired));
  call.repeat = Repeat::look_first;
  return call;
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& /*live*/) {
  return {call_on(api, work.desired, "UpdateSecurityGroupRuleDescriptions",
                  work.desired.text_at("Description"))};
}

/// The description tells nothing, but some servers of the API find the rule by it as well.
std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {call_on(api, live.attributes, "RevokeSecurityGroup", description_of(live.attributes))};
}

Attribute block(std::string_view name) {
  return text(name, "The other side, as a CIDR block")
      .replaces()
      .check(check::cidr)
      .normalise(canonical_block);
}

Schema schema() {
  return {
      ref("GroupId", "aws.security_group", "Group it is part of").required().replaces(),
      boolean("IsEgress", "Whether it is about what goes out").required().replaces(),
      text("IpProtocol", "What is let through: a name, or a number")
          .required()
          .normalise(protocol_name)
          .replaces(),
      integer("FromPort", "First port; of icmp the type, -1 for all").replaces(),
      integer("ToPort", "Last port; of icmp the code, -1 for all").replaces(),
      block("CidrIpv4"),
      block("CidrIpv6"),
      ref("ReferencedGroupId", "aws.security_group", "The other side, as a group").replaces(),
      text("PrefixListId", "The other side, as a list of blocks").replaces(),
      text("Description", "Shown in the console").otherwise(""),
      output("id", "Identifier of the group, and what the rule says"),
  };
}

}  // namespace

extern const Type security_group_rule{
    .resource =
        {
            .name = "aws.security_group_rule",
            .help = "Traffic that a security group lets through.",
            .schema = schema(),
            .listing = "security_groups",
            .marked = Marked::parent,
            .parent = "GroupId",
            .goes_with_parent = true,
            .key = {"IsEgress", "IpProtocol", "FromPort", "ToPort", "CidrIpv4", "CidrIpv6",
                    "ReferencedGroupId", "PrefixListId"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
            .rank = 2,
        },
    .decode = decode_rules,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::aws

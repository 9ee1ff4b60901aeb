// aws.security_group_rule: listed with its group, owned by it. AWS joins the other sides of equal
// protocols and ports; here each is a rule of its own.
#include "aws/api/parts.h"
#include "aws/api/wire.h"
#include "firewall_rule.h"
#include "permission.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// The default rule is a property of the group.
bool is_default_egress(const Value& rule) {
  return rule["IsEgress"] == Value(true) && rule.text_at("IpProtocol") == "all" &&
         rule.text_at("CidrIpv4") == "0.0.0.0/0";
}

/// What names of rules call the group of `id`.
std::string name_of(std::string_view id, std::span<const LiveObject> groups) {
  const LiveObject* const group = find_id(groups, id);
  return group == nullptr || !group->mark ? std::string(id) : group->mark->address;
}

LiveObject live_rule(const ResourceType& type, Map attributes, const LiveObject& group,
                     std::span<const LiveObject> groups) {
  LiveObject rule;
  rule.type = &type;
  const Value named = attributes;
  const std::string_view peer = named.text_at("ReferencedGroupId");
  rule.id = group.id + '/' + rule_name(named, peer);
  attributes.insert_or_assign("id", rule.id);
  attributes.insert_or_assign("GroupId", group.id);
  rule.attributes = std::move(attributes);
  take_mark_of(rule, group, rule_name(named, peer.empty() ? "" : name_of(peer, groups)));
  return rule;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const std::vector<LiveObject> groups = others_in(security_group, listed);
  std::vector<LiveObject> rules;
  for (const bool is_egress : {false, true})
    for_each_part(type, listed["security_groups"], "GroupId",
                  is_egress ? "ipPermissionsEgress" : "ipPermissions", groups, faults,
                  [&](const Value& permission, const LiveObject& group) {
                    for (Map& rule : rules_in(type.schema, permission, is_egress))
                      if (!is_default_egress(rule))
                        rules.push_back(live_rule(type, std::move(rule), group, groups));
                  });
  return rules;
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
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::aws

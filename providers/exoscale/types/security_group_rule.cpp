// exoscale.security_group_rule: read with its group, owned by it, never changed.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "rule_address.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// Our address of the group that a rule names, else its name.
std::string peer_of(const Value& named, const std::vector<LiveObject>& groups) {
  for (const LiveObject& group : groups)
    if (group.id == named.text_at("id") && group.mark) return group.mark->address;
  return std::string(named.text_at(named["name"].is_null() ? "id" : "name"));
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  Diagnostics told_with_the_groups;
  const std::vector<LiveObject> groups =
      security_group.decode(security_group.resource, listed, told_with_the_groups);
  const auto take_mark = [&](LiveObject& rule, const Value& item, const LiveObject& group) {
    if (!group.mark) return;
    rule.mark = group.mark;
    rule.mark->address =
        rule_address(group.mark->address, rule.attributes, peer_of(item["security-group"], groups));
  };
  return decode_parts(type, listed["security-groups"], "rules", groups, faults, take_mark);
}

Call create(const Api& api, const Work& work) {
  const std::string path = path_to("/security-group", work.desired.text_at("group")) + "/rules";
  return api.create("add-rule-to-security-group", path, encode_declared(*work.type, work.desired));
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {
      api.remove("delete-rule-from-security-group", path_to("/security-group", live.id, "/rules"))};
}

}  // namespace

extern const Type security_group_rule{
    .resource =
        {
            .name = "exoscale.security_group_rule",
            .help = "Traffic that a security group lets through.",
            .schema =
                {
                    ref("group", "exoscale.security_group", "Group it is part of")
                        .required()
                        .replaces(),
                    text("flow-direction", "Seen from the instance")
                        .required()
                        .replaces()
                        .one_of({"ingress", "egress"}),
                    text("protocol", "What is let through")
                        .required()
                        .replaces()
                        .one_of(
                            {"tcp", "udp", "icmp", "icmpv6", "ah", "esp", "gre", "ipip", "all"}),
                    integer("start-port", "First port, of tcp and udp")
                        .replaces()
                        .check(check::port),
                    integer("end-port", "Last port, of tcp and udp").replaces().check(check::port),
                    object("icmp", "ICMP messages; -1 is any",
                           {integer("type", "Message type"), integer("code", "Message code")})
                        .replaces(),
                    text("network", "The other side, as a CIDR block")
                        .replaces()
                        .check(check::cidr)
                        .normalise(lower_case),
                    ref("security-group", "exoscale.security_group", "The other side, as a group")
                        .replaces(),
                    text("description", "Shown in the console").otherwise("").replaces(),
                    output("id", "Identifiers of group and rule"),
                },
            .listing = "/security-group",
            .marked = Marked::parent,
            .parent = "group",
            .goes_with_parent = true,
            // Without the description: the cloud refuses a rule that differs in nothing else.
            .key = {"flow-direction", "protocol", "start-port", "end-port", "icmp", "network",
                    "security-group"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{3},
            .rank = 2,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::exoscale

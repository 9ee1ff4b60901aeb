"""What an account holds in every detail, without what chance and the clock put into it: two accounts
in which the same was done in another way, or at another time, have the same shape."""

import json
import re

# What is not told by the lists of what has an identity of its own: service, method, arguments,
# where it stands, and where in it the objects are named that it belongs to: each is asked for.
DETAILS = [
    ("ec2", "describe_security_group_rules", {}, "SecurityGroupRules", None),
    ("ec2", "describe_launch_template_versions", {"Versions": ["$Latest"]}, "LaunchTemplateVersions", None),
    ("elbv2", "describe_listeners", "LoadBalancerArn", "Listeners", "LoadBalancers"),
    ("elbv2", "describe_target_health", "TargetGroupArn", "TargetHealthDescriptions", "TargetGroups"),
    ("route53", "list_resource_record_sets", "HostedZoneId", "ResourceRecordSets", "HostedZones"),
]
# They are ids, or hold addresses and ids, or digests of them; moto is slow to count the addresses of
# machines that are gone as free.
OF_CHANCE = {"AvailableIpAddressCount", "DbiResourceId", "UserData", "stackctl:spec"}
CHANCE = [
    re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
    re.compile(r"(?<=[a-z]-)[0-9a-f]{8,17}\b"),
    re.compile(r"\b([0-9a-f]{16}){1,2}\b"),
    re.compile(r"\b20\d\d-\d\d-\d\d[T ][0-9:.]+(Z|[+]00:00)?"),
    re.compile(r"\b20\d\d(-\d\d){4}\b"),
    re.compile(r"\b\d+([.-])\d+\1\d+\1\d+\b(?!/)"),
    re.compile(r"\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b"),
]


def without_chance(item):
    """The same; lists are in an order that does not depend on chance either."""
    if isinstance(item, dict):
        is_chance = item.get("Key") in OF_CHANCE
        return {
            name: "*" if name in OF_CHANCE or (is_chance and name == "Value") else without_chance(value)
            for name, value in item.items()
        }
    if isinstance(item, list):
        return sorted((without_chance(each) for each in item), key=lambda each: json.dumps(each, sort_keys=True))
    text = item if isinstance(item, str) else str(item)
    for pattern in CHANCE:
        text = pattern.sub("*", text)
    return text


def shape(living, call):
    """Of the objects `living`: service, list and object each. `call` asks the cloud."""
    found = list(living)
    for service, method, arguments, path, owners in DETAILS:
        asked = [arguments]
        if owners:
            identity = "Id" if owners == "HostedZones" else arguments
            asked = [{arguments: owner[identity]} for kind, of, owner in found if (kind, of) == (service, owners)]
        for question in asked:
            found += [(service, path, item) for item in call(service, method, question)[path]]
    return sorted(f"{service} {path} {json.dumps(without_chance(item), sort_keys=True)}" for service, path, item in found)

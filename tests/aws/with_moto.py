#!/usr/bin/env python3
"""Runs a program with an AWS to work on: moto's server, or what AWS_ENDPOINT_URL names.

usage: with_moto.py PROGRAM [ARGUMENT...]

The program finds in STACKCTL_BY_HAND the address of somebody else with boto3, who knows nothing of
stackctl: POST / {"service": "ec2", "method": "create_vpc", "arguments": {...}} makes that call,
POST /inventory {} tells all that the account holds, POST /shape {} the same in every detail but for
what chance put into it, POST /reset {} empties it. After POST /power_off {} machines that build an
image power themselves off, as their user data says: no machine runs anything here. Exits with 77
without moto or boto3, which the Python that STACKCTL_PYTHON names may have.
"""

import contextlib
import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
import urllib.request

from shape import shape

SKIPPED = 77
OF_MOTO = {
    # A few images: reading the thousand others would take most of the time.
    "MOTO_AMIS_PATH": str(pathlib.Path(__file__).with_name("images.json")),
    "MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION": "true",
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
}
# moto has more than a thousand images of its own.
TAGGED = {"Filters": [{"Name": "tag-key", "Values": ["stackctl:stack"]}]}
# What stays of images says so, and bears no tag.
OF_IMAGES = {"Filters": [{"Name": "description", "Values": ["Created by CreateImage*"]}]}
BUILDERS = {
    "Filters": [
        {"Name": "tag:stackctl:address", "Values": ["*/builder"]},
        {"Name": "instance-state-name", "Values": ["running"]},
    ]
}
# Service, method, arguments, where the objects stand, what tells them apart.
INVENTORY = [
    ("ec2", "describe_vpcs", {}, "Vpcs", "VpcId"),
    ("ec2", "describe_subnets", {}, "Subnets", "SubnetId"),
    ("ec2", "describe_internet_gateways", {}, "InternetGateways", "InternetGatewayId"),
    ("ec2", "describe_nat_gateways", {}, "NatGateways", "NatGatewayId"),
    ("ec2", "describe_route_tables", {}, "RouteTables", "RouteTableId"),
    ("ec2", "describe_addresses", {}, "Addresses", "AllocationId"),
    ("ec2", "describe_security_groups", {}, "SecurityGroups", "GroupId"),
    ("ec2", "describe_key_pairs", {}, "KeyPairs", "KeyName"),
    ("ec2", "describe_instances", {}, "Reservations.Instances", "InstanceId"),
    ("ec2", "describe_volumes", {}, "Volumes", "VolumeId"),
    ("ec2", "describe_snapshots", TAGGED, "Snapshots", "SnapshotId"),
    ("ec2", "describe_snapshots", OF_IMAGES, "Snapshots", "SnapshotId"),
    ("ec2", "describe_images", TAGGED, "Images", "ImageId"),
    ("ec2", "describe_launch_templates", {}, "LaunchTemplates", "LaunchTemplateName"),
    ("autoscaling", "describe_auto_scaling_groups", {}, "AutoScalingGroups", "AutoScalingGroupName"),
    ("autoscaling", "describe_policies", {}, "ScalingPolicies", "PolicyName"),
    ("elbv2", "describe_load_balancers", {}, "LoadBalancers", "LoadBalancerArn"),
    ("elbv2", "describe_target_groups", {}, "TargetGroups", "TargetGroupArn"),
    ("elb", "describe_load_balancers", {}, "LoadBalancerDescriptions", "LoadBalancerName"),
    ("rds", "describe_db_instances", {}, "DBInstances", "DBInstanceIdentifier"),
    ("rds", "describe_db_snapshots", {}, "DBSnapshots", "DBSnapshotIdentifier"),
    ("rds", "describe_db_subnet_groups", {}, "DBSubnetGroups", "DBSubnetGroupName"),
    ("rds", "describe_db_parameter_groups", {}, "DBParameterGroups", "DBParameterGroupName"),
    ("elasticache", "describe_cache_clusters", {}, "CacheClusters", "CacheClusterId"),
    ("elasticache", "describe_replication_groups", {}, "ReplicationGroups", "ReplicationGroupId"),
    ("elasticache", "describe_cache_subnet_groups", {}, "CacheSubnetGroups", "CacheSubnetGroupName"),
    ("route53", "list_hosted_zones", {}, "HostedZones", "Id"),
    ("iam", "list_roles", {}, "Roles", "RoleName"),
    ("iam", "list_policies", {"Scope": "Local"}, "Policies", "PolicyName"),
    ("iam", "list_instance_profiles", {}, "InstanceProfiles", "InstanceProfileName"),
]
DEAD = {"terminated", "deleted", "deleting", "shutting-down"}


def state_of(item):
    for name in ("State", "Status", "CacheClusterStatus"):
        state = item.get(name)
        if isinstance(state, dict):
            state = state.get("Name") or state.get("Code")
        if state:
            return state
    return ""


class ByHand:
    """Somebody else's client."""

    def __init__(self, endpoint):
        import boto3

        self.session = boto3.Session(
            aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
            region_name=os.environ["AWS_REGION"],
        )
        self.endpoint = endpoint
        self.clients = {}
        self.powers_off = False
        self.lock = threading.Lock()  # moto cannot be asked while it is emptied

    def call(self, service, method, arguments):
        if service not in self.clients:
            # Some are of no region.
            region = "us-east-1" if service in ("iam", "route53") else None
            self.clients[service] = self.session.client(service, region, endpoint_url=self.endpoint)
        answer = getattr(self.clients[service], method)(**arguments)
        answer.pop("ResponseMetadata", None)
        return answer

    def living(self):
        for service, method, arguments, path, identity in INVENTORY:
            items = [self.call(service, method, arguments)]
            for step in path.split("."):
                items = [inner for item in items for inner in item.get(step, [])]
            for item in items:
                if state_of(item) not in DEAD and not self.is_of_the_dead(item):
                    yield service, path, item[identity], item

    def inventory(self):
        return sorted(f"{service} {path} {identity}" for service, path, identity, _ in self.living())

    def shape(self):
        return shape([(service, path, item) for service, path, _, item in self.living()], self.call)

    def power_off(self):
        def work():
            while True:
                time.sleep(0.1)
                with self.lock, contextlib.suppress(Exception):  # others stop or end them as well
                    for each in self.call("ec2", "describe_instances", BUILDERS)["Reservations"]:
                        machines = [one["InstanceId"] for one in each["Instances"]]
                        self.call("ec2", "stop_instances", {"InstanceIds": machines})

        if not self.powers_off:
            threading.Thread(target=work, daemon=True).start()
        self.powers_off = True
        return {}

    def reset(self):
        path = "/moto-api/reset" if "STACKCTL_IS_MOTO" in os.environ else "/_lab/reset"
        request = urllib.request.Request(self.endpoint + path, data=b"", method="POST")
        with self.lock, urllib.request.urlopen(request):
            return {}

    def is_of_the_dead(self, item):
        """moto keeps the policies of a group that is gone, and the disks of its members; the default
        parameters of a database come with the first that has them."""
        if item.get("DBParameterGroupName", "").startswith("default.") and "DBInstanceIdentifier" not in item:
            return True
        if "PolicyName" in item and "AutoScalingGroupName" in item:
            names = {"AutoScalingGroupNames": [item["AutoScalingGroupName"]]}
            return not self.call("autoscaling", "describe_auto_scaling_groups", names)["AutoScalingGroups"]
        holders = [each["InstanceId"] for each in item.get("Attachments", []) if "InstanceId" in each]
        if not holders:
            return False
        reservations = self.call("ec2", "describe_instances", {"InstanceIds": holders})["Reservations"]
        return all(state_of(one) in DEAD for each in reservations for one in each["Instances"])


def serve(by_hand):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or "{}")
            try:
                answer = {
                    "/": lambda: by_hand.call(**body),
                    "/inventory": by_hand.inventory,
                    "/shape": by_hand.shape,
                    "/power_off": by_hand.power_off,
                    "/reset": by_hand.reset,
                }[self.path]()
                status = 200
            except Exception as fault:  # it is for whoever asked
                status, answer = 500, str(fault)
            text = json.dumps(answer, default=str).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def start_moto():
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    return "http://{}:{}".format(*server.get_host_and_port())


def main():
    python = os.environ.get("STACKCTL_PYTHON") or sys.executable
    if python != sys.executable:
        os.execv(python, [python, *sys.argv])
    # The machine's own configuration must not be seen.
    for name in [name for name in os.environ if name.startswith("AWS_PROFILE")]:
        del os.environ[name]
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "nobodys-secret")
    os.environ.setdefault("AWS_REGION", "eu-west-1")
    for name, value in OF_MOTO.items():
        os.environ.setdefault(name, value)
    try:
        if "AWS_ENDPOINT_URL" not in os.environ:
            os.environ["AWS_ENDPOINT_URL"] = start_moto()
            os.environ["STACKCTL_IS_MOTO"] = "1"
        os.environ["STACKCTL_BY_HAND"] = serve(ByHand(os.environ["AWS_ENDPOINT_URL"]))
    except ImportError as fault:
        print(f"skipped: {fault} (STACKCTL_PYTHON names a Python that has moto and boto3)")
        return SKIPPED
    return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

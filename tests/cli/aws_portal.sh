#!/usr/bin/env bash
# The life of the AWS example on an AWS of somebody else: moto's server, or the strict one that
# STACKCTL_AWS_LAB names (aws-lab's program), where old members are replaced as well. boto3 looks at
# what stackctl made, meddles with it, and says at the end that the account is as it was before.
# Skipped where moto and boto3 are not at hand (STACKCTL_PYTHON names another Python that has them).
. "$(dirname "$0")/common.sh"
tests=$STACKCTL_SOURCE_DIR/tests
stack=$STACKCTL_SOURCE_DIR/examples/aws-portal/stack.yaml
python=${STACKCTL_PYTHON:-python3}

start_lab() {
  # moto itself cannot start what a later version of a launch template describes with user data.
  mkdir patch
  cat >patch/sitecustomize.py <<'PY'
try:
    from moto.core.types import Base64EncodedString
    from moto.ec2.models.launch_templates import LaunchTemplateVersion
except ImportError:
    pass
else:
    def user_data(version):
        data = version.data.get("UserData")
        return Base64EncodedString(data) if isinstance(data, str) else data

    LaunchTemplateVersion.user_data = property(user_data)
PY
  port=$("$python" -c 'import socket
with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1])')
  PYTHONPATH=$scratch/patch "$python" "$STACKCTL_AWS_LAB" up --port "$port" --speed 1/60 \
    --state-dir lab || exit 1
  trap 'cd "$scratch" && "$python" "$STACKCTL_AWS_LAB" down --state-dir lab; rm -rf "$scratch"' EXIT
  eval "$("$python" "$STACKCTL_AWS_LAB" env --state-dir lab)"
}

# This script runs once more, with a cloud and somebody with boto3.
if [ -z "${STACKCTL_BY_HAND-}" ]; then
  if ! "$python" -c 'import boto3, moto.server' 2>/dev/null; then
    echo "skipped: no moto with its server, or no boto3"
    exit 77
  fi
  unset AWS_ENDPOINT_URL
  [ -z "${STACKCTL_AWS_LAB-}" ] || start_lab
  "$tests/aws/with_moto.py" "$tests/cli/aws_portal.sh"
  exit
fi

# by_hand PATH JSON EXPRESSION: what somebody else does, and what the expression makes of `answer`.
by_hand() {
  "$python" -c '
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1], data=sys.argv[2].encode())
with urllib.request.urlopen(request) as reply:
    answer = json.load(reply)
print(eval(sys.argv[3]))' "$STACKCTL_BY_HAND$1" "$2" "$3" || fail "by hand: $2"
}
call() { by_hand / "{\"service\": \"$1\", \"method\": \"$2\", \"arguments\": $3}" "$4"; }
inventory() { by_hand /inventory '{}' '"\n".join(answer)'; }
group() { call autoscaling describe_auto_scaling_groups '{}' "[$1 for group in answer['AutoScalingGroups']]"; }

STACKCTL_VAR_public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIdPGs7u3zA8DvrrvAYDDL4ofjLuSo2mCf2WBqdwmUei x"
STACKCTL_VAR_db_password=nobodys-secret-of-tests
export STACKCTL_VAR_public_key STACKCTL_VAR_db_password
files=("$stack")
before=$(inventory)

# All variants of the file are good.
run 0 validate "${files[@]}" --var classic=true
run 0 validate "${files[@]}" --var cache=true --var zone=example.com --var certificate=example.com

run 0 apply "${files[@]}" --yes
expect "$out" '40 added, 0 changed, 0 destroyed'
expect "$out" '^url += "http://portal-web.*elb.amazonaws.com/"'
run 0 plan "${files[@]}"
expect "$out" 'No changes. The 40 objects'

run 0 scale portal=3 "${files[@]}" --yes
out=$(group 'len(group["Instances"])')
expect "$out" '^\[3\]'
run 0 scale portal=2 "${files[@]}" --yes
out=$(group 'len(group["Instances"])')
expect "$out" '^\[2\]'
run 0 plan "${files[@]}"
expect "$out" 'No changes'

# Somebody takes a rule away and renames the network.
rule=$(call ec2 describe_security_groups '{}' '[json.dumps({"GroupId": group["GroupId"], "IpPermissions": [permission]})
  for group in answer["SecurityGroups"] if group["GroupName"] == "portal-portal-sg"
  for permission in group["IpPermissions"] if permission["FromPort"] == 80][0]')
call ec2 revoke_security_group_ingress "$rule" '""' >/dev/null
network=$(call ec2 describe_vpcs '{}' '[vpc["VpcId"] for vpc in answer["Vpcs"] if vpc["CidrBlock"] == "10.0.0.0/16"][0]')
call ec2 create_tags "{\"Resources\": [\"$network\"], \"Tags\": [{\"Key\": \"Name\", \"Value\": \"mine\"}]}" '""' >/dev/null
run 3 drift "${files[@]}"
expect "$out" '^  ~ net \(aws.vpc\) changed'
expect "$out" 'Name = "portal-net" -> "mine"'
expect "$out" '^  - portal-sg/ingress-tcp-80-balancer-sg \(aws.security_group_rule\) gone'
expect "$out" 'Drift: 2 objects'
run 0 apply "${files[@]}" --yes
expect "$out" '1 added, 1 changed, 0 destroyed'
run 0 drift "${files[@]}"
expect "$out" 'No drift, nothing pending'

# Another text of the portals; the jumpbox goes.
old=$(group '[member["InstanceId"] for member in group["Instances"]]')
files+=(--var portal_text=Hello --var jumpbox=false)
run 0 apply "${files[@]}" --yes
expect "$out" '0 added, 2 changed, 1 destroyed'
out=$(group 'group["LaunchTemplate"]["Version"]')
expect "$out" "^\['2'\]"
# moto says at once that its members are of the new version, without replacing them.
out=$(group '[member["LaunchTemplate"]["Version"] for member in group["Instances"]]')
expect "$out" "^\[\['2', '2'\]\]"
if [ -z "${STACKCTL_IS_MOTO-}" ]; then
  out=$(group "len([member for member in group['Instances'] if member['InstanceId'] not in $old[0]])")
  expect "$out" '^\[2\]'
fi
out=$(call ec2 describe_instances '{}' '[tag["Value"] for reservation in answer["Reservations"]
  for machine in reservation["Instances"] if machine["State"]["Name"] == "running"
  for tag in machine["Tags"] if tag["Key"] == "Name"]')
expect "$out" portal-hardware
refuse "$out" portal-jumpbox
run 0 plan "${files[@]}"
expect "$out" 'No changes. The 39 objects'

run 0 destroy --clean "${files[@]}" --yes
expect "$out" 'Nothing of stack portal is left'
out=$(diff <(echo "$before") <(inventory)) || fail 'the account is not as it was before'
if [ -z "${STACKCTL_IS_MOTO-}" ]; then
  # The address of a NAT gateway stays taken for a while; all else goes in its order.
  out=$("$python" -c '
import json, sys, urllib.request
with urllib.request.urlopen(sys.argv[1] + "/_lab/calls") as reply:
    calls = json.load(reply)
words = ("InUse", "DependencyViolation", "DeleteConflict", "InvalidDBSubnetGroupState")
for call in calls["calls"] if isinstance(calls, dict) else calls:
    if any(word in (call["error"] or "") for word in words) and call["action"] != "ReleaseAddress":
        print("refused:", call["service"], call["action"], call["error"])' "$AWS_ENDPOINT_URL")
  refuse "$out" refused
fi
finish

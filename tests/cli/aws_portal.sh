#!/usr/bin/env bash
# The life of the AWS example on an AWS of somebody else: moto's server, or the strict one that
# STACKCTL_AWS_LAB names (aws-lab's program), where old members are replaced as well. boto3 looks at
# what stackctl made, meddles with it, and says at the end that the account is as it was before.
. "$(dirname "$0")/aws_common.sh"
portal

group() { call autoscaling describe_auto_scaling_groups '{}' "[$1 for group in answer['AutoScalingGroups']]"; }

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
# Nothing is read that the stack neither uses nor owns, as far as a census can tell: on AWS it tells
# of groups of database parameters as well, which makes one call less.
calls=$(sed -n 's/^Read .* in \([0-9]*\) API calls.*/\1/p' <<<"$out")
[ "${calls:-99}" -le 26 ] || fail "a quiet plan takes $calls calls"

# What the stack owns of a type that it does not use is found all the same.
disk=$(call ec2 describe_volumes '{}' 'answer["Volumes"][0]["VolumeId"]')
call ec2 create_snapshot "{\"VolumeId\": \"$disk\", \"TagSpecifications\": [{\"ResourceType\": \"snapshot\", \"Tags\": [
  {\"Key\": \"stackctl:stack\", \"Value\": \"portal\"}, {\"Key\": \"stackctl:address\", \"Value\": \"old\"},
  {\"Key\": \"Name\", \"Value\": \"portal-old\"}]}]}"
run 0 apply "${files[@]}" --yes
expect "$out" '^ +- old +aws.ebs_snapshot'
expect "$out" '0 added, 0 changed, 1 destroyed'

run 0 scale portal=3 "${files[@]}" --yes
out=$(group 'len(group["Instances"])')
expect "$out" '^\[3\]'
run 0 scale portal=2 "${files[@]}" --yes
out=$(group 'len(group["Instances"])')
expect "$out" '^\[2\]'
is_quiet "${files[@]}"

# Somebody takes a rule away and renames the network.
rule=$(call ec2 describe_security_groups '{}' '[json.dumps({"GroupId": group["GroupId"], "IpPermissions": [permission]})
  for group in answer["SecurityGroups"] if group["GroupName"] == "portal-portal-sg"
  for permission in group["IpPermissions"] if permission["FromPort"] == 80][0]')
call ec2 revoke_security_group_ingress "$rule"
network=$(call ec2 describe_vpcs '{}' '[vpc["VpcId"] for vpc in answer["Vpcs"] if vpc["CidrBlock"] == "10.0.0.0/16"][0]')
call ec2 create_tags "{\"Resources\": [\"$network\"], \"Tags\": [{\"Key\": \"Name\", \"Value\": \"mine\"}]}"
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

destroy_all "${files[@]}"
if [ -z "${STACKCTL_IS_MOTO-}" ]; then
  # The address of a NAT gateway stays taken for a while; all else goes in its order.
  out=$(ask "$AWS_ENDPOINT_URL/_lab/calls" '' '[call for call in answer["calls"]
    if call["action"] != "ReleaseAddress" and any(word in (call["error"] or "") for word in
      ("InUse", "DependencyViolation", "DeleteConflict", "InvalidDBSubnetGroupState"))]')
  expect "$out" '^\[\]'
fi
finish

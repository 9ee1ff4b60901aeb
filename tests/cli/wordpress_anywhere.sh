#!/usr/bin/env bash
# The same life of the example that is for every cloud, from the one file: on the built-in simulator of
# Exoscale, and on AWS as moto's server or the lab of STACKCTL_AWS_LAB plays it. Without moto and boto3
# the second half is skipped.
stack=$STACKCTL_SOURCE_DIR/examples/wordpress-anywhere/stack.yaml
export STACKCTL_VAR_db_password=nobodys-secret-of-tests

# life OBJECTS CHANGED ARGUMENTS...: how many objects there are, and how many of them a new text of the
# web servers changes. `members` tells who serves, a line each.
life() {
  local objects=$1 changed=$2 old
  shift 2
  run 2 plan "$@" --detailed-exitcode
  expect "$out" "^Plan: $objects to add, 0 to change, 0 to destroy\\.$"
  run 0 apply "$@" --yes
  expect "$out" "^Apply complete! Resources: $objects added, 0 changed, 0 destroyed\\.$"
  expect "$out" '^url = "http://[a-z0-9.-]+/"$'
  refuse "$out$err" "$STACKCTL_VAR_db_password"
  run 0 plan "$@" --detailed-exitcode
  expect "$out" "^No changes\\. The $objects objects"

  for count in 3 2; do
    run 0 scale "web=$count" "$@" --yes
    [ "$(members | wc -l)" -eq $count ] || fail "there are other than $count members"
  done
  run 0 plan "$@" --detailed-exitcode

  old=$(members)
  run 2 plan "$@" --detailed-exitcode --var upload_limit=64M
  refuse "$out" 'in the cloud'
  run 0 apply "$@" --yes --var upload_limit=64M
  expect "$out" "Resources: 0 added, $changed changed, 0 destroyed"
  run 0 plan "$@" --detailed-exitcode --var upload_limit=64M
  [ "$(members | wc -l)" -eq 2 ] || fail 'there are other than 2 members'
  [ -n "${KEEPS_MEMBERS-}" ] || [ -z "$(comm -12 <(echo "$old") <(members))" ] ||
    fail "an old member is still there: $old"

  run 0 destroy "$@" --clean --yes
  expect "$out" '^Nothing of stack wordpress is left'
}

on_exoscale() {
  . "$(dirname "$0")/common.sh"
  # The file says nowhere what one cloud alone knows.
  out=$(grep -En '^ *(exoscale|aws):' "$stack") && fail 'it has a block for one cloud'
  members() {
    python3 -c 'import json
print(*sorted(json.load(open("cloud.json"))["objects"]["instance"]), sep="\n")'
  }
  life 8 1 "$stack" --var cloud=exoscale --simulate --simulate-state cloud.json
  finish
}

# Once more with a cloud, and somebody with boto3.
[ -n "${STACKCTL_BY_HAND-}" ] || (on_exoscale) || exit 1
. "$(dirname "$0")/aws_common.sh"
members() {
  call autoscaling describe_auto_scaling_groups '{}' '"\n".join(sorted(member["InstanceId"]
    for group in answer["AutoScalingGroups"] for member in group["Instances"]))'
}
# moto gives members a new version without replacing them.
KEEPS_MEMBERS=${STACKCTL_IS_MOTO-}
# AWS's default network has a way to the internet; moto's has none.
network=$(call ec2 describe_vpcs '{}' 'answer["Vpcs"][0]["VpcId"]')
gateway=$(call ec2 create_internet_gateway '{}' 'answer["InternetGateway"]["InternetGatewayId"]')
call ec2 attach_internet_gateway "{\"VpcId\": \"$network\", \"InternetGatewayId\": \"$gateway\"}"
before=$(inventory)
power_off_builders
life 15 2 "$stack" --var cloud=aws
is_as_before
finish

#!/usr/bin/env bash
# One stack on two clouds at once: a machine on the simulator of Exoscale, its name on AWS, as moto's
# server or the lab of STACKCTL_AWS_LAB plays it. Then all of it moves to AWS.
. "$(dirname "$0")/aws_common.sh"

cat >stack.yaml <<'END'
stack: two
provider: ${var.cloud}
providers: {exoscale: {}, aws: {}}
variables:
  cloud: {default: exoscale}
resources:
  web: {kind: instance, image: ubuntu-24.04, size: micro}
  zone: {kind: dns_zone, provider: aws, name: two.test}
  www: {kind: dns_record, provider: aws, zone: "${zone}", name: www, type: A, value: "${web.address}"}
outputs:
  address: ${web.address}
END
record() {
  call route53 list_hosted_zones '{}' 'answer["HostedZones"][0]["Id"]' >zone.txt
  call route53 list_resource_record_sets "{\"HostedZoneId\": \"$(cat zone.txt)\"}" '[value["Value"]
    for each in answer["ResourceRecordSets"] if each["Type"] == "A" for value in each["ResourceRecords"]][0]'
}
is_named() {
  run 0 output address stack.yaml --raw "$@"
  [ "$out" = "$(record)" ] || fail "the record says $(record)"
}

"$STACKCTL" simulate exoscale --listen 127.0.0.1:0 --speed max >cloud.txt 2>&1 &
servers+=($!)
wait_for cloud.txt EXOSCALE_ZONE
before=$(inventory)

# The cloud that nothing is wanted of needs no credentials.
unset "${!EXOSCALE_@}"
export HOME=$scratch
run 0 plan stack.yaml --var cloud=aws
expect "$err" 'warning: exoscale: no Exoscale credentials'
. ./cloud.txt

run 0 apply stack.yaml --yes
expect "$out" '3 added, 0 changed, 0 destroyed'
is_quiet stack.yaml
is_named
first=$(record)
run 0 apply stack.yaml --replace web --yes
is_named
[ "$first" != "$(record)" ] || fail 'another machine has the same address'

run 0 apply stack.yaml --var cloud=aws --yes
expect "$out" '1 added, 1 changed, 1 destroyed'
is_quiet stack.yaml --var cloud=aws
is_named --var cloud=aws

destroy_all stack.yaml
finish

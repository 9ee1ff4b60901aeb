#!/usr/bin/env bash
# A stack in a network that somebody else made, beside a database that is there: what it makes stands
# in the right subnets, and what it found is left as it was. Its load balancer sends some requests
# elsewhere, and the zone's own name stands for it.
. "$(dirname "$0")/aws_common.sh"

named() { echo "\"TagSpecifications\": [{\"ResourceType\": \"$1\", \"Tags\": [{\"Key\": \"Name\", \"Value\": \"$2\"}]}]"; }

# Two public subnets (one by its route, in a zone with two of them; one by the addresses that it
# gives) and two others.
vpc=$(call ec2 create_vpc "{\"CidrBlock\": \"10.9.0.0/16\", $(named vpc theirs)}" 'answer["Vpc"]["VpcId"]')
subnet() {
  call ec2 create_subnet "{\"VpcId\": \"$vpc\", \"CidrBlock\": \"10.9.$1.0/24\", \"AvailabilityZone\": \"$AWS_REGION$2\"}" \
    'answer["Subnet"]["SubnetId"]'
}
public_a=$(subnet 1 a) second_a=$(subnet 2 a) public_b=$(subnet 3 b)
private_a=$(subnet 11 a) private_b=$(subnet 12 b)
gateway=$(call ec2 create_internet_gateway '{}' 'answer["InternetGateway"]["InternetGatewayId"]')
call ec2 attach_internet_gateway "{\"InternetGatewayId\": \"$gateway\", \"VpcId\": \"$vpc\"}"
table=$(call ec2 create_route_table "{\"VpcId\": \"$vpc\"}" 'answer["RouteTable"]["RouteTableId"]')
call ec2 create_route "{\"RouteTableId\": \"$table\", \"DestinationCidrBlock\": \"0.0.0.0/0\", \"GatewayId\": \"$gateway\"}"
for each in "$public_a" "$second_a"; do
  call ec2 associate_route_table "{\"RouteTableId\": \"$table\", \"SubnetId\": \"$each\"}"
done
call ec2 modify_subnet_attribute "{\"SubnetId\": \"$public_b\", \"MapPublicIpOnLaunch\": {\"Value\": true}}"
call rds create_db_instance '{"DBInstanceIdentifier": "theirs", "Engine": "mysql", "DBInstanceClass": "db.t3.micro",
  "AllocatedStorage": 20, "MasterUsername": "app", "MasterUserPassword": "nobodys-secret", "DBName": "shop"}'
until [ "$(call rds describe_db_instances '{}' 'answer["DBInstances"][0]["DBInstanceStatus"]')" = available ]; do
  :  # it counts as there when it can be reached
done
call route53 create_hosted_zone '{"Name": "shop.test", "CallerReference": "1"}'
before=$(inventory)

cat >stack.yaml <<'YAML'
stack: shop
provider: aws
providers: {aws: {}}
resources:
  net: {kind: network, existing: {name: theirs}}
  db: {kind: database, existing: {name: theirs}}
  own-db:
    {kind: database, engine: mysql, plan: micro, networks: ["${net}"], user: app, password: nobodys-secret}
  shell: {kind: instance, image: ami-1e749f67, size: tiny, networks: ["${net}"]}
  inner: {kind: instance, image: ami-1e749f67, size: tiny, networks: ["${net}"], public_address: false}
  web: {kind: instance_pool, image: ami-1e749f67, size: tiny, count: 1, networks: ["${net}"]}
  api: {kind: instance_pool, image: ami-1e749f67, size: tiny, count: 1, networks: ["${net}"]}
  lb:
    kind: load_balancer
    networks: ["${net}"]
    listeners:
      - {port: 80, protocol: http, redirect: https}
      - port: 8080
        protocol: http
        targets: ${web}
        rules:
          - {path: /api/*, targets: "${api}"}
          - {host: old.shop.test, respond: 404}
  name: {kind: dns_record, zone: shop.test, type: ALIAS, value: "${lb.address}"}
outputs:
  db: ${db.host}
  lb: ${lb.address}
YAML

run 0 apply stack.yaml --yes
expect "$out" '^db += "theirs\.'
is_quiet stack.yaml

instances() {
  call ec2 describe_instances '{"Filters": [{"Name": "instance-state-name", "Values": ["running"]}]}' \
    '{next(tag["Value"] for tag in machine["Tags"] if tag["Key"] == "Name"): machine["SubnetId"]
      for reservation in answer["Reservations"] for machine in reservation["Instances"]}'
}
out=$(instances)
expect "$out" "'shop-shell': '$public_a'"
expect "$out" "'shop-inner': '$private_a'"
out=$(call rds describe_db_subnet_groups '{}' 'sorted(subnet["SubnetIdentifier"]
  for group in answer["DBSubnetGroups"] for subnet in group["Subnets"])')
expect "$out" "'$private_a'"
expect "$out" "'$private_b'"
out=$(call elbv2 describe_load_balancers '{}' '[zone["SubnetId"] for lb in answer["LoadBalancers"]
  for zone in lb["AvailabilityZones"]]')
expect "$out" "'$public_a'"
expect "$out" "'$public_b'"
refuse "$out" "$second_a"

# Where requests go, and what comes of rules that somebody takes away.
arn=$(call elbv2 describe_load_balancers '{}' 'answer["LoadBalancers"][0]["LoadBalancerArn"]')
listener() {
  call elbv2 describe_listeners "{\"LoadBalancerArn\": \"$arn\"}" \
    "next(each['ListenerArn'] for each in answer['Listeners'] if each['Port'] == $1)"
}
out=$(call elbv2 describe_listeners "{\"LoadBalancerArn\": \"$arn\"}" \
  'sorted((each["Port"], each["DefaultActions"][0]["Type"]) for each in answer["Listeners"])')
expect "$out" "\[\(80, 'redirect'\), \(8080, 'forward'\)\]"
rules=$(listener 8080)
rules() {
  call elbv2 describe_rules "{\"ListenerArn\": \"$rules\"}" \
    'sorted((each["Priority"], each["Actions"][0]["Type"]) for each in answer["Rules"] if not each["IsDefault"])'
}
out=$(rules)
expect "$out" "\[\('1', 'forward'\), \('2', 'fixed-response'\)\]"
rule=$(call elbv2 describe_rules "{\"ListenerArn\": \"$rules\"}" \
  '[each["RuleArn"] for each in answer["Rules"] if each["Priority"] == "2"][0]')
call elbv2 delete_rule "{\"RuleArn\": \"$rule\"}"
run 3 drift stack.yaml
expect "$out" '^  - lb/port-8080/rule-2 \(aws.listener_rule\) gone'
run 0 apply stack.yaml --yes
expect "$out" '1 added, 0 changed, 0 destroyed'
out=$(call route53 list_hosted_zones '{}' 'answer["HostedZones"][0]["Id"]')
out=$(call route53 list_resource_record_sets "{\"HostedZoneId\": \"$out\"}" \
  '[each["AliasTarget"]["DNSName"] for each in answer["ResourceRecordSets"] if each["Type"] == "A"]')
expect "$out" 'shop-lb.*elb.amazonaws.com'

# All rules go from the file: they are seen, so they go from the listener.
sed -i '/rules:$/,/respond/d' stack.yaml
run 0 apply stack.yaml --yes
out=$(rules)
expect "$out" '^\[\]'
is_quiet stack.yaml

# What tells nothing finds nothing.
cat >vague.yaml <<'YAML'
stack: vague
provider: aws
providers: {aws: {}}
resources:
  net: {kind: network, existing: {name: nobodys}}
  db: {kind: database, existing: {name: shop}}
YAML
run 1 plan vague.yaml
expect "$err" 'there is no aws.vpc with Name "nobodys"'
expect "$err" 'there is no aws.db_instance with DBInstanceIdentifier "shop"'
refuse "$err" vpc_subnets

destroy_all stack.yaml
finish

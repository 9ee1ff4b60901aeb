#!/usr/bin/env bash
# Every kind that AWS can realise, in one stack: made, changed all at once, taken out of the file one
# after the other. Each step ends in a quiet plan, and the last one leaves the account as it was. What
# AWS cannot realise is refused before anything is asked.
. "$(dirname "$0")/aws_common.sh"

# Whoever names another stands behind it.
cat >stack.yaml <<'YAML'
stack: kinds
provider: aws
variables: {note: {default: one}, number: {default: 20}, size: {default: micro}, key: {}, zone: {}}
resources:
  net: {kind: network, cidr: 10.1.0.0/16, labels: {note: "${var.note}"}, aws: {nat: false}}
  key: {kind: key_pair, public_key: "ssh-ed25519 ${var.key} somebody"}
  front: {kind: address, labels: {note: "${var.note}"}}
  outer:
    kind: security_group
    network: ${net}
    ingress: [{port: 80, from: 0.0.0.0/0}, {port: 80, from: "::/0"}, {protocol: icmp, from: "${front.cidr}"}]
    egress: [{to: 10.1.0.0/16, protocol: all}]
  inner: {kind: security_group, network: "${net}", ingress: [{port: "${var.number}", from: "${outer}"}]}
  role:
    kind: iam_role
    description: ${var.note}
    policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}
    permissions: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  found: {kind: image, name: debian-12}
  built:
    kind: image
    build: {image: "${found}", size: micro, user_data: "#!/bin/sh\necho ${var.note}\npoweroff\n"}
  server:
    kind: instance
    image: ${built}
    size: ${var.size}
    networks: [{network: "${net}", address: 10.1.15.20}]
    security_groups: ["${inner}"]
    addresses: ["${front}"]
    key_pair: ${key}
    user_data: echo hello
    on_replace: delete_first  # two cannot have the one address
    aws: {IamInstanceProfile: "${role.name}"}
  pool:
    kind: instance_pool
    count: 1
    image: ${found}
    size: ${var.size}
    networks: ["${net}"]
    security_groups: ["${inner}"]
    key_pair: ${key}
    update: {wait: running}
  balancer:
    kind: load_balancer
    networks: ["${net}"]
    listeners:
      - {port: 80, protocol: http, targets: "${pool}", health: {type: http, path: "/${var.note}"}}
      - {port: 81, protocol: http, instances: ["${server}"]}
  disk: {kind: volume, size: "${var.number}", attached_to: "${server}"}
  disk-then: {kind: volume_snapshot, of: "${disk}", labels: {note: "${var.note}"}}
  disk-again: {kind: volume, from_snapshot: "${disk-then}", aws: {AvailabilityZone: "${var.zone}"}}
  made: {kind: image, from_snapshot: "${disk-then.id}"}
  db:
    kind: database
    engine: mysql
    version: "8.0"
    plan: ${var.size}
    storage: ${var.number}
    networks: ["${net}"]
    allow: ["${front.cidr}", "${server.private_address}/32"]
    user: app
    password: nobodys-secret
    settings: {wait_timeout: 100}
  zone: {kind: dns_zone, name: kinds.test, aws: {Tags: {note: "${var.note}"}}}
  www: {kind: dns_record, zone: "${zone}", name: www, type: ALIAS, value: "${balancer.address}"}
  mail: {kind: dns_record, zone: "${zone}", type: MX, priority: 10, value: "mx-${var.note}.test"}
YAML
cat >caches.yaml <<'YAML'
  store: {kind: cache, engine: redis, plan: "${var.size}", networks: ["${net}"], allow: [10.1.0.0/16]}
  keep: {kind: cache, engine: memcached, plan: "${var.size}", security_groups: ["${inner}"], networks: ["${net}"]}
YAML

# All kinds are either there or refused.
run 0 providers --json
kinds=$("$python" -c 'import json, sys
of = {each["name"]: set(each["kinds"]) for each in json.loads(sys.argv[1])["providers"]}
print(*("-" + kind for kind in set().union(*of.values()) - of["aws"]), *of["aws"])' "$out")
for kind in $kinds; do
  if [ "$kind" = "${kind#-}" ]; then
    grep -q "kind: $kind\b" stack.yaml caches.yaml || fail "the stack has no $kind"
  else
    printf 'stack: no\nprovider: aws\nresources:\n  it: {kind: %s}\n' "${kind#-}" >no.yaml
    run 1 validate no.yaml
    expect "$err" "^no.yaml:4:14: error: the provider 'aws' has no ${kind#-}"
  fi
done

export STACKCTL_VAR_zone=${AWS_REGION}a
# moto neither changes caches nor removes their subnets.
[ -n "${STACKCTL_IS_MOTO-}" ] || cat caches.yaml >>stack.yaml
one=(--var key=AAAAC3NzaC1lZDI1NTE5AAAAIIdPGs7u3zA8DvrrvAYDDL4ofjLuSo2mCf2WBqdwmUei)
two=(--var key=AAAAC3NzaC1lZDI1NTE5AAAAIJ2Dxy0nFyMGxs5vBJGHhMyHQUq3yuFtsd4VtPzTkAyZ
  --var note=two --var number=30 --var size=small)
power_off_builders
before=$(inventory)
run 0 apply stack.yaml "${one[@]}" --yes
is_quiet stack.yaml "${one[@]}"

run 2 plan stack.yaml "${two[@]}" --detailed-exitcode
while read -r address sign what; do
  grep -q "^  $address:" stack.yaml || continue
  expect "$out" "^ +$sign $address[a-z0-9/-]* +aws\.[a-z_]+.*$what"
done <<'TABLE'
net       ~     Tags
key       \+/-  PublicKeyMaterial
front     ~     Tags
inner     \+
role      ~     Description
built     \+/-  Inputs
server    -/\+  ImageId
pool      ~     InstanceType
balancer  ~     HealthCheckPath
disk      ~     Size
disk-then ~     Tags
db        ~     DBInstanceClass, AllocatedStorage
store     ~     CacheNodeType
keep      -/\+  CacheNodeType
zone      ~     Tags
mail      ~     ResourceRecords
TABLE
run 0 apply stack.yaml "${two[@]}" --yes
is_quiet stack.yaml "${two[@]}"

# One resource less each time, until only the first is left.
last() { grep -n '^  [a-z]' stack.yaml | tail -1 | cut -d: -f"$1"; }
until [ "$(last 2)" = '  net' ]; do
  sed -i "$(last 1),\$d" stack.yaml
  run 0 apply stack.yaml "${two[@]}" --yes
  expect "$out" '0 added, 0 changed'
  is_quiet stack.yaml "${two[@]}"
done
destroy_all stack.yaml "${two[@]}"
finish

#!/usr/bin/env bash
# Exoscale's own Python client reads what stackctl made, and stackctl adopts what that client made.
# Skipped where the client is not at hand: it is taken from the folders in STACKCTL_PYTHON_EXOSCALE
# (checkouts of python-exoscale and requests-exoscale-auth, with ':' between), or as installed.
. "$(dirname "$0")/common.sh"
. "$STACKCTL_SOURCE_DIR/tests/cli/http_cloud.sh"
export PYTHONPATH="${STACKCTL_PYTHON_EXOSCALE-}${PYTHONPATH+:$PYTHONPATH}"
if ! python3 -c 'import exoscale.api.v2' 2>/dev/null; then
  echo "skipped: no exoscale module for Python, and no STACKCTL_PYTHON_EXOSCALE"
  exit 77
fi
client() { python3 "$STACKCTL_SOURCE_DIR/tests/cli/official_client.py" "$@"; }

start_cloud
second_client inventory >before.txt

# What stackctl made.
cp "$STACKCTL_SOURCE_DIR/tests/cli/all_kinds.yaml" all.yaml
run 0 apply all.yaml --yes
run 0 plan all.yaml --detailed-exitcode
run 0 show all.yaml --json
client read out.txt || fail "the client reads something else"
run 0 apply all.yaml --yes --var note=second
run 0 plan all.yaml --detailed-exitcode --var note=second
run 0 show all.yaml --json
client read out.txt || fail "the client reads something else after a change"
run 0 destroy all.yaml --clean --yes
expect "$out" '^Nothing of stack all is left'

# What the client made.
client make >ids.yaml || fail "the client cannot make what it makes: $(cat ids.yaml)"
cat >adopted.yaml <<'YAML'
stack: adopted
provider: exoscale
providers: {exoscale: {}}
variables:
  ids: {type: map}
resources:
  net:
    kind: network
    adopt: ${var.ids.net}
    cidr: 10.2.0.0/24
    range: {start: 10.2.0.10, end: 10.2.0.99}
  address: {kind: address, adopt: "${var.ids.address}", description: ours}
  group: {kind: security_group, existing: {name: theirs-group}}
  server:
    kind: instance
    adopt: ${var.ids.server}
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    security_groups: ["${group}"]
    networks: ["${net}"]
    addresses: ["${address}"]
  pool:
    kind: instance_pool
    adopt: ${var.ids.pool}
    count: 3
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
  balancer:
    kind: load_balancer
    adopt: ${var.ids.balancer}
    listeners: [{port: 80, targets: "${pool}"}]
  volume: {kind: volume, adopt: "${var.ids.volume}", size: 10, attached_to: "${server}"}
  copy: {kind: volume_snapshot, adopt: "${var.ids.copy}", of: "${volume}"}
  image:
    kind: image
    adopt: ${var.ids.image}
    from_url: https://images.example.org/theirs.qcow2
    checksum: 0123456789abcdef0123456789abcdef
  role:
    kind: iam_role
    adopt: ${var.ids.role}
    policy: {default-service-strategy: deny, services: {}}
  zone: {kind: dns_zone, adopt: "${var.ids.zone}", name: theirs.example}
  www: {kind: dns_record, zone: "${zone}", name: www, type: A, value: "${balancer.address}"}
  cluster:
    kind: kubernetes_cluster
    adopt: ${var.ids.cluster}
    version: ${var.ids.version}
    node_pools: [{name: workers, size: small, count: 3}]
YAML
ids=(--var "ids=$(cat ids.yaml)")
run 2 plan adopted.yaml "${ids[@]}" --detailed-exitcode
expect "$out" '^Plan: 1 to add, 12 to change, 0 to destroy\.$'
run 0 apply adopted.yaml "${ids[@]}" --yes
run 0 plan adopted.yaml "${ids[@]}" --detailed-exitcode
client reread ids.yaml >owners.txt || fail "the client no longer finds what it made"
for name in net address server pool balancer volume copy role cluster; do
  expect "$(cat owners.txt)" "^$name adopted $name$"
done
expect "$(cat owners.txt)" '^image .*\[stackctl adopted image .*\]$'
run 0 show adopted.yaml "${ids[@]}" --json
client read out.txt || fail "the client reads something else of what was adopted"
run 0 destroy adopted.yaml "${ids[@]}" --clean --yes
expect "$out" '^Nothing of stack adopted is left'
cat >refused.yaml <<YAML
stack: refused
provider: exoscale
providers: {exoscale: {}}
resources: {group: {kind: security_group, adopt: $(client id ids.yaml group)}}
YAML
run 1 plan refused.yaml
expect "$err" 'can be adopted: its mark is fixed when it is made'
client forget ids.yaml || fail "the group that was only looked up is not there"

second_client inventory >after.txt
cmp before.txt after.txt || fail "the account is not as it was: $(diff before.txt after.txt)"
check_validity
finish

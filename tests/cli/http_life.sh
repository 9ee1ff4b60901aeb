#!/usr/bin/env bash
# The WordPress example over HTTP, with a proxy in between that knows the API's own description:
# apply, changes made by hand and their repair, destroy. Skipped where the proxy is not at hand.
. "$(dirname "$0")/common.sh"
. "$STACKCTL_SOURCE_DIR/tests/cli/http_cloud.sh"
stack=wordpress/stack.yaml
if ! can_validate; then
  echo "skipped: no exoscale-validate, or no python3-jsonschema"
  exit 77
fi
start_cloud

api() { python3 "$STACKCTL_SOURCE_DIR/tests/cli/exoscale_api.py" "$@"; }
# field EXPRESSION: of the answer on standard input, as `it`.
field() { python3 -c "import json, sys; it = json.load(sys.stdin); print($1)"; }
second_client inventory >before.txt
run 0 apply $stack --yes
expect "$out" '^Apply complete! Resources: 10 added, 0 changed, 0 destroyed\.$'
run 0 plan $stack --detailed-exitcode
expect "$out" '^No changes\.'

pool=$(api GET /instance-pool | field 'it["instance-pools"][0]["id"]')
group=$(api GET /security-group |
  field '[g for g in it["security-groups"] if g["name"] == "wordpress-web-sg"][0]["id"]')
rule=$(api GET "/security-group/$group" | field 'it["rules"][0]["id"]')
balancer=$(api GET /load-balancer | field 'it["load-balancers"][0]["id"]')
api PUT "/instance-pool/$pool:scale" '{"size": 3}' >/dev/null
api DELETE "/security-group/$group/rules/$rule" >/dev/null
api PUT "/load-balancer/$balancer" '{"name": "renamed-by-hand"}' >/dev/null

run 2 plan $stack --detailed-exitcode
expect "$out" 'Plan: 1 to add, 2 to change, 0 to destroy\.'
expect "$out" 'size = 3 -> 2  # changed in the cloud since the last apply'
expect "$out" 'name = "renamed-by-hand" -> "wordpress-lb"  # changed in the cloud'
expect "$out" 'web-sg/ingress-tcp-80.* will be created'
run 0 apply $stack --yes
expect "$out" 'Resources: 1 added, 2 changed, 0 destroyed\.'
run 0 plan $stack --detailed-exitcode

run 0 scale web=1 $stack --yes
members=$(api GET /instance-pool | field 'len(it["instance-pools"][0]["instances"])')
[ "$members" = 1 ] || fail "the pool has $members members, not 1"

run 0 destroy $stack --clean --yes
expect "$out" '^Nothing of stack wordpress is left'
second_client inventory >after.txt
cmp before.txt after.txt || fail "the account is not as it was"

check_validity
finish
